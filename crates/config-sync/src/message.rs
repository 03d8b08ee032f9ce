//! The message of a changed setting, and the record of what a bot applied: their wire form.
//!
//! How they get to the other side is the publisher's and the subscriber's matter.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{GuildId, ModuleName};

/// The largest revision there can be, 2^53 − 1: the last number below which JavaScript and Lua
/// lose no digit.
pub const MAX_REVISION: u64 = (1 << 53) - 1;

/// What happened to a module's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Action {
    /// The first save, or the first after a reset.
    Create,
    /// A later save. Receivers treat it like [`Action::Create`].
    Update,
    /// A reset: the settings carried are the defaults.
    Delete,
}

/// One change of one module's settings in one guild, as it stands on the channels and in the
/// snapshot. Fields that are not known are ignored on reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigMessage {
    /// The guild.
    pub guild_id: GuildId,
    /// The module.
    pub module: ModuleName,
    /// What happened.
    pub action: Action,
    /// When it was committed, in unix milliseconds. Nothing is ordered by it.
    pub timestamp: u64,
    /// The settings themselves. Absent in messages of senders that know five fields only: the
    /// receiver then reads the snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<ConfigData>,
}

/// The settings after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigData {
    /// Grows with every change of a (guild, module); at most [`MAX_REVISION`].
    pub revision: u64,
    /// Counts the settings' shape.
    #[serde(default)]
    pub schema: u32,
    /// The camelCase names of what changed.
    #[serde(default)]
    pub changed: Vec<String>,
    /// All settings, camelCase. An absent one has its default.
    #[serde(default)]
    pub settings: Value,
}

impl ConfigMessage {
    /// The revision, if the message carries one that is allowed (1 to [`MAX_REVISION`]).
    #[must_use]
    pub fn revision(&self) -> Option<u64> {
        let revision = self.data.as_ref()?.revision;
        (1..=MAX_REVISION).contains(&revision).then_some(revision)
    }

    /// Reads the settings as a type of the caller's.
    ///
    /// # Errors
    /// When there is no `data`, or the settings do not fit the type.
    pub fn settings<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        match &self.data {
            Some(data) => T::deserialize(&data.settings),
            None => Err(serde::de::Error::missing_field("data")),
        }
    }
}

/// What a bot did with the settings of a (guild, module): the value under
/// `bot:config:applied:{guildId}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Applied {
    /// The last revision applied, 0 for none yet.
    pub revision: u64,
    /// When the last of the two happened, in unix milliseconds by the bot's clock.
    pub at: u64,
    /// The bot process that wrote this.
    #[serde(default)]
    pub bot_id: String,
    /// The shard the guild belongs to, if the bot said so.
    #[serde(default)]
    pub shard: Option<u64>,
    /// The last revision refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected: Option<u64>,
    /// Why it was refused, in the bot's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Now, in unix milliseconds; 0 with a clock before 1970.
#[must_use]
pub fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| u64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message() -> ConfigMessage {
        ConfigMessage {
            guild_id: GuildId(816_370_501_973_721_107),
            module: ModuleName::MUSIC,
            action: Action::Update,
            timestamp: 1_795_462_987_711,
            data: Some(ConfigData {
                revision: 1_795_462_987_710,
                schema: 1,
                changed: vec!["defaultVolume".to_owned()],
                settings: json!({ "defaultVolume": 70 }),
            }),
        }
    }

    #[test]
    fn a_message_is_these_bytes() {
        assert_eq!(
            serde_json::to_string(&message()).unwrap(),
            concat!(
                r#"{"guildId":"816370501973721107","module":"MUSIC","action":"update","#,
                r#""timestamp":1795462987711,"data":{"revision":1795462987710,"schema":1,"#,
                r#""changed":["defaultVolume"],"settings":{"defaultVolume":70}}}"#
            )
        );
    }

    #[test]
    fn a_message_reads_back_as_it_was_written() {
        let bytes = serde_json::to_vec(&message()).unwrap();
        assert_eq!(serde_json::from_slice::<ConfigMessage>(&bytes).unwrap(), message());
    }

    #[test]
    fn five_fields_are_a_message_and_unknown_ones_are_ignored() {
        let text = r#"{"x":1,"guildId":"1","module":"MUSIC","action":"delete","timestamp":2}"#;
        let read: ConfigMessage = serde_json::from_str(text).unwrap();
        assert_eq!((read.action, read.data.clone(), read.revision()), (Action::Delete, None, None));
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r#"{"guildId":"1","module":"MUSIC","action":"delete","timestamp":2}"#
        );
    }

    #[test]
    fn a_revision_of_nothing_or_beyond_the_largest_is_none() {
        let with = |revision| {
            let mut message = message();
            message.data.as_mut().unwrap().revision = revision;
            message.revision()
        };
        assert_eq!(with(0), None);
        assert_eq!(with(MAX_REVISION), Some(MAX_REVISION));
        assert_eq!(with(MAX_REVISION + 1), None);
    }

    #[test]
    fn what_was_applied_is_these_bytes() {
        let applied = Applied { revision: 3, at: 4, bot_id: "b".to_owned(), ..Applied::default() };
        assert_eq!(serde_json::to_string(&applied).unwrap(), r#"{"revision":3,"at":4,"botId":"b","shard":null}"#);
    }
}
