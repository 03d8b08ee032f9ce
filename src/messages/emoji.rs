//! Emojis: the custom ones by their code, Unicode's by their characters, and whether a message is nothing but some.

use super::tokens;
use super::tree::{Block, Kind, Line};
use crate::ids::EmojiId;

/// More than this are drawn small even alone.
const MOST_LARGE: usize = 30;
/// Characters of the longest one: a family, or a flag of a region.
const LONGEST: usize = 14;

/// One emoji, as it stands on a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emoji {
    Sign(String),
    Custom { id: EmojiId, name: String },
}

impl Emoji {
    /// Of the sign itself, or of `<:name:id>`; None: there is none.
    pub fn read(text: &str) -> Option<Self> {
        let custom = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).and_then(tokens::emoji);
        match custom {
            Some((name, id)) => Some(Self::Custom { id, name: format!(":{name}:") }),
            None => Some(Self::Sign(text.to_owned())).filter(|_| !text.is_empty()),
        }
    }
}

/// Whether a message is nothing but a few emojis.
pub(super) fn are_all(blocks: &[Block]) -> bool {
    let [Block::Text(lines)] = blocks else { return false };
    let count = lines.iter().try_fold(0, |sum: usize, line| Some(sum + in_line(line)?));
    count.is_some_and(|count| (1..=MOST_LARGE).contains(&count))
}

/// How many stand in a line; None: something else does, too.
fn in_line(line: &Line) -> Option<usize> {
    line.iter().try_fold(0, |sum, piece| match piece.kind {
        Kind::Emoji(_) => Some(sum + 1),
        Kind::Text => Some(sum + in_text(&piece.text)?),
        _ => None,
    })
}

fn in_text(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut count) = (0, 0);
    while at < chars.len() {
        if chars[at].is_whitespace() {
            at += 1;
            continue;
        }
        let most = LONGEST.min(chars.len() - at);
        let length = (1..=most).rev().find(|length| {
            let sign: String = chars[at..at + length].iter().collect();
            emojis::get(&sign).is_some()
        })?;
        (at, count) = (at + length, count + 1);
        if count > MOST_LARGE {
            return None;
        }
    }
    Some(count)
}
