//! The giveaways of a server: what runs, what is planned, what is over, and making, changing and ending one.
//!
//! Rows are what the bot says of them (`happenings`) and what the form here makes; what is to happen is a command to
//! the bot (`commands`). The secret prize stands in its command alone: never in a row here, in the log or in a file.

mod acts;
mod check;
mod cursor;
mod edit;
mod entry;
mod export;
mod filter;
mod form;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod list;
mod moment;
mod new;
mod outcome;
pub mod pages;
mod plan;
mod preview;
mod rows;
mod table;

pub use acts::{ask_cancellation, ask_ending, ask_reroll, cancel, end, reroll};
pub use check::check;
pub use edit::{change, edit};
pub use entry::entry;
pub use export::export;
pub use list::list;
pub use new::{create, new};
pub use outcome::answered;
pub use preview::preview;

/// The place in the navigation.
const PLACE: &str = "giveaways";
