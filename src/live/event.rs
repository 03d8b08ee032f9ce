//! An event of the bot, as it is read: with suspicion.

use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::ids::{self, GuildId};

/// An event may be this long; more is not read.
const MAX_BYTES: usize = config_sync::MAX_EVENT_BYTES;
/// Lists and objects may stand in each other this deep.
const MAX_DEPTH: u32 = 32;

/// What is read of an event. Unknown fields are ignored.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: Option<Uuid>,
    pub kind: String,
    /// None: of the bot as a whole ("0").
    pub guild: Option<GuildId>,
    pub user_id: Option<String>,
    pub data: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(default)]
    id: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    guild_id: String,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    data: Map<String, Value>,
}

/// Why an event cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unreadable {
    #[error("it is larger than 256 KB")]
    TooLarge,
    #[error("it is nested too deep")]
    TooDeep,
    #[error("it is no event")]
    NoEvent,
}

impl Event {
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > MAX_BYTES {
            return Err(Unreadable::TooLarge);
        }
        if depth(bytes) > MAX_DEPTH {
            return Err(Unreadable::TooDeep);
        }
        let raw: Raw = serde_json::from_slice(bytes).map_err(|_| Unreadable::NoEvent)?;
        Ok(Self {
            id: raw.id.and_then(|id| Uuid::parse_str(&id).ok()),
            kind: raw.kind,
            guild: ids::parse(&raw.guild_id),
            user_id: raw.user_id,
            data: raw.data,
        })
    }

    /// Text in `data`; empty is none.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.data.get(name).and_then(Value::as_i64)
    }
}

/// How deep brackets stand in each other, outside of strings.
fn depth(bytes: &[u8]) -> u32 {
    let (mut now, mut deepest, mut in_string, mut escaped) = (0_u32, 0_u32, false, false);
    for byte in bytes {
        match (in_string, escaped, byte) {
            (true, true, _) => escaped = false,
            (true, false, b'\\') => escaped = true,
            (_, false, b'"') => in_string = !in_string,
            (false, _, b'[' | b'{') => {
                now += 1;
                deepest = deepest.max(now);
            }
            (false, _, b']' | b'}') => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_read_with_what_is_known_and_without_what_is_not() {
        let text = r#"{"id":"0190163d-8694-739b-aea5-966c26f8ad90","type":"X","guildId":"816370501973721107","more":[1],"data":{"module":"MUSIC"}}"#;
        let event = Event::read(text.as_bytes()).unwrap();
        assert_eq!((event.kind.as_str(), event.text("module"), event.number("revision")), ("X", Some("MUSIC"), None));
        assert!(event.id.is_some() && event.guild.is_some());
        let of_the_bot = Event::read(br#"{"type":"BOT_READY","guildId":"0"}"#).unwrap();
        assert!(of_the_bot.guild.is_none() && of_the_bot.id.is_none());
    }

    #[test]
    fn what_is_too_large_too_deep_or_no_event_is_refused() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let event = |data: &str| format!(r#"{{"type":"X","guildId":"0","data":{{"x":{data},"y":"[[[\"["}}}}"#);
        assert!(Event::read(event(&nested(30)).as_bytes()).is_ok());
        assert_eq!(Event::read(event(&nested(31)).as_bytes()).unwrap_err(), Unreadable::TooDeep);
        let long = format!("\"{}\"", "x".repeat(MAX_BYTES));
        assert_eq!(Event::read(event(&long).as_bytes()).unwrap_err(), Unreadable::TooLarge);
        for text in ["", "{}", "[]", "null", r#"{"type":1,"guildId":"0"}"#, r#"{"type":"X"}"#] {
            assert_eq!(Event::read(text.as_bytes()).unwrap_err(), Unreadable::NoEvent, "{text}");
        }
    }
}
