//! Finding a text in what is drawn, letter for letter, whether written large or small, and marking it.

use crate::messages::{Kind, Line, Piece};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Wanted(Vec<char>);

impl Wanted {
    /// None: nothing is looked for.
    pub fn new(text: &str) -> Option<Self> {
        let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        (!letters.is_empty()).then_some(Self(letters))
    }

    /// Marks it in these lines; says whether it is in any. It may reach over pieces, but not over lines.
    pub fn mark<'l>(&self, lines: impl IntoIterator<Item = &'l mut Line>) -> bool {
        lines.into_iter().fold(false, |found, line| self.mark_line(line) | found)
    }

    pub fn mark_line(&self, line: &mut Line) -> bool {
        // Each small letter with the place of the letter it stands for.
        let letters = line.iter().flat_map(|piece| piece.text.chars()).enumerate();
        let small: Vec<(char, usize)> =
            letters.flat_map(|(place, letter)| letter.to_lowercase().map(move |small| (small, place))).collect();
        let count = small.last().map_or(0, |(_, place)| place + 1);
        let mut found = vec![false; count];
        let mut at = 0;
        while let Some(window) = small.get(at..at + self.0.len()) {
            if window.iter().map(|(letter, _)| letter).eq(&self.0) {
                window.iter().for_each(|(_, place)| found[*place] = true);
                at += self.0.len();
            } else {
                at += 1;
            }
        }
        let any = found.contains(&true);
        if any {
            *line = split(line, &found);
        }
        any
    }
}

/// The pieces again, each wholly found or not at all. A picture is found with any part of its name.
fn split(line: &Line, found: &[bool]) -> Line {
    let mut marks = found.iter().copied();
    let mut parts = Line::new();
    for piece in line {
        if !matches!(piece.kind, Kind::Text | Kind::Code | Kind::Shaded(_)) {
            let found = marks.by_ref().take(piece.text.chars().count()).fold(false, |any, one| any | one);
            parts.push(Piece { found, ..piece.clone() });
            continue;
        }
        let mut open: Option<Piece> = None;
        for letter in piece.text.chars() {
            let found = marks.next().unwrap_or(false);
            if open.as_ref().is_some_and(|part| part.found != found) {
                parts.extend(open.take());
            }
            let part = || Piece { text: String::new(), found, ..piece.clone() };
            open.get_or_insert_with(part).text.push(letter);
        }
        parts.extend(open);
    }
    parts
}
