//! Whether a value of a file has a module's shape: every setting there and of its type, and nothing else.
//!
//! Limits are not judged here, except how long a list may be: what follows reads lists as a form's.

use serde_json::{Map, Value};

use crate::settings::fields::{Field, Kind};
use crate::web::words::{Message, visible};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    /// As a path in the file: `modules.MUSIC.settings.maxVolume`.
    pub place: String,
    pub message: Message,
    /// What stands there, shortened.
    pub value: Option<String>,
}

/// Names and values of a file are shown only so far.
const SHOWN: usize = 80;

impl Flaw {
    pub fn new(place: impl Into<String>, message: Message) -> Self {
        let place: String = place.into();
        Self { place: shortened_to(&place, 3 * SHOWN), message, value: None }
    }

    pub fn with(mut self, value: &Value) -> Self {
        self.value = Some(shown(value));
        self
    }
}

/// A value of a file as it is shown to people.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(_) => "[…]".into(),
        Value::Object(_) => "{…}".into(),
        other => other.to_string(),
    };
    shortened(&text)
}

pub(super) fn shortened(text: &str) -> String {
    shortened_to(text, SHOWN)
}

fn shortened_to(text: &str, most: usize) -> String {
    let cut = match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    visible(&cut).into_owned()
}

/// The fields of an object, if it has these names and no others; each missing and each unknown one is a flaw.
pub(super) fn object<'v>(
    value: &'v Value,
    place: &str,
    names: &[String],
    flaws: &mut Vec<Flaw>,
) -> Option<&'v Map<String, Value>> {
    let Value::Object(fields) = value else {
        flaws.push(Flaw::new(place, Message::new("carry-not-an-object")).with(value));
        return None;
    };
    let at = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    for name in fields.keys().filter(|name| !names.contains(name)) {
        flaws.push(Flaw::new(at(name), Message::new("carry-unknown-field")));
    }
    for name in names.iter().filter(|name| !fields.contains_key(*name)) {
        flaws.push(Flaw::new(at(name), Message::new("carry-missing-field")));
    }
    Some(fields)
}

/// Says everything in which `value` has not the shape of `fields`.
pub(super) fn check(
    fields: impl IntoIterator<Item = &'static Field>,
    value: &Value,
    place: &str,
    flaws: &mut Vec<Flaw>,
) {
    let fields: Vec<&'static Field> = fields.into_iter().collect();
    let names: Vec<String> = fields.iter().map(|field| field.wire_name()).collect();
    let Some(values) = object(value, place, &names, flaws) else { return };
    for (field, name) in fields.into_iter().zip(names) {
        if let Some(value) = values.get(&name) {
            check_one(field, value, &format!("{place}.{name}"), flaws);
        }
    }
}

fn check_one(field: &'static Field, value: &Value, place: &str, flaws: &mut Vec<Flaw>) {
    if let Some(parts) = field.parts() {
        return check(parts, value, place, flaws);
    }
    let (fits, wanted) = match &field.kind {
        Kind::Switch => (value.is_boolean(), "carry-not-a-switch"),
        Kind::Number { .. } | Kind::Bitrate => (value.is_i64() || value.is_u64(), "carry-not-a-number"),
        Kind::Text { .. }
        | Kind::Url
        | Kind::Moment
        | Kind::Choice(_)
        | Kind::Emoji { .. }
        | Kind::Color { optional: false } => (value.is_string(), "carry-not-a-text"),
        Kind::Color { .. } | Kind::Region => (value.is_string() || value.is_null(), "carry-not-a-text"),
        Kind::Channel { .. } | Kind::Role { .. } => (value.is_string() || value.is_null(), "carry-not-an-id"),
        Kind::Set(words) => return check_list(value, words.len(), place, flaws),
        Kind::Lines { max, .. } => return check_list(value, *max, place, flaws),
        Kind::ChannelList { max, .. } | Kind::RoleList { max, .. } => return check_list(value, *max, place, flaws),
        Kind::Rows { max, fields, .. } => {
            let Some(rows) = list(value, *max, place, flaws) else { return };
            for (index, row) in rows.iter().enumerate() {
                check(*fields, row, &format!("{place}.{index}"), flaws);
            }
            return;
        }
        // Read above, by their parts.
        Kind::Template(_) | Kind::Group(_) => return,
    };
    if !fits {
        flaws.push(Flaw::new(place, Message::new(wanted)).with(value));
    }
}

fn check_list(value: &Value, max: usize, place: &str, flaws: &mut Vec<Flaw>) {
    let Some(items) = list(value, max, place, flaws) else { return };
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
        flaws.push(Flaw::new(format!("{place}.{index}"), Message::new("carry-not-a-text")).with(item));
    }
}

fn list<'v>(value: &'v Value, max: usize, place: &str, flaws: &mut Vec<Flaw>) -> Option<&'v [Value]> {
    match value {
        Value::Array(items) if items.len() <= max => return Some(items),
        Value::Array(items) => {
            let message = Message::new("carry-too-many").number("max", max).number("count", items.len());
            flaws.push(Flaw::new(place, message));
        }
        other => flaws.push(Flaw::new(place, Message::new("carry-not-a-list")).with(other)),
    }
    None
}
