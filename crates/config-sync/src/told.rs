//! What stands in `data` of the events this crate sends and the dashboard acts upon.
//!
//! Events that a bot composes itself, and the envelope, are not here.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ModuleName;

/// `CONFIG_APPLIED`: the settings of this revision, and of every earlier one, are settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigApplied {
    /// The module.
    pub module: ModuleName,
    /// The revision.
    pub revision: u64,
    /// The Discord application. The dashboard ignores another than its own.
    pub application_id: String,
    /// The bot process.
    pub bot_id: String,
    /// The shard the guild belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<u64>,
    /// How long the handler took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
}

/// `CONFIG_REJECTED`: the settings of this revision are not in force in the bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigRejected {
    /// The module.
    pub module: ModuleName,
    /// The revision.
    pub revision: u64,
    /// The Discord application. The dashboard ignores another than its own.
    pub application_id: String,
    /// The bot process.
    pub bot_id: String,
    /// The shard the guild belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<u64>,
    /// Why, for the admin to read.
    pub reason: String,
}

/// `SETTINGS_UPDATE`: what a running bot works with. Fills a module that was never saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingsUpdate {
    /// The module.
    pub module: ModuleName,
    /// The settings, camelCase.
    pub settings: Value,
}

/// `GUILD_CHANGED`: something is to be asked of Discord anew. It grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GuildChanged {
    /// What has changed.
    pub what: Changed,
    /// Whose membership, for `member`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// What can change on a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Changed {
    /// Roles, or their rights.
    Roles,
    /// Channels, or the rights in them.
    Channels,
    /// Emojis.
    Emojis,
    /// A member's roles, or that there is such a member.
    Member,
}

/// `BOT_READY` and `BOT_HEARTBEAT`: the process is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BotPresence {
    /// The Discord application.
    pub application_id: String,
    /// The bot process.
    pub bot_id: String,
    /// How many shards the bot runs as a whole.
    pub shard_count: u64,
    /// Those of this process.
    pub shards: Vec<u64>,
    /// How many guilds this process has.
    pub guilds: u64,
    /// The bot's own version.
    pub version: String,
    /// The version of the protocol: 1.
    pub protocol: u32,
    /// Whether it answers changes with `CONFIG_APPLIED` and `CONFIG_REJECTED`.
    pub acks: bool,
}
