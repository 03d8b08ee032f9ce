//! A message as Discord would show it, in plain form: the ONE renderer, on the server.
//!
//! Takes a template and example values; gives a tree that `templates/parts/message.html` draws. No HTML is
//! made here, so nothing that is typed can become markup. How texts are split is in `preview_text.rs`.

#[path = "preview_text.rs"]
mod text;

use serde_json::Value;

use crate::settings::fields::Filled;
use crate::settings::parse::is_color;
use crate::web::words::Message;
use text::{Marks, lines};

/// One message to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePreview {
    /// The bot's name: empty until the page, which knows it, fills it in.
    pub author: String,
    /// Lines of text, each a run of plain pieces and marked ones.
    pub content: Vec<Line>,
    pub embed: Option<EmbedPreview>,
    /// Said instead of a message when the template is off or empty.
    pub note: Option<Message>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmbedPreview {
    /// `#rrggbb`, drawn as an SVG attribute.
    pub color: Option<String>,
    pub author: Vec<Line>,
    pub title: Vec<Line>,
    /// The title links there; only its host is shown.
    pub url: Option<String>,
    pub description: Vec<Line>,
    pub fields: Vec<FieldPreview>,
    /// The host of an image that is neither fetched nor loaded.
    pub image_host: Option<String>,
    pub thumbnail_host: Option<String>,
    pub footer: Vec<Line>,
    pub timestamp: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPreview {
    pub name: Vec<Line>,
    pub value: Vec<Line>,
    pub inline: bool,
}

pub type Line = Vec<Piece>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Bold(String),
    Italic(String),
    Code(String),
    /// `@Mira`, `#general`: drawn as Discord draws a mention.
    Mention(String),
}

/// Discord's limits, to which a text is cut once its placeholders are filled in.
const CONTENT: usize = 2000;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4096;
const FOOTER: usize = 2048;
const FIELD_VALUE: usize = 1024;
const FIELDS: usize = 10;

/// What a template looks like with the examples of its placeholders filled in.
///
/// `template` is its value in a module's settings; whatever is missing in it or of another kind counts as
/// empty, so a form with errors can be shown too. The embed's own colour and image win over the module's.
pub fn render(
    template: &Value,
    known: &[Filled<'_>],
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
    known: &[Filled<'_>],
    module_color: Option<&str>,
    module_image: Option<&str>,
) -> Option<EmbedPreview> {
    let part = |name, marks, max| lines(text_of(embed, name), known, marks, max);
    let rows = embed.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let fields = rows.iter().take(FIELDS).map(|row| FieldPreview {
        name: lines(text_of(row, "name"), known, Marks::Some, TITLE),
        value: lines(text_of(row, "value"), known, Marks::AndMentions, FIELD_VALUE),
        inline: is_on(row, "inline"),
    });
    let own_image = host(text_of(embed, "imageUrl"));
    let shown = EmbedPreview {
        author: part("authorName", Marks::None, TITLE),
        title: part("title", Marks::Some, TITLE),
        description: part("description", Marks::AndMentions, DESCRIPTION),
        fields: fields.filter(|field| !(field.name.is_empty() && field.value.is_empty())).collect(),
        footer: part("footer", Marks::None, FOOTER),
        thumbnail_host: host(text_of(embed, "thumbnailUrl")),
        ..EmbedPreview::default()
    };
    if shown == EmbedPreview::default() && own_image.is_none() {
        return None;
    }
    let color = [Some(text_of(embed, "color")), module_color].into_iter().flatten().find(|color| is_color(color));
    Some(EmbedPreview {
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

/// Where an address leads; nothing if it is none.
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    url.host_str().filter(|_| url.scheme() == "https").map(str::to_owned)
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
