//! Panels in the database: one row a panel, compared and set by revision. Every query names the server.

use diesel::prelude::*;
use serde_json::{Map, Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, GuildMarker, MessageMarker};
use uuid::Uuid;

use super::MOST;
use super::panel::{Panel, folded};
use crate::accounts::Person;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{ChannelId, GuildId, Snowflake};
use crate::schema::panels;
use crate::settings::module::ModuleKey;

/// A panel as it is stored.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub panel: Panel,
    pub revision: i64,
    pub updated_at: Millis,
    /// Where the bot has posted it, as far as is known.
    pub posted: Option<Posted>,
}

pub type MessageId = Id<MessageMarker>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    pub channel: ChannelId,
    pub message: MessageId,
    /// The revision that was posted.
    pub revision: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = panels)]
struct Stored {
    id: String,
    body: String,
    revision: i64,
    channel_id: Option<Snowflake<ChannelMarker>>,
    message_id: Option<Snowflake<MessageMarker>>,
    posted_revision: Option<i64>,
    updated_at: Millis,
}

impl Stored {
    fn read(self) -> Result<Row, DbError> {
        let broken = |error: serde_json::Error| DbError::Broken(format!("panel {}: {error}", self.id));
        let panel = serde_json::from_str(&self.body).map_err(broken)?;
        let place = self.channel_id.and_then(Snowflake::id).zip(self.message_id.and_then(Snowflake::id));
        let posted = place.map(|(channel, message)| Posted {
            channel,
            message,
            revision: self.posted_revision.unwrap_or_default(),
        });
        Ok(Row { id: self.id, panel, revision: self.revision, updated_at: self.updated_at, posted })
    }
}

impl Row {
    /// What is posted is older than what is saved.
    pub fn is_behind(&self) -> bool {
        self.posted.is_some_and(|posted| posted.revision != self.revision)
    }
}

#[diesel::dsl::auto_type]
fn of_guild(guild: Snowflake<GuildMarker>) -> _ {
    panels::guild_id.eq(guild).and(panels::deleted.eq(false))
}

/// All panels of a server, by name.
///
/// # Errors
/// As the database answers; a body that cannot be read is a bug and says so.
pub(super) fn all(conn: &mut Conn, guild: GuildId) -> Result<Vec<Row>, DbError> {
    let rows: Vec<Stored> = panels::table
        .filter(of_guild(guild.into()))
        .order((panels::name_key.asc(), panels::id.asc()))
        .select(Stored::as_select())
        .load(conn)?;
    rows.into_iter().map(Stored::read).collect()
}

/// # Errors
/// As [`all`].
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: &str) -> Result<Option<Row>, DbError> {
    let row: Option<Stored> = panels::table
        .filter(of_guild(guild.into()).and(panels::id.eq(id.to_owned())))
        .select(Stored::as_select())
        .first(conn)
        .optional()?;
    row.map(Stored::read).transpose()
}

/// Whether another panel of the server has this name.
///
/// # Errors
/// As the database answers.
pub(super) fn is_taken(conn: &mut Conn, guild: GuildId, name: &str, own: Option<&str>) -> Result<bool, DbError> {
    let named = panels::table.filter(of_guild(guild.into()).and(panels::name_key.eq(folded(name))));
    let others = named.filter(panels::id.ne(own.unwrap_or_default().to_owned()));
    Ok(others.count().get_result::<i64>(conn)? > 0)
}

/// A panel to be written, judged already.
#[derive(Clone, Debug)]
pub(super) struct Save {
    pub guild: GuildId,
    /// None: a new one.
    pub before: Option<Row>,
    pub after: Panel,
    pub by: Person,
    pub now: Millis,
}

/// A panel that was written, or is gone.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub id: String,
    pub revision: i64,
    pub change: Uuid,
}

/// What became of a save.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Saved(Written),
    /// Somebody else was first; nothing was written.
    Conflict,
    /// Another panel has its name.
    NameTaken,
    /// The server has as many as it may.
    Full,
}

impl Save {
    /// Writes panel and change in the transaction of `conn`.
    ///
    /// # Errors
    /// As the database answers; [`DbError::Conflict`] if the name was taken in the same moment.
    pub(super) fn write(&self, conn: &mut Conn) -> Result<Outcome, DbError> {
        let own = self.before.as_ref().map(|row| row.id.as_str());
        if is_taken(conn, self.guild, &self.after.name, own)? {
            return Ok(Outcome::NameTaken);
        }
        let body = json!(self.after);
        let revision = self.before.as_ref().map_or(0, |row| row.revision).saturating_add(1).max(self.now);
        let values = (
            panels::name.eq(&self.after.name),
            panels::name_key.eq(folded(&self.after.name)),
            panels::body.eq(body.to_string()),
            panels::revision.eq(revision),
            panels::updated_at.eq(self.now),
        );
        let id = match &self.before {
            None => {
                let count: i64 = panels::table.filter(of_guild(self.guild.into())).count().get_result(conn)?;
                if count >= MOST {
                    return Ok(Outcome::Full);
                }
                let id = Uuid::now_v7().to_string();
                let key = (panels::guild_id.eq(Snowflake::from(self.guild)), panels::id.eq(&id));
                diesel::insert_into(panels::table).values((key, values)).execute(conn)?;
                id
            }
            Some(row) => {
                let stored = panels::table
                    .filter(of_guild(self.guild.into()).and(panels::id.eq(&row.id)))
                    .filter(panels::revision.eq(row.revision));
                if diesel::update(stored).set(values).execute(conn)? == 0 {
                    return Ok(Outcome::Conflict);
                }
                row.id.clone()
            }
        };
        let change = Uuid::now_v7();
        let content = ContentChange {
            id: change,
            guild: self.guild,
            subject: ModuleKey::Tickets.as_str(),
            action: if self.before.is_some() { "panel-update" } else { "panel-create" },
            label: self.after.name.clone(),
            about: id.clone(),
            before: self.before.as_ref().map(|row| json!(row.panel)),
            after: Some(body),
            at: self.now,
        };
        changes::record_content(conn, &content, &Actor::from(&self.by))?;
        Ok(Outcome::Saved(Written { id, revision, change }))
    }
}

/// Takes a panel away, with its row in the change log, in the transaction of `conn`. None: somebody has changed it
/// or was first.
///
/// # Errors
/// As the database answers.
pub(super) fn delete(
    conn: &mut Conn,
    guild: GuildId,
    row: &Row,
    by: &Person,
    now: Millis,
) -> Result<Option<Written>, DbError> {
    let revision = row.revision.saturating_add(1).max(now);
    let gone = (
        panels::deleted.eq(true),
        panels::name_key.eq(&row.id),
        panels::revision.eq(revision),
        panels::channel_id.eq(None::<Snowflake<ChannelMarker>>),
        panels::message_id.eq(None::<Snowflake<MessageMarker>>),
        panels::updated_at.eq(now),
    );
    let stored = panels::table
        .filter(of_guild(guild.into()).and(panels::id.eq(&row.id)))
        .filter(panels::revision.eq(row.revision));
    if diesel::update(stored).set(gone).execute(conn)? == 0 {
        return Ok(None);
    }
    let change = Uuid::now_v7();
    let content = ContentChange {
        id: change,
        guild,
        subject: ModuleKey::Tickets.as_str(),
        action: "panel-delete",
        label: row.panel.name.clone(),
        about: row.id.clone(),
        before: Some(json!(row.panel)),
        after: None,
        at: now,
    };
    changes::record_content(conn, &content, &Actor::from(by))?;
    Ok(Some(Written { id: row.id.clone(), revision, change }))
}

/// The bot has posted a panel there.
///
/// # Errors
/// As the database answers.
pub(super) fn note_posted(conn: &mut Conn, guild: GuildId, id: &str, posted: Posted) -> QueryResult<bool> {
    let values = (
        panels::channel_id.eq(Snowflake::from(posted.channel)),
        panels::message_id.eq(Snowflake::from(posted.message)),
        panels::posted_revision.eq(posted.revision),
    );
    let row = panels::table.filter(of_guild(guild.into()).and(panels::id.eq(id.to_owned())));
    Ok(diesel::update(row).set(values).execute(conn)? == 1)
}

/// The bot has removed that message of a panel. One that was posted since stays.
///
/// # Errors
/// As the database answers.
pub(super) fn note_removed(conn: &mut Conn, guild: GuildId, id: &str, message: MessageId) -> QueryResult<bool> {
    let row = panels::table.filter(of_guild(guild.into()).and(panels::id.eq(id.to_owned())));
    let there = row.filter(panels::message_id.eq(Snowflake::from(message)));
    let nowhere = (
        panels::channel_id.eq(None::<Snowflake<ChannelMarker>>),
        panels::message_id.eq(None::<Snowflake<MessageMarker>>),
        panels::posted_revision.eq(None::<i64>),
    );
    Ok(diesel::update(there).set(nowhere).execute(conn)? == 1)
}

/// A stored body as the bot finds it in Redis; none if it cannot be read, which is a bug.
pub fn object(body: &str) -> Option<Map<String, Value>> {
    serde_json::from_str::<Panel>(body).ok().map(|panel| panel.wire())
}
