//! Everybody who has changed anything on a server, or of some of its modules, to filter by.

use std::borrow::Cow;
use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use twilight_model::id::marker::UserMarker;

use crate::changes::Seen;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::on_each;
use crate::settings::module::ModuleKey;

use super::filter::By;

/// Goes from each person to the next one by the index `changes_by_actor`, so that it costs what there are people and
/// not what there are changes. At most 500 names are offered.
const PEOPLE: &str = "\
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

/// The same in each of some modules, by the index `changes_of_people`. Whoever has changed several comes several times.
fn people_of(modules: &[ModuleKey]) -> String {
    // Names of ours, that nobody has typed.
    let names: Vec<String> = modules.iter().map(|module| format!("('{}')", module.as_str())).collect();
    let nobody = |name: &str| {
        format!(
            "SELECT (SELECT max(c.id) FROM changes c WHERE c.guild_id = $1 AND c.subject = theirs.subject
                AND c.actor_id IS NULL AND c.actor_name = '{name}') FROM theirs"
        )
    };
    let (names, bot, system) = (names.join(", "), nobody("bot"), nobody("system"));
    format!(
        "WITH RECURSIVE theirs (subject) AS (VALUES {names}),
        person (subject, id) AS (
            SELECT theirs.subject, (SELECT max(c.actor_id) FROM changes c
                WHERE c.guild_id = $1 AND c.subject = theirs.subject) FROM theirs
            UNION ALL
            SELECT person.subject, (SELECT max(c.actor_id) FROM changes c
                WHERE c.guild_id = $1 AND c.subject = person.subject AND c.actor_id < person.id)
            FROM person WHERE person.id IS NOT NULL
        ),
        newest (change_id) AS (
            SELECT (SELECT max(c.id) FROM changes c
                WHERE c.guild_id = $1 AND c.subject = person.subject AND c.actor_id = person.id)
            FROM person WHERE person.id IS NOT NULL
            UNION ALL {bot}
            UNION ALL {system}
        )
        SELECT changes.actor_id, changes.actor_name
        FROM newest INNER JOIN changes ON changes.id = newest.change_id
        ORDER BY changes.id DESC LIMIT 500"
    )
}

/// The statement about what somebody sees. None: they see nothing.
pub(super) fn asked(seen: &Seen) -> Option<Cow<'static, str>> {
    match seen.only() {
        None => Some(PEOPLE.into()),
        Some([]) => None,
        Some(modules) => Some(people_of(modules).into()),
    }
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<Snowflake<UserMarker>>,
    #[diesel(sql_type = Text)]
    actor_name: String,
}

/// Each with the name they had last, who was here last first.
pub(super) fn people(conn: &mut Conn, guild: GuildId, seen: &Seen) -> QueryResult<Vec<(By, String)>> {
    let Some(asked) = asked(seen) else { return Ok(Vec::new()) };
    let query = || diesel::sql_query(&*asked).bind::<BigInt, _>(Snowflake::from(guild));
    let named: Vec<Named> = on_each!(conn, c => query().load(c))?;
    let by = |one: Named| (By::of(one.actor_id.and_then(Snowflake::id), &one.actor_name), one.actor_name);
    let mut known = HashSet::new();
    Ok(named.into_iter().map(by).filter(|(by, _)| known.insert(*by)).collect())
}
