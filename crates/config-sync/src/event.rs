//! What a bot tells the dashboard: the envelope of an event, and how dear each type is.
//!
//! Sending is `events`' matter. What stands in `data` for each type is in the protocol; it is
//! not judged here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{GuildId, now_ms};

/// The largest event the dashboard takes, in bytes of JSON.
pub const MAX_EVENT_BYTES: usize = 256 * 1024;

/// One event, as it stands on the channel and on the stream. The same `id` twice is one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Made once for an event, kept when it is sent again.
    pub id: Uuid,
    /// The type, `TICKET_CREATE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The guild; "0" for events of the bot as a whole.
    pub guild_id: GuildId,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// What the type says more.
    #[serde(default)]
    pub data: Map<String, Value>,
    /// When it happened, in unix milliseconds by the bot's clock.
    pub timestamp: u64,
    /// Grows with each change of the object the event is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

impl Event {
    /// An event of now with an id of its own. `data` that is no object is taken as empty.
    pub fn new(kind: impl Into<String>, guild_id: GuildId, data: Value) -> Self {
        let data = match data {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Self { id: Uuid::now_v7(), kind: kind.into(), guild_id, user_id: None, data, timestamp: now_ms(), seq: None }
    }

    /// An event whose `data` is of a type of its own. One that is no object is taken as empty.
    pub fn about(kind: impl Into<String>, guild_id: GuildId, data: &impl Serialize) -> Self {
        Self::new(kind, guild_id, serde_json::to_value(data).unwrap_or_default())
    }

    /// Names the person it is about.
    #[must_use]
    pub fn by(mut self, user_id: impl ToString) -> Self {
        self.user_id = Some(user_id.to_string());
        self
    }

    /// Numbers the changes of the object it is about.
    #[must_use]
    pub fn numbered(mut self, seq: u64) -> Self {
        self.seq = Some(seq);
        self
    }

    /// How dear it is when there is no room for all.
    #[must_use]
    pub fn worth(&self) -> Worth {
        const KEPT: [&str; 5] = ["TICKET_", "GIVEAWAY_", "CONFIG_", "COMMAND_", "SETTINGS_"];
        const STATE: [&str; 4] = ["VOICE_ROOM_", "GUILD_", "STATE", "BOT_READY"];
        let begins = |with: &&str| self.kind.starts_with(*with);
        if KEPT.iter().any(begins) {
            Worth::Kept
        } else if STATE.iter().any(begins) {
            Worth::State
        } else {
            Worth::Feed
        }
    }

    /// Transcripts go over the stream alone: they are large, and nobody waits for them.
    pub(crate) fn on_channel(&self) -> bool {
        self.kind != "TICKET_TRANSCRIPT"
    }
}

/// What is dropped first when there is no room for all: the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worth {
    /// Only shown in the activity feed, or true for a moment only, like a heartbeat.
    Feed,
    /// About what is open now; a later STATE makes good what was dropped.
    State,
    /// Tickets, giveaways, acknowledgements and results: never dropped.
    Kept,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_is_these_bytes() {
        let mut event = Event::new("TICKET_CLAIM", GuildId(7), json!({ "ticketId": "t" })).by(9);
        event.id = Uuid::nil();
        event.timestamp = 5;
        assert_eq!(
            serde_json::to_string(&event.clone().numbered(2)).unwrap(),
            concat!(
                r#"{"id":"00000000-0000-0000-0000-000000000000","type":"TICKET_CLAIM","#,
                r#""guildId":"7","userId":"9","data":{"ticketId":"t"},"timestamp":5,"seq":2}"#
            )
        );
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    }

    #[test]
    fn tickets_giveaways_and_answers_are_never_dropped() {
        let worth = |kind: &str| Event::new(kind, GuildId(1), Value::Null).worth();
        for kind in ["TICKET_CREATE", "GIVEAWAY_ENTRY", "CONFIG_APPLIED", "CONFIG_REJECTED", "COMMAND_RESULT"] {
            assert_eq!(worth(kind), Worth::Kept, "{kind}");
        }
        for kind in ["VOICE_ROOM_CREATE", "GUILD_CHANGED", "STATE"] {
            assert_eq!(worth(kind), Worth::State, "{kind}");
        }
        for kind in ["XP_GAIN", "MEMBER_JOIN", "TRACK_START", "BOT_HEARTBEAT", "SOMETHING"] {
            assert_eq!(worth(kind), Worth::Feed, "{kind}");
        }
    }
}
