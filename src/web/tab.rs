//! One list in several states: what `templates/parts/tabs.html` draws.

use crate::db::counted::MOST;
use crate::web::words::{Message, Words};

#[derive(Clone, Debug)]
pub struct Tab {
    /// For scripts and tests.
    pub name: &'static str,
    pub label: String,
    /// How many there are, as people read it.
    pub count: String,
    pub href: String,
    pub current: bool,
}

/// How many there are, as people read it; more than [`MOST`] are "1,000+".
pub fn count(words: &Words, count: i64) -> String {
    let key = if count > MOST { "tab-count-more" } else { "tab-count" };
    words.say(&Message::new(key).number("count", count.min(MOST)))
}
