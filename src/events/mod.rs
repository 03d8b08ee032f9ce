//! What the bot tells: an event as it is read, what stands in it, and which of two about one thing counts.
//!
//! Nothing of it is trusted. How events come here is `live`'s matter, what they change is `happenings`'.

mod event;
mod order;
mod said;

pub use event::{Arrived, Event, Source, Unreadable};
pub use order::{Standing, Turn};
pub use said::{Said, folded, multiline, single_line};
