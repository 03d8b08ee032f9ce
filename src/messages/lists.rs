//! Lists: lines that begin with `-`, `*` or a number, those below further in, and lines that go on with one.

use super::blocks::{end_of_line, trimmed};
use super::inline::{self, Place};
use super::source::{Glyph, typed};
use super::tokens::Names;
use super::tree::{Item, Line, List};

/// Lists within lists; what is further in stands on the last level.
pub const DEEPEST: usize = 8;
const LONGEST_NUMBER: usize = 9;

/// What a line of a list begins with.
pub(super) struct Marker {
    /// Blanks before it.
    indent: usize,
    /// None: a bullet.
    number: Option<u64>,
    /// Where the words begin.
    words: usize,
}

impl Marker {
    /// Of the line from `at` to `end`; a marker without words is none.
    pub fn at(glyphs: &[Glyph], at: usize, end: usize) -> Option<Self> {
        let blanks = |from: usize| (from..end).take_while(|at| typed(glyphs, *at) == Some(' ')).count();
        let indent = blanks(at);
        let sign = at + indent;
        let digits = (sign..end).take_while(|at| typed(glyphs, *at).is_some_and(|c| c.is_ascii_digit())).count();
        let (number, behind) = match typed(glyphs, sign)? {
            '-' | '*' => (None, sign + 1),
            _ if (1..=LONGEST_NUMBER).contains(&digits) && typed(glyphs, sign + digits) == Some('.') => {
                let text: String = glyphs[sign..sign + digits].iter().map(|glyph| glyph.char).collect();
                (text.parse().ok(), sign + digits + 1)
            }
            _ => return None,
        };
        let space = blanks(behind);
        let words = behind + space;
        let some = words < end && !trimmed(&glyphs[words..end]).is_empty();
        (space > 0 && some).then_some(Self { indent, number, words })
    }
}

/// An item before it is known what it is part of.
struct Flat {
    level: usize,
    number: Option<u64>,
    lines: Vec<Line>,
}

/// The lists that begin at a place, and where they end.
pub(super) fn read(glyphs: &[Glyph], mut at: usize, names: &dyn Names) -> (Vec<List>, usize) {
    let mut indents: Vec<usize> = Vec::new();
    let mut flat: Vec<Flat> = Vec::new();
    while at < glyphs.len() {
        let end = end_of_line(glyphs, at);
        let Some(marker) = Marker::at(glyphs, at, end) else { break };
        let mut words = glyphs[marker.words..end].to_vec();
        at = end + 1;
        while let Some(end) = goes_on(glyphs, at) {
            words.extend(glyphs.get(at - 1));
            words.extend_from_slice(trimmed(&glyphs[at..end]));
            at = end + 1;
        }
        while indents.last().is_some_and(|indent| *indent > marker.indent) {
            indents.pop();
        }
        if indents.last() != Some(&marker.indent) {
            indents.push(marker.indent);
        }
        let level = indents.len().min(DEEPEST) - 1;
        flat.push(Flat { level, number: marker.number, lines: inline::lines(&words, names, Place::Body) });
    }
    (nest(flat), at.min(glyphs.len()))
}

/// Where the line at a place ends, if it goes on with the item above.
fn goes_on(glyphs: &[Glyph], at: usize) -> Option<usize> {
    if typed(glyphs, at) != Some(' ') || typed(glyphs, at + 1) != Some(' ') {
        return None;
    }
    let end = end_of_line(glyphs, at);
    let words = !trimmed(&glyphs[at..end]).is_empty();
    (words && Marker::at(glyphs, at, end).is_none()).then_some(end)
}

fn nest(flat: Vec<Flat>) -> Vec<List> {
    // The lists that are open, one level deeper each.
    let mut open: Vec<Vec<List>> = Vec::new();
    for Flat { level, number, lines } in flat {
        close_to(level + 1, &mut open);
        open.resize_with(level + 1, Vec::new);
        let Some(lists) = open.last_mut() else { continue };
        let item = Item { lines, inside: Vec::new() };
        match lists.last_mut().filter(|list| list.first.is_some() == number.is_some()) {
            Some(list) => list.items.push(item),
            None => lists.push(List { first: number, items: vec![item] }),
        }
    }
    close_to(1, &mut open);
    open.pop().unwrap_or_default()
}

/// What is deeper is inside of the last item above it.
fn close_to(depth: usize, open: &mut Vec<Vec<List>>) {
    while open.len() > depth
        && let Some(inside) = open.pop()
    {
        let above = open.last_mut().and_then(|lists| lists.last_mut()?.items.last_mut());
        if let Some(item) = above {
            item.inside.extend(inside);
        }
    }
}
