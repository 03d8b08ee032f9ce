//! What people thought of the help they got, and who may read it elsewhere: the list, and what is done about one.
//!
//! Ratings come from the bot. Approving, featuring and deleting are changes of content in the log; posting one is a
//! command to the bot.

mod deletion;
pub(super) mod filter;
mod list;
mod moderation;
mod pages;
mod posting;
pub(super) mod rows;
mod summary;

pub use deletion::{ask_deletion, delete};
pub(super) use list::Telling;
pub use list::ratings;
pub use moderation::{approve, feature};
pub(super) use pages::RatingLine;
pub(super) use posting::settings;
pub(super) use rows::{Rating, of_ticket};
