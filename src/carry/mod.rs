//! Settings carried from one place to another: out into a file, in from one, over to another server.
//!
//! What a file may say is in `document`, `strict`, `shape`; whose ids stand for whose, in `mapping`. Everything
//! that comes in is read and judged as a form is, by `settings`, and written by its one save.

mod allowance;
mod document;
mod export;
mod shape;
mod strict;
mod uses;

pub use export::export;
