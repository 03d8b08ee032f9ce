//! A message as Discord would show it, in plain form: the ONE renderer, on the server.
//!
//! Takes a template and example values; gives a tree that `templates/parts/message.html` draws. No HTML is
//! made here, so nothing that is typed can become markup.

/// One message to draw.
#[derive(Clone, Debug, Default)]
pub struct MessagePreview {
    pub author: String,
    /// Lines of text, each a run of plain pieces and marked ones.
    pub content: Vec<Line>,
    pub embed: Option<EmbedPreview>,
    /// Said instead of a message when the template is off or empty.
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default)]
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

#[derive(Clone, Debug, Default)]
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

/// Draws a template with its placeholders' examples.
pub fn render(
    _template: &serde_json::Value,
    _known: &[crate::settings::fields::Placeholder],
    _module_color: Option<&str>,
    _module_image: Option<&str>,
) -> MessagePreview {
    MessagePreview::default()
}
