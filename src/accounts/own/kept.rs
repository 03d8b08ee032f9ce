//! All that is kept of a person, table by table, as they may take it along: without what opens something.

mod on_servers;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::{Value, json};
use twilight_model::id::marker::GuildMarker;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::on_each;
use crate::schema::{
    carried_settings, carryings, commands, discord_tokens, drafts, panel_drafts, pinned_guilds, preferences, sessions,
    users,
};

/// Rows of a table that grows that are in memory at a time.
pub(super) const PIECE: i64 = 500;

/// Some rows, and behind which one to go on; none: those were all.
pub(super) type Piece = (Vec<Value>, Option<String>);

/// A name in the file, the table it is read from, and the reading: of this person, behind that row.
pub(super) type Part = (&'static str, &'static str, fn(&mut Conn, UserId, &str) -> QueryResult<Piece>);

/// Each table that knows people. A test says when one is missing.
pub(super) const PARTS: [Part; 18] = [
    ("person", "users", person),
    ("discordAccess", "discord_tokens", access),
    ("sessions", "sessions", own_sessions),
    ("preferences", "preferences", own_preferences),
    ("pinnedServers", "pinned_guilds", pins),
    ("drafts", "drafts", own_drafts),
    ("panelDrafts", "panel_drafts", own_panel_drafts),
    ("broughtSettings", "carried_settings", brought),
    ("exportsAndImports", "carryings", exports),
    ("changes", "changes", changes),
    ("commands", "commands", given),
    ("staff", "grants", on_servers::in_grants),
    ("tickets", "tickets", on_servers::in_tickets),
    ("ratings", "ratings", on_servers::in_ratings),
    ("giveaways", "giveaways", on_servers::in_giveaways),
    ("rooms", "rooms", on_servers::own_rooms),
    ("songs", "tracks", on_servers::songs),
    ("playlists", "playlists", on_servers::own_playlists),
];

/// Their changes, by each server's index.
const CHANGES: &str = "\
    SELECT id, guild_id, subject, kind, action, changed, created_at FROM changes
    WHERE actor_id = $1 AND guild_id IN (SELECT DISTINCT guild_id FROM changes) AND id > $2
    ORDER BY id LIMIT $3";

type Server = Snowflake<GuildMarker>;

fn id<M>(id: Snowflake<M>) -> Option<String> {
    id.id().map(|id| id.to_string())
}

fn time(at: Millis) -> Option<String> {
    jiff::Timestamp::from_millisecond(at).ok().map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn all<R>(rows: Vec<R>, row: impl Fn(R) -> Value) -> QueryResult<Piece> {
    Ok((rows.into_iter().map(row).collect(), None))
}

fn person(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    type Row = (String, Option<String>, Option<String>, Option<Server>, Millis, Millis);
    let columns = (
        users::username,
        users::global_name,
        users::avatar,
        users::last_guild_id,
        users::created_at,
        users::updated_at,
    );
    let rows: Vec<Row> = users::table.find(Snowflake::from(user)).select(columns).load(conn)?;
    all(rows, |(username, name, avatar, last, first, since)| {
        json!({"id": user.to_string(), "username": username, "name": name, "avatar": avatar,
            "serverOpenedLast": last.and_then(id), "firstSignIn": time(first), "lastSignIn": time(since)})
    })
}

/// That there are tokens, and until when; never they themselves.
fn access(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let row = discord_tokens::table.find(Snowflake::from(user)).select(discord_tokens::expires_at);
    all(row.load::<Millis>(conn)?, |until| json!({"scopes": ["identify", "guilds"], "renewedAt": time(until)}))
}

fn own_sessions(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let columns = (sessions::state, sessions::user_agent, sessions::network, sessions::created_at, sessions::seen_at);
    let own = sessions::table.filter(sessions::user_id.eq(Snowflake::from(user))).order(sessions::created_at.asc());
    let rows: Vec<(String, String, String, Millis, Millis)> = own.select(columns).load(conn)?;
    all(rows, |(state, agent, network, since, seen)| {
        json!({"browser": agent, "network": network, "since": time(since), "lastSeen": time(seen),
            "name": serde_json::from_str::<Value>(&state).ok()})
    })
}

fn own_preferences(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let columns = (preferences::time_zone, preferences::theme, preferences::language, preferences::updated_at);
    let row = preferences::table.find(Snowflake::from(user)).select(columns);
    let rows: Vec<(Option<String>, String, String, Millis)> = row.load(conn)?;
    all(
        rows,
        |(zone, theme, language, at)| json!({"timeZone": zone, "colors": theme, "language": language, "since": time(at)}),
    )
}

fn pins(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = pinned_guilds::table.filter(pinned_guilds::user_id.eq(Snowflake::from(user)));
    let rows: Vec<(Server, Millis)> = own.select((pinned_guilds::guild_id, pinned_guilds::pinned_at)).load(conn)?;
    all(rows, |(server, at)| json!({"server": id(server), "since": time(at)}))
}

/// What was typed is sealed, and shown on the form's page.
fn own_drafts(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = drafts::table.filter(drafts::user_id.eq(Snowflake::from(user)));
    let rows: Vec<(Server, String, Millis)> =
        own.select((drafts::guild_id, drafts::form, drafts::created_at)).load(conn)?;
    all(rows, |(server, form, at)| json!({"server": id(server), "form": form, "since": time(at)}))
}

fn own_panel_drafts(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = panel_drafts::table.filter(panel_drafts::user_id.eq(Snowflake::from(user)));
    let columns = (panel_drafts::guild_id, panel_drafts::panel_id, panel_drafts::body, panel_drafts::updated_at);
    let rows: Vec<(Server, String, String, Millis)> = own.select(columns).load(conn)?;
    all(rows, |(server, panel, body, at)| {
        json!({"server": id(server), "panel": panel, "typed": serde_json::from_str::<Value>(&body).ok(),
            "since": time(at)})
    })
}

fn brought(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = carried_settings::table.filter(carried_settings::user_id.eq(Snowflake::from(user)));
    let rows: Vec<(Server, Option<Server>, Millis)> = own
        .select((carried_settings::guild_id, carried_settings::source_id, carried_settings::created_at))
        .load(conn)?;
    all(rows, |(server, from, at)| json!({"server": id(server), "from": from.and_then(id), "at": time(at)}))
}

fn exports(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = carryings::table.filter(carryings::user_id.eq(Snowflake::from(user))).order(carryings::carried_at.asc());
    all(own.select(carryings::carried_at).load::<Millis>(conn)?, |at| json!({"at": time(at)}))
}

#[derive(QueryableByName)]
struct Change {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = BigInt)]
    guild_id: Server,
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Text)]
    changed: String,
    #[diesel(sql_type = BigInt)]
    created_at: Millis,
}

/// What they did, not what a server's settings are: that is the server's.
fn changes(conn: &mut Conn, user: UserId, behind: &str) -> QueryResult<Piece> {
    let query = || {
        diesel::sql_query(CHANGES)
            .bind::<BigInt, _>(Snowflake::from(user))
            .bind::<Text, _>(behind.to_owned())
            .bind::<BigInt, _>(PIECE)
    };
    let rows: Vec<Change> = on_each!(conn, c => query().load(c))?;
    let next = rows.last().filter(|_| rows.len() as i64 == PIECE).map(|last| last.id.clone());
    let (rows, _) = all(rows, |row| {
        json!({"id": row.id, "server": id(row.guild_id), "what": row.subject, "kind": row.kind, "action": row.action,
            "changed": serde_json::from_str::<Value>(&row.changed).ok(), "at": time(row.created_at)})
    })?;
    Ok((rows, next))
}

fn given(conn: &mut Conn, user: UserId, behind: &str) -> QueryResult<Piece> {
    type Row = (String, Server, String, String, Millis);
    let columns = (commands::id, commands::guild_id, commands::kind, commands::about, commands::created_at);
    let rows: Vec<Row> = commands::table
        .filter(commands::user_id.eq(Snowflake::from(user)).and(commands::id.gt(behind)))
        .order(commands::id.asc())
        .limit(PIECE)
        .select(columns)
        .load(conn)?;
    let next = rows.last().filter(|_| rows.len() as i64 == PIECE).map(|last| last.0.clone());
    let (rows, _) = all(
        rows,
        |(command, server, kind, about, at)| json!({"id": command, "server": id(server), "kind": kind, "about": about, "at": time(at)}),
    )?;
    Ok((rows, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::catalog;

    /// Columns that name a person.
    const OF_PEOPLE: [&str; 13] = [
        "user_id",
        "actor_id",
        "owner_id",
        "opener_id",
        "claimed_by",
        "closed_by",
        "rater_id",
        "staff_id",
        "host_id",
        "requested_by",
        "holder_id",
        "given_by",
        "username",
    ];

    /// Sums of what is in the file row by row.
    const SUMS: [&str; 1] = ["rating_counts"];

    #[test]
    fn every_table_that_knows_people_is_in_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/test.db", folder.path().display()).parse().expect("an address");
        let mut conn = crate::db::open_for_long(&url).expect("a database");
        for table in catalog::tables(&mut conn).expect("tables") {
            let columns = catalog::columns(&mut conn, &table).expect("columns");
            let knows = columns.iter().any(|column| OF_PEOPLE.contains(&column.name.as_str()));
            if SUMS.contains(&table.as_str()) {
                continue;
            }
            assert_eq!(knows, PARTS.iter().any(|(_, name, _)| *name == table), "{table}");
        }
        for (name, _, read) in PARTS {
            assert_eq!(read(&mut conn, UserId::new(1), ""), Ok((Vec::new(), None)), "{name}");
        }
    }
}
