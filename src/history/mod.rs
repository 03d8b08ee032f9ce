//! The pages of the change log: the list, one change, its restoration, and all of it as a file.
//!
//! Rows are written by `changes`, settings by `settings`: a restoration is a save like any other and goes the
//! same one way. No route removes a row; what is older than the operator wants to keep goes by `retention` alone.

mod cursor;
mod deed;
mod did;
pub mod diff;
mod entry;
mod export;
mod facts;
mod filter;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod list;
mod ops;
pub mod pages;
mod people;
mod record;
mod restoration;
pub mod retention;
mod rows;
mod scenery;
pub mod sides;
mod things;
mod version;

pub use entry::entry;
pub use export::export;
pub use list::list;
pub use restoration::{ask, restore};

#[cfg(test)]
mod plan_tests;
