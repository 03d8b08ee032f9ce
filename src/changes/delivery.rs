//! How far a change has come on its way to the bot, and in which words that is said.
//!
//! Worked out anew each time from the change's row and from what is known of the way: the connection, and the
//! process of the bot that this server belongs to.

use crate::bots::Reach;
use crate::changes::Entry;
use crate::clock::Millis;
use crate::web::shell::Tone;
use crate::web::words::{Message, Words};

/// A change that is younger than this is on its way, even while nothing has come back yet.
const FRESH: Millis = 2_000;

/// What is known of the way to the bot, for one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The connection is lost since then.
    pub lost_since: Option<Millis>,
    pub bot: Reach,
}

/// How far a change has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Saved, and about to be sent.
    Saved,
    /// Saved; the connection to the bot is lost.
    WaitingForConnection {
        since: Millis,
    },
    /// Sent; the bot has not answered yet.
    Sent {
        at: Millis,
    },
    /// Sent, to a bot that does not answer.
    SentUnreported {
        at: Millis,
    },
    /// Sent; the bot is offline.
    WaitingForBot {
        since: Option<Millis>,
    },
    /// The bot has applied it, so many milliseconds after it was sent if that is known.
    Live {
        at: Millis,
        ms: Option<i64>,
    },
    Refused {
        at: Millis,
        reason: String,
    },
    /// A newer change stood for it.
    Replaced,
}

impl State {
    pub fn of(change: &Entry, way: &Way) -> Self {
        match (change.applied_at, &change.rejected_reason, change.published_at) {
            (Some(at), Some(reason), _) => Self::Refused { at, reason: reason.clone() },
            (Some(at), None, _) => Self::Live { at, ms: took(change) },
            _ if change.superseded => Self::Replaced,
            (None, _, Some(at)) => Self::sent(at, way),
            (None, _, None) => match way.lost_since {
                Some(since) => Self::WaitingForConnection { since },
                None => Self::Saved,
            },
        }
    }

    fn sent(at: Millis, way: &Way) -> Self {
        match way.bot {
            Reach::Away { since } => Self::WaitingForBot { since },
            Reach::Here { acks: true } | Reach::NeverReported { acks: true } => Self::Sent { at },
            Reach::Here { acks: false } | Reach::NeverReported { acks: false } => Self::SentUnreported { at },
        }
    }

    /// Whether it will come further by itself.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Saved | Self::WaitingForConnection { .. } | Self::Sent { .. } | Self::WaitingForBot { .. })
    }

    /// Whether it may be expected to come further within a moment.
    pub fn is_about_to_move(&self, change: &Entry, now: Millis) -> bool {
        now - change.created_at < FRESH && matches!(self, Self::Saved | Self::Sent { .. })
    }

    /// The name scripts and tests know it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::WaitingForConnection { .. } => "waiting-connection",
            Self::Sent { .. } => "sent",
            Self::SentUnreported { .. } => "sent-unreported",
            Self::WaitingForBot { .. } => "waiting-bot",
            Self::Live { .. } => "live",
            Self::Refused { .. } => "refused",
            Self::Replaced => "replaced",
        }
    }

    pub fn tone(&self) -> Tone {
        match self {
            Self::Live { .. } => Tone::Good,
            Self::Saved | Self::Sent { .. } | Self::SentUnreported { .. } | Self::Replaced => Tone::Note,
            Self::WaitingForConnection { .. } | Self::WaitingForBot { .. } => Tone::Warning,
            Self::Refused { .. } => Tone::Bad,
        }
    }

    /// When it came to be so, where that is a moment of its own.
    pub fn at(&self) -> Option<Millis> {
        match self {
            Self::Sent { at } | Self::SentUnreported { at } | Self::Live { at, .. } | Self::Refused { at, .. } => {
                Some(*at)
            }
            _ => None,
        }
    }

    pub fn message(&self, words: &Words) -> Message {
        let key = |name: &str| format!("delivery-{name}");
        match self {
            Self::WaitingForConnection { since } | Self::WaitingForBot { since: Some(since) } => {
                Message::new(key(self.name())).text("since", words.time(*since))
            }
            Self::WaitingForBot { since: None } => Message::new("delivery-waiting-bot-ever"),
            Self::Live { ms: Some(ms), .. } => match ms {
                0..10_000 => Message::new("delivery-live-ms").number("ms", *ms),
                10_000..120_000 => Message::new("delivery-live-seconds").number("seconds", ms / 1_000),
                _ => Message::new("delivery-live-minutes").number("minutes", ms / 60_000),
            },
            Self::Refused { reason, .. } if !reason.trim().is_empty() => {
                Message::new("delivery-refused-because").name("reason", reason)
            }
            _ => Message::new(key(self.name())),
        }
    }
}

/// Both by Redis's clock. A clock that was set back meanwhile says nothing.
fn took(change: &Entry) -> Option<i64> {
    let took = change.answered_redis_ms? - change.published_redis_ms?;
    (took >= 0).then_some(took)
}
