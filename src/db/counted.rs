//! How many rows of a server there are in each state: of an index alone, and no more of it than is told.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::on_each;

/// Beyond this many rows of a state nobody counts, so that a page costs the same with a hundred thousand.
pub const MOST: i64 = 1_000;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// The statement for a table with an index that begins with `guild_id` and `state`.
pub fn statement(table: &str, states: &[&str]) -> String {
    let one = |state: &&str| {
        format!(
            "SELECT '{state}' AS state, COUNT(*) AS rows FROM \
             (SELECT 1 FROM {table} WHERE guild_id = $1 AND state = '{state}' LIMIT {}) AS counted",
            MOST + 1
        )
    };
    states.iter().map(one).collect::<Vec<_>>().join(" UNION ALL ")
}

/// Of each state up to [`MOST`]; one more stands for more.
///
/// # Errors
/// As the database answers.
pub fn count(conn: &mut Conn, statement: &str, guild: GuildId) -> QueryResult<HashMap<String, i64>> {
    let guild = Snowflake::from(guild);
    let rows: Vec<Counted> = on_each!(conn, c => diesel::sql_query(statement).bind::<BigInt, _>(guild).load(c))?;
    Ok(rows.into_iter().map(|one| (one.state, one.rows)).collect())
}
