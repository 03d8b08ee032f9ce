//! Which ratings the list shows: read from the address, kept in its links, drawn as a form.

use diesel::prelude::*;

use crate::ids::{self, Snowflake, UserId};
use crate::schema::ratings;

use super::rows::Boxed;
use crate::tickets::cursor::{Cursor, href};

/// The list as a form says it was looked at; whatever is not understood there is left out.
pub fn list_href(list: &str, view: &str) -> String {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(view.as_bytes()).into_owned().collect();
    let place = match Cursor::read(&pairs) {
        Some(Cursor::Behind(mark)) => Some(("after", mark)),
        Some(Cursor::InFrontOf(mark)) => Some(("before", mark)),
        _ => None,
    };
    href(list, &Filter::read(&pairs).pairs(), place.as_ref().map(|(name, mark)| (*name, mark)))
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub stars: Option<i32>,
    pub staff: Option<UserId>,
    pub approved: Option<bool>,
    /// Something in the address was not understood.
    pub strange: bool,
}

impl Filter {
    /// The first value of each name counts; an empty one is none.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let asked = |name: &str| {
            pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
        };
        let mut filter = Self::default();
        if let Some(text) = asked("stars") {
            filter.stars = (1..=5).find(|stars| stars.to_string() == text);
            filter.strange |= filter.stars.is_none();
        }
        if let Some(text) = asked("staff") {
            filter.staff = ids::parse(text);
            filter.strange |= filter.staff.is_none();
        }
        if let Some(text) = asked("approved") {
            filter.approved =
                [("yes", true), ("no", false)].into_iter().find(|(name, _)| *name == text).map(|(_, is)| is);
            filter.strange |= filter.approved.is_none();
        }
        filter
    }

    pub fn is_open(&self) -> bool {
        self.pairs().is_empty()
    }

    /// As an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("stars", self.stars.map(|stars| stars.to_string())),
            ("staff", self.staff.map(|id| id.to_string())),
            ("approved", self.approved.map(|is| if is { "yes" } else { "no" }.to_owned())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The filter in the statement.
    pub fn narrow<'q>(&self, mut rows: Boxed<'q>) -> Boxed<'q> {
        if let Some(stars) = self.stars {
            rows = rows.filter(ratings::stars.eq(stars));
        }
        if let Some(staff) = self.staff {
            rows = rows.filter(ratings::staff_id.eq(Snowflake::from(staff)));
        }
        match self.approved {
            Some(approved) => rows.filter(ratings::approved.eq(approved)),
            None => rows,
        }
    }
}
