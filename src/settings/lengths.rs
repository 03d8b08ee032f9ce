//! Lengths of time as people read them: 2160 minutes are "1 day 12 hours".

use crate::web::words::{Message, Words};

/// What stands behind a field of a length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// The unit that is typed, as ECMAScript's `Intl` names it.
    pub unit: &'static str,
    /// The stored number in words; None when the number itself says it as well.
    pub said: Option<String>,
}

/// Seconds of each unit, the longest first; as in forms, for `Intl`, and the key of a number of them.
const UNITS: [(i64, &str, &str, &str); 4] = [
    (86_400, "days", "day", "amount-days"),
    (3_600, "hours", "hour", "amount-hours"),
    (60, "minutes", "minute", "amount-minutes"),
    (1, "seconds", "second", "amount-seconds"),
];

impl Length {
    /// `unit` as in a form: minutes. Nothing if it is not a unit of time.
    pub fn of(value: &str, unit: &str, words: &Words) -> Option<Self> {
        let (seconds, _, name, _) = *UNITS.iter().find(|(_, plural, ..)| *plural == unit)?;
        let parts = value.trim().parse().ok().and_then(|count| parts(count, seconds)).unwrap_or_default();
        let said = |parts: &[(i64, &'static str)]| {
            let all = parts.iter().map(|(count, key)| words.say(&Message::new(*key).number("count", *count)));
            all.reduce(|first, second| {
                words.say(&Message::new("length-parts").text("first", first).text("second", second))
            })
        };
        Some(Self { unit: name, said: said(&parts) })
    }
}

/// A number of units of so many seconds in the longest units there are; nothing if that says no more.
fn parts(count: i64, seconds: i64) -> Option<Vec<(i64, &'static str)>> {
    let total = count.checked_mul(seconds).filter(|total| *total > 0)?;
    let mut rest = total;
    let mut parts = Vec::new();
    let mut is_same = false;
    for (each, _, _, key) in UNITS {
        if rest >= each {
            parts.push((rest / each, key));
            is_same = each == seconds && rest == total;
            rest %= each;
        }
    }
    (!is_same).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_in_the_longest_units_unless_the_number_says_it_already() {
        for (value, unit, said) in [
            ("2160", "minutes", Some("1 day 12 hours")),
            ("90", "seconds", Some("1 minute 30 seconds")),
            ("60", "minutes", Some("1 hour")),
            ("90061", "seconds", Some("1 day 1 hour 1 minute 1 second")),
            ("48", "hours", Some("2 days")),
            ("30", "minutes", None),
            ("400", "days", None),
            ("0", "minutes", None),
            ("-5", "minutes", None),
            ("soon", "minutes", None),
            ("9223372036854775807", "minutes", None),
        ] {
            let length = Length::of(value, unit, &Words::default()).unwrap();
            assert_eq!(length.said.as_deref(), said, "{value} {unit}");
        }
        assert_eq!(Length::of("90", "percent", &Words::default()), None);
    }
}
