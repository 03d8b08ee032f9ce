//! What came of telling the bot of a new giveaway: one that it refused, or never heard of, has not begun.

use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::Millis;
use crate::commands::Kind;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::{commands, giveaways};

/// The bot does not know itself whether it was done: what it says of the giveaway decides.
const UNKNOWN: &str = "unknown_outcome";

/// Takes over what came of a command, in the transaction that settles it: nothing, if it was about something else, or
/// the bot has spoken of the giveaway itself. Gives the giveaway's id. One that is made after all, by a repetition, is
/// planned again.
///
/// # Errors
/// As the database answers.
pub fn answered(conn: &mut Conn, guild: GuildId, command: Uuid, now: Millis) -> QueryResult<Option<String>> {
    type Settled = (String, Option<bool>, Option<String>, bool);
    let row: Option<Settled> = commands::table
        .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::id.eq(command.to_string())))
        .filter(commands::kind.eq(Kind::GiveawayCreate.wire_name()))
        .select((commands::about, commands::ok, commands::error, commands::expired))
        .first(conn)
        .optional()?;
    let Some((id, ok, error, expired)) = row else { return Ok(None) };
    let (was, is, closed_at) = match ok {
        Some(true) => ("cancelled", "scheduled", None),
        Some(false) if error.as_deref() != Some(UNKNOWN) => ("scheduled", "cancelled", Some(now)),
        None if expired => ("scheduled", "cancelled", Some(now)),
        _ => return Ok(None),
    };
    let giveaway = giveaways::table
        .filter(giveaways::guild_id.eq(Snowflake::from(guild)).and(giveaways::id.eq(&id)))
        .filter(giveaways::state.eq(was).and(giveaways::seen_at.eq(0)).and(giveaways::entry_ms.eq(0)));
    let values = (giveaways::state.eq(is), giveaways::closed_at.eq(closed_at), giveaways::touched_at.eq(now));
    let changed = diesel::update(giveaway).set(values).execute(conn)?;
    Ok((changed > 0).then_some(id))
}
