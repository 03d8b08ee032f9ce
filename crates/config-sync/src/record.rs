//! What stands under `bot:command:{commandId}`: a bot's claim, and later its result.

use serde::{Deserialize, Serialize};

/// What came of a command, as the bot answers it: `data` of COMMAND_RESULT but for the command's id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Whether it was done.
    pub ok: bool,
    /// Why it was not done: a code of the protocol, or the bot's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where a message was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<String>,
    /// The message that was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

/// The value of `bot:command:{commandId}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandRecord {
    /// The process that has claimed the command.
    pub bot_id: String,
    /// Made anew at each start of a process: tells its claims from those of its earlier lives.
    #[serde(default)]
    pub life: String,
    /// When it was claimed, in unix milliseconds by that process's clock.
    pub at: u64,
    /// What came of it; none while it is being done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
}
