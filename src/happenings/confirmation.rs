//! When the bot last said all that is open on a server, and when it was last asked to.

use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::confirmations;

/// The bot has said all that is open.
pub(super) fn confirm(conn: &mut Conn, guild: Snowflake<GuildMarker>, at: Millis) -> QueryResult<()> {
    make_row(conn, guild)?;
    let row = confirmations::table.filter(confirmations::guild_id.eq(guild).and(confirmations::confirmed_at.lt(at)));
    diesel::update(row).set(confirmations::confirmed_at.eq(at)).execute(conn)?;
    Ok(())
}

/// Whether the bot may be asked what is open: the last time was not confirmed since `confirmed_before`, and nobody has
/// asked within `pause`. It counts as asked then.
///
/// # Errors
/// As the database answers.
pub fn may_ask(
    conn: &mut Conn,
    guild: GuildId,
    now: Millis,
    pause: Millis,
    confirmed_before: Millis,
) -> QueryResult<bool> {
    let guild = Snowflake::from(guild);
    make_row(conn, guild)?;
    let row = confirmations::table
        .filter(confirmations::guild_id.eq(guild))
        .filter(confirmations::asked_at.le(now - pause).and(confirmations::confirmed_at.lt(confirmed_before)));
    Ok(diesel::update(row).set(confirmations::asked_at.eq(now)).execute(conn)? == 1)
}

fn make_row(conn: &mut Conn, guild: Snowflake<GuildMarker>) -> QueryResult<()> {
    let row =
        (confirmations::guild_id.eq(guild), confirmations::confirmed_at.eq(0_i64), confirmations::asked_at.eq(0_i64));
    crate::on_each!(conn, c => diesel::insert_into(confirmations::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
