//! What the example bot does when it is told to: it posts in the stand-in's world where a message is to be posted, and
//! of everything else it only says that it was done.

use config_sync::{Command, Done, Order, Values};
use discord_standin::permissions::{self, SEND_MESSAGES};
use discord_standin::world::{PostedMessage, World};
use discord_standin::{Id, WorldHandle};
use serde_json::{Value, json};

/// To who takes no direct messages nothing can be sent.
pub(crate) const CLOSED: &str = "You do not take direct messages from this server. Allow them in its privacy settings.";

/// Does what a command says; without a world it only says so.
///
/// # Errors
/// A code of the protocol.
pub fn obey(command: &Command, world: Option<&WorldHandle>) -> Result<Done, &'static str> {
    let Some(world) = world else { return Ok(Done::default()) };
    world.edit(|world| match &command.order {
        Order::SendPanel(panel) => {
            let words = panel.custom_embed.as_ref();
            let title = words.and_then(|words| words.title.clone()).unwrap_or_else(|| panel.panel_type.clone());
            let text = words.and_then(|words| words.description.clone()).unwrap_or_default();
            post(world, command, json!({ "title": title, "description": text }))
        }
        Order::TicketPanel(panel) => match panel.message_id.as_deref().map(number) {
            Some(message) => post_again(world, message, json!(panel.embed)),
            None => post(world, command, json!(panel.embed)),
        },
        Order::PanelRemove(panel) => {
            let (message, before) = (number(&panel.message_id), world.messages.len());
            world.messages.retain(|posted| posted.id != message);
            if world.messages.len() < before { Ok(Done::default()) } else { Err("not_found") }
        }
        Order::GiveawayCreate(giveaway) => {
            post(world, command, json!({ "title": giveaway.prize, "footer": { "text": giveaway.ends_at } }))
        }
        Order::SendTest(test) => {
            let person = command.envelope.user_id.as_deref().map(number).ok_or("invalid")?;
            let body = json!(test.render(Values::at(0)).ok_or("invalid")?);
            if world.closed_to_direct.contains(&person) {
                return Err(CLOSED);
            }
            let channel = world.direct_channel(person).ok_or("not_found")?;
            Ok(put(world, command, channel, body))
        }
        _ => Ok(Done::default()),
    })
}

fn post(world: &mut World, command: &Command, embed: Value) -> Result<Done, &'static str> {
    let channel = command.envelope.channel_id.as_deref().map(number).ok_or("unknown_channel")?;
    let bot = world.application.bot.id;
    let (guild, found) = world.channel(channel).ok_or("unknown_channel")?;
    if guild.id.0 != command.envelope.guild_id.get() || !permissions::bot_sees(world, guild, found) {
        return Err("unknown_channel");
    }
    if permissions::in_channel(world, guild, found, bot) & SEND_MESSAGES == 0 {
        return Err("missing_permissions");
    }
    Ok(put(world, command, channel, json!({ "embeds": [embed] })))
}

/// As Discord does with `enforce_nonce`: the same nonce is the same message.
fn put(world: &mut World, command: &Command, channel: Id, mut body: Value) -> Done {
    let nonce = json!(command.nonce(0));
    let known = world.messages.iter().find(|posted| posted.channel_id == channel && posted.body["nonce"] == nonce);
    if let Some(known) = known {
        return Done::posted(channel, known.id);
    }
    (body["nonce"], body["enforce_nonce"]) = (nonce, json!(true));
    let message = PostedMessage { id: world.new_id(), channel_id: channel, body, at_ms: world.now_ms() };
    let done = Done::posted(channel, message.id);
    world.messages.push(message);
    done
}

fn post_again(world: &mut World, message: Id, embed: Value) -> Result<Done, &'static str> {
    let posted = world.messages.iter_mut().find(|posted| posted.id == message).ok_or("not_found")?;
    posted.body["embeds"] = json!([embed]);
    Ok(Done::posted(posted.channel_id, posted.id))
}

/// What is no id is nobody's.
fn number(id: &str) -> Id {
    Id(id.parse().unwrap_or_default())
}
