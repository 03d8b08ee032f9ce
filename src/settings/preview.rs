//! A message as Discord would show it, in plain form: the ONE renderer, on the server.
//!
//! Takes a template and example values; gives a tree of `messages`, as `templates/parts/message.html` draws it.

use serde_json::Value;

use crate::messages::{CONTENT, DESCRIPTION, Embed, EmbedField, FIELD_VALUE, FOOTER, Filled, Line, Marks, TITLE, host};
use crate::settings::fields::Placeholder;
use crate::settings::parse::is_color;
use crate::web::words::Message;

/// One message to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePreview {
    /// The bot's name: empty until the page, which knows it, fills it in.
    pub author: String,
    /// Lines of text, each a run of plain pieces and marked ones.
    pub content: Vec<Line>,
    pub embed: Option<Embed>,
    /// What stands below it to be chosen from.
    pub offer: Option<Offer>,
    /// Said instead of a message when the template is off or empty.
    pub note: Option<Message>,
}

/// Buttons or a select. Nothing of it can be pressed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    Buttons {
        /// `primary`, `secondary`, `success`, `danger`.
        style: &'static str,
        offered: Vec<Offered>,
    },
    Select {
        /// Empty: Discord's own words.
        placeholder: String,
        offered: Vec<Offered>,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    pub emoji: String,
    pub label: String,
    pub description: String,
}

/// Fields of a template's embed.
const FIELDS: usize = 10;

/// What a template looks like with the examples of its placeholders filled in.
///
/// `template` is its value in a module's settings; whatever is missing in it or of another kind counts as
/// empty, so a form with errors can be shown too. The embed's own colour and image win over the module's.
pub fn render(
    template: &Value,
    known: &[Placeholder],
    module_color: Option<&str>,
    module_image: Option<&str>,
) -> MessagePreview {
    let note = |key: &'static str| MessagePreview { note: Some(Message::new(key)), ..MessagePreview::default() };
    if !is_on(template, "enabled") {
        return note("preview-off");
    }
    let content = lines(text_of(template, "content"), known, Marks::AndMentions, CONTENT);
    let embed = template
        .get("embed")
        .filter(|embed| is_on(embed, "enabled"))
        .and_then(|embed| render_embed(embed, known, module_color, module_image));
    if content.is_empty() && embed.is_none() {
        return note("preview-empty");
    }
    MessagePreview { content, embed, ..MessagePreview::default() }
}

/// Nothing if the embed says nothing of its own: colour, time and the module's image alone make no embed.
fn render_embed(
    embed: &Value,
    known: &[Placeholder],
    module_color: Option<&str>,
    module_image: Option<&str>,
) -> Option<Embed> {
    let part = |name, marks, max| lines(text_of(embed, name), known, marks, max);
    let rows = embed.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let fields = rows.iter().take(FIELDS).map(|row| EmbedField {
        name: lines(text_of(row, "name"), known, Marks::Some, TITLE),
        value: lines(text_of(row, "value"), known, Marks::AndMentions, FIELD_VALUE),
        inline: is_on(row, "inline"),
    });
    let own_image = host(text_of(embed, "imageUrl"));
    let shown = Embed {
        author: part("authorName", Marks::None, TITLE),
        title: part("title", Marks::Some, TITLE),
        description: part("description", Marks::AndMentions, DESCRIPTION),
        fields: fields.filter(|field| !(field.name.is_empty() && field.value.is_empty())).collect(),
        footer: part("footer", Marks::None, FOOTER),
        thumbnail_host: host(text_of(embed, "thumbnailUrl")),
        ..Embed::default()
    };
    if shown == Embed::default() && own_image.is_none() {
        return None;
    }
    let color = [Some(text_of(embed, "color")), module_color].into_iter().flatten().find(|color| is_color(color));
    Some(Embed {
        color: color.map(str::to_owned),
        url: host(text_of(embed, "url")).filter(|_| !shown.title.is_empty()),
        image_host: own_image.or_else(|| module_image.and_then(host)),
        timestamp: is_on(embed, "timestamp"),
        ..shown
    })
}

fn is_on(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A text with the examples of its placeholders.
fn lines(text: &str, known: &[Placeholder], marks: Marks, max: usize) -> Vec<Line> {
    let example = |rest: &str| {
        let inner = rest.strip_prefix('{')?;
        known.iter().find_map(|placeholder| {
            inner.strip_prefix(placeholder.name)?.strip_prefix('}')?;
            let instead_of = placeholder.name.len() + 2;
            Some(Filled { instead_of, text: placeholder.example.to_owned(), mention: placeholder.mention })
        })
    };
    crate::messages::lines(text, &example, marks, max)
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
