//! Somebody who is forgotten: their playlists are the server's, and stay there under a number.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::on_each;

/// The revision is raised in the statement itself: what somebody saves at the same time is neither lost nor set back.
const NAMELESS: &str = "\
    UPDATE playlists SET owner_id = $1, owner_name = $2,
    revision = CASE WHEN deleted = TRUE THEN revision WHEN revision < $3 THEN $3 ELSE revision + 1 END
    WHERE owner_id = $4";

/// Puts `number` in the place of somebody who made playlists. The bot gets to know it when the two are compared next,
/// which a new revision is enough for; nothing that people have set is another than before.
///
/// # Errors
/// As the database answers.
pub fn forget(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<usize> {
    let query = || {
        diesel::sql_query(NAMELESS)
            .bind::<BigInt, _>(Snowflake::from(number))
            .bind::<Text, _>(number.to_string())
            .bind::<BigInt, _>(now)
            .bind::<BigInt, _>(Snowflake::from(user))
    };
    on_each!(conn, c => query().execute(c))
}
