//! Addresses in a text: bare, in `<…>`, and behind words as `[words](address)`. None of them leads anywhere from our
//! pages; behind words its host is named.

use super::marks::{Marking, Marks};
use super::source::{Glyph, stands, text, typed};
use super::tree::{Kind, Piece};

/// As long as Discord takes one.
const LONGEST: usize = 2048;
const BEGINNINGS: [&str; 2] = ["https://", "http://"];

/// Where an address leads; nothing if it is none, or not https.
pub fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    named(&url).filter(|_| url.scheme() == "https").map(str::to_owned)
}

/// The host of an address, if it is one that there can be: what browsers let stand in one, a quotation mark or a brace
/// among it, is in no name, and Discord makes no link of it.
fn named(url: &url::Url) -> Option<&str> {
    let can_be = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']');
    url.host_str().filter(|host| host.bytes().all(can_be))
}

/// A bare address that begins at a place is marked; says where it ends.
pub(super) fn bare(glyphs: &[Glyph], at: usize, marking: &mut Marking) -> Option<usize> {
    let beginning = BEGINNINGS.into_iter().find(|one| stands(glyphs, at, one))?;
    if at > 0 && glyphs[at - 1].char.is_alphanumeric() {
        return None;
    }
    let from = at + beginning.len();
    let mut end = from + address_length(&glyphs[from..]);
    // Signs at its end belong to the sentence, or end a mark that is open.
    while end > from {
        let last = glyphs[end - 1].char;
        let of_a_mark = matches!(last, '*' | '_' | '~' | '|') && marking.is_open(last);
        let bracket = last == ')' && !glyphs[from..end].iter().any(|glyph| glyph.char == '(');
        if !of_a_mark && !bracket && !matches!(last, '.' | ',' | ':' | ';' | '"' | '\'' | ']' | '!' | '?') {
            break;
        }
        end -= 1;
    }
    (end > from).then(|| {
        marking.mark(at..end, Marks::LINK);
        end
    })
}

/// `<https://…>`: the address without its brackets.
pub(super) fn bracketed(glyphs: &[Glyph], at: usize, marking: &mut Marking) -> Option<usize> {
    let from = at + 1;
    BEGINNINGS.into_iter().find(|one| stands(glyphs, from, one))?;
    let end = from + address_length(&glyphs[from..]);
    if typed(glyphs, end) != Some('>') {
        return None;
    }
    marking.hide(at..from);
    marking.hide(end..end + 1);
    marking.mark(from..end, Marks::LINK);
    Some(end + 1)
}

/// The words between `[` and this `]` lead to the address behind them: they are marked. Gives the piece that names the
/// host, and where all of it ends.
pub(super) fn behind_words(glyphs: &[Glyph], open: usize, at: usize, marking: &mut Marking) -> Option<(Piece, usize)> {
    let words = &glyphs[open + 1..at];
    let blank = words.iter().all(|glyph| glyph.char.is_whitespace());
    // Words that look like an address could name another one than they lead to.
    if typed(glyphs, at + 1) != Some('(') || blank || text(words).contains("://") {
        return None;
    }
    let bracketed = typed(glyphs, at + 2) == Some('<');
    let from = at + 2 + usize::from(bracketed);
    if glyphs.get(from)?.char != 'h' {
        return None;
    }
    let length = glyphs[from..].iter().take(LONGEST).take_while(|glyph| !ends_behind_words(**glyph)).count();
    let end = from + length;
    let close = end + usize::from(bracketed);
    let closed = typed(glyphs, close) == Some(')') && (!bracketed || typed(glyphs, end) == Some('>'));
    let host = lead(&text(&glyphs[from..end])).filter(|_| closed)?;
    marking.hide(open..open + 1);
    marking.hide(at..close + 1);
    marking.mark(open + 1..at, Marks::LINK);
    marking.forget_from(open);
    Some((Piece::new(Kind::Host, host, Marks::default()), close + 1))
}

/// The host of an address that Discord makes a link of.
fn lead(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    named(&url).filter(|_| matches!(url.scheme(), "https" | "http")).map(str::to_owned)
}

fn ends_behind_words(glyph: Glyph) -> bool {
    glyph.char.is_whitespace() || matches!(glyph.char, ')' | '>' | '<')
}

/// How far an address goes on.
fn address_length(glyphs: &[Glyph]) -> usize {
    let ends = |at: usize| typed(glyphs, at).is_none_or(|char| char.is_whitespace() || matches!(char, '<' | '>' | ']'));
    (0..glyphs.len().min(LONGEST)).find(|at| ends(*at)).unwrap_or(glyphs.len().min(LONGEST))
}
