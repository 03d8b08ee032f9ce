//! What the log has of an event that cannot be used: its length, its type, where it breaks off and which kinds of
//! values it has. Never a value: it may be what somebody wrote.

use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::happenings;

/// Types that change no row of what happens.
const OTHERS: [&str; 6] =
    ["BOT_READY", "BOT_HEARTBEAT", "CONFIG_APPLIED", "CONFIG_REJECTED", "COMMAND_RESULT", "GUILD_CHANGED"];
/// So many fields are named of an object, and names no longer than this: a longer one is no program's.
const MOST_FIELDS: usize = 16;
const LONGEST_NAME: usize = 32;
/// An event and its `data`. Names further inside may be somebody's words.
const NAMED: usize = 2;

pub(super) struct Sample {
    pub length: usize,
    /// Its type, if that is one of ours.
    pub kind: String,
    pub shape: String,
}

impl Sample {
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let length = bytes.len();
        if length > config_sync::MAX_EVENT_BYTES {
            return Self { length, kind: String::new(), shape: "not looked at".to_owned() };
        }
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => Self { length, kind: known(value["type"].as_str()), shape: shape(&value, 0) },
            Err(error) => {
                let fault = match error.classify() {
                    Category::Eof => "it ends too early",
                    Category::Syntax | Category::Data | Category::Io => "it is no JSON",
                };
                let shape = format!("{fault}: line {}, column {}", error.line(), error.column());
                Self { length, kind: String::new(), shape }
            }
        }
    }

    /// Of one that could be read, but lacks what it must say: its `data`.
    pub fn of_data(kind: &str, data: &Map<String, Value>) -> Self {
        let data = Value::Object(data.clone());
        Self { length: data.to_string().len(), kind: known(Some(kind)), shape: shape(&data, 1) }
    }
}

fn known(kind: Option<&str>) -> String {
    kind.filter(|kind| happenings::knows(kind) || OTHERS.contains(kind)).unwrap_or_default().to_owned()
}

fn shape(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "boolean".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(_) => "text".to_owned(),
        Value::Array(items) => format!("list of {}", items.len()),
        Value::Object(fields) if depth >= NAMED => format!("object of {}", fields.len()),
        Value::Object(fields) => {
            let named = fields.iter().take(MOST_FIELDS);
            let mut parts: Vec<String> =
                named.map(|(name, value)| format!("{}: {}", plain(name), shape(value, depth + 1))).collect();
            if fields.len() > MOST_FIELDS {
                parts.push(format!("{} more", fields.len() - MOST_FIELDS));
            }
            format!("{{{}}}", parts.join(", "))
        }
    }
}

/// A name as programs give them, else nothing of it.
fn plain(name: &str) -> &str {
    let is_plain = name.len() <= LONGEST_NAME
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { name } else { "?" }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_that_cannot_be_used_is_told_by_its_shape_and_never_by_what_stands_in_it() {
        let event = json!({
            "type": "TICKET_CREATE",
            "guildId": 7,
            "data": {"subject": "my landlord", "answers": {"secret": 1}, "tags": ["private"], "what Jonas said": true},
        });
        let sample = Sample::of_bytes(event.to_string().as_bytes());
        assert_eq!((sample.kind.as_str(), sample.length), ("TICKET_CREATE", event.to_string().len()));
        let shape =
            "{data: {?: boolean, answers: object of 1, subject: text, tags: list of 1}, guildId: number, type: text}";
        let mut parts: Vec<&str> = sample.shape.split([',', '{', '}']).map(str::trim).collect();
        let mut expected: Vec<&str> = shape.split([',', '{', '}']).map(str::trim).collect();
        parts.sort_unstable();
        expected.sort_unstable();
        assert_eq!(parts, expected);
        for (text, shape) in [
            (r#"{"type":"X","data":{"subject":"my land"#, "it ends too early: line 1, column 38"),
            ("my landlord", "it is no JSON: line 1, column 1"),
            (r#""my landlord""#, "text"),
            ("[\"my landlord\"]", "list of 1"),
        ] {
            let sample = Sample::of_bytes(text.as_bytes());
            assert_eq!((sample.kind.as_str(), sample.shape.as_str()), ("", shape), "{text}");
        }
        let long: Map<String, Value> = (0..40).map(|n| (format!("f{n}"), json!("x"))).collect();
        let sample = Sample::of_data("my landlord", &long);
        assert!(sample.kind.is_empty() && sample.shape.ends_with(", 24 more}"), "{}", sample.shape);
        let longest = vec![b'x'; config_sync::MAX_EVENT_BYTES + 1];
        assert_eq!(Sample::of_bytes(&longest).shape, "not looked at");
    }
}
