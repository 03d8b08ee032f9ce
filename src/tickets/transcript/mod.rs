//! What was said in a ticket, as the bot sends it when the ticket is closed.
//!
//! Nothing in it is trusted: a part may be missing or no JSON, a message may hold anything. It is read leniently
//! (`message.rs`), drawn as text (`drawing.rs`) and never as markup, and nothing of it is loaded from elsewhere.

mod drawing;
mod embed;
mod message;
mod page;
mod pages;
mod search;
mod stored;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;

pub use page::transcript;
pub(super) use stored::Arrived;
