//! What a message is drawn from: blocks, whose lines are runs of pieces that are drawn alike.

use super::marks::Marks;
use crate::ids::EmojiId;

/// A text that may hold everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    pub blocks: Vec<Block>,
    /// Nothing but a few emojis: they are drawn large.
    pub large: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Text(Vec<Line>),
    /// 1, the largest, to 3.
    Heading(u8, Vec<Line>),
    Small(Vec<Line>),
    Quote(Vec<Block>),
    List(List),
    Code {
        /// Empty: none was named.
        language: String,
        lines: Vec<Line>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The first one's number; None: bullets.
    pub first: Option<u64>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub lines: Vec<Line>,
    /// Lists one level deeper.
    pub inside: Vec<List>,
}

pub type Line = Vec<Piece>;

/// A run of text that is drawn alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    pub text: String,
    pub marks: Marks,
    /// It is what was searched for.
    pub found: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Code,
    /// A part of code whose language is known.
    Shaded(Shade),
    /// `@Mira`, `#general`, `/play`.
    Mention,
    /// A custom one's picture; the text is `:name:`.
    Emoji(EmojiId),
    /// A moment, with its exact time for machines and for people.
    Time {
        machine: String,
        exact: String,
    },
    /// Where the words before it lead.
    Host,
}

/// What a part of code is, as far as it has a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// One of the language's own words.
    Word,
    Text,
    Comment,
    /// A number or a constant.
    Value,
    Name,
}

impl Shade {
    /// The end of its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Text => "text",
            Self::Comment => "comment",
            Self::Value => "value",
            Self::Name => "name",
        }
    }
}

impl Content {
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Every line, in order.
    pub fn lines_mut(&mut self) -> Vec<&mut Line> {
        let mut lines = Vec::new();
        self.blocks.iter_mut().for_each(|block| block.collect(&mut lines));
        lines
    }
}

impl Block {
    fn collect<'b>(&'b mut self, to: &mut Vec<&'b mut Line>) {
        match self {
            Self::Text(lines) | Self::Heading(_, lines) | Self::Small(lines) | Self::Code { lines, .. } => {
                to.extend(lines);
            }
            Self::Quote(blocks) => blocks.iter_mut().for_each(|block| block.collect(to)),
            Self::List(list) => list.collect(to),
        }
    }
}

impl List {
    fn collect<'b>(&'b mut self, to: &mut Vec<&'b mut Line>) {
        for item in &mut self.items {
            to.extend(&mut item.lines);
            item.inside.iter_mut().for_each(|list| list.collect(to));
        }
    }
}

impl Piece {
    pub fn new(kind: Kind, text: impl Into<String>, marks: Marks) -> Self {
        Self { kind, text: text.into(), marks, found: false }
    }

    /// A line of nothing but text; an empty one has no pieces.
    pub fn text(text: impl Into<String>) -> Line {
        let text = text.into();
        if text.is_empty() { Line::new() } else { vec![Self::new(Kind::Text, text, Marks::default())] }
    }
}
