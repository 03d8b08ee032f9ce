//! HTTP plumbing: what every page needs and no module knows.

pub mod assets;
mod catalogue;
pub mod certificate;
pub mod client_address;
pub mod counted;
pub mod csrf;
pub mod csv;
pub mod door;
pub mod download;
pub mod error_page;
pub mod error_pages;
pub mod files;
pub mod flash;
pub mod form;
pub mod headers;
pub mod health;
pub mod host;
pub mod keyed_limit;
pub mod landing;
pub mod language;
pub mod language_choice;
mod layout;
pub mod limits;
pub mod multipart;
pub mod page;
pub mod pseudo;
pub mod refused;
pub mod shell;
pub mod signs;
pub mod submitted;
pub mod tab;
pub mod taste;
pub mod title;
pub mod words;

#[cfg(test)]
mod styles_tests;

use url::Url;

use crate::web::shell::FooterLinks;

/// What the plumbing has to know of the configuration.
#[derive(Clone, Debug)]
pub struct WebConfig {
    pub public_url: Url,
    pub links: FooterLinks,
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// How soon a body has to be there whole.
    pub body_within: std::time::Duration,
    /// Whether the made-up languages can be chosen.
    pub pseudo_languages: bool,
}

impl WebConfig {
    /// Whether pages are served under https, so that cookies are Secure.
    pub fn https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
