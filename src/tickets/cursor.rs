//! Where a page of a list begins: behind or in front of a row, by its time and id, never at a number that moves.

use crate::clock::Millis;

/// Behind and in front as the list is read, whatever its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    First,
    Behind(Mark),
    InFrontOf(Mark),
}

/// A row's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub at: Millis,
    pub id: String,
}

impl Cursor {
    /// None: what stands there is no row's place.
    pub fn read(pairs: &[(String, String)]) -> Option<Self> {
        let asked = |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        match (asked("after"), asked("before")) {
            (Some((_, text)), _) => Mark::parse(text).map(Self::Behind),
            (None, Some((_, text))) => Mark::parse(text).map(Self::InFrontOf),
            (None, None) => Some(Self::First),
        }
    }
}

impl Mark {
    fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('~')?;
        // PostgreSQL cannot be asked for a NUL.
        let known = !id.contains(char::is_control);
        Some(Self { at: at.parse().ok()?, id: id.to_owned() }).filter(|_| known)
    }

    pub fn as_text(&self) -> String {
        format!("{}~{}", self.at, self.id)
    }
}

/// The address of a list with this filter; `cursor` is a name and a place.
pub(super) fn href(list: &str, filter: &[(&'static str, String)], cursor: Option<(&str, &Mark)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filter).extend_pairs(cursor.map(|(name, mark)| (name, mark.as_text())));
    let query = query.finish();
    if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_from_its_address_whatever_the_id() {
        let mark = Mark { at: 1_795_462_987_710, id: "a~b &=é".into() };
        let address = href("/l", &[("q", "x y".into())], Some(("after", &mark)));
        let pairs: Vec<_> =
            form_urlencoded::parse(address.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
        assert_eq!(Cursor::read(&pairs), Some(Cursor::Behind(mark)));
        for wrong in ["1", "~a", "x~a", "1~\0", "99999999999999999999~a"] {
            assert_eq!(Cursor::read(&[("before".into(), wrong.into())]), None, "{wrong}");
        }
    }
}
