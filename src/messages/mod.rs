//! Discord's messages as our pages draw them: one renderer for previews, panels, giveaways and transcripts.
//!
//! - `tree`: what is drawn: blocks, whose lines are runs of marked pieces; [`Embed`]s in `embed`
//! - `source`: the characters of a text with what is filled in, which can never mark anything
//! - `blocks`, `lists`: lines become blocks, as Discord reads quotes, headings, lists and code
//! - `code`: code in a language that is known is coloured
//! - `inline`, `marks`, `tokens`, `links`: a paragraph becomes pieces
//! - `emoji`: what is one, and when a message is nothing else
//!
//! No HTML is made here, so nothing that somebody wrote can become markup; `templates/parts/message.html` draws the
//! tree. What stands in a message is said by who draws one, what ids are called by [`Names`]. All of it takes a time
//! in proportion to the text, whatever the text is, and nests no deeper than [`lists::DEEPEST`] and two.

mod blocks;
mod code;
mod draw;
mod embed;
mod emoji;
mod inline;
mod links;
mod lists;
mod marks;
mod source;
mod tokens;
mod tree;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;

pub use embed::{Embed, EmbedField, Width};
pub use emoji::Emoji;
pub use links::host;
pub use marks::Marks;
pub use source::{Fill, Filled};
pub use tokens::{Guide, Mention, Moment, Names};
pub use tree::{Block, Content, Item, Kind, Line, List, Piece, Shade};

use source::glyphs;

/// Discord's limits, to which a text is cut once it is filled in.
pub const CONTENT: usize = 2000;
pub const TITLE: usize = 256;
pub const DESCRIPTION: usize = 4096;
pub const FOOTER: usize = 2048;
pub const FIELD_VALUE: usize = 1024;

/// What texts are drawn with.
#[derive(Clone, Copy)]
pub struct Ink<'a> {
    pub fill: Fill<'a>,
    pub names: &'a dyn Names,
}

impl Ink<'_> {
    /// Everything there is: content, an embed's description, a field's value.
    pub fn content(&self, text: &str, max: usize) -> Content {
        let blocks = blocks::read(&glyphs(text, self.fill, true, max), self.names);
        let large = emoji::are_all(&blocks);
        Content { blocks, large }
    }

    /// Marks, emojis and times: an embed's title and the headings of its fields. Mentions stay as they were typed.
    pub fn lines(&self, text: &str, max: usize) -> Vec<Line> {
        let glyphs = glyphs(text, self.fill, false, max);
        if glyphs.is_empty() { Vec::new() } else { inline::lines(&glyphs, self.names, inline::Place::Title) }
    }

    /// Nothing but characters: an embed's author and footer.
    pub fn plain(&self, text: &str, max: usize) -> Vec<Line> {
        let glyphs = glyphs(text, self.fill, false, max);
        if glyphs.is_empty() {
            return Vec::new();
        }
        let lines = glyphs.split(|glyph| glyph.char == '\n');
        lines.map(|line| Piece::text(line.iter().map(|glyph| glyph.char).collect::<String>())).collect()
    }
}
