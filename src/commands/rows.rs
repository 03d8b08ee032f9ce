//! Reading commands. Every query names the server.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker, UserMarker};
use uuid::Uuid;

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::commands;
use crate::settings::module::ModuleKey;

/// A command as far as pages show it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = commands)]
pub struct Row {
    pub id: String,
    pub change_id: String,
    pub guild_id: Snowflake<GuildMarker>,
    pub user_id: Option<Snowflake<UserMarker>>,
    /// The type on the wire.
    pub kind: String,
    /// The module's key.
    pub subject: String,
    /// The id of what it is about.
    pub about: String,
    pub label: String,
    /// The message, as it is sent.
    pub body: String,
    pub created_at: Millis,
    pub expires_at: Millis,
    pub leased_until: Millis,
    pub sent_at: Option<Millis>,
    pub maybe_sent: bool,
    pub expired: bool,
    pub answered_at: Option<Millis>,
    pub ok: Option<bool>,
    pub error: Option<String>,
    pub channel_id: Option<Snowflake<ChannelMarker>>,
    pub message_id: Option<Snowflake<MessageMarker>>,
    pub repeats_id: Option<String>,
}

/// One command of this server.
///
/// # Errors
/// As the database answers.
pub fn find(conn: &mut Conn, guild: GuildId, id: Uuid) -> QueryResult<Option<Row>> {
    of(guild).filter(commands::id.eq(id.to_string())).select(Row::as_select()).first(conn).optional()
}

/// The newest command that says this one again.
///
/// # Errors
/// As the database answers.
pub(super) fn repetition(conn: &mut Conn, guild: GuildId, row: &Row) -> QueryResult<Option<Row>> {
    of(guild)
        .filter(commands::about.eq(row.about.clone()).and(commands::repeats_id.eq(row.id.clone())))
        .order(commands::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()
}

/// The newest command about each of these things of a module, by the thing's id: a ticket and a giveaway may have the
/// same. Two queries.
///
/// # Errors
/// As the database answers.
pub fn newest(
    conn: &mut Conn,
    guild: GuildId,
    module: ModuleKey,
    about: &[String],
) -> QueryResult<HashMap<String, Row>> {
    let ids: Vec<Option<String>> = commands::table
        .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::about.eq_any(about)))
        .filter(commands::subject.eq(module.as_str()))
        .group_by(commands::about)
        .select(max(commands::id))
        .load(conn)?;
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = of(guild).filter(commands::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.about.clone(), row)).collect())
}

/// The commands behind some rows of the change log, by the change's id.
///
/// # Errors
/// As the database answers.
pub fn of_changes(conn: &mut Conn, guild: GuildId, changes: &[String]) -> QueryResult<HashMap<String, Row>> {
    let rows: Vec<Row> = of(guild).filter(commands::change_id.eq_any(changes)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.change_id.clone(), row)).collect())
}

#[diesel::dsl::auto_type]
fn of(guild: GuildId) -> _ {
    let guild: Snowflake<GuildMarker> = guild.into();
    commands::table.filter(commands::guild_id.eq(guild))
}

/// Some commands of this server.
///
/// # Errors
/// As the database answers.
pub fn by_ids(conn: &mut Conn, guild: GuildId, ids: &[String]) -> QueryResult<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    of(guild).filter(commands::id.eq_any(ids)).select(Row::as_select()).load(conn)
}
