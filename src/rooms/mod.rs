//! TempVoice's rooms that are open now: the list, and closing one.
//!
//! The rows are `happenings`' to write. The settings of TempVoice are in `modules/tempvoice/`.

mod closing;
mod list;
mod rows;

pub use closing::{ask, close};
pub use list::list;
