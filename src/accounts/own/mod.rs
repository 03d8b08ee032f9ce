//! A person's own account: where they are signed in, and what they can do about what is kept of them.
//!
//! What ending a session does to rows stands in `sessions`, what it does to open pages in `live`.

mod account;
mod data;
mod deletion;
mod device;
mod disconnection;
mod kept;
pub(super) mod place;
mod sessions;

use crate::web::words::Message;

pub use account::show;
pub use data::take_along;
pub use deletion::{ask_to_delete, delete};
pub use disconnection::{ask_to_disconnect, disconnect};
pub use sessions::{ask_to_end_others, end, list};

/// One of the pages of an account, for the list of them that stands on each.
pub struct OwnPage {
    pub href: &'static str,
    pub label: Message,
    pub current: bool,
}

/// All of them, as they stand on the one with this address.
pub fn pages(current: &str) -> Vec<OwnPage> {
    [
        ("/account/preferences", "own-preferences"),
        (sessions::ADDRESS, "own-sessions"),
        (account::ADDRESS, "own-account"),
    ]
    .into_iter()
    .map(|(href, key)| OwnPage { href, label: Message::new(key), current: href == current })
    .collect()
}
