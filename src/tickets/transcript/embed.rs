//! An embed as the bot sends it, in Discord's own shape or in that of our templates, read leniently.

use serde_json::Value;

use crate::messages::{DESCRIPTION, Embed, EmbedField, FIELD_VALUE, FOOTER, Ink, TITLE, host};
use crate::settings::parse::is_color;
use crate::web::words::Words;

use super::message::{moment, text};

/// Discord's own limit.
const FIELDS: usize = 25;

/// Nothing if the embed says nothing.
pub fn read(value: &Value, ink: Ink<'_>, words: &Words) -> Option<Embed> {
    let inner = |outer: &str, name: &str, ours: &str| match value.get(outer) {
        Some(object @ Value::Object(_)) => text(object, name),
        _ => text(value, ours),
    };
    let rows = value.get("fields").and_then(Value::as_array).into_iter().flatten();
    let fields = rows.take(FIELDS).map(|row| {
        let (name, value) = (ink.lines(&text(row, "name"), TITLE), ink.content(&text(row, "value"), FIELD_VALUE));
        EmbedField::new(name, value, row.get("inline").and_then(Value::as_bool).unwrap_or(false))
    });
    let at = value.get("timestamp").and_then(moment).map(|at| words.time(at));
    let footer = [inner("footer", "text", "footer"), at.unwrap_or_default()];
    let footer: Vec<&str> = footer.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let embed = Embed {
        color: None,
        author: ink.plain(&inner("author", "name", "authorName"), TITLE),
        title: ink.lines(&text(value, "title"), TITLE),
        url: host(&text(value, "url")),
        description: ink.content(&text(value, "description"), DESCRIPTION),
        fields: Embed::set(fields),
        image_host: host(&inner("image", "url", "imageUrl")),
        thumbnail_host: host(&inner("thumbnail", "url", "thumbnailUrl")),
        footer: ink.plain(&footer.join(" · "), FOOTER),
        timestamp: false,
    };
    (embed != Embed::default()).then(|| Embed { color: color(value.get("color")), ..embed })
}

/// Discord writes a number, our templates `#rrggbb`.
fn color(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| is_color(text)),
        number => Some(number.as_u64()?).filter(|color| *color <= 0xff_ffff).map(|color| format!("#{color:06x}")),
    }
}
