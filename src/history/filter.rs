//! Which changes a list shows: read from the address, kept in its links, drawn as a form.
//!
//! What cannot be understood is left out, and the page says so: an address is typed and shared.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::changes::Seen;
use crate::clock::Millis;
use crate::ids::{Snowflake, UserId};
use crate::schema::changes;
use crate::settings::module::ModuleKey;

use super::did::Did;
use super::rows::{Boxed, Row};

const DAY: Millis = 24 * 60 * 60 * 1000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub module: Option<ModuleKey>,
    pub by: Option<By>,
    pub did: Option<Did>,
    pub stage: Option<Stage>,
    /// Days in UTC, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Something in the address was not understood.
    pub strange: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum By {
    Person(UserId),
    /// The bot, whose settings were taken over.
    Bot,
    /// Guildhall itself.
    System,
}

/// How far a change of settings has come, as the row alone tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Sent,
    Live,
    Refused,
    Replaced,
}

impl By {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "bot" => Some(Self::Bot),
            "system" => Some(Self::System),
            id => crate::ids::parse(id).map(Self::Person),
        }
    }

    /// Of a row's columns.
    pub fn of(id: Option<UserId>, name: &str) -> Self {
        match (id, name) {
            (Some(id), _) => Self::Person(id),
            (None, "bot") => Self::Bot,
            (None, _) => Self::System,
        }
    }

    pub fn as_text(self) -> String {
        match self {
            Self::Person(id) => id.to_string(),
            Self::Bot => "bot".to_owned(),
            Self::System => "system".to_owned(),
        }
    }
}

impl Stage {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Live, Self::Refused, Self::Replaced];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Live => "live",
            Self::Refused => "refused",
            Self::Replaced => "replaced",
        }
    }
}

impl Filter {
    /// The first value of each name counts; an empty one is none.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut filter = Self::default();
        let mut strange = false;
        let mut asked = |name: &str, take: &mut dyn FnMut(&str) -> bool| {
            let value = pairs.iter().find(|(key, value)| key == name && !value.is_empty());
            strange |= value.is_some_and(|(_, value)| !take(value));
        };
        asked("module", &mut |text| set(&mut filter.module, ModuleKey::parse(text)));
        asked("by", &mut |text| set(&mut filter.by, By::parse(text)));
        asked("did", &mut |text| set(&mut filter.did, Did::ALL.into_iter().find(|one| one.as_str() == text)));
        asked("state", &mut |text| set(&mut filter.stage, Stage::ALL.into_iter().find(|one| one.as_str() == text)));
        asked("from", &mut |text| set(&mut filter.from, day(text)));
        asked("to", &mut |text| set(&mut filter.to, day(text)));
        filter.strange = strange;
        filter
    }

    /// For somebody's eyes: what is not theirs to see is understood as little as what is not there.
    pub fn within(mut self, seen: &Seen) -> Self {
        if self.module.is_some_and(|module| !seen.has(module)) {
            (self.module, self.strange) = (None, true);
        }
        if self.did.is_some_and(|did| !did.is_for(seen)) {
            (self.did, self.strange) = (None, true);
        }
        self
    }

    pub fn is_open(&self) -> bool {
        self.pairs().is_empty()
    }

    /// As an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("module", self.module.map(|one| one.as_str().to_owned())),
            ("by", self.by.map(By::as_text)),
            ("did", self.did.map(|one| one.as_str().to_owned())),
            ("state", self.stage.map(|one| one.as_str().to_owned())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The filter in the statement.
    pub fn narrow<'q>(&self, mut rows: Boxed<'q>) -> Boxed<'q> {
        if let Some(module) = self.module {
            rows = rows.filter(changes::subject.eq(module.as_str()));
        }
        rows = match self.by {
            Some(By::Person(id)) => rows.filter(changes::actor_id.eq(Snowflake::from(id))),
            Some(By::Bot) => rows.filter(changes::actor_id.is_null().and(changes::actor_name.eq("bot"))),
            Some(By::System) => rows.filter(changes::actor_id.is_null().and(changes::actor_name.eq("system"))),
            None => rows,
        };
        if let Some(from) = self.from.and_then(begin) {
            rows = rows.filter(changes::created_at.ge(from).and(changes::id.ge(id_at(from - DAY))));
        }
        if let Some(end) = self.to.and_then(|day| day.tomorrow().ok()).and_then(begin) {
            rows = rows.filter(changes::created_at.lt(end).and(changes::id.lt(id_at(end + DAY))));
        }
        if let Some(did) = self.did {
            rows = did.narrow(rows);
        }
        match self.stage {
            Some(stage) => stage.narrow(rows),
            None => rows,
        }
    }
}

impl Stage {
    /// In the very words of the indexes `changes_waiting` and so on: a database finds an index of some rows by them
    /// alone.
    fn narrow(self, rows: Boxed<'_>) -> Boxed<'_> {
        rows.filter(sql::<Bool>(match self {
            Self::Live => "revision IS NOT NULL AND applied_at IS NOT NULL AND rejected_reason IS NULL",
            Self::Refused => "revision IS NOT NULL AND applied_at IS NOT NULL AND rejected_reason IS NOT NULL",
            Self::Replaced => "revision IS NOT NULL AND applied_at IS NULL AND superseded = TRUE",
            Self::Sent => {
                "revision IS NOT NULL AND applied_at IS NULL AND superseded = FALSE AND published_at IS NOT NULL"
            }
            Self::Waiting => {
                "revision IS NOT NULL AND applied_at IS NULL AND superseded = FALSE AND published_at IS NULL"
            }
        }))
    }

    /// How far a change of settings has come. None: it is none, and has no such way to go.
    pub fn of(row: &Row) -> Option<Self> {
        row.revision?;
        let entry = &row.entry;
        Some(match (entry.applied_at, &entry.rejected_reason, entry.published_at) {
            (Some(_), Some(_), _) => Self::Refused,
            (Some(_), None, _) => Self::Live,
            _ if entry.superseded => Self::Replaced,
            (None, _, Some(_)) => Self::Sent,
            (None, _, None) => Self::Waiting,
        })
    }
}

/// The lowest id of this moment: ids begin with the time they were made at. They are in the order of the list, which
/// a row's own time is not quite, so they bound what is looked at, with a day to spare for clocks.
fn id_at(at: Millis) -> String {
    Uuid::from_u128(u128::from(at.max(0).unsigned_abs() & 0xffff_ffff_ffff) << 80).to_string()
}

fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

/// A day as a date field sends it: a year with a sign would be written otherwise in links, and not be read there.
fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.starts_with(|c: char| c.is_ascii_digit());
    if plain { Date::strptime("%Y-%m-%d", text).ok() } else { None }
}

fn begin(day: Date) -> Option<Millis> {
    Some(TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Filter {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Filter::read(&pairs)
    }

    #[test]
    fn what_is_understood_comes_back_in_the_links() {
        let pairs = [
            ("module", "music"),
            ("by", "816370501973721107"),
            ("did", "restored"),
            ("state", "refused"),
            ("from", "2026-11-01"),
            ("to", "2026-11-30"),
        ];
        let filter = read(&pairs);
        assert!(!filter.strange);
        assert_eq!(filter.pairs(), pairs.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_told() {
        for (name, value) in [
            ("module", "Music"),
            ("by", "Mira"),
            ("did", "deleted"),
            ("state", "0"),
            ("from", "2026-02-30"),
            ("from", "-999-01-01"),
            ("to", "20261101"),
        ] {
            let filter = read(&[(name, value)]);
            assert!(filter.strange && filter.is_open(), "{name}={value}");
        }
        assert_eq!(read(&[("module", ""), ("shade", "blue")]), Filter::default());
    }
}
