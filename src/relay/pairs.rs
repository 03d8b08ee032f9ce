//! What the database holds, by guild and module, for comparing it with Redis.

use config_sync::ObjectKind;
use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use super::{Unsent, object_rows};
use crate::changes::Action;
use crate::clock::Millis;
use crate::db::{Db, DbError};
use crate::ids::{GuildId, Snowflake};
use crate::schema::{changes, settings};
use crate::settings::module::ModuleKey;

/// A pair that was saved, and its newest change.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub guild: GuildId,
    pub module: ModuleKey,
    pub revision: i64,
    /// Empty if its row is not in the log.
    pub change: String,
    /// It is in the outbox.
    pub waits: bool,
    /// The bot has applied or refused it.
    pub answered: bool,
}

/// Of the change: id, published, replaced, answered.
type Newest = (String, Option<Millis>, bool, Option<Millis>);
type JoinedRow = (Snowflake<GuildMarker>, String, i64, Option<Newest>);

#[derive(Queryable, Selectable)]
#[diesel(table_name = settings)]
struct Body {
    guild_id: Snowflake<GuildMarker>,
    module: String,
    body: String,
    shape: i32,
    revision: i64,
    is_default: bool,
    updated_at: Millis,
}

/// A join on the one row of the log that holds the newest change of a pair.
macro_rules! newest_change {
    () => {
        changes::guild_id
            .eq(settings::guild_id)
            .and(changes::subject.eq(settings::module))
            .and(changes::revision.eq(settings::revision.nullable()))
    };
}

/// How many guilds have settings.
pub(super) async fn count(db: &Db) -> Result<i64, DbError> {
    use diesel::dsl::count;
    db.run(|conn| Ok(settings::table.select(count(settings::guild_id).aggregate_distinct()).first(conn)?)).await
}

/// The guilds changed last, the newest first.
pub(super) async fn lately_changed(db: &Db, limit: i64) -> Result<Vec<GuildId>, DbError> {
    db.run(move |conn| {
        let newest = settings::table.order(settings::updated_at.desc()).select(settings::guild_id).limit(limit);
        Ok(each_once(newest.load(conn)?))
    })
    .await
}

/// The guilds whose newest change was sent and never answered, the newest first.
pub(super) async fn unanswered(db: &Db, limit: i64) -> Result<Vec<GuildId>, DbError> {
    db.run(move |conn| {
        let newest = settings::table
            .inner_join(changes::table.on(newest_change!()))
            .filter(changes::published_at.is_not_null().and(changes::applied_at.is_null()))
            .order(settings::updated_at.desc())
            .select(settings::guild_id)
            .limit(limit);
        Ok(each_once(newest.load(conn)?))
    })
    .await
}

fn each_once(guilds: Vec<Snowflake<GuildMarker>>) -> Vec<GuildId> {
    let mut seen = std::collections::HashSet::new();
    guilds.into_iter().filter_map(Snowflake::id).filter(|guild| seen.insert(*guild)).collect()
}

/// The next guilds that have settings, panels or playlists, by id.
pub(super) async fn guilds_after(db: &Db, after: Option<GuildId>, limit: i64) -> Result<Vec<GuildId>, DbError> {
    let after = after.map_or(0, |guild| guild.get().cast_signed());
    db.run(move |conn| {
        let mut guilds: Vec<Snowflake<GuildMarker>> = settings::table
            .filter(
                diesel::dsl::sql::<diesel::sql_types::Bool>("guild_id > ").bind::<diesel::sql_types::BigInt, _>(after),
            )
            .select(settings::guild_id)
            .distinct()
            .order(settings::guild_id.asc())
            .limit(limit)
            .load(conn)?;
        for kind in ObjectKind::ALL {
            guilds.extend(object_rows::guilds_after(conn, kind, after, limit)?);
        }
        let mut guilds: Vec<GuildId> = guilds.into_iter().filter_map(Snowflake::id).collect();
        guilds.sort_unstable();
        guilds.dedup();
        guilds.truncate(usize::try_from(limit).unwrap_or_default());
        Ok(guilds)
    })
    .await
}

/// What was saved in these guilds. One query.
pub(super) async fn of(db: &Db, guilds: &[GuildId]) -> Result<Vec<Pair>, DbError> {
    let guilds: Vec<Snowflake<GuildMarker>> = guilds.iter().copied().map(Snowflake::from).collect();
    db.run(move |conn| {
        let newest = (changes::id, changes::published_at, changes::superseded, changes::applied_at).nullable();
        let rows: Vec<JoinedRow> = settings::table
            .left_join(changes::table.on(newest_change!()))
            .filter(settings::guild_id.eq_any(guilds))
            .select((settings::guild_id, settings::module, settings::revision, newest))
            .load(conn)?;
        Ok(rows.into_iter().filter_map(pair).collect())
    })
    .await
}

fn pair((guild, module, revision, change): JoinedRow) -> Option<Pair> {
    let (change, published_at, superseded, applied_at) = change.unwrap_or_default();
    Some(Pair {
        guild: guild.id()?,
        module: ModuleKey::parse(&module)?,
        revision,
        waits: !change.is_empty() && published_at.is_none() && !superseded,
        answered: applied_at.is_some(),
        change,
    })
}

/// The present settings of these pairs as changes that can be sent. A pair that was saved meanwhile comes as it
/// is now, without its row in the log.
pub(super) async fn as_changes(db: &Db, pairs: Vec<Pair>) -> Result<Vec<Unsent>, DbError> {
    let guilds: Vec<Snowflake<GuildMarker>> = pairs.iter().map(|pair| pair.guild.into()).collect();
    let rows: Vec<Body> = db
        .run(move |conn| {
            let rows = settings::table.filter(settings::guild_id.eq_any(guilds)).select(Body::as_select());
            Ok::<_, DbError>(rows.load(conn)?)
        })
        .await?;
    let of_row = |row: Body| {
        let (guild, module) = (row.guild_id.id()?, ModuleKey::parse(&row.module)?);
        let pair = pairs.iter().find(|pair| pair.guild == guild && pair.module == module)?;
        let id = if pair.revision == row.revision { pair.change.clone() } else { String::new() };
        as_change(row, guild, module, id)
    };
    Ok(rows.into_iter().filter_map(of_row).collect())
}

fn as_change(row: Body, guild: GuildId, module: ModuleKey, id: String) -> Option<Unsent> {
    let settings: serde_json::Value = serde_json::from_str(&row.body).ok()?;
    Some(Unsent {
        id,
        guild,
        module,
        action: if row.is_default { Action::Delete } else { Action::Update },
        revision: row.revision,
        schema: row.shape,
        changed: settings.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default(),
        settings,
        at: row.updated_at,
        attempts: 0,
    })
}
