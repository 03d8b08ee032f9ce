//! Somebody who is forgotten: their playlists are the server's, and stay there under a number.

use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::schema::playlists;

/// Puts `number` in the place of somebody who made playlists. The bot gets to know it when the two are compared next,
/// which a new revision is enough for; nothing that people have set is another than before.
///
/// # Errors
/// As the database answers.
pub fn forget(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<usize> {
    let theirs = || playlists::table.filter(playlists::owner_id.eq(Snowflake::from(user)));
    let kept: Vec<(Snowflake<GuildMarker>, String, i64)> = theirs()
        .filter(playlists::deleted.eq(false))
        .select((playlists::guild_id, playlists::id, playlists::revision))
        .load(conn)?;
    for (guild, id, revision) in &kept {
        let raised = revision.saturating_add(1).max(now);
        diesel::update(playlists::table.find((guild, id))).set(playlists::revision.eq(raised)).execute(conn)?;
    }
    let nobody = (playlists::owner_id.eq(Snowflake::from(number)), playlists::owner_name.eq(number.to_string()));
    diesel::update(theirs()).set(nobody).execute(conn)
}
