//! What happens on the servers, as rows: each event of the bot changes them in the transaction of the caller.
//!
//! An event is about one thing of one server, keyed by both: a server's id in it is believed, and nothing here grants
//! anything. Repeats and any order of events end in the same rows (`events::order` says how). Pages read the rows by
//! themselves; how events come here is `live`'s matter.
//!
//! A thing that is closed with an `entry_ms` of 0 was closed by nobody: the bot said what is open, and it was missing.
//! Any later sign of it opens it again.

mod activities;
mod confirmation;
mod feed_only;
mod forgetting;
mod giveaways;
mod happening;
pub mod old_tickets;
pub mod rating_counts;
mod ratings;
mod recounting;
mod rooms;
mod state;
mod tickets;
mod tracks;
pub mod transcripts;
mod winners;

pub use activities::Activity;
pub use confirmation::may_ask;
pub use forgetting::{Left, forget_some};
pub use recounting::Recounting;
pub use transcripts::{Attachment, Embed, EmbedField, Message as TranscriptMessage};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use crate::changes::news::Told;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::events::Arrived;
use crate::ids::GuildId;
use happening::{Happening, Verdict};

/// What became of an event.
#[derive(Debug)]
pub enum Outcome {
    /// Open pages are to be told of this, after the commit.
    Taken(Vec<Told>),
    /// It lacks what its type must say.
    Malformed,
    /// Nothing here knows its type.
    Unknown,
}

type Taking = fn(&mut Conn, &mut Happening<'_>) -> QueryResult<Verdict>;

/// Which room takes which event.
fn taking(kind: &str) -> Option<Taking> {
    Some(match kind {
        "GIVEAWAY_START" | "GIVEAWAY_CREATE" | "GIVEAWAY_ENTRY" | "GIVEAWAY_UPDATE" | "GIVEAWAY_END"
        | "GIVEAWAY_REROLL" | "GIVEAWAY_CANCEL" => giveaways::take,
        "TICKET_CREATE" | "TICKET_CLAIM" | "TICKET_CLOSE" | "TICKET_REOPEN" | "TICKET_DELETE" => tickets::take,
        "TICKET_TRANSCRIPT" => transcripts::take,
        "TICKET_RATING" => ratings::take,
        "VOICE_ROOM_CREATE" | "VOICE_ROOM_UPDATE" | "VOICE_ROOM_DELETE" => rooms::take,
        "TRACK_START" | "QUEUE_END" => tracks::take,
        "STATE" => state::take,
        "MEMBER_JOIN" | "MEMBER_LEAVE" | "XP_GAIN" | "LEVEL_UP" | "MOD_ACTION" | "SETTINGS_UPDATE" | "GUILD_JOIN"
        | "GUILD_LEAVE" => feed_only::take,
        _ => return None,
    })
}

/// Whether events of a type change a row here.
pub fn knows(kind: &str) -> bool {
    taking(kind).is_some()
}

/// Takes one event in. Call it in a transaction, after [`one_at_a_time`].
///
/// # Errors
/// As the database answers.
pub fn take(conn: &mut Conn, arrived: &Arrived, now: Millis) -> Result<Outcome, DbError> {
    let Some(taking) = taking(&arrived.event.kind) else { return Ok(Outcome::Unknown) };
    let Some(guild) = arrived.event.guild else { return Ok(Outcome::Malformed) };
    let mut happening = Happening::new(arrived, guild, now);
    Ok(match taking(conn, &mut happening)? {
        Verdict::Taken => Outcome::Taken(happening.into_told()),
        Verdict::Malformed => Outcome::Malformed,
    })
}

/// Events of one server are taken in one after the other, also by several instances: until the transaction ends.
/// SQLite has but one writer anyway.
///
/// # Errors
/// As the database answers.
pub fn one_at_a_time(conn: &mut Conn, guilds: impl Iterator<Item = GuildId>) -> QueryResult<()> {
    let Conn::Postgres(conn) = conn else { return Ok(()) };
    // Always in the same order: two instances that wait for each other would wait for ever.
    let mut guilds: Vec<i64> = guilds.map(|guild| guild.get().cast_signed()).collect();
    guilds.sort_unstable();
    guilds.dedup();
    diesel::sql_query("SELECT pg_advisory_xact_lock(guild) FROM unnest($1) AS guild")
        .bind::<Array<BigInt>, _>(guilds)
        .execute(conn)?;
    Ok(())
}
