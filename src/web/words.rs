//! Every word a person reads comes from the Fluent catalogue in `locales/` through this file.
//!
//! Rust says a [`Message`] (a key and its arguments); [`Words`] turns it into the person's language.
//! Templates write `{{ "key"|t }}` and, for a message made in Rust, `{{ message|say }}`.

use std::borrow::{Borrow, Cow};

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::web::catalogue;
use crate::web::language::Language;

/// Something to say: a key of the catalogue and what is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    Number(i64),
    /// 43 for "4.3".
    Tenths {
        tenths: i64,
    },
    Text(String),
}

impl Message {
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    pub fn number(mut self, name: &'static str, value: impl TryInto<i64>) -> Self {
        self.args.push((name.into(), Arg::Number(value.try_into().unwrap_or(i64::MAX))));
        self
    }

    /// A number with one decimal, told in tenths.
    pub fn tenths(mut self, name: &'static str, tenths: impl Borrow<i64>) -> Self {
        let tenths = *tenths.borrow();
        self.args.push((name.into(), Arg::Tenths { tenths }));
        self
    }

    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name.into(), Arg::Text(value.into())));
        self
    }

    /// A name somebody gave: isolated, so that its writing direction stays its own.
    pub fn name(self, name: &'static str, value: impl AsRef<str>) -> Self {
        let value = format!("\u{2068}{}\u{2069}", visible(value.as_ref()));
        self.text(name, value)
    }
}

/// Text from outside with its bidi overrides made visible: they could make a name read as another one.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_override =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    if text.contains(is_override) {
        text.chars().map(|c| if is_override(c) { '\u{FFFD}' } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

/// The catalogue in one person's language, and times in their zone. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
    zone: TimeZone,
}

impl Default for Words {
    fn default() -> Self {
        Self::new(Language::default())
    }
}

impl Words {
    /// In this language, with times in UTC.
    pub fn new(language: Language) -> Self {
        Self { language, zone: TimeZone::UTC }
    }

    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// The zone in which times are told and typed.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone as people know it: "Europe/Berlin".
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The language as HTML's `lang` wants it.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    pub fn dir(&self) -> &'static str {
        self.language.dir()
    }

    /// RFC 3339 in UTC, for `<time datetime>`.
    pub fn exact_time(&self, at: i64) -> String {
        jiff::Timestamp::from_millisecond(at)
            .map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
            .unwrap_or_default()
    }

    /// A moment as people read it, to the second and with its zone.
    pub fn time(&self, at: i64) -> String {
        let Ok(time) = jiff::Timestamp::from_millisecond(at) else { return String::new() };
        let time = time.to_zoned_datetime(self.zone.clone());
        let moment = Message::new("time-moment")
            .text("day", time.day().to_string())
            .text("month", self.t(&format!("time-month-{}", time.month())))
            .text("year", time.year().to_string())
            .text("time", time.strftime("%H:%M:%S").to_string())
            .text("zone", time.strftime("%Z").to_string());
        self.say(&moment)
    }

    /// A number with its thousands apart.
    pub fn number(&self, number: i64) -> String {
        catalogue::number(self.language, &number.into())
    }

    /// Several things as a sentence names them: "a, b and c".
    pub fn list(&self, things: &[String]) -> String {
        let Some((first, more)) = things.split_first() else { return String::new() };
        more.iter().enumerate().fold(first.clone(), |before, (place, next)| {
            let key = if place + 1 == more.len() { "list-last" } else { "list-next" };
            self.say(&Message::new(key).text("before", before).text("next", next))
        })
    }

    /// The words of a key without arguments. A key that is missing shows itself, and fails a test.
    pub fn t(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key, if the catalogue has it.
    pub fn find(&self, key: &str) -> Option<String> {
        catalogue::find(self.language, key, None)
    }

    pub fn say(&self, message: &Message) -> String {
        let args: FluentArgs<'_> = message.args.iter().map(|(name, arg)| (name.as_ref(), arg.value(name))).collect();
        catalogue::find(self.language, &message.key, Some(&args)).unwrap_or_else(|| message.key.to_string())
    }
}

impl Arg {
    fn value(&self, name: &str) -> FluentValue<'_> {
        match self {
            // What is called a number is the name of something, such as change 1204, and not how many there are.
            Self::Number(number) => {
                let options = FluentNumberOptions { use_grouping: name != "number", ..Default::default() };
                FluentNumber::new(*number as f64, options).into()
            }
            Self::Tenths { tenths } => {
                let options = FluentNumberOptions { minimum_fraction_digits: Some(1), ..Default::default() };
                FluentNumber::new(*tenths as f64 / 10.0, options).into()
            }
            Self::Text(text) => FluentValue::from(text.as_str()),
        }
    }
}

/// Lets `render_with_values` hand the language to the filters.
impl askama::Values for Words {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn std::any::Any> {
        (key == "words").then_some(self as &dyn std::any::Any)
    }
}

/// Askama filters. A template's module imports this as `filters`.
pub mod filters {
    use std::fmt::Display;

    use askama::Values;

    use super::{Message, Words};

    /// `{{ "key"|t }}`
    #[askama::filter_fn]
    pub fn t(key: impl Display, values: &dyn Values) -> askama::Result<String> {
        Ok(askama::get_value::<Words>(values, "words")?.t(&key.to_string()))
    }

    /// `{{ message|say }}`
    #[askama::filter_fn]
    pub fn say(message: &Message, values: &dyn Values) -> askama::Result<String> {
        Ok(askama::get_value::<Words>(values, "words")?.say(message))
    }

    /// A bare number, with its thousands apart: `{{ count|number }}`
    #[askama::filter_fn]
    pub fn number(number: &i64, values: &dyn Values) -> askama::Result<String> {
        Ok(askama::get_value::<Words>(values, "words")?.number(*number))
    }

    /// The address of the list of emoji in the page's language: `{{ ""|signs }}`
    #[askama::filter_fn]
    pub fn signs(_: impl Display, values: &dyn Values) -> askama::Result<String> {
        Ok(crate::web::signs::href(askama::get_value::<Words>(values, "words")?.language()))
    }

    /// A name from outside, with what could disguise it made visible: `<bdi>{{ name|visible }}</bdi>`
    #[askama::filter_fn]
    pub fn visible(text: impl Display, _: &dyn Values) -> askama::Result<String> {
        Ok(super::visible(&text.to_string()).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_its_zone_and_names_it() {
        let at = 1_795_489_320_000;
        assert_eq!(Words::default().time(at), "24 Nov 2026, 03:02:00 UTC");
        for (zone, told) in [
            ("Europe/Berlin", "24 Nov 2026, 04:02:00 CET"),
            ("America/New_York", "23 Nov 2026, 22:02:00 EST"),
            ("Asia/Kathmandu", "24 Nov 2026, 08:47:00 +0545"),
        ] {
            let words = Words::default().in_zone(TimeZone::get(zone).expect("a zone"));
            assert_eq!((words.time(at).as_str(), words.zone_name()), (told, zone));
            assert_eq!(words.exact_time(at), "2026-11-24T03:02:00Z");
        }
    }

    #[test]
    fn times_lists_and_numbers_are_told_as_the_language_does() {
        let [english, vietnamese] = Language::REAL.map(Words::new);
        assert_eq!(vietnamese.time(1_795_489_320_000), "03:02:00 UTC, 24/11/2026");
        let things = ["a", "b", "c"].map(str::to_owned);
        let lists = |words: &Words| (0..=3).map(|count| words.list(&things[..count])).collect::<Vec<_>>();
        assert_eq!(lists(&english), ["", "a", "a and b", "a, b and c"]);
        assert_eq!(lists(&vietnamese), ["", "a", "a và b", "a, b và c"]);
        assert_eq!((english.number(-1_234_567), vietnamese.number(1_000)), ("-1,234,567".into(), "1.000".into()));
        let average = Message::new("rating-average").tenths("average", 40);
        assert_eq!(english.say(&average), "4.0 of 5 on average");
        assert!(vietnamese.say(&average).contains("4,0"));
    }

    #[test]
    fn a_number_takes_the_form_of_its_language_and_what_names_something_stays_as_it_is() {
        let [english, vietnamese] = Language::REAL.map(Words::new);
        let days = |words: &Words, count: i64| words.say(&Message::new("amount-days").number("count", count));
        assert_eq!([0, 1, 2, 1234].map(|count| days(&english, count)), ["0 days", "1 day", "2 days", "1,234 days"]);
        assert_eq!([1, 2, 1234].map(|count| days(&vietnamese, count)), ["1 ngày", "2 ngày", "1.234 ngày"]);
        let change = Message::new("history-number").number("number", 1234);
        assert_eq!(english.say(&change), "change 1234");
        assert!(vietnamese.say(&change).contains("1234"));
    }

    #[test]
    fn what_is_filled_in_stays_plain_in_the_languages_that_nobody_speaks() {
        let [marked, mirrored] = [Language::Marked, Language::Mirrored].map(Words::new);
        let change = Message::new("change-number").number("number", 7).name("by", "Mira");
        let said = marked.say(&change);
        assert!(said.starts_with('[') && said.ends_with(']'), "{said}");
        assert_eq!(said.replace(|c: char| !c.is_ascii_alphanumeric(), ""), "7Mira", "{said}");
        let said = mirrored.say(&change);
        assert!(said.contains("\u{202E}Change\u{202C}") && said.contains("\u{2068}Mira\u{2069}"), "{said}");
        assert_eq!((mirrored.dir(), marked.dir()), ("rtl", "ltr"));
    }

    #[test]
    fn a_name_in_a_message_is_isolated_and_cannot_turn_the_text_around() {
        let message = Message::new("no-such-key").name("server", "abc\u{202E}def");
        assert_eq!(message.args[0].1, Arg::Text("\u{2068}abc\u{FFFD}def\u{2069}".into()));
    }
}
