//! What stands in an event's `data`, read within limits: what is too long is cut, what cannot be is not there.

use jiff::Timestamp;
use serde_json::{Map, Value};
use twilight_model::id::Id;
use unicode_normalization::UnicodeNormalization as _;

use super::event::AHEAD;
use crate::clock::Millis;
use crate::ids::{self, Snowflake, UserId};

/// Ids that the bot makes itself (giveaways, tickets) may be this long.
const LONGEST_ID: usize = 64;
/// Lists of people are read up to so many.
const MOST_PEOPLE: usize = 20;
/// A plan (the end of a giveaway) may lie this far ahead.
const FARTHEST_PLAN: Millis = 400 * AHEAD;

/// The fields of one object.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a>(&'a Map<String, Value>);

impl<'a> Said<'a> {
    pub fn new(fields: &'a Map<String, Value>) -> Self {
        Self(fields)
    }

    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A name or a line: no control characters, at most so many others; empty is none.
    pub fn line(&self, name: &str, most: usize) -> Option<String> {
        self.value(name)?.as_str().map(|text| single_line(text, most)).filter(|text| !text.is_empty())
    }

    /// A text with lines of its own.
    pub fn text(&self, name: &str, most: usize) -> Option<String> {
        self.value(name)?.as_str().map(|text| multiline(text, most)).filter(|text| !text.is_empty())
    }

    /// An id that the bot made: letters, digits, `-` and `_`, or a number.
    pub fn key(&self, name: &str) -> Option<String> {
        let text = match self.value(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.as_u64()?.to_string(),
            _ => return None,
        };
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (plain && (1..=LONGEST_ID).contains(&text.len())).then_some(text)
    }

    /// One of Discord's ids.
    pub fn id<M>(&self, name: &str) -> Option<Snowflake<M>> {
        ids::parse::<M>(self.value(name)?.as_str()?).map(Id::into)
    }

    /// People, each once, at most twenty.
    pub fn people(&self, name: &str) -> Option<Vec<UserId>> {
        let mut people = Vec::new();
        for one in self.value(name)?.as_array()? {
            let Some(id) = one.as_str().and_then(ids::parse) else { continue };
            if !people.contains(&id) && people.len() < MOST_PEOPLE {
                people.push(id);
            }
        }
        Some(people)
    }

    /// A whole number within limits; another one is none.
    pub fn number(&self, name: &str, limits: std::ops::RangeInclusive<i64>) -> Option<i64> {
        self.value(name)?.as_i64().filter(|number| limits.contains(number))
    }

    pub fn small(&self, name: &str, limits: std::ops::RangeInclusive<i32>) -> Option<i32> {
        let number = i32::try_from(self.value(name)?.as_i64()?).ok()?;
        limits.contains(&number).then_some(number)
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name)?.as_bool()
    }

    /// A time gone by, as ISO 8601 or in unix milliseconds; one more than a day ahead is none.
    pub fn moment(&self, name: &str, now: Millis) -> Option<Millis> {
        self.time(name).filter(|at| (0..=now + AHEAD).contains(at))
    }

    /// A time that may lie ahead, as far as anybody plans.
    pub fn plan(&self, name: &str, now: Millis) -> Option<Millis> {
        self.time(name).filter(|at| (0..=now + FARTHEST_PLAN).contains(at))
    }

    fn time(&self, name: &str) -> Option<Millis> {
        match self.value(name)? {
            Value::String(text) => text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond),
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }
}

/// One line without control characters, trimmed, at most so many characters.
pub fn single_line(text: &str, most: usize) -> String {
    let line: String = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    line.nfc().filter(|c| !c.is_control()).take(most).collect::<String>().trim_end().to_owned()
}

/// Text whose lines stay, otherwise as a line.
pub fn multiline(text: &str, most: usize) -> String {
    let plain = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    plain.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(most).collect()
}

/// As names and prizes are compared and searched: without regard to case.
pub fn folded(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use twilight_model::id::marker::UserMarker;

    use super::*;

    const NOW: Millis = 1_795_462_987_710;

    fn with<T>(value: Value, read: impl Fn(Said<'_>) -> T) -> T {
        let fields = Map::from_iter([("x".to_owned(), value)]);
        read(Said::new(&fields))
    }

    #[test]
    fn texts_are_cut_and_lose_what_has_no_place_in_them() {
        assert_eq!(with(json!(" a\u{0}b\r\nc "), |said| said.line("x", 9)).unwrap(), "ab  c");
        assert_eq!(with(json!("a\u{0}b\r\nc\u{7}"), |said| said.text("x", 9)).unwrap(), "ab\nc");
        assert_eq!(with(json!("äöü"), |said| said.line("x", 2)).unwrap(), "äö");
        for none in [json!(" \u{0} "), json!(""), json!(5), json!(null), json!(["a"])] {
            assert_eq!(with(none.clone(), |said| said.line("x", 9)), None, "{none}");
        }
        assert_eq!(folded(" \u{41}\u{308}B "), "äb");
    }

    #[test]
    fn ids_are_ids() {
        for (good, read) in [(json!("T-1_a"), "T-1_a"), (json!(42), "42")] {
            assert_eq!(with(good, |said| said.key("x")).unwrap(), read);
        }
        for wrong in [json!(""), json!("a/b"), json!("a b"), json!("x".repeat(65)), json!(1.5), json!(-1), json!({})] {
            assert_eq!(with(wrong.clone(), |said| said.key("x")), None, "{wrong}");
        }
        assert!(with(json!("816370501973721107"), |said| said.id::<UserMarker>("x")).is_some());
        assert!(with(json!(816_370_501_973_721_107_u64), |said| said.id::<UserMarker>("x")).is_none());
        let many: Vec<String> = (0..50).map(|n| (816_370_501_973_721_107_u64 + n / 2).to_string()).collect();
        assert_eq!(with(json!(many), |said| said.people("x")).unwrap().len(), 20);
        assert_eq!(with(json!(["x", 5, "816370501973721107"]), |said| said.people("x")).unwrap().len(), 1);
    }

    #[test]
    fn numbers_and_times_that_cannot_be_are_none() {
        assert_eq!(with(json!(7), |said| said.number("x", 1..=7)), Some(7));
        assert_eq!(with(json!(8), |said| said.number("x", 1..=7)), None);
        assert_eq!(with(json!(1e300), |said| said.small("x", 1..=7)), None);
        assert_eq!(with(json!("2026-11-24T01:02:03.004Z"), |said| said.moment("x", NOW)), Some(1_795_482_123_004));
        assert_eq!(with(json!(NOW + AHEAD + 1), |said| said.moment("x", NOW)), None);
        assert_eq!(with(json!(NOW + AHEAD + 1), |said| said.plan("x", NOW)), Some(NOW + AHEAD + 1));
        for wrong in [json!("tomorrow"), json!(-1), json!(i64::MAX), json!("9999-01-01T00:00:00Z")] {
            assert_eq!(with(wrong.clone(), |said| said.plan("x", NOW)), None, "{wrong}");
        }
    }
}
