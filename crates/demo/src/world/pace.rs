//! How much happens by itself.

use std::str::FromStr;
use std::time::Duration;

/// How often something happens that nobody has asked for. What is due (a giveaway that ends) happens at any pace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// A few things a minute.
    #[default]
    Calm,
    /// One every few seconds.
    Lively,
    /// Many a second.
    Wild,
    /// Nothing.
    Off,
}

impl Pace {
    pub const ALL: [Self; 4] = [Self::Calm, Self::Lively, Self::Wild, Self::Off];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Lively => "lively",
            Self::Wild => "wild",
            Self::Off => "off",
        }
    }

    /// Between two things that happen, on average; none: nothing happens.
    #[must_use]
    pub const fn gap(self) -> Option<Duration> {
        match self {
            Self::Calm => Some(Duration::from_secs(15)),
            Self::Lively => Some(Duration::from_secs(3)),
            Self::Wild => Some(Duration::from_millis(100)),
            Self::Off => None,
        }
    }

    /// How long a giveaway lasts that somebody starts in Discord, at least and at most, in milliseconds.
    pub(super) const fn giveaway_lasts(self) -> (u64, u64) {
        match self {
            Self::Calm | Self::Off => (4 * 60_000, 20 * 60_000),
            Self::Lively => (60_000, 4 * 60_000),
            Self::Wild => (10_000, 40_000),
        }
    }
}

impl FromStr for Pace {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|pace| pace.as_str() == word);
        known.ok_or_else(|| "calm, lively, wild or off".to_owned())
    }
}
