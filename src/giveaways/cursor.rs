//! Where a page of a list begins: behind or in front of a giveaway, by the time the list is ordered by and its id.

use crate::clock::Millis;

use super::filter::Filter;
use super::rows::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    On,
    Back,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    First,
    At { at: Millis, id: String, way: Way },
}

impl Cursor {
    /// None: what stands there is no place in a list.
    pub fn read(pairs: &[(String, String)]) -> Option<Self> {
        let asked = |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        let (text, way) = match (asked("after"), asked("before")) {
            (Some((_, text)), _) => (text, Way::On),
            (None, Some((_, text))) => (text, Way::Back),
            (None, None) => return Some(Self::First),
        };
        let (at, id) = text.split_once('.')?;
        Some(Self::At { at: at.parse().ok()?, id: is_key(id).then(|| id.to_owned())?, way })
    }

    pub fn behind(row: &Row) -> Self {
        Self::At { at: row.moment(), id: row.id.clone(), way: Way::On }
    }
}

/// Whether a text can be a giveaway's id, as the bot or the dashboard makes them.
pub(super) fn is_key(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The address of a list with this filter; `edge`: behind or in front of which row.
pub(super) fn href(list: &str, filter: &Filter, edge: Option<(&str, &Row)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filter.pairs());
    if let Some((name, row)) = edge {
        query.append_pair(name, &format!("{}.{}", row.moment(), row.id));
    }
    let query = query.finish();
    if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Option<Cursor> {
        Cursor::read(&[(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn a_place_is_a_time_and_an_id_or_nothing() {
        let place = Cursor::At { at: 5, id: "a-1".into(), way: Way::On };
        assert_eq!(read("after", "5.a-1"), Some(place));
        assert_eq!(read("after", ""), Some(Cursor::First));
        for strange in ["5", "5.", "x.a", "5.a/b", "5.a b"] {
            assert_eq!(read("before", strange), None, "{strange}");
        }
    }
}
