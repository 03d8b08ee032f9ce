//! HTTP plumbing: what every page needs and no module knows.

pub mod assets;
pub mod client_address;
pub mod csrf;
pub mod csv;
pub mod download;
pub mod error_page;
pub mod error_pages;
pub mod files;
pub mod flash;
pub mod form;
pub mod headers;
pub mod health;
pub mod host;
pub mod landing;
pub mod limits;
pub mod multipart;
pub mod page;
pub mod shell;
pub mod submitted;
pub mod taste;
pub mod words;

use url::Url;

use crate::web::shell::FooterLinks;

/// What the plumbing has to know of the configuration.
#[derive(Clone, Debug)]
pub struct WebConfig {
    pub public_url: Url,
    pub links: FooterLinks,
    pub trusted_proxies: Vec<ipnet::IpNet>,
}

impl WebConfig {
    /// Whether pages are served under https, so that cookies are Secure.
    pub fn https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
