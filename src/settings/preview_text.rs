//! Splitting one text into lines of pieces: placeholders filled in, Discord's plain Markdown marked.
//!
//! Only what was typed can mark: what a placeholder stands for is shown as it is, as the bot sends it. Marks
//! end on their line and do not nest. Markdown that is not drawn here (underline, links, quotes) stays as typed.

use crate::settings::fields::Placeholder;

use super::{Line, Piece};

/// What of a text is drawn in its place in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Author and footer: plain text.
    None,
    /// Titles: Markdown, but no mentions.
    Some,
    AndMentions,
}

/// One character and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    char: char,
    from: From,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Typed,
    Filled,
    /// The mention's number: two beside each other stay two.
    Mention(usize),
}

/// The pieces of a text by lines; an empty text has none. At most `max` characters once filled in.
pub(super) fn lines(text: &str, known: &[Placeholder], marks: Marks, max: usize) -> Vec<Line> {
    let mut glyphs = fill(text, known, marks == Marks::AndMentions);
    glyphs.truncate(max);
    if glyphs.is_empty() {
        return Vec::new();
    }
    glyphs.split(|glyph| glyph.char == '\n').map(|line| split(line, marks != Marks::None)).collect()
}

fn fill(text: &str, known: &[Placeholder], mentions: bool) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut number = 0;
    while let Some(first) = rest.chars().next() {
        let found = known.iter().find_map(|placeholder| {
            let after = rest.strip_prefix('{')?.strip_prefix(placeholder.name)?.strip_prefix('}')?;
            Some((placeholder, after))
        });
        if let Some((placeholder, after)) = found {
            number += 1;
            let from = if mentions && placeholder.mention { From::Mention(number) } else { From::Filled };
            glyphs.extend(placeholder.example.chars().map(|char| Glyph { char, from }));
            rest = after;
        } else {
            glyphs.push(Glyph { char: first, from: From::Typed });
            rest = &rest[first.len_utf8()..];
        }
    }
    glyphs
}

/// How a run of text is drawn.
type Style = fn(String) -> Piece;

/// A mark that stands around a run of text.
struct Span {
    /// Signs on each side.
    width: usize,
    /// Where the closing signs begin.
    end: usize,
    style: Style,
}

fn split(line: &[Glyph], marks: bool) -> Line {
    let mut pieces = Pieces::default();
    let mut at = 0;
    while at < line.len() {
        if !marks {
            pieces.push(line[at], Piece::Text);
            at += 1;
        } else if typed(line, at) == Some('\\') && typed(line, at + 1).is_some_and(|c| c.is_ascii_punctuation()) {
            pieces.push(line[at + 1], Piece::Text);
            at += 2;
        } else if let Some(span) = span_at(line, at) {
            pieces.break_here();
            line[at + span.width..span.end].iter().for_each(|glyph| pieces.push(*glyph, span.style));
            pieces.break_here();
            at = span.end + span.width;
        } else {
            // A run of signs that marks nothing is text as a whole.
            let run = run_length(line, at).max(1);
            line[at..at + run].iter().for_each(|glyph| pieces.push(*glyph, Piece::Text));
            at += run;
        }
    }
    pieces.done
}

/// The mark that opens at a place, if it also closes.
fn span_at(line: &[Glyph], at: usize) -> Option<Span> {
    let sign = typed(line, at)?;
    let width = run_length(line, at);
    let style: Style = match (sign, width) {
        ('`', 1..) => Piece::Code,
        ('*', 2 | 3) => Piece::Bold,
        ('*', 1) => Piece::Italic,
        // Inside a word an underscore is an underscore.
        ('_', 1) if at == 0 || !is_word(line[at - 1]) => Piece::Italic,
        _ => return None,
    };
    let start = at + width;
    if sign != '`' && line.get(start)?.char.is_whitespace() {
        return None;
    }
    let mut place = start;
    while place < line.len() {
        let run = run_length(line, place);
        if typed(line, place) == Some('\\') && sign != '`' {
            place += 2;
        } else if typed(line, place) == Some(sign) && run == width && closes(line, place, sign) {
            return Some(Span { width, end: place, style });
        } else {
            place += run.max(1);
        }
    }
    None
}

fn closes(line: &[Glyph], place: usize, sign: char) -> bool {
    match sign {
        '`' => true,
        '_' => !line[place - 1].char.is_whitespace() && !line.get(place + 1).is_some_and(|next| is_word(*next)),
        _ => !line[place - 1].char.is_whitespace(),
    }
}

/// How many of the same marking sign stand here; 0 if none does.
fn run_length(line: &[Glyph], at: usize) -> usize {
    match typed(line, at) {
        Some(sign @ ('*' | '_' | '`')) => {
            line[at..].iter().take_while(|glyph| glyph.from == From::Typed && glyph.char == sign).count()
        }
        _ => 0,
    }
}

fn typed(line: &[Glyph], at: usize) -> Option<char> {
    line.get(at).filter(|glyph| glyph.from == From::Typed).map(|glyph| glyph.char)
}

fn is_word(glyph: Glyph) -> bool {
    glyph.char.is_alphanumeric()
}

/// Pieces in the making: glyphs drawn alike become one.
#[derive(Default)]
struct Pieces {
    done: Line,
    /// The mention of the last glyph, or that it was none; None: begin a new piece.
    last: Option<From>,
}

impl Pieces {
    fn push(&mut self, glyph: Glyph, style: Style) {
        let from = match glyph.from {
            // In code Discord draws no mention.
            From::Mention(number) if style(String::new()) != Piece::Code(String::new()) => From::Mention(number),
            _ => From::Typed,
        };
        let open = if self.last == Some(from) { self.done.last_mut() } else { None };
        match open {
            Some(
                Piece::Text(text) | Piece::Bold(text) | Piece::Italic(text) | Piece::Code(text) | Piece::Mention(text),
            ) => text.push(glyph.char),
            None => {
                let text = glyph.char.to_string();
                self.done.push(if from == From::Typed { style(text) } else { Piece::Mention(text) });
                self.last = Some(from);
            }
        }
    }

    fn break_here(&mut self) {
        self.last = None;
    }
}
