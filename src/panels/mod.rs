//! Ticket panels: the messages in Discord by which members open tickets, with their categories and questions.
//!
//! A panel is made and changed page by page in a draft (`draft`, `editor`), read and judged as settings are
//! (`table`, `reading`, `rules`), and saved whole in one transaction (`store`, `save`). Posting one in Discord is a
//! command to the bot (`posting`). What a bot finds of it in Redis is said by [`Panel::wire`] and sent by `relay`.

mod category;
mod check;
mod confirm;
mod conflict;
mod draft;
mod edit;
mod editor;
mod list;
mod pages;
mod panel;
mod posting;
mod preview;
mod reading;
mod removal;
mod rules;
mod save;
mod store;
mod table;

pub use category::{keep_category, open_category};
pub use check::{check, check_category};
pub use confirm::{ask_to_delete, ask_to_discard, ask_to_remove};
pub use edit::{keep, open, preview};
pub use list::list;
pub use panel::{Category, Panel, Question};
pub use posting::{answered, post, take_down};
pub use removal::{delete, discard};
pub use store::{Row, object};
pub use table::WHOLE;

/// Panels of one server at most.
pub const MOST: i64 = 50;
