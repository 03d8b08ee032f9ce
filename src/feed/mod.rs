//! The feed on a server's overview: what the bot and the admins did, newest first.
//!
//! Its rows are the change log's and `happenings`' activities; nothing is written here.

mod list;
#[cfg(test)]
mod plan_tests;
mod said;

pub use list::{Item, Read, read};
