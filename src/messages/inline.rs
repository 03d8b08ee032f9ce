//! A paragraph's characters become lines of pieces: code, marks, links and what stands for something else.
//!
//! One pass over the characters says which signs mark what; a second one collects what is left of them.

use std::collections::HashMap;

use super::marks::{Marking, Marks};
use super::source::{Glyph, Origin, run, text, ticks, typed};
use super::tokens::Names;
use super::tree::{Kind, Line, Piece};
use super::{links, tokens};

/// Which part of a message a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    /// Without mentions.
    Title,
}

/// A piece in the place of characters.
struct Token {
    at: usize,
    end: usize,
    piece: Piece,
}

/// The lines of a paragraph; there is always one.
pub(super) fn lines(glyphs: &[Glyph], names: &dyn Names, place: Place) -> Vec<Line> {
    let mut scan = Scan {
        glyphs,
        names,
        place,
        marking: Marking::new(glyphs.len()),
        tokens: Vec::new(),
        ticks: ticks_by_length(glyphs),
        bracket: None,
    };
    let mut at = 0;
    while at < glyphs.len() {
        at = scan.read(at);
    }
    scan.collect()
}

/// Where each run of backticks begins, by its length.
fn ticks_by_length(glyphs: &[Glyph]) -> HashMap<usize, Vec<usize>> {
    let mut runs: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, length) in ticks(glyphs) {
        runs.entry(length).or_default().push(at);
    }
    runs
}

struct Scan<'a> {
    glyphs: &'a [Glyph],
    names: &'a dyn Names,
    place: Place,
    marking: Marking,
    /// In order.
    tokens: Vec<Token>,
    ticks: HashMap<usize, Vec<usize>>,
    /// The last `[` that may begin the words of a link.
    bracket: Option<usize>,
}

impl Scan<'_> {
    /// Reads what stands at a place; says where to go on.
    fn read(&mut self, at: usize) -> usize {
        let Some(sign) = typed(self.glyphs, at) else { return at + 1 };
        match sign {
            '\\' if self.is_escaped(at + 1) => {
                self.marking.hide(at..at + 1);
                at + 2
            }
            '`' => self.code(at),
            '*' | '_' | '~' | '|' => self.marking.read(self.glyphs, at),
            '<' => links::bracketed(self.glyphs, at, &mut self.marking).unwrap_or_else(|| self.token(at)),
            '@' => self.token(at),
            'h' => links::bare(self.glyphs, at, &mut self.marking).unwrap_or(at + 1),
            '[' => {
                self.bracket = Some(at);
                at + 1
            }
            ']' => self.link(at),
            _ => at + 1,
        }
    }

    /// A backslash takes their meaning from signs, not from letters.
    fn is_escaped(&self, at: usize) -> bool {
        typed(self.glyphs, at).is_some_and(|sign| !sign.is_alphanumeric() && !sign.is_whitespace())
    }

    fn code(&mut self, at: usize) -> usize {
        let width = run(self.glyphs, at);
        let from = at + width;
        let closing = self.ticks.get(&width).and_then(|runs| runs.get(runs.partition_point(|run| *run < from)));
        let Some(end) = closing.copied() else { return from };
        let inside = text(&self.glyphs[from..end]).replace('\n', " ");
        // A space keeps backticks at the edge apart from those around them.
        let inside = inside.strip_prefix(' ').filter(|rest| rest.starts_with('`')).unwrap_or(&inside);
        let inside = inside.strip_suffix(' ').filter(|rest| rest.ends_with('`')).unwrap_or(inside);
        self.put(at, end + width, Piece::new(Kind::Code, inside, Marks::default()))
    }

    fn token(&mut self, at: usize) -> usize {
        match tokens::at(self.glyphs, at, self.names, self.place == Place::Body) {
            Some((piece, length)) => self.put(at, at + length, piece),
            None => at + 1,
        }
    }

    fn link(&mut self, at: usize) -> usize {
        let Some(open) = self.bracket.take() else { return at + 1 };
        match links::behind_words(self.glyphs, open, at, &mut self.marking) {
            Some((host, end)) => self.put(at, end, host),
            None => at + 1,
        }
    }

    fn put(&mut self, at: usize, end: usize, piece: Piece) -> usize {
        self.tokens.push(Token { at, end, piece });
        end
    }

    fn collect(self) -> Vec<Line> {
        let Self { glyphs, marking, tokens, .. } = self;
        let mut tokens = tokens.into_iter().peekable();
        let mut pieces = Pieces::default();
        let mut at = 0;
        while at < glyphs.len() {
            if let Some(token) = tokens.next_if(|token| token.at == at) {
                pieces.put(Piece { marks: marking.marks[at], ..token.piece });
                at = token.end;
                continue;
            }
            if !marking.hidden[at] {
                pieces.push(glyphs[at], marking.marks[at]);
            }
            at += 1;
        }
        pieces.done.push(pieces.line);
        pieces.done
    }
}

/// Pieces in the making: characters drawn alike become one.
#[derive(Default)]
struct Pieces {
    done: Vec<Line>,
    line: Line,
    /// Which mention the last piece is, or that it is text; outer None: a new piece begins.
    last: Option<Option<usize>>,
}

impl Pieces {
    fn put(&mut self, piece: Piece) {
        if !piece.text.is_empty() {
            self.line.push(piece);
        }
        self.last = None;
    }

    fn push(&mut self, glyph: Glyph, marks: Marks) {
        let mention = match glyph.origin {
            Origin::Mention(number) => Some(number),
            _ if glyph.char == '\n' => {
                self.done.push(std::mem::take(&mut self.line));
                self.last = None;
                return;
            }
            _ => None,
        };
        let same = self.last == Some(mention);
        match self.line.last_mut().filter(|piece| same && piece.marks == marks) {
            Some(piece) => piece.text.push(glyph.char),
            None => {
                let kind = if mention.is_some() { Kind::Mention } else { Kind::Text };
                self.line.push(Piece::new(kind, glyph.char, marks));
                self.last = Some(mention);
            }
        }
    }
}
