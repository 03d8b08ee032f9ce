//! A message as Discord would show it, in plain form: the ONE renderer, on the server.
//!
//! Takes a template and example values; gives a tree of `messages`, as `templates/parts/message.html` draws it.

use actix_web::HttpRequest;
use serde_json::Value;

use crate::messages::{
    CONTENT, Content, DESCRIPTION, Embed, EmbedField, Emoji, FIELD_VALUE, FOOTER, Filled, Ink, Names, TITLE, host,
};
use crate::settings::fields::Known;
use crate::settings::parse::is_color;
use crate::web::words::Message;

/// Whether a script asks for the part of the page that it is about, alone.
pub fn is_fragment(req: &HttpRequest) -> bool {
    req.headers().contains_key("X-Fragment")
}

/// One message to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePreview {
    /// The bot's name: empty until the page, which knows it, fills it in.
    pub author: String,
    pub content: Content,
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
    pub emoji: Option<Emoji>,
    pub label: String,
    pub description: String,
}

/// Fields of a template's embed.
const FIELDS: usize = 10;

/// What a template is drawn with.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub known: &'a [Known<'a>],
    pub names: &'a dyn Names,
    /// The module's own, which hold where the embed has none.
    pub color: Option<&'a str>,
    pub image: Option<&'a str>,
}

impl Ground<'_> {
    /// What a template looks like with the examples of its placeholders filled in.
    ///
    /// `template` is its value in a module's settings; whatever is missing in it or of another kind counts as
    /// empty, so a form with errors can be shown too.
    pub fn render(&self, template: &Value) -> MessagePreview {
        let note = |key: &'static str| MessagePreview { note: Some(Message::new(key)), ..MessagePreview::default() };
        if !is_on(template, "enabled") {
            return note("preview-off");
        }
        let fill = |rest: &str| example(self.known, rest);
        let ink = Ink { fill: &fill, names: self.names };
        let content = ink.content(text_of(template, "content"), CONTENT);
        let embed = template.get("embed").filter(|embed| is_on(embed, "enabled"));
        let embed = embed.and_then(|embed| self.render_embed(embed, ink));
        if content.is_empty() && embed.is_none() {
            return note("preview-empty");
        }
        MessagePreview { content, embed, ..MessagePreview::default() }
    }

    /// Nothing if the embed says nothing of its own: colour, time and the module's image alone make no embed.
    fn render_embed(&self, embed: &Value, ink: Ink<'_>) -> Option<Embed> {
        let rows = embed.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let fields = rows.iter().take(FIELDS).map(|row| {
            let value = ink.content(text_of(row, "value"), FIELD_VALUE);
            EmbedField::new(ink.lines(text_of(row, "name"), TITLE), value, is_on(row, "inline"))
        });
        let own_image = host(text_of(embed, "imageUrl"));
        let shown = Embed {
            author: ink.plain(text_of(embed, "authorName"), TITLE),
            title: ink.lines(text_of(embed, "title"), TITLE),
            description: ink.content(text_of(embed, "description"), DESCRIPTION),
            fields: Embed::set(fields),
            footer: ink.plain(text_of(embed, "footer"), FOOTER),
            thumbnail_host: host(text_of(embed, "thumbnailUrl")),
            ..Embed::default()
        };
        if shown == Embed::default() && own_image.is_none() {
            return None;
        }
        let color = [Some(text_of(embed, "color")), self.color].into_iter().flatten().find(|color| is_color(color));
        Some(Embed {
            color: color.map(str::to_owned),
            url: host(text_of(embed, "url")).filter(|_| !shown.title.is_empty()),
            image_host: own_image.or_else(|| self.image.and_then(host)),
            timestamp: is_on(embed, "timestamp"),
            ..shown
        })
    }
}

fn is_on(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What stands for a placeholder with which a text begins.
fn example(known: &[Known<'_>], rest: &str) -> Option<Filled> {
    let inner = rest.strip_prefix('{')?;
    known.iter().find_map(|placeholder| {
        inner.strip_prefix(placeholder.name)?.strip_prefix('}')?;
        let instead_of = placeholder.name.len() + 2;
        Some(Filled { instead_of, text: placeholder.example.to_owned(), mention: placeholder.mention })
    })
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
