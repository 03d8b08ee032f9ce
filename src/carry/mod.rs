//! Settings carried from one place to another: out into a file, in from one, over to another server.
//!
//! What a file may say is in `document`, `strict`, `shape`; who stands for whom on another server, in `mapping`;
//! what would change, in `plan` and `preview`. Everything that comes in is read and judged as a form is, by
//! `settings`, and written by its one save, all modules in one transaction (`confirm`).

mod confirm;
mod copy;
mod document;
mod export;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod import;
mod mapping;
pub mod pages;
mod pending;
mod plan;
mod preview;
mod shape;
mod start;
mod strict;
mod uses;

pub use copy::{choose, copy};
pub use export::export;
pub use import::import;
pub use start::offer;
