//! A row that is no change of settings: what the bot was told to do, or content that was made, changed or removed.

use serde_json::Value;

use crate::server_page::ServerPage;
use crate::settings::names;
use crate::web::words::Message;

use super::pages::{Fact, SideRow, Unchanged};
use super::rows::Row;
use super::things::Telling;

/// Commands whose label is the name of a channel.
const ABOUT_A_CHANNEL: [&str; 2] = ["send-panel", "voice-room-close"];

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

    /// "Told the bot to end the giveaway Nitro", "Panel Support created".
    pub fn title(&self, page: &ServerPage) -> Message {
        let label = self.label(page);
        let message = |key: &str| Message::new(key.to_owned()).name("label", &label);
        // A key without words shows itself.
        let known = |key: &str| page.words.say(&message(key)) != key;
        let own = format!("history-act-{}", self.action);
        // What is done to a thing and what the bot is told of it may be called the same.
        let command = format!("{own}-command");
        let key = match self.is_command {
            true if known(&command) => command,
            _ if known(&own) => own,
            true => "history-act-command".to_owned(),
            false => "history-act-content".to_owned(),
        };
        message(&key)
    }

    /// What it is about, as people called it; never the name of a channel that this person may not see.
    fn label(&self, page: &ServerPage) -> String {
        let side = self.after.as_ref().or(self.before.as_ref());
        if ABOUT_A_CHANNEL.contains(&self.action.as_str()) {
            let channel = side.and_then(|side| side.get("command")?.get("channelId")?.as_str());
            let judge = page.judge();
            if judge.guild.is_without_bot() {
                return page.words.t("choice-bot-away");
            }
            let channel = channel.and_then(|id| judge.find_channel(id));
            if channel.is_some_and(|channel| !judge.person.sees(channel)) {
                return page.words.t("choice-channel-unseen");
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
        Telling { words: &page.words, names: &names }.sides(self.before.as_ref(), self.after.as_ref())
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

    fn names(&self, page: &ServerPage) -> Value {
        let sides: Vec<&Value> = self.before.iter().chain(&self.after).collect();
        names::as_then(&page.judge(), &page.words, &self.names, &sides)
    }
}
