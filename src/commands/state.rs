//! How far a command has come, and in which words that is said. Worked out anew from its row each time.

use super::{Kind, Row};
use crate::bots::Reach;
use crate::changes::delivery::Way;
use crate::clock::Millis;
use crate::ids::Snowflake;
use crate::web::shell::Tone;
use crate::web::words::{Message, Words};

/// After so long without an answer nobody can say whether it was done.
pub const SILENCE: Millis = 30_000;

/// The bot's reasons that have words of their own, with what to do; any other is shown as the bot said it.
const KNOWN: [&str; 10] = [
    "expired",
    "missing_permissions",
    "unknown_channel",
    "already_ended",
    "already_closed",
    "not_found",
    "unknown_outcome",
    "unknown_command",
    "invalid",
    "module_disabled",
];

/// How far a command has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// About to be sent.
    Waiting,
    /// To be sent as soon as the connection is back; lost since then.
    WaitingForConnection {
        since: Millis,
    },
    Sent {
        at: Millis,
    },
    /// Sent while the bot is offline.
    SentToNobody {
        at: Millis,
    },
    /// The bot has done it; with the address of the message it posted.
    Done {
        at: Millis,
        message: Option<String>,
    },
    Failed {
        at: Millis,
        error: String,
    },
    /// Never sent, so never done.
    Expired,
    /// Sent, or perhaps sent, and not answered for so long that nobody knows.
    NoAnswer {
        since: Millis,
    },
}

impl State {
    pub fn of(row: &Row, way: &Way, now: Millis) -> Self {
        match (row.answered_at, row.ok, row.sent_at) {
            (Some(at), Some(true), _) => Self::Done { at, message: address(row) },
            (Some(at), _, _) => Self::Failed { at, error: row.error.clone().unwrap_or_default() },
            (None, _, Some(at)) if now - at >= SILENCE => Self::NoAnswer { since: at },
            (None, _, Some(at)) => match way.bot {
                Reach::Away { .. } => Self::SentToNobody { at },
                _ => Self::Sent { at },
            },
            (None, _, None) => Self::unsent(row, way, now),
        }
    }

    fn unsent(row: &Row, way: &Way, now: Millis) -> Self {
        // What is being sent at this moment may still get through.
        let over = row.expired || (now >= row.expires_at && row.leased_until < now);
        match (over, row.maybe_sent, way.lost_since) {
            (true, true, _) => Self::NoAnswer { since: row.created_at },
            (true, false, _) => Self::Expired,
            (false, _, Some(since)) => Self::WaitingForConnection { since },
            (false, _, None) => Self::Waiting,
        }
    }

    /// Whether it may come further by itself.
    pub fn is_pending(&self) -> bool {
        !matches!(self, Self::Done { .. } | Self::Failed { .. } | Self::Expired)
    }

    /// Whether it can be tried again.
    pub fn may_be_tried_again(&self) -> bool {
        matches!(self, Self::Expired | Self::NoAnswer { .. })
    }

    /// The name scripts and tests know it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::WaitingForConnection { .. } => "waiting-connection",
            Self::Sent { .. } => "sent",
            Self::SentToNobody { .. } => "sent-away",
            Self::Done { .. } => "done",
            Self::Failed { .. } => "failed",
            Self::Expired => "expired",
            Self::NoAnswer { .. } => "no-answer",
        }
    }

    pub fn tone(&self) -> Tone {
        match self {
            Self::Done { .. } => Tone::Good,
            Self::Waiting | Self::Sent { .. } => Tone::Note,
            Self::WaitingForConnection { .. } | Self::SentToNobody { .. } | Self::NoAnswer { .. } => Tone::Warning,
            Self::Failed { .. } | Self::Expired => Tone::Bad,
        }
    }

    /// When it came to be so, where that is a moment of its own.
    pub fn at(&self) -> Option<Millis> {
        match self {
            Self::Sent { at } | Self::SentToNobody { at } | Self::Done { at, .. } | Self::Failed { at, .. } => {
                Some(*at)
            }
            _ => None,
        }
    }

    pub fn message(&self, words: &Words) -> Message {
        match self {
            Self::WaitingForConnection { since } => {
                Message::new("command-waiting-connection").text("since", words.time(*since))
            }
            Self::Failed { error, .. } => match known(error) {
                Some(code) => Message::new(format!("command-failed-{code}")),
                None if error.trim().is_empty() => Message::new("command-failed"),
                None => Message::new("command-failed-because").name("reason", error),
            },
            _ => Message::new(format!("command-{}", self.name())),
        }
    }

    /// What can be done about it.
    pub fn advice(&self) -> Option<Message> {
        match self {
            Self::Failed { error, .. } => known(error).map(|code| Message::new(format!("command-advice-{code}"))),
            _ => None,
        }
    }
}

/// A code of the protocol as it stands in keys of words.
fn known(error: &str) -> Option<String> {
    KNOWN.contains(&error.trim()).then(|| error.trim().replace('_', "-"))
}

/// Of ids alone, so that it leads to Discord whatever the bot says.
fn address(row: &Row) -> Option<String> {
    // A test is a direct message.
    let guild = match Kind::parse(&row.kind) {
        Some(Kind::SendTest) => "@me".to_owned(),
        _ => row.guild_id.id()?.to_string(),
    };
    let (channel, message) = (row.channel_id.and_then(Snowflake::id)?, row.message_id.and_then(Snowflake::id)?);
    Some(format!("https://discord.com/channels/{guild}/{channel}/{message}"))
}
