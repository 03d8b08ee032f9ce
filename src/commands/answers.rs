//! What the bot answered to a command, written down in its row and in its row of the change log.
//!
//! The first answer holds. It comes as an event, and again from what the bot keeps in Redis.

use config_sync::Outcome;
use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, MessageMarker};
use uuid::Uuid;

use super::new;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, storable};
use crate::events::Event;
use crate::ids::{self, GuildId, Snowflake};
use crate::schema::{changes, commands};
use crate::{giveaways, panels};

/// A bot's reason is kept up to this many characters.
const LONGEST_REASON: usize = 500;

/// What an answer has changed: tell of both after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub guild: GuildId,
    pub command: String,
    /// Its row in the change log; there may be none.
    pub change: String,
    /// What it was about and has changed with it: a panel, or a giveaway.
    pub thing: Option<(Topic, String)>,
}

/// Takes a COMMAND_RESULT in, in the transaction of `conn`. None: nothing changed, because there is no such command
/// on this server, or it was answered already.
///
/// # Errors
/// As the database answers.
pub fn take(conn: &mut Conn, guild: GuildId, event: &Event, now: Millis) -> QueryResult<Option<Settled>> {
    let id = event.text("commandId").and_then(|text| Uuid::parse_str(text).ok());
    let (Some(id), Some(ok)) = (id, event.data.get("ok").and_then(serde_json::Value::as_bool)) else {
        return Ok(None);
    };
    let text = |name: &str| event.text(name).map(str::to_owned);
    let outcome = Outcome { ok, error: text("error"), channel_id: text("channelId"), message_id: text("messageId") };
    settle(conn, guild, id, &outcome, now)
}

/// Writes an answer down, in the transaction of `conn`.
///
/// # Errors
/// As the database answers.
pub fn settle(
    conn: &mut Conn,
    guild: GuildId,
    id: Uuid,
    outcome: &Outcome,
    now: Millis,
) -> QueryResult<Option<Settled>> {
    let error: Option<String> = (!outcome.ok).then(|| {
        let text = storable(outcome.error.as_deref().unwrap_or_default());
        text.chars().take(LONGEST_REASON).collect()
    });
    let channel: Option<Snowflake<ChannelMarker>> =
        outcome.channel_id.as_deref().and_then(ids::parse).map(Snowflake::from);
    let message: Option<Snowflake<MessageMarker>> =
        outcome.message_id.as_deref().and_then(ids::parse).map(Snowflake::from);
    let row =
        commands::table.filter(commands::id.eq(id.to_string()).and(commands::guild_id.eq(Snowflake::from(guild))));
    let answered = (
        commands::answered_at.eq(now),
        commands::ok.eq(outcome.ok),
        commands::error.eq(&error),
        commands::channel_id.eq(channel),
        commands::message_id.eq(message),
        commands::touched_at.eq(now),
    );
    if diesel::update(row.clone().filter(commands::answered_at.is_null())).set(answered).execute(conn)? == 0 {
        return Ok(None);
    }
    let (change, sent_at, body): (String, Option<Millis>, String) =
        row.clone().select((commands::change_id, commands::sent_at, commands::body)).first(conn)?;
    // What was answered is never sent again, so nobody needs its secret any more.
    if let Some(plain) = new::forget_secrets(&body) {
        diesel::update(row).set(commands::body.eq(plain)).execute(conn)?;
    }
    let told = changes::table.filter(changes::id.eq(&change).and(changes::guild_id.eq(Snowflake::from(guild))));
    let answered = (
        // The mark of having been sent may come a moment later.
        changes::published_at.eq(sent_at.unwrap_or(now)),
        changes::applied_at.eq(now),
        changes::rejected_reason.eq(&error),
        changes::touched_at.eq(now),
    );
    diesel::update(told).set(answered).execute(conn)?;
    let panel = if outcome.ok { panels::answered(conn, guild, id)? } else { None };
    let giveaway = giveaways::answered(conn, guild, id, now)?;
    let thing = panel.map(|id| (Topic::Panels, id)).or(giveaway.map(|id| (Topic::Giveaways, id)));
    Ok(Some(Settled { guild, command: id.to_string(), change, thing }))
}
