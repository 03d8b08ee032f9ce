//! What is kept of a server: everything, in the database and in Redis.

use std::time::Duration;

use config_sync::{Publisher, Unreachable};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use twilight_model::id::marker::GuildMarker;

use super::Tally;
use crate::clock::Millis;
use crate::db::{Conn, Db, DbError};
use crate::ids::{GuildId, Snowflake};
use crate::on_each;
use crate::schema::{guilds, users};

/// How long a server is kept after the bot has left it.
pub const KEPT: Millis = 30 * 24 * 60 * 60 * 1000;

/// Each table that knows a server, and a column by which some of its rows are taken. First what there is much of; last
/// what Redis holds too.
const TABLES: [(&str, &str); 20] = [
    ("transcripts", "ticket_id"),
    ("ratings", "ticket_id"),
    ("rating_counts", "staff_id"),
    ("tickets", "id"),
    ("activities", "id"),
    ("giveaways", "id"),
    ("tracks", "id"),
    ("rooms", "channel_id"),
    ("commands", "id"),
    ("changes", "id"),
    ("batches", "id"),
    ("drafts", "user_id"),
    ("panel_drafts", "panel_id"),
    ("carried_settings", "user_id"),
    ("pinned_guilds", "user_id"),
    ("grants", "id"),
    ("confirmations", "guild_id"),
    ("panels", "id"),
    ("playlists", "id"),
    ("settings", "module"),
];

/// Rows that go in one transaction.
const AT_ONCE: i64 = 200;
/// Between two transactions, so that others have their turn.
const PAUSE: Duration = Duration::from_millis(20);

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    found: i64,
}

/// Why a server could not be forgotten whole. What is left is found again the next time.
#[derive(Debug, thiserror::Error)]
pub enum NotForgotten {
    #[error(transparent)]
    Database(#[from] DbError),
    #[error(transparent)]
    Redis(#[from] Unreachable),
    #[error("Redis belongs to another deployment")]
    Foreign,
}

/// How many rows there are of a server.
///
/// # Errors
/// As the database answers.
pub fn count(conn: &mut Conn, guild: GuildId) -> QueryResult<Tally> {
    let mut tally = Tally::default();
    for (table, _) in TABLES.into_iter().chain([("guilds", "id")]) {
        let column = if table == "guilds" { "id" } else { "guild_id" };
        let text = format!("SELECT count(*) AS found FROM {table} WHERE {column} = $1");
        let query = || diesel::sql_query(text.as_str()).bind::<BigInt, _>(Snowflake::from(guild));
        let count: Count = on_each!(conn, c => query().get_result(c))?;
        tally.add(table, usize::try_from(count.found).unwrap_or_default());
    }
    Ok(tally)
}

/// Since when the bot is gone, as far as it is known.
///
/// # Errors
/// As the database answers.
pub fn left_at(conn: &mut Conn, guild: GuildId) -> QueryResult<Option<Millis>> {
    let row = guilds::table.find(Snowflake::from(guild)).select(guilds::left_at);
    Ok(row.get_result::<Option<Millis>>(conn).optional()?.flatten())
}

/// Removes all that is kept of a server, a little at a time. Its row in `guilds` goes last: as long as it is there, a
/// removal that was cut off is taken up again.
///
/// # Errors
/// See [`NotForgotten`].
pub async fn forget(db: &Db, publisher: &Publisher, guild: GuildId) -> Result<usize, NotForgotten> {
    let mut removed = 0;
    loop {
        match db.write(move |conn| Ok::<_, DbError>(some(conn, guild)?)).await? {
            0 => break,
            rows => removed += rows,
        }
        tokio::time::sleep(PAUSE).await;
    }
    // Behind the settings: comparing would bring back into Redis what the database still has.
    if !publisher.forget_guild(config_sync::GuildId(guild.get())).await? {
        return Err(NotForgotten::Foreign);
    }
    removed += db.write(move |conn| Ok::<_, DbError>(last(conn, guild)?)).await?;
    tracing::info!(event = "server_forgotten", guild.id = %guild, rows = removed, "all that was kept of a server is removed");
    Ok(removed)
}

/// Some rows of the first table that has any; none: nothing is left.
fn some(conn: &mut Conn, guild: GuildId) -> QueryResult<usize> {
    for (table, key) in TABLES {
        let text = format!(
            "DELETE FROM {table} WHERE guild_id = $1 AND {key} IN \
             (SELECT {key} FROM {table} WHERE guild_id = $1 LIMIT $2)"
        );
        let query =
            || diesel::sql_query(text.as_str()).bind::<BigInt, _>(Snowflake::from(guild)).bind::<BigInt, _>(AT_ONCE);
        let rows = on_each!(conn, c => query().execute(c))?;
        if rows > 0 {
            return Ok(rows);
        }
    }
    Ok(0)
}

fn last(conn: &mut Conn, guild: GuildId) -> QueryResult<usize> {
    let id = Snowflake::from(guild);
    let opened_last = users::table.filter(users::last_guild_id.eq(id));
    diesel::update(opened_last).set(users::last_guild_id.eq(None::<Snowflake<GuildMarker>>)).execute(conn)?;
    diesel::delete(guilds::table.find(id)).execute(conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::catalog;

    #[test]
    fn every_table_that_knows_a_server_is_removed_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/test.db", folder.path().display()).parse().expect("an address");
        let mut conn = crate::db::open_for_long(&url).expect("a database");
        for table in catalog::tables(&mut conn).expect("tables") {
            let columns = catalog::columns(&mut conn, &table).expect("columns");
            let knows = columns.iter().any(|column| column.name == "guild_id");
            let listed = TABLES.iter().find(|(name, _)| *name == table);
            assert_eq!(knows, listed.is_some(), "{table}");
            let has_key = |key: &str| columns.iter().any(|column| column.name == key);
            assert!(listed.is_none_or(|(_, key)| has_key(key)), "{table}");
        }
        count(&mut conn, GuildId::new(1)).expect("each can be counted");
        assert_eq!(some(&mut conn, GuildId::new(1)), Ok(0));
    }
}
