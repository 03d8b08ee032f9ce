//! Everybody who has changed anything on a server, to filter by.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use twilight_model::id::marker::UserMarker;

use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::on_each;

use super::filter::By;

/// Goes from each person to the next one by the index `changes_by_actor`, so that it costs what there are people and
/// not what there are changes. At most 500 names are offered.
pub(super) const PEOPLE: &str = "\
    WITH RECURSIVE person (id) AS (
        SELECT max(actor_id) FROM changes WHERE guild_id = $1
        UNION ALL
        SELECT (SELECT max(actor_id) FROM changes WHERE guild_id = $1 AND actor_id < person.id)
        FROM person WHERE person.id IS NOT NULL
    ),
    newest (change_id) AS (
        SELECT (SELECT max(id) FROM changes WHERE guild_id = $1 AND actor_id = person.id)
        FROM person WHERE person.id IS NOT NULL
        UNION ALL
        SELECT max(id) FROM changes WHERE guild_id = $1 AND actor_id IS NULL AND actor_name = 'bot'
        UNION ALL
        SELECT max(id) FROM changes WHERE guild_id = $1 AND actor_id IS NULL AND actor_name = 'system'
    )
    SELECT changes.actor_id, changes.actor_name
    FROM newest INNER JOIN changes ON changes.id = newest.change_id
    ORDER BY changes.id DESC LIMIT 500";

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<Snowflake<UserMarker>>,
    #[diesel(sql_type = Text)]
    actor_name: String,
}

/// Each with the name they had last, who was here last first.
pub(super) fn people(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<(By, String)>> {
    let query = || diesel::sql_query(PEOPLE).bind::<BigInt, _>(Snowflake::from(guild));
    let named: Vec<Named> = on_each!(conn, c => query().load(c))?;
    let by = |one: Named| (By::of(one.actor_id.and_then(Snowflake::id), &one.actor_name), one.actor_name);
    Ok(named.into_iter().map(by).collect())
}
