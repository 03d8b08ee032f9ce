//! Where a page of the list begins: behind or in front of a change, never at a number that moves.

use uuid::Uuid;

use crate::db::Order;

use super::filter::Filter;
use super::rows::Row;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    Newest,
    /// Older ones than this change.
    Before(Uuid),
    /// Newer ones than this change.
    After(Uuid),
}

impl Cursor {
    /// Older ones than this one.
    pub fn behind(row: &Row) -> Self {
        // An id that is none could not be gone behind; each is one.
        Uuid::parse_str(&row.entry.id).map_or(Self::Before(Uuid::nil()), Self::Before)
    }

    /// In which order the rows come.
    pub fn order(self) -> Order {
        match self {
            Self::Newest | Self::Before(_) => Order::Falling,
            Self::After(_) => Order::Rising,
        }
    }

    /// None: what stands there is no change's id.
    pub fn read(pairs: &[(String, String)]) -> Option<Self> {
        let asked = |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        match (asked("before"), asked("after")) {
            (Some((_, id)), _) => Uuid::parse_str(id).ok().map(Self::Before),
            (None, Some((_, id))) => Uuid::parse_str(id).ok().map(Self::After),
            (None, None) => Some(Self::Newest),
        }
    }
}

/// The address of a list with this filter; `cursor` is a name and a change's id.
pub(super) fn href(list: &str, filter: &Filter, cursor: Option<(&str, &str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(filter.pairs()).extend_pairs(cursor);
    let query = query.finish();
    if query.is_empty() { list.to_owned() } else { format!("{list}?{query}") }
}
