//! The pages of the change log: the list, one change, and its restoration.
//!
//! Rows are written by `changes`, settings by `settings`: a restoration is a save like any other and goes the
//! same one way. Nothing here removes a row, and no route does.

mod cursor;
pub mod diff;
mod entry;
mod facts;
mod filter;
mod list;
pub mod pages;
mod restoration;
mod rows;
mod scenery;
pub mod sides;
mod version;

pub use entry::entry;
pub use list::list;
pub use restoration::{ask, restore};
