//! Reading the newest changes, as far as their line on a page goes.

use diesel::prelude::*;
use twilight_model::id::marker::UserMarker;

use super::Seen;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::ids::{GuildId, Snowflake};
use crate::on_each;
use crate::schema::changes;

type Boxed<'q> = changes::BoxedQuery<'q, <Conn as Connection>::Backend>;

/// A change as far as its line on a page goes.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
pub struct Entry {
    pub id: String,
    pub subject: String,
    pub number: i32,
    pub actor_id: Option<Snowflake<UserMarker>>,
    pub actor_name: String,
    pub actor_avatar: Option<String>,
    pub created_at: Millis,
    pub touched_at: Millis,
    pub published_at: Option<Millis>,
    pub published_redis_ms: Option<Millis>,
    pub superseded: bool,
    /// When the bot answered.
    pub applied_at: Option<Millis>,
    pub answered_redis_ms: Option<Millis>,
    /// The answer was a refusal.
    pub rejected_reason: Option<String>,
}

/// The newest change of a pair.
#[derive(Clone, Debug)]
pub struct Latest {
    pub entry: Entry,
    /// After a refusal: the last change that the bot accepted.
    pub last_accepted: Option<String>,
}

/// The newest change of one module's settings.
///
/// # Errors
/// As the database answers.
pub fn latest(conn: &mut Conn, guild: GuildId, subject: &str) -> QueryResult<Option<Latest>> {
    let pair = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)))
        .filter(changes::subject.eq(subject.to_owned()).and(changes::revision.is_not_null()));
    let newest = pair.clone().order(changes::revision.desc());
    let newest: Option<Entry> =
        on_each!(conn, c => first(newest.select(Entry::as_select())).get_result(c)).optional()?;
    let Some(entry) = newest else { return Ok(None) };
    let last_accepted = match entry.rejected_reason {
        Some(_) => pair
            .filter(changes::applied_at.is_not_null().and(changes::rejected_reason.is_null()))
            .order(changes::revision.desc())
            .select(changes::id)
            .first(conn)
            .optional()?,
        None => None,
    };
    Ok(Some(Latest { entry, last_accepted }))
}

/// The settings as the change to this revision left them, if the log still knows it.
///
/// # Errors
/// As the database answers.
pub fn after(conn: &mut Conn, guild: GuildId, subject: &str, revision: i64) -> QueryResult<Option<String>> {
    let found = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)).and(changes::subject.eq(subject.to_owned())))
        .filter(changes::revision.eq(revision))
        .select(changes::after_body)
        .first::<Option<String>>(conn)
        .optional()?;
    Ok(found.flatten())
}

/// Whether an id is that of an earlier change of these very settings.
///
/// # Errors
/// As the database answers.
pub fn is_of(conn: &mut Conn, guild: GuildId, subject: &str, id: &str) -> QueryResult<bool> {
    let found = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)).and(changes::id.eq(id.to_owned())))
        .filter(changes::subject.eq(subject.to_owned()).and(changes::revision.is_not_null()))
        .count()
        .get_result::<i64>(conn)?;
    Ok(found > 0)
}

/// Some changes of a guild by their ids, whatever they changed.
///
/// # Errors
/// As the database answers.
pub fn entries(conn: &mut Conn, guild: GuildId, ids: &[String]) -> QueryResult<Vec<Entry>> {
    changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)).and(changes::id.eq_any(ids)))
        .select(Entry::as_select())
        .load(conn)
}

/// Of some changes of a guild those of settings: only they have a way to the bot of their own.
///
/// # Errors
/// As the database answers.
pub fn settings_entries(conn: &mut Conn, guild: GuildId, ids: &[String]) -> QueryResult<Vec<Entry>> {
    changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)).and(changes::id.eq_any(ids)))
        .filter(changes::revision.is_not_null())
        .select(Entry::as_select())
        .load(conn)
}

/// The changes of a guild's settings that are theirs to see and whose state has changed since then, the newest first, at
/// most `most`.
///
/// # Errors
/// As the database answers.
pub fn touched_since(
    conn: &mut Conn,
    guild: GuildId,
    seen: &Seen,
    since: Millis,
    most: i64,
) -> QueryResult<Vec<Entry>> {
    touched(guild, seen, since, most).select(Entry::as_select()).load(conn)
}

/// The same, not asked yet.
pub(crate) fn touched<'q>(guild: GuildId, seen: &Seen, since: Millis, most: i64) -> Boxed<'q> {
    let mut touched: Boxed<'q> = changes::table
        .filter(changes::guild_id.eq(Snowflake::from(guild)).and(changes::touched_at.ge(since)))
        .filter(changes::revision.is_not_null())
        .into_boxed();
    if let Some(theirs) = seen.subjects() {
        touched = touched.filter(changes::subject.eq_any(theirs));
    }
    touched.order(changes::touched_at.desc()).limit(most)
}
