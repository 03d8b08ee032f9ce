//! A command to the bot: its envelope, and what a bot answers to it.
//!
//! What the types say more is in `orders`; that a command is done once is `obey`'s matter.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::orders::{NoOrder, Order};
use crate::record::Outcome;
use crate::{Event, GuildId};

/// A command larger than this is not read, in bytes of JSON.
const MAX_BYTES: usize = 512 * 1024;

/// What every command says, as it stands on the channel and on the stream. What its type says more stands beside
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandEnvelope {
    /// The type, `GIVEAWAY_END`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Made once for a command, kept when it is sent again: it is done once.
    pub command_id: Uuid,
    /// The guild.
    pub guild_id: GuildId,
    /// Where it is to happen, or the room it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<String>,
    /// The admin who gave it; none: the dashboard itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// When it was given, in unix milliseconds.
    pub timestamp: u64,
    /// From then on it is not done any more, in unix milliseconds.
    pub expires_at: u64,
}

/// A command as a bot's handler gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Who gave it, where, and until when it is in time.
    pub envelope: CommandEnvelope,
    /// What is to be done.
    pub order: Order,
}

/// It was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    channel_id: Option<String>,
    message_id: Option<String>,
}

/// `data` of COMMAND_RESULT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CommandResult {
    /// The command.
    pub command_id: Uuid,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The Discord application. The dashboard ignores another than its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub application_id: String,
}

/// A command as it was heard. `Err`: the code to answer without doing it.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) envelope: CommandEnvelope,
    pub(crate) order: Result<Order, &'static str>,
}

impl Command {
    /// A nonce for the message that the command posts: with `enforce_nonce`, Discord does not post a second one with
    /// the same nonce within some minutes. At most 25 characters, as Discord wants. A command that posts several
    /// messages gives each a part of its own; the first has part 0.
    #[must_use]
    pub fn nonce(&self, part: u8) -> String {
        nonce(self.envelope.command_id, part)
    }
}

fn nonce(id: Uuid, part: u8) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut number = id.as_u128().wrapping_add(u128::from(part));
    let mut text = Vec::with_capacity(25);
    while number > 0 || text.is_empty() {
        text.push(char::from(DIGITS[usize::try_from(number % 36).unwrap_or(0)]));
        number /= 36;
    }
    text.iter().rev().collect()
}

impl Done {
    /// It was done, and this message was posted: the dashboard links to it.
    pub fn posted(channel_id: impl ToString, message_id: impl ToString) -> Self {
        Self { channel_id: Some(channel_id.to_string()), message_id: Some(message_id.to_string()) }
    }
}

impl Outcome {
    pub(crate) fn done(done: Done) -> Self {
        Self { ok: true, error: None, channel_id: done.channel_id, message_id: done.message_id }
    }

    pub(crate) fn failed(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }

    pub(crate) fn event(self, of: &CommandEnvelope, application_id: &str) -> Event {
        let application_id = application_id.to_owned();
        let data = CommandResult { command_id: of.command_id, outcome: self, application_id };
        Event::about("COMMAND_RESULT", of.guild_id, &data)
    }
}

impl Heard {
    /// None: it is no command.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MAX_BYTES {
            return None;
        }
        let message: Value = serde_json::from_slice(bytes).ok()?;
        let envelope = CommandEnvelope::deserialize(&message).ok()?;
        let order = Order::read(&envelope.kind, message).map_err(|error| match error {
            NoOrder::Unknown => "unknown_command",
            NoOrder::Invalid => "invalid",
        });
        Some(Self { envelope, order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn heard(more: &Value) -> Option<Heard> {
        let mut message = json!({
            "type": "GIVEAWAY_END", "guildId": "5", "commandId": Uuid::nil(), "timestamp": 1, "expiresAt": 2,
            "userId": "9", "new": [1], "giveawayId": "g",
        });
        message.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        Heard::read(&serde_json::to_vec(&message).unwrap())
    }

    #[test]
    fn a_command_is_read_with_what_is_known_and_without_what_is_not() {
        let one = heard(&json!({})).unwrap();
        assert_eq!((one.envelope.guild_id, one.envelope.user_id.as_deref()), (GuildId(5), Some("9")));
        let Ok(Order::GiveawayEnd(order)) = one.order else { panic!("{:?}", one.order) };
        assert_eq!(order.giveaway_id, "g");
        assert_eq!(heard(&json!({ "type": "DANCE" })).unwrap().order, Err("unknown_command"));
        assert_eq!(heard(&json!({ "giveawayId": 7 })).unwrap().order, Err("invalid"));
        assert!(heard(&json!({ "commandId": "x" })).is_none(), "nobody could be answered");
        assert!(Heard::read(&vec![b' '; MAX_BYTES + 1]).is_none());
    }

    #[test]
    fn a_nonce_is_short_enough_for_discord_and_tells_commands_and_parts_apart() {
        for id in [Uuid::nil(), Uuid::max(), Uuid::now_v7()] {
            let nonces = [nonce(id, 0), nonce(id, 1)];
            assert!(nonces.iter().all(|nonce| (1..=25).contains(&nonce.len())), "{nonces:?}");
            assert_ne!(nonces[0], nonces[1]);
        }
        assert_ne!(nonce(Uuid::now_v7(), 0), nonce(Uuid::now_v7(), 0));
    }

    #[test]
    fn a_result_says_no_more_than_there_is_to_say() {
        let envelope = heard(&json!({})).unwrap().envelope;
        let event = Outcome::done(Done::posted(3, 4)).event(&envelope, "app");
        assert_eq!((event.kind.as_str(), event.guild_id), ("COMMAND_RESULT", GuildId(5)));
        let id = Uuid::nil();
        let expected =
            json!({ "commandId": id, "ok": true, "channelId": "3", "messageId": "4", "applicationId": "app" });
        assert_eq!(Value::Object(event.data), expected);
        let refused = Outcome::failed("not_found").event(&envelope, "");
        assert_eq!(Value::Object(refused.data), json!({ "commandId": id, "ok": false, "error": "not_found" }));
    }
}
