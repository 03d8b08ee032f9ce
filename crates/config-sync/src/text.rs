//! Filling the placeholders of one text and cutting it to a length, without ever reading a value
//! as anything but a value.

use std::collections::HashMap;

use crate::values::{Place, Value};

/// Something that is shown whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    text: String,
    length: usize,
    /// Whom it mentions.
    pub(crate) person: Option<u64>,
}

impl Piece {
    pub(crate) fn char(letter: char) -> Self {
        Self { text: letter.to_string(), length: 1, person: None }
    }

    pub(crate) fn whole(text: String) -> Self {
        let length = text.chars().count();
        Self { text, length, person: None }
    }

    pub(crate) fn person(id: u64) -> Self {
        Self { person: Some(id), ..Self::whole(format!("<@{id}>")) }
    }
}

/// Pieces and how long they are together, in Unicode scalar values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(Vec<Piece>);

/// A run of the template's own words, or one value.
enum Part {
    Own(Vec<Piece>),
    Filled(Vec<Piece>),
}

impl Text {
    /// Fills `template` for `place`, at most `limit` long. Values are cut before the template's
    /// own words are, the longest first. A placeholder without a value stays as it is written.
    pub(crate) fn fill(template: &str, values: &HashMap<String, Value>, place: Place, limit: usize) -> Self {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((own, value, after)) = next_placeholder(rest, values) {
            let escaped = ends_in_escape(own);
            parts.push(Part::Own(own.chars().map(Piece::char).collect()));
            if escaped && place != Place::Plain {
                // Else the template's backslash would take away that of the value's first letter.
                parts.push(Part::Own(vec![Piece::char('\\')]));
            }
            parts.push(Part::Filled(value.pieces(place)));
            rest = after;
        }
        parts.push(Part::Own(rest.chars().map(Piece::char).collect()));

        let own: usize = parts.iter().map(|part| if let Part::Own(own) = part { length(own) } else { 0 }).sum();
        let filled: Vec<usize> = parts
            .iter()
            .filter_map(|part| if let Part::Filled(value) = part { Some(length(value)) } else { None })
            .collect();
        let share = fair_share(&filled, limit.saturating_sub(own));
        let mut text = Self(Vec::new());
        for part in parts {
            text.0.extend(match part {
                Part::Own(own) => own,
                Part::Filled(value) => cut(value, share),
            });
        }
        text.trim();
        text.cut(limit);
        text
    }

    pub(crate) fn len(&self) -> usize {
        length(&self.0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Cuts it to `limit`, with `…` at the end if something is missing.
    pub(crate) fn cut(&mut self, limit: usize) {
        self.0 = cut(std::mem::take(&mut self.0), limit);
    }

    /// Those whom it mentions, each once, in order.
    pub(crate) fn people(&self) -> Vec<u64> {
        let mut people = Vec::new();
        for person in self.0.iter().filter_map(|piece| piece.person) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        people
    }

    /// Takes away blank space at both ends, which Discord does not count as anything.
    fn trim(&mut self) {
        let blank = |piece: &Piece| piece.text.chars().all(char::is_whitespace);
        let begin = self.0.iter().take_while(|piece| blank(piece)).count();
        self.0.drain(..begin);
        let end = self.0.iter().rev().take_while(|piece| blank(piece)).count();
        self.0.truncate(self.0.len() - end);
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| f.write_str(&piece.text))
    }
}

/// The words before the first placeholder that has a value, that value, and what comes after.
pub(crate) fn next_placeholder<'t, 'v>(
    text: &'t str,
    values: &'v HashMap<String, Value>,
) -> Option<(&'t str, &'v Value, &'t str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('}')?;
        Some((&text[..at], values.get(name)?, after))
    })
}

fn ends_in_escape(text: &str) -> bool {
    let backslashes = text.len() - text.trim_end_matches('\\').len();
    !backslashes.is_multiple_of(2)
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.length).sum()
}

fn cut(mut pieces: Vec<Piece>, limit: usize) -> Vec<Piece> {
    if length(&pieces) <= limit {
        return pieces;
    }
    let mut room = limit.saturating_sub(1);
    let fitting = pieces.iter().take_while(|piece| {
        let fits = piece.length <= room;
        room = room.saturating_sub(if fits { piece.length } else { 0 });
        fits
    });
    let kept = fitting.count();
    pieces.truncate(kept);
    if limit > 0 {
        pieces.push(Piece::char('…'));
    }
    pieces
}

/// The longest that each value may be, so that all of them together fit into `room`.
fn fair_share(lengths: &[usize], room: usize) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    let mut left = room;
    for (at, length) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - at);
        if *length > share {
            return share;
        }
        left -= length;
    }
    usize::MAX
}
