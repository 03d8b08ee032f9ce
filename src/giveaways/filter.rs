//! Which giveaways a list shows: read from the address, kept in its links. One state at a time.
//!
//! What cannot be understood is left out, and the page says so: an address is typed and shared.

use diesel::prelude::*;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Millis;
use crate::events::folded;
use crate::schema::giveaways;

use super::rows::{Boxed, State};

const LONGEST_TEXT: usize = 256;

#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub state: State,
    /// A part of the prize, as it was typed.
    pub text: String,
    /// Days in the person's zone, both included: of the time the list is ordered by.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// When these days begin and end.
    since: Option<Millis>,
    until: Option<Millis>,
    /// Something in the address was not understood.
    pub strange: bool,
}

impl Filter {
    /// The first value of each name counts; an empty one is none.
    pub fn read(pairs: &[(String, String)], zone: &TimeZone) -> Self {
        let mut filter = Self::default();
        let asked = |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        let mut strange = false;
        if let Some((_, text)) = asked("state") {
            let state = State::parse(text);
            strange |= state.is_none();
            filter.state = state.unwrap_or_default();
        }
        let mut date = |name: &str| {
            let (_, text) = asked(name)?;
            let date = day(text);
            strange |= date.is_none();
            date
        };
        (filter.from, filter.to) = (date("from"), date("to"));
        if let Some((_, text)) = asked("q") {
            match text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control) {
                true => filter.text = text.trim().to_owned(),
                false => strange = true,
            }
        }
        filter.since = filter.from.and_then(|day| begin(day, zone));
        filter.until = filter.to.and_then(|day| day.tomorrow().ok()).and_then(|day| begin(day, zone));
        filter.strange = strange;
        filter
    }

    /// The same for another state.
    pub fn in_state(&self, state: State) -> Self {
        Self { state, ..self.clone() }
    }

    pub fn of(state: State) -> Self {
        Self { state, ..Self::default() }
    }

    /// Whether it leaves out nothing of its state.
    pub fn is_open(&self) -> bool {
        self.text.is_empty() && self.from.is_none() && self.to.is_none()
    }

    /// As an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let state = (self.state != State::default()).then(|| self.state.as_str().to_owned());
        let all = [
            ("state", state),
            ("q", Some(self.text.clone()).filter(|text| !text.is_empty())),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The filter in the statement.
    pub fn narrow<'q>(&self, rows: Boxed<'q>) -> Boxed<'q> {
        let mut rows = rows.filter(giveaways::state.eq(self.state.as_str()));
        if !self.text.is_empty() {
            rows = rows.filter(giveaways::prize_folded.like(pattern(&self.text)).escape('\\'));
        }
        macro_rules! between {
            ($time:expr) => {{
                if let Some(since) = self.since {
                    rows = rows.filter($time.ge(since));
                }
                match self.until {
                    Some(until) => rows.filter($time.lt(until)),
                    None => rows,
                }
            }};
        }
        match self.state {
            State::Scheduled => between!(giveaways::starts_at),
            State::Running => between!(giveaways::ends_at),
            State::Ended | State::Cancelled => between!(giveaways::closed_at),
        }
    }
}

/// What is typed is searched for as it is: `%` and `_` are letters.
fn pattern(text: &str) -> String {
    let mut pattern = "%".to_owned();
    for letter in folded(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// A day as a date field sends it: a year with a sign would be written otherwise in links, and not be read there.
fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.starts_with(|c: char| c.is_ascii_digit());
    if plain { Date::strptime("%Y-%m-%d", text).ok() } else { None }
}

fn begin(day: Date, zone: &TimeZone) -> Option<Millis> {
    Some(zone.to_timestamp(day.at(0, 0, 0, 0)).ok()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)], zone: &str) -> Filter {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Filter::read(&pairs, &TimeZone::get(zone).expect("a zone"))
    }

    #[test]
    fn what_is_understood_comes_back_in_the_links() {
        let pairs = [("state", "ended"), ("q", "100 %"), ("from", "2026-11-01"), ("to", "2026-11-30")];
        let filter = read(&pairs, "UTC");
        assert!(!filter.strange && !filter.is_open());
        assert_eq!(filter.pairs(), pairs.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(read(&[("state", "running")], "UTC").pairs(), []);
    }

    #[test]
    fn a_day_is_a_day_where_the_person_is() {
        let berlin = read(&[("from", "2026-10-25"), ("to", "2026-10-25")], "Europe/Berlin");
        let (since, until) = (berlin.since.expect("a time"), berlin.until.expect("a time"));
        assert_eq!((until - since) / 3_600_000, 25, "the clocks were put back on that day");
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_told() {
        let strange =
            [("state", "open"), ("from", "2026-02-30"), ("from", "-999-01-01"), ("to", "20261101"), ("q", "a\u{0}b")];
        for (name, value) in strange {
            let filter = read(&[(name, value)], "UTC");
            assert!(filter.strange && filter.is_open(), "{name}={value}");
        }
    }

    #[test]
    fn signs_of_a_pattern_are_letters() {
        assert_eq!(pattern(" 50%_Off\\ "), "%50\\%\\_off\\\\%");
    }
}
