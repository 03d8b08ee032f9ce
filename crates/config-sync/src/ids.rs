//! The two names every message is filed under: a guild's id and a module's wire name.
//!
//! Only their form is judged here. Whether a guild exists, or a module is one of the
//! dashboard's, is for others to say.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A Discord server's id. In JSON it is a string of digits, because a number would lose digits
/// in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GuildId(pub u64);

/// A text that is no guild id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a guild id is 1 to 20 digits without a sign or leading zeros, below 2^64")]
pub struct BadGuildId;

impl GuildId {
    /// The number itself.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// The shard that Discord gives this guild to, when a bot runs `shard_count` of them.
    /// A count of 0 is taken as 1.
    #[must_use]
    pub fn shard(self, shard_count: u64) -> u64 {
        (self.0 >> 22) % shard_count.max(1)
    }
}

impl fmt::Display for GuildId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for GuildId {
    type Err = BadGuildId;

    /// Strict: digits only, no sign, no leading zero (but "0" itself, which stands for the bot
    /// as a whole in heartbeats), below 2^64.
    fn from_str(text: &str) -> Result<Self, BadGuildId> {
        let digits_only = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let padded = text.len() > 1 && text.starts_with('0');
        if !digits_only || padded {
            return Err(BadGuildId);
        }
        text.parse().map(Self).map_err(|_| BadGuildId)
    }
}

impl From<u64> for GuildId {
    fn from(id: u64) -> Self {
        Self(id)
    }
}

impl Serialize for GuildId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GuildId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A module's name as it travels: UPPERCASE, 1 to 32 of `A–Z`, `0–9` and `_`, first a letter.
///
/// `CONFIG_UPDATE` and `UPDATE` are refused: the first is a name the protocol forbids, the second
/// would give a module the channel on which every message is repeated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleName(Cow<'static, str>);

/// A text that is no module name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a module name is 1 to 32 of A–Z, 0–9 and _, begins with a letter, and is neither UPDATE nor CONFIG_UPDATE")]
pub struct BadModuleName;

impl ModuleName {
    /// Rooms that members make by joining a channel.
    pub const TEMPVOICE: Self = Self(Cow::Borrowed("TEMPVOICE"));
    /// Giveaways.
    pub const GIVEAWAY: Self = Self(Cow::Borrowed("GIVEAWAY"));
    /// Support tickets.
    pub const TICKETS: Self = Self(Cow::Borrowed("TICKETS"));
    /// The music player.
    pub const MUSIC: Self = Self(Cow::Borrowed("MUSIC"));

    /// Takes a name that passes the rules above.
    ///
    /// # Errors
    /// [`BadModuleName`] for any other text, lower case included.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Result<Self, BadModuleName> {
        let name = name.into();
        let lettered = name.starts_with(|first: char| first.is_ascii_uppercase());
        let plain = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        let taken = matches!(name.as_ref(), "UPDATE" | "CONFIG_UPDATE");
        if lettered && plain && !taken && name.len() <= 32 { Ok(Self(name)) } else { Err(BadModuleName) }
    }

    /// The name as it stands in messages, `TEMPVOICE`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the module's channel, `tempvoice`.
    #[must_use]
    pub fn channel_suffix(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for ModuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ModuleName {
    type Err = BadModuleName;

    fn from_str(text: &str) -> Result<Self, BadModuleName> {
        Self::new(text.to_owned())
    }
}

impl Serialize for ModuleName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ModuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guild_id_travels_as_a_string_of_digits() {
        let id = GuildId(816_370_501_973_721_107);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, r#""816370501973721107""#);
        assert_eq!(serde_json::from_str::<GuildId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<GuildId>("816370501973721107").is_err());
    }

    #[test]
    fn what_is_not_plain_digits_is_no_guild_id() {
        for bad in ["", "+1", "-1", "01", " 1", "1 ", "1e3", "x", "18446744073709551616", "١"] {
            assert_eq!(bad.parse::<GuildId>(), Err(BadGuildId), "{bad:?}");
        }
        assert_eq!("0".parse::<GuildId>(), Ok(GuildId(0)));
        assert_eq!("18446744073709551615".parse::<GuildId>(), Ok(GuildId(u64::MAX)));
    }

    #[test]
    fn a_module_name_is_upper_case_and_never_a_reserved_word() {
        for bad in ["", "music", "Music", "_MUSIC", "MUSIC:X", "CONFIG_UPDATE", "UPDATE", "Ü"] {
            assert_eq!(ModuleName::new(bad), Err(BadModuleName), "{bad:?}");
        }
        assert_eq!(ModuleName::new("A".repeat(33)), Err(BadModuleName));
        assert_eq!("MUSIC".parse::<ModuleName>(), Ok(ModuleName::MUSIC));
        assert_eq!(ModuleName::TEMPVOICE.channel_suffix(), "tempvoice");
    }
}
