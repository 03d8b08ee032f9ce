//! What stands for the placeholders of a message, and how each kind of value is written where
//! Discord renders Markdown and mentions, and where it does not.
//!
//! Finding the placeholders and cutting is `text`'s matter.

use std::collections::HashMap;

use crate::text::Piece;

/// A value for a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words of whatever origin: shown as they are, never as Markdown, mention or link.
    Text(String),
    /// A person: mentioned where a mention shows, else named.
    Person(Person),
    /// Several, with commas between.
    People(Vec<Person>),
    /// A time in unix seconds: relative and in the reader's zone where that shows, else in UTC.
    Time(i64),
    /// An https address, to be followed. Anything else is shown as text.
    Link(String),
}

/// Somebody a placeholder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The user's id.
    pub id: u64,
    /// The name shown where mentions do not work.
    pub name: String,
}

/// The values for one message, and what the module's settings add to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub(crate) by_name: HashMap<String, Value>,
    pub(crate) ping_roles: Vec<u64>,
    pub(crate) color: Option<String>,
    pub(crate) image_url: Option<String>,
    pub(crate) now: i64,
}

/// What a part of a message shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Markdown, mentions and several lines: content, description, a field's value.
    Rich,
    /// Markdown, in one line: a title, a field's name.
    Line,
    /// Nothing but characters, in one line: author, footer.
    Plain,
}

impl Values {
    /// No values yet. `now` is the time of sending, in unix seconds, for embeds that show it.
    #[must_use]
    pub fn at(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    /// Sets the value of a placeholder; the name is given without braces.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: Value) -> Self {
        self.by_name.insert(name.into(), value);
        self
    }

    /// As [`Values::with`], for words.
    #[must_use]
    pub fn text(self, name: impl Into<String>, words: impl ToString) -> Self {
        self.with(name, Value::Text(words.to_string()))
    }

    /// As [`Values::with`], for a person.
    #[must_use]
    pub fn person(self, name: impl Into<String>, id: u64, called: impl Into<String>) -> Self {
        self.with(name, Value::Person(Person { id, name: called.into() }))
    }

    /// Roles that the settings name to be pinged; only they may be, if the text mentions them.
    #[must_use]
    pub fn ping_roles(mut self, roles: impl IntoIterator<Item = u64>) -> Self {
        self.ping_roles = roles.into_iter().collect();
        self
    }

    /// The module's colour, `#rrggbb`, for an embed without its own.
    #[must_use]
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// The module's image, for an embed without its own.
    #[must_use]
    pub fn image_url(mut self, url: impl Into<String>) -> Self {
        self.image_url = Some(url.into());
        self
    }
}

impl Value {
    /// The value as pieces that cutting does not break.
    pub(crate) fn pieces(&self, place: Place) -> Vec<Piece> {
        match self {
            Self::Text(words) => words_in(words, place),
            Self::Person(person) => person.pieces(place),
            Self::People(people) => {
                let mut all = Vec::new();
                for (at, person) in people.iter().enumerate() {
                    if at > 0 {
                        all.extend([Piece::char(','), Piece::char(' ')]);
                    }
                    all.extend(person.pieces(place));
                }
                all
            }
            Self::Time(at) if place == Place::Rich => vec![Piece::whole(format!("<t:{at}:R>"))],
            Self::Time(at) => words_in(&readable_utc(*at), Place::Plain),
            Self::Link(url) => match safe_url(url) {
                Some(url) => vec![Piece::whole(url)],
                None => words_in(url, place),
            },
        }
    }

    /// The value for use within an address.
    pub(crate) fn raw(&self) -> String {
        match self {
            Self::Text(words) | Self::Link(words) => words.clone(),
            Self::Person(person) => person.id.to_string(),
            Self::People(_) | Self::Time(_) => String::new(),
        }
    }
}

impl Person {
    fn pieces(&self, place: Place) -> Vec<Piece> {
        match place {
            Place::Rich => vec![Piece::person(self.id)],
            Place::Line | Place::Plain => words_in(&self.name, place),
        }
    }
}

/// Words as pieces: a character that could mean something to Discord goes with its backslash.
fn words_in(words: &str, place: Place) -> Vec<Piece> {
    let piece = |letter: char| {
        let letter = if letter == '\n' && place != Place::Rich { ' ' } else { letter };
        if letter != '\n' && is_unseen(letter) {
            None
        } else if place != Place::Plain && is_markup(letter) {
            Some(Piece::whole(format!("\\{letter}")))
        } else {
            Some(Piece::char(letter))
        }
    };
    words.replace("\r\n", "\n").chars().filter_map(piece).collect()
}

/// Control characters, and those that turn the direction of everything after them.
fn is_unseen(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() || turns
}

/// ASCII punctuation that begins Markdown, a mention, an emoji, a time or a link somewhere.
fn is_markup(letter: char) -> bool {
    letter.is_ascii_punctuation() && !matches!(letter, ',' | '!' | '?' | '\'' | '"' | ';' | '%' | '=' | '$')
}

/// An https address of at most 2048 characters, without what could end it early in a text.
pub(crate) fn safe_url(url: &str) -> Option<String> {
    let rest = url.trim().strip_prefix("https://")?;
    if rest.is_empty() || rest.chars().any(|letter| letter.is_whitespace() || is_unseen(letter)) {
        return None;
    }
    let mut safe = String::from("https://");
    for letter in rest.chars() {
        match letter {
            '(' | ')' | '<' | '>' | '[' | ']' | '\\' | '`' | '|' | '*' | '"' | '{' | '}' => {
                safe.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            other => safe.push(other),
        }
    }
    (safe.chars().count() <= 2048).then_some(safe)
}

/// `2026-11-23 21:05 UTC`
fn readable_utc(at: i64) -> String {
    let (year, month, day, second) = civil(at);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", second / 3600, second / 60 % 60)
}

/// `2026-11-23T21:05:09Z`
pub(crate) fn iso_utc(at: i64) -> String {
    let (year, month, day, second) = civil(at);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", second % 60)
}

/// Year, month, day and second of the day, from unix seconds of the years 0 to 9999; times
/// beyond are moved to the nearest. The year is counted from March, so that the day a leap year
/// adds comes last.
fn civil(at: i64) -> (i64, i64, i64, i64) {
    let at = at.clamp(-62_167_219_200, 253_402_300_799);
    let (days, second) = (at.div_euclid(86_400) + 719_468, at.rem_euclid(86_400));
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_the_date_they_are() {
        assert_eq!(iso_utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso_utc(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(iso_utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso_utc(1_795_462_987), "2026-11-23T19:43:07Z");
        assert_eq!(iso_utc(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(iso_utc(-1), "1969-12-31T23:59:59Z");
        assert_eq!(iso_utc(i64::MAX), "9999-12-31T23:59:59Z");
        assert_eq!(iso_utc(i64::MIN), "0000-01-01T00:00:00Z");
    }

    #[test]
    fn an_address_is_https_or_none_and_cannot_end_early() {
        assert_eq!(safe_url("https://a.b/c_(d)").as_deref(), Some("https://a.b/c_%28d%29"));
        for bad in ["", "http://a.b", "javascript:x", "https://", "https://a b", "https://a\u{202e}b"] {
            assert_eq!(safe_url(bad), None, "{bad:?}");
        }
        assert_eq!(safe_url(&format!("https://{}", "a".repeat(2041))), None);
    }
}
