//! Playlists in the database: one row a playlist, compared and set by revision. Every query names the server.

use diesel::prelude::*;
use serde_json::json;
use twilight_model::id::marker::{GuildMarker, UserMarker};
use uuid::Uuid;

use super::playlist::{Length, Playlist, folded};
use crate::accounts::Person;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError, storable};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::schema::{guilds, playlists};
use crate::settings::module::ModuleKey;

/// Playlists of one server at most.
pub const MOST: i64 = 100;

/// A playlist as it is stored.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub playlist: Playlist,
    /// Who made it.
    pub owner: Option<UserId>,
    pub owner_name: String,
    pub revision: i64,
    pub updated_at: Millis,
    /// It is gone; its tracks are not kept here.
    pub deleted: bool,
}

/// A playlist as the list shows it.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Summary {
    pub id: String,
    pub name: String,
    pub shared: bool,
    pub owner_name: String,
    tracks: i64,
    seconds: i64,
    untimed: i64,
}

impl Summary {
    pub(super) fn length(&self) -> Length {
        Length { tracks: self.tracks, seconds: self.seconds, untimed: self.untimed }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = playlists)]
struct Stored {
    id: String,
    name: String,
    shared: bool,
    owner_id: Snowflake<UserMarker>,
    owner_name: String,
    tracks: String,
    revision: i64,
    updated_at: Millis,
    deleted: bool,
}

impl Stored {
    fn read(self) -> Result<Row, DbError> {
        let broken = |error: serde_json::Error| DbError::Broken(format!("playlist {}: {error}", self.id));
        let tracks = serde_json::from_str(&self.tracks).map_err(broken)?;
        Ok(Row {
            id: self.id,
            playlist: Playlist { name: self.name, shared: self.shared, tracks },
            owner: self.owner_id.id(),
            owner_name: self.owner_name,
            revision: self.revision,
            updated_at: self.updated_at,
            deleted: self.deleted,
        })
    }
}

#[diesel::dsl::auto_type]
fn of_guild(guild: Snowflake<GuildMarker>) -> _ {
    playlists::guild_id.eq(guild).and(playlists::deleted.eq(false))
}

/// All playlists of a server, by name.
///
/// # Errors
/// As the database answers.
pub(super) fn all(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<Summary>> {
    playlists::table
        .filter(of_guild(guild.into()))
        .order((playlists::name_key.asc(), playlists::id.asc()))
        .select((
            playlists::id,
            playlists::name,
            playlists::shared,
            playlists::owner_name,
            playlists::track_count,
            playlists::seconds,
            playlists::untimed,
        ))
        .load(conn)
}

/// A playlist of a server, also one that is gone.
///
/// # Errors
/// As the database answers; tracks that cannot be read are a bug and say so.
pub(super) fn find(conn: &mut Conn, guild: GuildId, id: &str) -> Result<Option<Row>, DbError> {
    let row: Option<Stored> = playlists::table
        .filter(playlists::guild_id.eq(Snowflake::from(guild)).and(playlists::id.eq(id.to_owned())))
        .select(Stored::as_select())
        .first(conn)
        .optional()?;
    row.map(Stored::read).transpose()
}

/// A playlist to be written, judged already.
#[derive(Clone, Debug)]
pub(super) struct Save {
    pub guild: GuildId,
    /// None: a new one.
    pub before: Option<Row>,
    pub after: Playlist,
    pub by: Person,
    pub now: Millis,
}

/// A playlist that was written, or is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub id: String,
    pub revision: i64,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Saved(Written),
    /// Somebody else was first; nothing was written.
    Conflict,
    /// Another playlist has its name.
    NameTaken,
    /// The server has as many as it may.
    Full,
}

impl Save {
    /// Writes playlist and change in the transaction of `conn`.
    ///
    /// # Errors
    /// As the database answers; [`DbError::Conflict`] if the name was taken in the same moment.
    pub(super) fn write(&self, conn: &mut Conn) -> Result<Outcome, DbError> {
        let own = self.before.as_ref().map(|row| row.id.as_str()).unwrap_or_default();
        let name_key = folded(&self.after.name);
        let named = playlists::table.filter(of_guild(self.guild.into()).and(playlists::name_key.eq(&name_key)));
        if named.filter(playlists::id.ne(own)).count().get_result::<i64>(conn)? > 0 {
            return Ok(Outcome::NameTaken);
        }
        let length = self.after.length();
        let revision = next_revision(self.before.as_ref(), self.now);
        let values = (
            playlists::name.eq(&self.after.name),
            playlists::name_key.eq(&name_key),
            playlists::shared.eq(self.after.shared),
            playlists::tracks.eq(json!(self.after.tracks).to_string()),
            playlists::track_count.eq(length.tracks),
            playlists::seconds.eq(length.seconds),
            playlists::untimed.eq(length.untimed),
            playlists::revision.eq(revision),
            playlists::updated_at.eq(self.now),
        );
        let id = match &self.before {
            None => {
                if is_full(conn, self.guild)? {
                    return Ok(Outcome::Full);
                }
                let id = Uuid::now_v7().to_string();
                let whose = (
                    playlists::guild_id.eq(Snowflake::from(self.guild)),
                    playlists::id.eq(&id),
                    playlists::owner_id.eq(Snowflake::from(self.by.id)),
                    playlists::owner_name.eq(storable(&self.by.name)),
                );
                diesel::insert_into(playlists::table).values((whose, values)).execute(conn)?;
                id
            }
            Some(row) => {
                let stored = playlists::table
                    .filter(of_guild(self.guild.into()).and(playlists::id.eq(&row.id)))
                    .filter(playlists::revision.eq(row.revision));
                if diesel::update(stored).set(values).execute(conn)? == 0 {
                    return Ok(Outcome::Conflict);
                }
                row.id.clone()
            }
        };
        let content = ContentChange {
            id: Uuid::now_v7(),
            guild: self.guild,
            subject: ModuleKey::Music.as_str(),
            action: if self.before.is_some() { "playlist-update" } else { "playlist-create" },
            label: self.after.name.clone(),
            about: id.clone(),
            before: self.before.as_ref().map(|row| json!(row.playlist)),
            after: Some(json!(self.after)),
            at: self.now,
        };
        changes::record_content(conn, &content, &Actor::from(&self.by))?;
        Ok(Outcome::Saved(Written { id, revision }))
    }

    /// The table's own word on names is the last one.
    ///
    /// # Errors
    /// Any other failure stays one.
    pub(super) fn settle(outcome: Result<Outcome, DbError>) -> Result<Outcome, DbError> {
        match outcome {
            Err(DbError::Conflict(_)) => Ok(Outcome::NameTaken),
            outcome => outcome,
        }
    }
}

/// Counts behind a hold on the server's row, so that two at once are counted one after the other.
fn is_full(conn: &mut Conn, guild: GuildId) -> QueryResult<bool> {
    let server = guilds::table.find(Snowflake::from(guild));
    diesel::update(server).set(guilds::name.eq(guilds::name)).execute(conn)?;
    let count: i64 = playlists::table.filter(of_guild(guild.into())).count().get_result(conn)?;
    Ok(count >= MOST)
}

fn next_revision(before: Option<&Row>, now: Millis) -> i64 {
    before.map_or(0, |row| row.revision).saturating_add(1).max(now)
}

/// Whether a playlist was taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deletion {
    Done(Written),
    /// Somebody has changed it, or was first.
    Conflict,
}

/// Takes a playlist away, with its row in the change log, in the transaction of `conn`.
///
/// # Errors
/// As the database answers.
pub(super) fn delete(
    conn: &mut Conn,
    guild: GuildId,
    row: &Row,
    by: &Person,
    now: Millis,
) -> Result<Deletion, DbError> {
    let revision = next_revision(Some(row), now);
    let gone = (
        playlists::deleted.eq(true),
        playlists::name_key.eq(&row.id),
        playlists::tracks.eq("[]"),
        playlists::revision.eq(revision),
        playlists::updated_at.eq(now),
    );
    let stored = playlists::table
        .filter(of_guild(guild.into()).and(playlists::id.eq(&row.id)))
        .filter(playlists::revision.eq(row.revision));
    if diesel::update(stored).set(gone).execute(conn)? == 0 {
        return Ok(Deletion::Conflict);
    }
    let content = ContentChange {
        id: Uuid::now_v7(),
        guild,
        subject: ModuleKey::Music.as_str(),
        action: "playlist-delete",
        label: row.playlist.name.clone(),
        about: row.id.clone(),
        before: Some(json!(row.playlist)),
        after: None,
        at: now,
    };
    changes::record_content(conn, &content, &Actor::from(by))?;
    Ok(Deletion::Done(Written { id: row.id.clone(), revision }))
}
