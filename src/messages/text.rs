//! Splitting one text into lines of pieces: what stands for something else filled in, Discord's plain Markdown marked.
//!
//! Only what was typed can mark: what is filled in is shown as it is, as the bot sends it. Marks end on their line
//! and do not nest. Markdown that is not drawn here (underline, links, quotes) stays as typed.

use super::{Line, Piece, Style};

/// What of a text is drawn in its place in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Author and footer: plain text.
    None,
    /// Titles: Markdown, but no mentions.
    Some,
    AndMentions,
}

/// What stands in a text's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Bytes of the text it stands for; not 0.
    pub instead_of: usize,
    pub text: String,
    /// Drawn as Discord draws a mention.
    pub mention: bool,
}

/// Looks whether something else is to stand for the beginning of a text.
pub type Fill<'a> = &'a dyn Fn(&str) -> Option<Filled>;

/// One character and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    char: char,
    origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Typed,
    Filled,
    /// The mention's number: two beside each other stay two.
    Mention(usize),
}

/// The pieces of a text by lines; an empty text has none. At most `max` characters once filled in.
pub fn lines(text: &str, with: Fill<'_>, marks: Marks, max: usize) -> Vec<Line> {
    let glyphs = fill(text, with, marks == Marks::AndMentions, max);
    if glyphs.is_empty() {
        return Vec::new();
    }
    glyphs.split(|glyph| glyph.char == '\n').map(|line| split(line, marks != Marks::None)).collect()
}

fn fill(text: &str, with: Fill<'_>, mentions: bool, max: usize) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut rest = text;
    let mut number = 0;
    while let Some(first) = rest.chars().next().filter(|_| glyphs.len() < max) {
        if let Some(found) = with(rest) {
            number += 1;
            let origin = if mentions && found.mention { Origin::Mention(number) } else { Origin::Filled };
            glyphs.extend(found.text.chars().map(|char| Glyph { char, origin }));
            rest = rest.get(found.instead_of.max(1)..).unwrap_or_default();
        } else {
            glyphs.push(Glyph { char: first, origin: Origin::Typed });
            rest = &rest[first.len_utf8()..];
        }
    }
    glyphs.truncate(max);
    glyphs
}

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
    let mut unclosed = Unclosed::default();
    let mut at = 0;
    while at < line.len() {
        if !marks {
            pieces.push(line[at], Style::Text);
            at += 1;
        } else if typed(line, at) == Some('\\') && typed(line, at + 1).is_some_and(|c| c.is_ascii_punctuation()) {
            pieces.push(line[at + 1], Style::Text);
            at += 2;
        } else if let Some(span) = span_at(line, at, &mut unclosed) {
            pieces.break_here();
            line[at + span.width..span.end].iter().for_each(|glyph| pieces.push(*glyph, span.style));
            pieces.break_here();
            at = span.end + span.width;
        } else {
            // A run of signs that marks nothing is text as a whole.
            let run = run_length(line, at).max(1);
            line[at..at + run].iter().for_each(|glyph| pieces.push(*glyph, Style::Text));
            at += run;
        }
    }
    pieces.done
}

/// Signs that nothing closes up to the end of their line. Whoever has looked once need not look again, so that a line of
/// nothing but signs is read once for each kind of them.
type Unclosed = Vec<(char, usize)>;

/// The mark that opens at a place, if it also closes.
fn span_at(line: &[Glyph], at: usize, unclosed: &mut Unclosed) -> Option<Span> {
    let sign = typed(line, at)?;
    let width = run_length(line, at);
    let style = match (sign, width) {
        ('`', _) => Style::Code,
        ('*', 2 | 3) => Style::Bold,
        ('*', 1) => Style::Italic,
        // Inside a word an underscore is an underscore.
        ('_', 1) if at == 0 || !is_word(line[at - 1]) => Style::Italic,
        _ => return None,
    };
    let start = at + width;
    if sign != '`' && line.get(start)?.char.is_whitespace() {
        return None;
    }
    if unclosed.contains(&(sign, width)) {
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
    unclosed.push((sign, width));
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
            line[at..].iter().take_while(|glyph| glyph.origin == Origin::Typed && glyph.char == sign).count()
        }
        _ => 0,
    }
}

fn typed(line: &[Glyph], at: usize) -> Option<char> {
    line.get(at).filter(|glyph| glyph.origin == Origin::Typed).map(|glyph| glyph.char)
}

fn is_word(glyph: Glyph) -> bool {
    glyph.char.is_alphanumeric()
}

/// Pieces in the making: glyphs drawn alike become one.
#[derive(Default)]
struct Pieces {
    done: Line,
    /// Which mention the last piece is, or that it is none; outer None: a new piece begins.
    last: Option<Option<usize>>,
}

impl Pieces {
    fn push(&mut self, glyph: Glyph, style: Style) {
        let mention = match glyph.origin {
            // In code Discord draws no mention.
            Origin::Mention(number) if style != Style::Code => Some(number),
            _ => None,
        };
        let open = if self.last == Some(mention) { self.done.last_mut() } else { None };
        match open {
            Some(piece) => piece.text.push(glyph.char),
            None => {
                let style = if mention.is_some() { Style::Mention } else { style };
                self.done.push(Piece { style, text: glyph.char.to_string(), found: false });
                self.last = Some(mention);
            }
        }
    }

    /// What comes next is drawn differently.
    fn break_here(&mut self) {
        self.last = None;
    }
}
