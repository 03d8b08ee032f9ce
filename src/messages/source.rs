//! The characters of a text, each with where it comes from: typed, or put in the place of something else.
//!
//! Only what was typed can mark: what is filled in is shown as it is, as the bot sends it.

/// What stands in a text's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Bytes of the text it stands for; not 0.
    pub instead_of: usize,
    pub text: String,
    /// Drawn as Discord draws a mention, where it draws any.
    pub mention: bool,
}

/// Looks whether something else is to stand for the beginning of a text.
pub type Fill<'a> = &'a dyn Fn(&str) -> Option<Filled>;

/// One character and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub char: char,
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Typed,
    Filled,
    /// The mention's number: two beside each other stay two.
    Mention(usize),
}

/// At most `max` characters of a text once it is filled in. A character that no page can hold is drawn as the sign for one
/// that is missing: what was refused for it is shown all the same.
pub(super) fn glyphs(text: &str, with: Fill<'_>, mentions: bool, max: usize) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut rest = text;
    let mut number = 0;
    while let Some(first) = rest.chars().next().filter(|_| glyphs.len() < max) {
        if let Some(found) = with(rest) {
            number += 1;
            let origin = if mentions && found.mention { Origin::Mention(number) } else { Origin::Filled };
            glyphs.extend(found.text.chars().map(|char| Glyph { char: shown(char), origin }));
            rest = rest.get(found.instead_of.max(1)..).unwrap_or_default();
        } else {
            glyphs.push(Glyph { char: shown(first), origin: Origin::Typed });
            rest = &rest[first.len_utf8()..];
        }
    }
    glyphs.truncate(max);
    glyphs
}

pub(super) fn shown(char: char) -> char {
    if char.is_control() && !matches!(char, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { char }
}

/// The character at a place, if it was typed.
pub(super) fn typed(glyphs: &[Glyph], at: usize) -> Option<char> {
    glyphs.get(at).filter(|glyph| glyph.origin == Origin::Typed).map(|glyph| glyph.char)
}

/// How often the typed character at a place stands there in a row.
pub(super) fn run(glyphs: &[Glyph], at: usize) -> usize {
    let Some(sign) = typed(glyphs, at) else { return 0 };
    glyphs[at..].iter().take_while(|glyph| glyph.origin == Origin::Typed && glyph.char == sign).count()
}

/// Where runs of backticks begin, and how long they are.
pub(super) fn ticks(glyphs: &[Glyph]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        let length = if typed(glyphs, at) == Some('`') { run(glyphs, at) } else { 0 };
        if length > 0 {
            runs.push((at, length));
        }
        at += length.max(1);
    }
    runs
}

/// Whether these characters were typed at a place.
pub(super) fn stands(glyphs: &[Glyph], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(place, char)| typed(glyphs, at + place) == Some(char))
}

/// Whatever the characters come from.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.char).collect()
}
