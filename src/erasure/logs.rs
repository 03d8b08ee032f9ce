//! Somebody's id in the logs: who did something, and what the bot was told, which says who wished it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Tally;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::on_each;

/// Their changes, by each server's index. What the bot was told names them again.
const CHANGES: &str = "\
    UPDATE changes SET actor_id = $1, actor_name = '', actor_avatar = NULL,
    after_body = CASE WHEN kind = 'command' THEN replace(after_body, $2, $3) ELSE after_body END
    WHERE actor_id = $4 AND guild_id IN (SELECT DISTINCT guild_id FROM changes)";

const COMMANDS: &str = "UPDATE commands SET user_id = $1, body = replace(body, $2, $3) WHERE user_id = $4";

/// Commands of others that name them: who says a command again says it with the host of the first one.
const OTHERS_CHANGES: &str = "\
    UPDATE changes SET after_body = replace(after_body, $1, $2)
    WHERE kind = 'command' AND kind <> 'settings' AND after_body LIKE $3
    AND guild_id IN (SELECT DISTINCT guild_id FROM changes)";

const OTHERS_COMMANDS: &str = "UPDATE commands SET body = replace(body, $1, $2) WHERE body LIKE $3";

/// Puts `number` in the place of somebody in `changes` and `commands`. A command that is still on its way reaches the bot
/// with the number.
///
/// # Errors
/// As the database answers.
pub(super) fn forget(conn: &mut Conn, user: UserId, number: UserId, tally: &mut Tally) -> QueryResult<()> {
    // With the quotes it is the whole of a value; within a text they would be escaped.
    let (id, instead) = (format!("\"{user}\""), format!("\"{number}\""));
    let pattern = format!("%{id}%");
    for (table, theirs, others) in [("changes", CHANGES, OTHERS_CHANGES), ("commands", COMMANDS, OTHERS_COMMANDS)] {
        let own = || {
            diesel::sql_query(theirs)
                .bind::<BigInt, _>(Snowflake::from(number))
                .bind::<Text, _>(id.as_str())
                .bind::<Text, _>(instead.as_str())
                .bind::<BigInt, _>(Snowflake::from(user))
        };
        tally.add(table, on_each!(conn, c => own().execute(c))?);
        let rest = || {
            diesel::sql_query(others)
                .bind::<Text, _>(id.as_str())
                .bind::<Text, _>(instead.as_str())
                .bind::<Text, _>(pattern.as_str())
        };
        tally.add(table, on_each!(conn, c => rest().execute(c))?);
    }
    Ok(())
}
