//! An event of the bot, as it is read: with suspicion.

use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Said;
use crate::clock::Millis;
use crate::ids::{self, GuildId};

/// An event may be this long; more is not read.
const MAX_BYTES: usize = config_sync::MAX_EVENT_BYTES;
/// Lists and objects may stand in each other this deep.
const MAX_DEPTH: u32 = 32;
/// So many things may stand in lists and objects.
const MAX_ITEMS: u32 = 10_000;
/// The bot's clock may be so much ahead of ours.
pub(super) const AHEAD: Millis = 24 * 60 * 60 * 1000;
/// Numbers beyond this lose digits in JavaScript and Lua.
const LARGEST: i64 = config_sync::MAX_REVISION.cast_signed();

/// What is read of an event. Unknown fields are ignored.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: Option<Uuid>,
    pub kind: String,
    /// None: of the bot as a whole ("0").
    pub guild: Option<GuildId>,
    pub user_id: Option<String>,
    pub data: Map<String, Value>,
    /// When it happened, by the bot's clock. Nothing is ordered by it.
    pub timestamp: Option<Millis>,
    /// Grows with each change of the thing it is about.
    pub seq: Option<i64>,
}

/// Which way an event came, and when it came to Redis as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Published only; heard then, by our clock.
    Channel { heard_at: Millis },
    /// An entry of the durable stream. Its id begins with the time it was added, by Redis's clock.
    Stream { entry: String, ms: Millis },
}

/// An event and how it came.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub event: Event,
    pub source: Source,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(default)]
    id: Option<Value>,
    #[serde(rename = "type")]
    kind: String,
    guild_id: String,
    #[serde(default)]
    user_id: Option<Value>,
    #[serde(default)]
    data: Map<String, Value>,
    #[serde(default)]
    timestamp: Option<Value>,
    #[serde(default)]
    seq: Option<Value>,
}

/// Why an event cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unreadable {
    #[error("it is larger than 256 KB")]
    TooLarge,
    #[error("it is nested too deep")]
    TooDeep,
    #[error("it has more than 10,000 items")]
    TooMany,
    #[error("it is no event")]
    NoEvent,
    #[error("its time is more than a day ahead")]
    Ahead,
}

impl Event {
    /// Reads what came at `now`.
    ///
    /// # Errors
    /// [`Unreadable`]: nothing of it can be used.
    pub fn read(bytes: &[u8], now: Millis) -> Result<Self, Unreadable> {
        if bytes.len() > MAX_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let (depth, items) = measures(bytes);
        if depth > MAX_DEPTH {
            return Err(Unreadable::TooDeep);
        }
        if items > MAX_ITEMS {
            return Err(Unreadable::TooMany);
        }
        let raw: Raw = serde_json::from_slice(bytes).map_err(|_| Unreadable::NoEvent)?;
        let timestamp = raw.timestamp.as_ref().and_then(Value::as_i64);
        if timestamp.is_some_and(|at| at > now.saturating_add(AHEAD)) {
            return Err(Unreadable::Ahead);
        }
        Ok(Self {
            id: raw.id.as_ref().and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok()),
            kind: raw.kind,
            guild: ids::parse(&raw.guild_id),
            user_id: raw.user_id.as_ref().and_then(Value::as_str).map(str::to_owned),
            data: raw.data,
            timestamp,
            seq: raw.seq.as_ref().and_then(Value::as_i64).filter(|seq| (0..=LARGEST).contains(seq)),
        })
    }

    /// Text in `data`; empty is none.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.data.get(name).and_then(Value::as_i64)
    }

    /// What stands in `data`, read within limits.
    pub fn said(&self) -> Said<'_> {
        Said::new(&self.data)
    }
}

impl Source {
    /// An entry of the stream. One whose id tells no time is as old as can be.
    pub fn entry(id: &str) -> Self {
        let ms = id.split_once('-').and_then(|(ms, _)| ms.parse().ok()).unwrap_or(0);
        Self::Stream { entry: id.to_owned(), ms }
    }
}

impl Arrived {
    /// When it came to Redis, by its clock; none: it was only published.
    pub fn redis_ms(&self) -> Option<Millis> {
        match self.source {
            Source::Stream { ms, .. } => Some(ms),
            Source::Channel { .. } => None,
        }
    }

    /// When it came, as near as that is known, and never later than `now`.
    pub fn at(&self, now: Millis) -> Millis {
        match self.source {
            Source::Stream { ms, .. } => ms.clamp(0, now),
            Source::Channel { heard_at } => heard_at.clamp(0, now),
        }
    }

    /// By what a repeat is known: its own id; else its entry's. A published one without an id has none.
    pub fn identity(&self) -> Option<String> {
        match (&self.event.id, &self.source) {
            (Some(id), _) => Some(id.to_string()),
            (None, Source::Stream { entry, .. }) => Some(format!("entry {entry}")),
            (None, Source::Channel { .. }) => None,
        }
    }
}

/// How deep brackets stand in each other, and how many things there are, outside of strings.
fn measures(bytes: &[u8]) -> (u32, u32) {
    let (mut now, mut deepest, mut items, mut in_string, mut escaped) = (0_u32, 0_u32, 0_u32, false, false);
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
            (false, _, b',') => items += 1,
            _ => {}
        }
    }
    (deepest, items)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_795_462_987_710;

    fn read(text: &str) -> Result<Event, Unreadable> {
        Event::read(text.as_bytes(), NOW)
    }

    #[test]
    fn an_event_is_read_with_what_is_known_and_without_what_is_not() {
        let text = r#"{"id":"0190163d-8694-739b-aea5-966c26f8ad90","type":"X","guildId":"816370501973721107","more":[1],"data":{"module":"MUSIC"}}"#;
        let event = read(text).unwrap();
        assert_eq!((event.kind.as_str(), event.text("module"), event.number("revision")), ("X", Some("MUSIC"), None));
        assert!(event.id.is_some() && event.guild.is_some());
        let of_the_bot = read(r#"{"type":"BOT_READY","guildId":"0","id":7,"seq":-1,"timestamp":"now"}"#).unwrap();
        assert!(of_the_bot.guild.is_none() && of_the_bot.id.is_none());
        assert_eq!((of_the_bot.seq, of_the_bot.timestamp), (None, None));
    }

    #[test]
    fn what_is_too_large_too_deep_or_no_event_is_refused() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let event = |data: &str| format!(r#"{{"type":"X","guildId":"0","data":{{"x":{data},"y":"[[[\"["}}}}"#);
        assert!(read(&event(&nested(30))).is_ok());
        assert_eq!(read(&event(&nested(31))).unwrap_err(), Unreadable::TooDeep);
        assert_eq!(read(&event(&format!("[{}1]", "1,".repeat(10_000)))).unwrap_err(), Unreadable::TooMany);
        let long = format!("\"{}\"", "x".repeat(MAX_BYTES));
        assert_eq!(read(&event(&long)).unwrap_err(), Unreadable::TooLarge);
        for text in ["", "{}", "[]", "null", r#"{"type":1,"guildId":"0"}"#, r#"{"type":"X"}"#] {
            assert_eq!(read(text).unwrap_err(), Unreadable::NoEvent, "{text}");
        }
    }

    #[test]
    fn a_time_more_than_a_day_ahead_is_refused() {
        let at = |at: Millis| read(&format!(r#"{{"type":"X","guildId":"0","timestamp":{at}}}"#));
        assert!(at(NOW + AHEAD).is_ok() && at(0).is_ok() && at(-5).is_ok());
        assert_eq!(at(NOW + AHEAD + 1).unwrap_err(), Unreadable::Ahead);
    }

    #[test]
    fn an_entry_s_id_tells_when_it_came() {
        let arrived = |entry: &str| Arrived {
            event: read(r#"{"type":"X","guildId":"0"}"#).unwrap(),
            source: Source::entry(entry),
        };
        assert_eq!(arrived("1795462987710-3").redis_ms(), Some(1_795_462_987_710));
        assert_eq!(arrived("1795462987710-3").identity().unwrap(), "entry 1795462987710-3");
        assert_eq!(arrived("x").at(NOW), 0);
        assert_eq!(arrived("9995462987710-3").at(NOW), NOW);
    }
}
