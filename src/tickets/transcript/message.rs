//! One message of a transcript, read leniently: whatever is missing in it or of another kind counts as empty.

use serde_json::Value;

use crate::clock::Millis;

/// More attachments and embeds than Discord allows in a message are left out.
const ATTACHMENTS: usize = 20;
const EMBEDS: usize = 10;
/// Letters of a name.
const NAME: usize = 256;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub author_id: String,
    pub author_name: String,
    pub bot: bool,
    pub at: Option<Millis>,
    pub content: String,
    /// As the bot sent them; `embed.rs` reads them.
    pub embeds: Vec<Value>,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// In bytes.
    pub size: Option<u64>,
    /// As it was sent; perhaps no address at all.
    pub url: String,
}

impl Said {
    /// None: it is no message at all.
    pub fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        let list = |name: &str, most| value.get(name).and_then(Value::as_array).into_iter().flatten().take(most);
        Some(Self {
            author_id: text(value, "authorId"),
            author_name: text(value, "authorName").chars().take(NAME).collect(),
            bot: value.get("bot").and_then(Value::as_bool).unwrap_or(false),
            at: value.get("at").and_then(moment),
            content: text(value, "content"),
            embeds: list("embeds", EMBEDS).filter(|embed| embed.is_object()).cloned().collect(),
            attachments: list("attachments", ATTACHMENTS).filter_map(Attachment::read).collect(),
        })
    }

    /// Whether the same person, or the same bot, said both.
    pub fn is_by(&self, other: &Self) -> bool {
        (&self.author_id, &self.author_name, self.bot) == (&other.author_id, &other.author_name, other.bot)
    }
}

impl Attachment {
    fn read(value: &Value) -> Option<Self> {
        value.as_object()?;
        let size = value.get("size").and_then(Value::as_u64);
        Some(Self { name: text(value, "name").chars().take(NAME).collect(), size, url: text(value, "url") })
    }
}

/// A text, or a number where an id is written as one; line ends are made one form, and what is no letter is dropped.
pub fn text(value: &Value, name: &str) -> String {
    match value.get(name) {
        Some(Value::String(text)) => clean(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

/// ISO 8601, or unix milliseconds.
pub fn moment(value: &Value) -> Option<Millis> {
    let at = match value {
        Value::String(text) => text.parse::<jiff::Timestamp>().ok()?.as_millisecond(),
        number => number.as_i64()?,
    };
    Some(at).filter(|at| (0..=jiff::Timestamp::MAX.as_millisecond()).contains(at))
}
