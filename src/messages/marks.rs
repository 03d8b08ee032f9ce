//! What marks a run of text: `**bold**`, `*italic*`, `__underline__`, `~~struck~~`, `||hidden||`, and being a link.
//!
//! Each sign is looked at once, and each kind of mark is open at most once at a time, so that a line of nothing but
//! signs takes no longer than any other.

use super::source::{Glyph, run, typed};

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    pub const BOLD: Self = Self(1);
    pub const ITALIC: Self = Self(2);
    pub const UNDERLINE: Self = Self(4);
    pub const STRUCK: Self = Self(8);
    /// A spoiler.
    pub const HIDDEN: Self = Self(16);
    /// It looks like a link, and leads nowhere.
    pub const LINK: Self = Self(32);

    pub fn is_bold(self) -> bool {
        self.has(Self::BOLD)
    }

    pub fn is_italic(self) -> bool {
        self.has(Self::ITALIC)
    }

    pub fn is_underlined(self) -> bool {
        self.has(Self::UNDERLINE)
    }

    pub fn is_struck(self) -> bool {
        self.has(Self::STRUCK)
    }

    pub fn is_hidden(self) -> bool {
        self.has(Self::HIDDEN)
    }

    pub fn is_link(self) -> bool {
        self.has(Self::LINK)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A longer run of signs is text.
const LONGEST_RUN: usize = 3;

/// A mark that began and has not ended yet.
#[derive(Clone, Copy)]
struct Open {
    mark: Marks,
    sign: char,
    /// Where its own signs begin, and how many they are.
    at: usize,
    width: usize,
    /// Where the run begins that they are part of.
    run: usize,
}

/// The marks of a paragraph in the making.
pub(super) struct Marking {
    open: Vec<Open>,
    /// By glyph.
    pub marks: Vec<Marks>,
    /// Signs that mark something are not drawn.
    pub hidden: Vec<bool>,
}

impl Marking {
    pub fn new(length: usize) -> Self {
        Self { open: Vec::new(), marks: vec![Marks::default(); length], hidden: vec![false; length] }
    }

    pub fn hide(&mut self, range: std::ops::Range<usize>) {
        self.hidden[range].fill(true);
    }

    pub fn mark(&mut self, range: std::ops::Range<usize>, mark: Marks) {
        self.marks[range].iter_mut().for_each(|marks| *marks = marks.with(mark));
    }

    /// What began behind this place does not end any more.
    pub fn forget_from(&mut self, at: usize) {
        self.open.retain(|open| open.at < at);
    }

    pub fn is_open(&self, sign: char) -> bool {
        self.open.iter().any(|open| open.sign == sign)
    }

    /// Reads the run of signs at a place; says where it ends.
    pub fn read(&mut self, glyphs: &[Glyph], at: usize) -> usize {
        let Some(sign) = typed(glyphs, at) else { return at + 1 };
        let length = run(glyphs, at);
        let end = at + length;
        let fits = match sign {
            '~' => length == 2,
            '|' => length.is_multiple_of(2),
            _ => length <= LONGEST_RUN,
        };
        let mut place = at;
        while fits && place < end {
            place += self.step(glyphs, place, end, at);
        }
        end
    }

    /// Ends or begins one mark with signs of a run that lasts up to `end`; says how many signs it took.
    fn step(&mut self, glyphs: &[Glyph], place: usize, end: usize, run: usize) -> usize {
        let Some(sign) = typed(glyphs, place) else { return 1 };
        let left = end - place;
        let closes = |open: &&Open| {
            let pair_first = left != 2 || open.width == 2;
            open.sign == sign
                && open.width <= left
                && pair_first
                && open.at + open.width < place
                && open.run != run
                && may_close(glyphs, **open, place, end)
        };
        if let Some(open) = self.open.iter().rev().find(closes).copied() {
            self.close(open, place);
            return open.width;
        }
        let (mark, width) = match (sign, left) {
            ('*', 1 | 3) => (Marks::ITALIC, 1),
            ('*', _) => (Marks::BOLD, 2),
            ('_', 1 | 3) => (Marks::ITALIC, 1),
            ('_', _) => (Marks::UNDERLINE, 2),
            ('~', _) => (Marks::STRUCK, 2),
            _ => (Marks::HIDDEN, 2),
        };
        let open = Open { mark, sign, at: place, width, run };
        let known = self.open.iter().any(|other| other.sign == sign && other.width == width);
        if !known && may_open(glyphs, open, end) {
            self.open.push(open);
        }
        width
    }

    fn close(&mut self, open: Open, place: usize) {
        self.hide(open.at..open.at + open.width);
        self.hide(place..place + open.width);
        self.mark(open.at + open.width..place, open.mark);
        // What began inside of it and has not ended is text.
        self.open.retain(|other| other.at != open.at && (other.at < open.at || other.run == open.run));
    }
}

/// Only what leans: `2 * 3 * 4` and `snake_case` are text.
fn may_open(glyphs: &[Glyph], open: Open, end: usize) -> bool {
    let Some(next) = glyphs.get(end) else { return false };
    match (open.sign, open.width) {
        ('*', 1) => !next.char.is_whitespace(),
        ('_', 1) => !next.char.is_whitespace() && (open.run == 0 || !is_word(glyphs[open.run - 1])),
        _ => true,
    }
}

fn may_close(glyphs: &[Glyph], open: Open, place: usize, end: usize) -> bool {
    // Of a run, what was read before is no text that could lean.
    let before = (open.at + open.width..place).rev().find(|at| typed(glyphs, *at) != Some(open.sign));
    let leans = before.is_some_and(|at| !glyphs[at].char.is_whitespace());
    match (open.sign, open.width) {
        ('*', 1) => leans,
        ('_', 1) => leans && !glyphs.get(end).is_some_and(|next| is_word(*next)),
        _ => true,
    }
}

fn is_word(glyph: Glyph) -> bool {
    glyph.char.is_alphanumeric()
}
