//! Every word a person reads comes from the Fluent catalogue in `locales/` through this file.
//!
//! Rust says a [`Message`] (a key and its arguments); [`Words`] turns it into the person's language.
//! Templates write `{{ "key"|t }}` and, for a message made in Rust, `{{ message|say }}`.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Names are isolated where they are put in (`Message::name`), not every number as well.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Something to say: a key of the catalogue and what is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    Number(i64),
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
#[derive(Clone, Debug)]
pub struct Words {
    lang: LanguageIdentifier,
    zone: TimeZone,
}

impl Default for Words {
    fn default() -> Self {
        Self { lang: langid!("en"), zone: TimeZone::UTC }
    }
}

impl Words {
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
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
    pub fn tag(&self) -> String {
        self.lang.to_string()
    }

    pub fn dir(&self) -> &'static str {
        match self.lang.character_direction() {
            unic_langid::CharacterDirection::RTL => "rtl",
            _ => "ltr",
        }
    }

    /// RFC 3339 in UTC, for `<time datetime>`.
    pub fn exact_time(&self, at: i64) -> String {
        jiff::Timestamp::from_millisecond(at)
            .map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
            .unwrap_or_default()
    }

    /// A moment as people read it, to the second and with its zone.
    pub fn time(&self, at: i64) -> String {
        jiff::Timestamp::from_millisecond(at)
            .map(|time| time.to_zoned_datetime(self.zone.clone()).strftime("%-d %b %Y, %H:%M:%S %Z").to_string())
            .unwrap_or_default()
    }

    /// The words of a key without arguments. A key that is missing shows itself, and fails a test.
    pub fn t(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The words of a key, if the catalogue has it.
    pub fn find(&self, key: &str) -> Option<String> {
        LOCALES.try_lookup(&self.lang, key)
    }

    pub fn say(&self, message: &Message) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> = message
            .args
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.as_str()),
                };
                (name.clone(), value)
            })
            .collect();
        LOCALES.try_lookup_with_args(&self.lang, &message.key, &args).unwrap_or_else(|| message.key.to_string())
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
    fn a_name_in_a_message_is_isolated_and_cannot_turn_the_text_around() {
        let message = Message::new("no-such-key").name("server", "abc\u{202E}def");
        assert_eq!(message.args[0].1, Arg::Text("\u{2068}abc\u{FFFD}def\u{2069}".into()));
    }
}
