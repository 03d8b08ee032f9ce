//! The lines of a text become blocks, as Discord reads them: code, quotes, headings, small text, lists.
//!
//! Quotes hold no quotes. A mark may reach over the lines of a paragraph, but not out of it.

use super::code;
use super::inline::{self, Place};
use super::lists::{self, Marker};
use super::source::{Glyph, stands, text, ticks, typed};
use super::tokens::Names;
use super::tree::Block;

const FENCE: usize = 3;

/// The blocks of a text; an empty one has none.
pub(super) fn read(glyphs: &[Glyph], names: &dyn Names) -> Vec<Block> {
    Reader { glyphs, names, in_quote: false, fences: fences(glyphs), done: Vec::new(), open: None, line_end: None }
        .read()
}

/// Where code may begin or end.
fn fences(glyphs: &[Glyph]) -> Vec<usize> {
    let escaped = |at: usize| at > 0 && typed(glyphs, at - 1) == Some('\\');
    let fences = ticks(glyphs).into_iter().filter(|(at, length)| *length >= FENCE && !escaped(*at));
    fences.map(|(at, _)| at).collect()
}

struct Reader<'a> {
    glyphs: &'a [Glyph],
    names: &'a dyn Names,
    in_quote: bool,
    fences: Vec<usize>,
    done: Vec<Block>,
    /// Where the paragraph begins that goes on.
    open: Option<usize>,
    /// Where the line ends that is being read.
    line_end: Option<usize>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Block> {
        let mut at = 0;
        while at < self.glyphs.len() {
            at = self.line(at);
        }
        self.end_paragraph(self.glyphs.len());
        self.done
    }

    /// Reads from the beginning of a line; says where the next one begins.
    fn line(&mut self, at: usize) -> usize {
        let end = self.end_of_line(at);
        if !self.in_quote && stands(self.glyphs, at, ">>> ") {
            self.end_paragraph(at);
            self.quote(self.glyphs[at + 4..].to_vec());
            return self.glyphs.len();
        }
        if !self.in_quote && stands(self.glyphs, at, "> ") {
            self.end_paragraph(at);
            return self.quoted_lines(at);
        }
        if let Some(next) = self.headed(at, end) {
            return next;
        }
        if Marker::at(self.glyphs, at, end).is_some() {
            self.end_paragraph(at);
            let (lists, next) = lists::read(self.glyphs, at, self.names);
            self.done.extend(lists.into_iter().map(Block::List));
            return next;
        }
        self.open.get_or_insert(at);
        self.code(at, end).unwrap_or(end + 1)
    }

    /// Code may end in the middle of a line: the rest of it is not looked through again.
    fn end_of_line(&mut self, at: usize) -> usize {
        let end = self.line_end.filter(|end| *end >= at).unwrap_or_else(|| end_of_line(self.glyphs, at));
        self.line_end = Some(end);
        end
    }

    /// A heading or small text.
    fn headed(&mut self, at: usize, end: usize) -> Option<usize> {
        let signs = [("# ", 1), ("## ", 2), ("### ", 3), ("-# ", 0)];
        let (sign, level) = signs.into_iter().find(|(sign, _)| stands(self.glyphs, at, sign))?;
        let words = trimmed(&self.glyphs[at + sign.len()..end]);
        if words.is_empty() {
            return None;
        }
        self.end_paragraph(at);
        let lines = inline::lines(words, self.names, Place::Body);
        self.done.push(if level == 0 { Block::Small(lines) } else { Block::Heading(level, lines) });
        Some(end + 1)
    }

    fn quoted_lines(&mut self, mut at: usize) -> usize {
        let mut inside = Vec::new();
        while stands(self.glyphs, at, "> ") {
            let next = (self.end_of_line(at) + 1).min(self.glyphs.len());
            inside.extend_from_slice(&self.glyphs[at + 2..next]);
            at = next;
        }
        self.quote(inside);
        at
    }

    fn quote(&mut self, inside: Vec<Glyph>) {
        let (glyphs, fences) = (inside.as_slice(), fences(&inside));
        let inner =
            Reader { glyphs, names: self.names, in_quote: true, fences, done: Vec::new(), open: None, line_end: None };
        self.done.push(Block::Quote(inner.read()));
    }

    /// Code that begins in this line: the line's own words before it end a paragraph.
    fn code(&mut self, at: usize, end: usize) -> Option<usize> {
        let number = self.fences.partition_point(|fence| *fence < at);
        let begin = self.fences.get(number).copied().filter(|fence| *fence < end)?;
        let close = self.fences.get(number + 1).copied()?;
        let inside = &self.glyphs[begin + FENCE..close];
        let named = inside.iter().position(|glyph| glyph.char == '\n').filter(|length| {
            let word = &inside[..*length];
            let fits = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '+' | '-' | '.' | '#');
            !word.is_empty() && (0..*length).all(|at| typed(word, at).is_some_and(fits))
        });
        let language = named.map(|length| text(&inside[..length])).unwrap_or_default();
        let words = text(&inside[named.unwrap_or(0)..]);
        let words = words.trim_matches('\n');
        if words.is_empty() {
            return None;
        }
        self.end_paragraph(begin);
        let lines = code::lines(&language, words);
        self.done.push(Block::Code { language, lines });
        // What stands behind it in its line begins one of its own.
        let next = close + FENCE;
        Some(next + usize::from(typed(self.glyphs, next) == Some('\n')))
    }

    /// The paragraph that goes on, if any, ends here; blank lines at its edges are the space between blocks.
    fn end_paragraph(&mut self, end: usize) {
        let Some(from) = self.open.take() else { return };
        let words = without_blank_edges(&self.glyphs[from..end]);
        if !words.is_empty() {
            self.done.push(Block::Text(inline::lines(words, self.names, Place::Body)));
        }
    }
}

/// The place of the line's end, or of the text's.
pub(super) fn end_of_line(glyphs: &[Glyph], at: usize) -> usize {
    glyphs[at..].iter().position(|glyph| glyph.char == '\n').map_or(glyphs.len(), |length| at + length)
}

/// Without blank characters at both ends.
pub(super) fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let blank = |glyph: &&Glyph| glyph.char.is_whitespace();
    let begin = glyphs.iter().take_while(blank).count();
    let end = glyphs[begin..].iter().rev().take_while(blank).count();
    &glyphs[begin..glyphs.len() - end]
}

fn without_blank_edges(glyphs: &[Glyph]) -> &[Glyph] {
    let words = trimmed(glyphs);
    if words.is_empty() {
        return words;
    }
    // Blanks within the first and the last line stay.
    let blank = |glyph: &&Glyph| glyph.char.is_whitespace();
    let begin = glyphs.iter().take_while(blank).count();
    let line = glyphs[..begin].iter().rposition(|glyph| glyph.char == '\n').map_or(0, |at| at + 1);
    let end = begin + words.len();
    let last = glyphs[end..].iter().position(|glyph| glyph.char == '\n').map_or(glyphs.len(), |at| end + at);
    &glyphs[line..last]
}
