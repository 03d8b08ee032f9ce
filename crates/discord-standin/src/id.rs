//! Discord's ids: unsigned 64-bit numbers that are JSON strings on the wire.
//! Nothing here knows what an id points at.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds between the Unix epoch and the first second of 2015, where snowflakes begin.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// A snowflake. Always a string in JSON: numbers above 2^53 lose digits in browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// The first id of a given moment, with a counter to tell several apart.
    pub fn at(unix_ms: u64, counter: u64) -> Id {
        Id((unix_ms.saturating_sub(DISCORD_EPOCH_MS) << 22) | (counter & 0x3f_ffff))
    }

    /// When this id was made, in milliseconds since the Unix epoch.
    pub fn created_ms(self) -> u64 {
        (self.0 >> 22) + DISCORD_EPOCH_MS
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Id, NotAnId> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let canonical = digits && (text == "0" || !text.starts_with('0'));
        if !canonical {
            return Err(NotAnId);
        }
        text.parse().map(Id).map_err(|_| NotAnId)
    }
}

/// The text is not a decimal snowflake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a snowflake")
    }
}

impl std::error::Error for NotAnId {}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        assert_eq!(Id(445518183798022151).created_ms(), 1526290212345);
        assert_eq!(Id(816370501973721107).created_ms(), 1614708295101);
    }

    #[test]
    fn only_plain_digits_are_an_id() {
        assert_eq!("816370501973721107".parse(), Ok(Id(816370501973721107)));
        for wrong in ["", "012", "-1", "12a", " 12", "99999999999999999999"] {
            assert_eq!(wrong.parse::<Id>(), Err(NotAnId), "{wrong}");
        }
    }
}
