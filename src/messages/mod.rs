//! Discord's messages as our pages draw them: trees of plain and marked pieces, for `templates/parts/message.html`.
//!
//! No HTML is made here, so nothing that somebody wrote can become markup. What stands in a message is said by who
//! draws one: `settings` the templates of modules, `tickets` what people wrote.

mod text;

pub use text::{Fill, Filled, Marks, lines};

/// Discord's limits, to which a text is cut once it is filled in.
pub const CONTENT: usize = 2000;
pub const TITLE: usize = 256;
pub const DESCRIPTION: usize = 4096;
pub const FOOTER: usize = 2048;
pub const FIELD_VALUE: usize = 1024;

pub type Line = Vec<Piece>;

/// A run of text that is drawn alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub style: Style,
    pub text: String,
    /// It is what was searched for.
    pub found: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Text,
    Bold,
    Italic,
    Code,
    /// `@Mira`, `#general`: drawn as Discord draws a mention.
    Mention,
}

impl Style {
    pub fn piece(self, text: impl Into<String>) -> Piece {
        Piece { style: self, text: text.into(), found: false }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// `#rrggbb`, drawn as an SVG attribute.
    pub color: Option<String>,
    pub author: Vec<Line>,
    pub title: Vec<Line>,
    /// The title links there; only its host is shown.
    pub url: Option<String>,
    pub description: Vec<Line>,
    pub fields: Vec<EmbedField>,
    /// The host of an image that is neither fetched nor loaded.
    pub image_host: Option<String>,
    pub thumbnail_host: Option<String>,
    pub footer: Vec<Line>,
    /// The time of sending stands in the footer.
    pub timestamp: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmbedField {
    pub name: Vec<Line>,
    pub value: Vec<Line>,
    pub inline: bool,
}

/// Where an address leads; nothing if it is none.
pub fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    url.host_str().filter(|_| url.scheme() == "https").map(str::to_owned)
}
