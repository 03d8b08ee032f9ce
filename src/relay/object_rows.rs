//! The rows of panels and playlists, as far as sending and comparing them goes: both kinds alike.

use config_sync::ObjectKind;
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use twilight_model::id::marker::{GuildMarker, UserMarker};

use super::objects::Kept;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{GuildId, Snowflake};
use crate::panels;

/// What Redis holds of an object that differs from the database.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub kind: ObjectKind,
    pub guild: GuildId,
    pub id: String,
    /// None: nothing.
    pub held: Option<u64>,
}

/// An object as the database has it, without what is in it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub guild: GuildId,
    pub id: String,
    pub revision: i64,
    pub deleted: bool,
}

/// The same statement on the table of a kind.
macro_rules! on_table {
    ($kind:expr, $t:ident => $e:expr) => {
        match $kind {
            ObjectKind::Panel => {
                use crate::schema::panels as $t;
                $e
            }
            ObjectKind::Playlist => {
                use crate::schema::playlists as $t;
                $e
            }
        }
    };
}

type KnownRow = (Snowflake<GuildMarker>, String, i64, bool);

/// All objects of a kind in these guilds, also those that are gone.
pub(super) fn of(conn: &mut Conn, kind: ObjectKind, guilds: &[GuildId]) -> Result<Vec<Known>, DbError> {
    let guilds: Vec<Snowflake<GuildMarker>> = guilds.iter().copied().map(Snowflake::from).collect();
    let rows: Vec<KnownRow> = on_table!(kind, t => t::table
        .filter(t::guild_id.eq_any(guilds))
        .select((t::guild_id, t::id, t::revision, t::deleted))
        .load(conn)?);
    let known = |(guild, id, revision, deleted): KnownRow| Some(Known { guild: guild.id()?, id, revision, deleted });
    Ok(rows.into_iter().filter_map(known).collect())
}

/// The object as the database has it now; none: it knows nothing of it.
pub(super) fn find(conn: &mut Conn, held: &Held) -> Result<Option<Kept>, DbError> {
    let key = (held.guild, held.id.clone());
    Ok(load(conn, held.kind, Some(key), 1)?.pop())
}

/// Objects whose newest revision Redis does not have.
pub(super) fn unsent(conn: &mut Conn, most: i64) -> Result<Vec<Kept>, DbError> {
    let mut all = Vec::new();
    for kind in ObjectKind::ALL {
        all.extend(load(conn, kind, None, most)?);
    }
    Ok(all)
}

/// One, or those that are not sent.
fn load(conn: &mut Conn, kind: ObjectKind, one: Option<(GuildId, String)>, most: i64) -> Result<Vec<Kept>, DbError> {
    match kind {
        ObjectKind::Panel => {
            use crate::schema::panels as t;
            type Row = (Snowflake<GuildMarker>, String, i64, bool, String);
            let rows = t::table.select((t::guild_id, t::id, t::revision, t::deleted, t::body)).limit(most);
            let rows: Vec<Row> = match one {
                Some((guild, id)) => {
                    rows.filter(t::guild_id.eq(Snowflake::from(guild)).and(t::id.eq(id))).load(conn)?
                }
                None => rows.filter(t::sent_revision.lt(t::revision)).load(conn)?,
            };
            Ok(rows
                .into_iter()
                .filter_map(|(guild, id, revision, deleted, body)| {
                    let object = if deleted { None } else { Some(readable(panels::object(&body), kind, &id)?) };
                    Some(Kept { kind, guild: guild.id()?, id, revision, object })
                })
                .collect())
        }
        ObjectKind::Playlist => {
            use crate::schema::playlists as t;
            type Row = (Snowflake<GuildMarker>, String, i64, bool, List);
            let list = (t::name, t::shared, t::owner_id, t::tracks);
            let rows = t::table.select((t::guild_id, t::id, t::revision, t::deleted, list)).limit(most);
            let rows: Vec<Row> = match one {
                Some((guild, id)) => {
                    rows.filter(t::guild_id.eq(Snowflake::from(guild)).and(t::id.eq(id))).load(conn)?
                }
                None => rows.filter(t::sent_revision.lt(t::revision)).load(conn)?,
            };
            Ok(rows
                .into_iter()
                .filter_map(|(guild, id, revision, deleted, list)| {
                    let object = if deleted { None } else { Some(readable(playlist(list), kind, &id)?) };
                    Some(Kept { kind, guild: guild.id()?, id, revision, object })
                })
                .collect())
        }
    }
}

/// Name, shared, owner, tracks.
type List = (String, bool, Snowflake<UserMarker>, String);

/// A playlist as a bot reads it.
fn playlist((name, shared, owner, tracks): List) -> Option<Map<String, Value>> {
    let tracks: Value = serde_json::from_str(&tracks).ok()?;
    let owner = owner.id()?.to_string();
    let object = json!({ "name": name, "shared": shared, "ownerId": owner, "tracks": tracks });
    object.as_object().cloned()
}

fn readable(object: Option<Map<String, Value>>, kind: ObjectKind, id: &str) -> Option<Map<String, Value>> {
    if object.is_none() {
        tracing::error!(?kind, id, "an object cannot be read and is not sent");
    }
    object
}

/// Redis holds this revision; `n`: the count of the write, 0 if it held it already.
pub(super) fn note_sent(conn: &mut Conn, kept: &Kept, n: i64) -> Result<(), DbError> {
    on_table!(kept.kind, t => {
        let row = t::table
            .filter(t::guild_id.eq(Snowflake::from(kept.guild)).and(t::id.eq(kept.id.clone())))
            .filter(t::revision.eq(kept.revision));
        diesel::update(row.clone().filter(t::sent_revision.ne(kept.revision)))
            .set(t::sent_revision.eq(kept.revision))
            .execute(conn)?;
        if n > 0 {
            diesel::update(row).set(t::sent_n.eq(n)).execute(conn)?;
        }
    });
    Ok(())
}

/// Raises an object's revision above the one Redis holds. None: the database knows such a revision after all.
pub(super) fn raise(conn: &mut Conn, kept: &Kept, held: i64, now: Millis) -> Result<Option<i64>, DbError> {
    let raised = now.max(held.saturating_add(1));
    on_table!(kept.kind, t => {
        let row = t::table.filter(t::guild_id.eq(Snowflake::from(kept.guild)).and(t::id.eq(kept.id.clone())));
        let lower = row.filter(t::revision.eq(kept.revision).and(t::revision.lt(held)));
        let done = diesel::update(lower).set(t::revision.eq(raised)).execute(conn)?;
        Ok((done == 1).then_some(raised))
    })
}

/// The highest count of writes an object was ever given.
pub(super) fn highest_n(conn: &mut Conn) -> QueryResult<i64> {
    let mut highest = 0;
    for kind in ObjectKind::ALL {
        let n: Option<i64> = on_table!(kind, t => t::table.select(diesel::dsl::max(t::sent_n)).first(conn)?);
        highest = highest.max(n.unwrap_or_default());
    }
    Ok(highest)
}

/// The next guilds that have objects of a kind, by id.
pub(super) fn guilds_after(
    conn: &mut Conn,
    kind: ObjectKind,
    after: i64,
    limit: i64,
) -> QueryResult<Vec<Snowflake<GuildMarker>>> {
    on_table!(kind, t => t::table
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("guild_id > ").bind::<diesel::sql_types::BigInt, _>(after))
        .select(t::guild_id)
        .distinct()
        .order(t::guild_id.asc())
        .limit(limit)
        .load(conn))
}
