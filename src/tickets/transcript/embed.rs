//! An embed as the bot sends it, in Discord's own shape or in that of our templates, read leniently.

use serde_json::Value;

use crate::messages::{DESCRIPTION, Embed, EmbedField, FIELD_VALUE, FOOTER, Fill, Line, Marks, TITLE, host, lines};
use crate::settings::parse::is_color;
use crate::web::words::Words;

use super::message::{moment, text};

/// Discord's own limit.
const FIELDS: usize = 25;

/// Nothing if the embed says nothing.
pub fn read(value: &Value, fill: Fill<'_>, words: &Words) -> Option<Embed> {
    let part = |text: &str, marks, max| lines(text, fill, marks, max);
    let inner = |outer: &str, name: &str, ours: &str| match value.get(outer) {
        Some(object @ Value::Object(_)) => text(object, name),
        _ => text(value, ours),
    };
    let fields =
        value.get("fields").and_then(Value::as_array).into_iter().flatten().take(FIELDS).map(|row| EmbedField {
            name: part(&text(row, "name"), Marks::Some, TITLE),
            value: part(&text(row, "value"), Marks::AndMentions, FIELD_VALUE),
            inline: row.get("inline").and_then(Value::as_bool).unwrap_or(false),
        });
    let at = value.get("timestamp").and_then(moment).map(|at| words.time(at));
    let footer = [inner("footer", "text", "footer"), at.unwrap_or_default()];
    let footer: Vec<&str> = footer.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let embed = Embed {
        color: None,
        author: part(&inner("author", "name", "authorName"), Marks::None, TITLE),
        title: part(&text(value, "title"), Marks::Some, TITLE),
        url: host(&text(value, "url")),
        description: part(&text(value, "description"), Marks::AndMentions, DESCRIPTION),
        fields: fields.filter(|field| !(field.name.is_empty() && field.value.is_empty())).collect(),
        image_host: host(&inner("image", "url", "imageUrl")),
        thumbnail_host: host(&inner("thumbnail", "url", "thumbnailUrl")),
        footer: part(&footer.join(" · "), Marks::None, FOOTER),
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

/// Every text of an embed, line by line.
pub fn texts(embed: &mut Embed) -> impl Iterator<Item = &mut Line> {
    let fields = embed.fields.iter_mut().flat_map(|field| field.name.iter_mut().chain(field.value.iter_mut()));
    let top = embed.author.iter_mut().chain(&mut embed.title).chain(&mut embed.description);
    top.chain(fields).chain(&mut embed.footer)
}
