//! What happens on the servers, as rows: each event of the bot changes them in the transaction of the caller.
//!
//! An event is about one thing of one server, keyed by both: a server's id in it is believed, and nothing here grants
//! anything. Repeats and any order of events end in the same rows (`events::order` says how). Pages read the rows by
//! themselves; how events come here is `live`'s matter.

use diesel::prelude::*;

use crate::changes::news::Told;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::events::Arrived;
use crate::ids::GuildId;

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

/// Whether events of a type change a row here.
pub fn knows(_kind: &str) -> bool {
    false
}

/// Takes one event in. Call it in a transaction, after [`one_at_a_time`].
///
/// # Errors
/// As the database answers.
pub fn take(_conn: &mut Conn, _arrived: &Arrived, _now: Millis) -> Result<Outcome, DbError> {
    Ok(Outcome::Unknown)
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
    for guild in guilds {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(guild)
            .execute(conn)?;
    }
    Ok(())
}
