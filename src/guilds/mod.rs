//! Servers: who may do what on one, what it has, the list of them.
//!
//! A server's overview is `crate::overview`: it knows the modules, which nothing here does.

pub mod access;
pub mod grants;
pub mod guard;
pub mod pages;
pub mod picker;
pub mod pins;
pub mod rights;
pub mod second_factor;
pub mod snapshot;
pub mod switcher;

use crate::discord::cdn::CdnImage;
use crate::ids::GuildId;

/// The address of a server's icon, through our own `/cdn/`.
pub fn icon_url(guild: GuildId, icon: Option<&str>) -> Option<String> {
    CdnImage::icon_of(guild, icon).map(|image| format!("/cdn/{image}"))
}

/// The first letters of the first two words of a name.
pub fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let letters: String = name.split_whitespace().filter_map(first).take(2).collect();
    if letters.is_empty() { "?".into() } else { letters.to_uppercase() }
}
