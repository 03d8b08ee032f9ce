//! A row that is no change of settings: what the bot was told to do, or content that was made, changed or removed.

use std::borrow::Cow;

use serde_json::Value;

use crate::commands::line::instead_of_channel;
use crate::server_page::ServerPage;
use crate::settings::names;
use crate::web::words::Message;

use super::pages::{Fact, SideRow, Unchanged};
use super::rows::Row;
use super::things::Telling;

/// Commands whose label is the name of a channel.
const ABOUT_A_CHANNEL: [&str; 2] = ["send-panel", "voice-room-close"];
/// How what is done to a rating begins.
const OF_A_RATING: &str = "rating-";

pub(super) struct Deed {
    is_command: bool,
    action: String,
    before: Option<Value>,
    after: Option<Value>,
    /// By id, as they were.
    names: Value,
}

impl Deed {
    /// None: a change of settings.
    pub fn of(row: &Row) -> Option<Self> {
        if row.revision.is_some() {
            return None;
        }
        let read = |body: &Option<String>| serde_json::from_str(body.as_deref()?).ok();
        Some(Self {
            is_command: row.kind == "command",
            action: row.action.clone(),
            before: read(&row.before_body),
            after: read(&row.after_body),
            names: serde_json::from_str(&row.names).unwrap_or_default(),
        })
    }

    /// "Ending the giveaway Nitro", "The panel Support was made".
    pub fn title(&self, page: &ServerPage) -> Message {
        let label = self.label(page);
        let message = |key: String| Message::new(key).name("label", &label);
        let (prefix, other) = match self.is_command {
            true => ("command-doing", "command-doing-other"),
            false => ("history-act", "history-act-content"),
        };
        let own = message(format!("{prefix}-{}", self.action));
        // A key without words shows itself.
        if page.words.say(&own) == own.key { message(other.to_owned()) } else { own }
    }

    /// What it is about, as people called it; never the name of a channel that this person may not see.
    fn label(&self, page: &ServerPage) -> String {
        let side = self.after.as_ref().or(self.before.as_ref());
        if ABOUT_A_CHANNEL.contains(&self.action.as_str()) {
            let channel = side.and_then(|side| side.get("command")?.get("channelId")?.as_str());
            if let Some(key) = instead_of_channel(&page.judge(), channel) {
                return page.words.t(key);
            }
        }
        let label = side.and_then(|side| side.get("label")?.as_str()).unwrap_or_default();
        if label.is_empty() { page.words.t("history-nameless") } else { label.to_owned() }
    }

    /// Of content: what differs side by side, and what is the same. A command is told by its title.
    pub fn sides(&self, page: &ServerPage) -> (Vec<SideRow>, Vec<Unchanged>) {
        if self.is_command {
            return (Vec::new(), Vec::new());
        }
        let names = self.names(page);
        let (before, after) = (self.shown(page, self.before.as_ref()), self.shown(page, self.after.as_ref()));
        Telling { words: &page.words, names: &names }.sides(before.as_deref(), after.as_deref())
    }

    /// Of changed content: each field that differs. What was made or removed is told by its title.
    pub fn facts(&self, page: &ServerPage) -> Vec<Fact> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) if !self.is_command => {
                let names = self.names(page);
                Telling { words: &page.words, names: &names }.facts(before, after)
            }
            _ => Vec::new(),
        }
    }

    /// What a person wrote in a rating is not for staff of single modules to find here: it may have been deleted so that
    /// nobody reads it; one that is not is among the ratings. No deed alters it, and so no fact tells of it.
    fn shown<'s>(&self, page: &ServerPage, side: Option<&'s Value>) -> Option<Cow<'s, Value>> {
        let side = side?;
        if page.admitted.rights.sees_all() || !self.action.starts_with(OF_A_RATING) {
            return Some(Cow::Borrowed(side));
        }
        let mut side = side.clone();
        if let Some(fields) = side.as_object_mut() {
            fields.remove("review");
        }
        Some(Cow::Owned(side))
    }

    fn names(&self, page: &ServerPage) -> Value {
        let sides: Vec<&Value> = self.before.iter().chain(&self.after).collect();
        names::as_then(&page.judge(), &page.words, &self.names, &sides)
    }
}
