//! Code in a language that is known: its words are told apart, as far as colours go.

use hl_lite::{Kind as Told, Lang, highlight};

use super::marks::Marks;
use super::tree::{Kind, Line, Piece, Shade};

/// The lines of a piece of code. Nothing of it is lost, whatever is made of it.
pub(super) fn lines(language: &str, code: &str) -> Vec<Line> {
    let plain = || code.split('\n').map(Piece::text).collect();
    let Some(language) = Lang::from_slug(language) else { return plain() };
    let spans = highlight(language, code);
    if !spans.iter().flat_map(|span| span.text.bytes()).eq(code.bytes()) {
        return plain();
    }
    let mut lines = vec![Line::new()];
    for span in spans {
        for (at, text) in span.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Line::new());
            }
            if let Some(line) = lines.last_mut() {
                put(line, kind(span.kind), text);
            }
        }
    }
    lines
}

/// At the end of a line, in one piece with what is drawn alike.
fn put(line: &mut Line, kind: Kind, text: &str) {
    match line.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => line.push(Piece::new(kind, text, Marks::default())),
    }
}

fn kind(told: Told) -> Kind {
    let shade = match told {
        Told::Plain | Told::Operator | Told::Punctuation => return Kind::Text,
        Told::Keyword | Told::Tag => Shade::Word,
        Told::String => Shade::Text,
        Told::Comment => Shade::Comment,
        Told::Number | Told::Constant => Shade::Value,
        Told::Type | Told::Function | Told::Attribute | Told::Property | Told::Variable => Shade::Name,
    };
    Kind::Shaded(shade)
}
