//! Settings that were brought and wait for a yes: kept for an hour, one a person and server, because a page cannot
//! hold two megabytes and what was shown must be what is saved.

use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::on_each;
use crate::schema::carried_settings as kept;

const HOUR: Millis = 60 * 60 * 1000;

/// Who brings settings to which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct For {
    pub user: UserId,
    pub guild: GuildId,
}

/// Keeps a file, in the place of an older one; answers what the preview calls it.
///
/// # Errors
/// As [`Db::write`].
pub(super) async fn keep(
    db: &Db,
    clock: &Clock,
    whose: For,
    source: Option<GuildId>,
    text: String,
) -> Result<String, DbError> {
    let (now, id) = (clock.now(), Uuid::new_v4().to_string());
    db.write(move |conn| {
        diesel::delete(kept::table.filter(kept::created_at.le(now - HOUR))).execute(conn)?;
        let content = (
            kept::id.eq(&id),
            kept::source_id.eq(source.map(Snowflake::from)),
            kept::body.eq(&text),
            kept::created_at.eq(now),
        );
        let row =
            (kept::user_id.eq(Snowflake::from(whose.user)), kept::guild_id.eq(Snowflake::from(whose.guild)), content);
        on_each!(conn, c => diesel::insert_into(kept::table)
            .values(row)
            .on_conflict((kept::user_id, kept::guild_id))
            .do_update()
            .set(content)
            .execute(c))?;
        Ok(id)
    })
    .await
}

/// The file of a preview; none: another one has taken its place, or the hour is over.
///
/// # Errors
/// As [`Db::run`].
pub(super) async fn find(
    db: &Db,
    clock: &Clock,
    whose: For,
    source: Option<GuildId>,
    id: String,
) -> Result<Option<String>, DbError> {
    let now = clock.now();
    db.run(move |conn| {
        let row = kept::table.find((Snowflake::from(whose.user), Snowflake::from(whose.guild)));
        let found: Option<(Option<Snowflake<twilight_model::id::marker::GuildMarker>>, String)> = row
            .filter(kept::id.eq(id).and(kept::created_at.gt(now - HOUR)))
            .select((kept::source_id, kept::body))
            .first(conn)
            .optional()?;
        Ok(found.filter(|(from, _)| *from == source.map(Snowflake::from)).map(|(_, text)| text))
    })
    .await
}

/// It was saved: in the transaction of the save.
///
/// # Errors
/// As the database answers.
pub(super) fn discard(conn: &mut Conn, whose: For) -> Result<(), DbError> {
    let row = kept::table.find((Snowflake::from(whose.user), Snowflake::from(whose.guild)));
    diesel::delete(row).execute(conn)?;
    Ok(())
}
