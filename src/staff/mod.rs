//! Who else may do what on a server: what managers give to roles and people, and take back. What it admits somebody to
//! is worked out in `guilds::grants` and `guilds::access`.

mod endings;
mod forgetting;
mod giving;
mod line;
mod list;
mod pages;
mod ready_made;
mod store;
mod wish;
mod withdrawal;

pub use endings::Endings;
pub use forgetting::forget;
pub use giving::give;
pub use list::list;
pub use withdrawal::{ask, withdraw};

/// What its rows of the change log are about, and the place in the navigation.
pub const SUBJECT: &str = "staff";
