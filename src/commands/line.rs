//! A command in a line, as pages show it: what the bot is told to do, and how far it has come.
//!
//! The template is `templates/parts/command.html`.

use serde_json::Value;

use super::state::State;
use super::{Kind, Row};
use crate::changes::line::{Drawing, TimeText};
use crate::settings::judge::Judge;
use crate::web::words::{Message, Words};

pub use super::rows::{newest as of, of_changes};

/// A command in words.
#[derive(Clone, Debug)]
pub struct CommandLine {
    pub id: String,
    /// The command's own page, where it can be tried again.
    pub href: String,
    /// "Ending the giveaway “Nitro”".
    pub doing: Message,
    /// The state's name, for scripts and tests.
    pub state: &'static str,
    pub tone: crate::web::shell::Tone,
    pub message: Message,
    /// What can be done about a failure.
    pub advice: Option<Message>,
    /// When it came to be so.
    pub at: Option<TimeText>,
    /// The message in Discord.
    pub posted: Option<String>,
    pub may_be_tried_again: bool,
    /// It may come further by itself; when this was looked at.
    pub pending_as_of: Option<String>,
    /// The page to look at again.
    pub check_again: String,
    /// What a screen reader is told when an open page learns of it.
    pub announcement: String,
}

/// What a command of this type tells the bot to do, in words.
pub fn doing(wire_name: &str, label: &str) -> Message {
    match Kind::parse(wire_name) {
        Some(kind) => Message::new(format!("command-doing-{}", kind.action())).name("label", label),
        None => Message::new("command-doing-other").name("label", label),
    }
}

/// What is said in place of a channel's name to whoever may not know it. None: they may.
pub fn instead_of_channel(judge: &Judge<'_>, channel: Option<&str>) -> Option<&'static str> {
    if judge.guild.is_without_bot() {
        return Some("choice-bot-away");
    }
    let channel = channel.and_then(|id| judge.find_channel(id));
    channel.filter(|channel| !judge.person.sees(channel)).map(|_| "choice-channel-unseen")
}

/// As [`doing`], for several people at once: no channel is named that one of them may not see.
pub fn doing_for_all(row: &Row, words: &Words) -> Message {
    match names_a_channel(row) {
        true => doing(&row.kind, &words.t("command-some-channel")),
        false => doing(&row.kind, &row.label),
    }
}

fn names_a_channel(row: &Row) -> bool {
    Kind::parse(&row.kind).is_some_and(Kind::is_named_by_a_channel)
}

impl Drawing<'_> {
    /// As [`doing`], for whoever it is drawn for: no channel is named that they may not see.
    pub fn doing(&self, row: &Row) -> Message {
        let Some(judge) = &self.judge else { return doing_for_all(row, self.words) };
        if !names_a_channel(row) {
            return doing(&row.kind, &row.label);
        }
        let message: Value = serde_json::from_str(&row.body).unwrap_or_default();
        match instead_of_channel(judge, message["channelId"].as_str()) {
            Some(key) => doing(&row.kind, &self.words.t(key)),
            None => doing(&row.kind, &row.label),
        }
    }

    pub fn command(&self, row: &Row) -> CommandLine {
        let (words, state) = (self.words, State::of(row, &self.way, self.now));
        let (doing, message) = (self.doing(row), state.message(words));
        let announcement =
            Message::new("announce-command").text("doing", words.say(&doing)).text("state", words.say(&message));
        CommandLine {
            href: format!("/guilds/{}/commands/{}", self.guild, row.id),
            id: row.id.clone(),
            state: state.name(),
            tone: state.tone(),
            advice: state.advice(),
            at: state.at().map(|at| TimeText::new(at, words)),
            may_be_tried_again: state.may_be_tried_again() && self.rights.acts(&row.subject),
            pending_as_of: state.is_pending().then(|| words.time(self.now)),
            check_again: self.page.clone(),
            announcement: words.say(&announcement),
            posted: match state {
                State::Done { message, .. } => message,
                _ => None,
            },
            doing,
            message,
        }
    }
}
