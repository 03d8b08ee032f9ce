//! The tickets of a server, as the bot tells of them: lists, one ticket, its transcript, and what people thought of
//! the help they got.
//!
//! Rows come from the bot's events; nothing here writes a ticket: closing one is a command to the bot. The settings of
//! the module are in `modules`, what else the bot does with tickets in Discord is its own matter.

mod age;
mod closing;
mod cursor;
mod filter;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod id;
mod list;
mod pages;
#[cfg(test)]
mod plan_tests;
mod ratings;
mod rows;
mod telling;
mod ticket;
mod told;
mod transcript;

pub use closing::{ask_closing, close};
pub use list::list;
pub use ratings::{approve, ask_deletion, delete, feature, ratings};
pub use ticket::ticket;
pub use transcript::transcript;

/// The place in the navigation; the module has this name, too.
const PLACE: &str = "/tickets";
