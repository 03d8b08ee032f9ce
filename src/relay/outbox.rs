//! The unsent rows of the change log: claimed by lease, marked in batches, tried again with backoff.

use std::collections::HashMap;

use diesel::dsl::{count_star, max, min, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};
use twilight_model::id::marker::GuildMarker;

use super::{Parts, Unsent, lease, object_rows};
use crate::changes::{Action, UNSENT};
use crate::clock::Millis;
use crate::db::{Conn, Db, DbError, at_most};
use crate::ids::Snowflake;
use crate::schema::changes;
use crate::settings::module::ModuleKey;

/// How long a claimed row is this process's to send.
const LEASE: Millis = 10_000;
/// Rows that are due, claimed in one go.
pub(super) const BATCH: usize = 100;
/// A row that cannot be read is looked at again after this long.
const UNREADABLE: Millis = 3_600_000;

/// The newest unsent change of a pair, and the older ones it stands for.
pub(super) struct Claimed {
    pub newest: Unsent,
    pub older: Vec<String>,
}

impl Claimed {
    pub(super) fn ids(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.newest.id).chain(&self.older).cloned()
    }
}

/// What waits to be sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waiting {
    pub count: i64,
    pub oldest: Option<Millis>,
    /// When the first of them may be claimed.
    pub due_at: Option<Millis>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = changes)]
struct Row {
    id: String,
    guild_id: Snowflake<GuildMarker>,
    subject: String,
    action: String,
    revision: Option<i64>,
    shape: i32,
    changed: String,
    after_body: Option<String>,
    created_at: Millis,
    attempts: i32,
}

/// The highest count of writes that a change, a panel or a playlist was ever given.
///
/// # Errors
/// As [`Db::run`].
pub async fn highest_n(db: &Db) -> Result<u64, DbError> {
    db.run(|conn| {
        let n: Option<i64> = changes::table.select(max(changes::published_n)).first(conn)?;
        Ok(n.unwrap_or_default().max(object_rows::highest_n(conn)?).unsigned_abs())
    })
    .await
}

fn is_unsent() -> SqlLiteral<Bool> {
    sql(UNSENT)
}

/// One query: how much waits, for how long, and whether something is due.
pub(super) async fn waiting(db: &Db) -> Result<Waiting, DbError> {
    db.run(|conn| {
        let due_at = "min(case when leased_until >= next_attempt_at then leased_until + 1 else next_attempt_at end)";
        let (count, oldest, due_at): (i64, Option<Millis>, Option<Millis>) = changes::table
            .filter(is_unsent())
            .select((count_star(), min(changes::created_at), sql::<Nullable<BigInt>>(due_at)))
            .get_result(conn)?;
        Ok(Waiting { count, oldest, due_at })
    })
    .await
}

/// Changes that are not sent yet: how many, and when the oldest of them was made.
///
/// # Errors
/// As [`Db::run`].
pub async fn unsent(db: &Db) -> Result<(i64, Option<Millis>), DbError> {
    let waiting = waiting(db).await?;
    Ok((waiting.count, waiting.oldest))
}

/// Takes what is due, oldest first, the newest of a pair standing for all of it. None: another instance does this.
pub(super) async fn claim(parts: &Parts) -> Result<Option<Vec<Claimed>>, DbError> {
    let (now, holder) = (parts.clock.now(), parts.holder.clone());
    let claim = move |conn: &mut Conn| {
        if !lease::hold(conn, &holder, now)? {
            return Ok(None);
        }
        let groups = groups_due(conn, now)?;
        let ids: Vec<&String> = groups.iter().flat_map(|group| &group.ids).collect();
        let claimed = (changes::leased_until.eq(now + LEASE), changes::leased_by.eq(&holder));
        diesel::update(changes::table.filter(changes::id.eq_any(ids))).set(claimed).execute(conn)?;
        let newest: Vec<&String> = groups.iter().filter_map(|group| group.ids.last()).collect();
        let rows: Vec<Row> = changes::table.filter(changes::id.eq_any(newest)).select(Row::as_select()).load(conn)?;
        let mut rows: HashMap<String, Row> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
        let mut all = Vec::with_capacity(groups.len());
        for mut group in groups {
            let Some(newest) = group.ids.pop() else { continue };
            match rows.remove(&newest).and_then(change_of) {
                Some(newest) => all.push(Claimed { newest, older: group.ids }),
                None => put_off(conn, &newest, now)?,
            }
        }
        Ok::<_, DbError>(Some(all))
    };
    parts.db.write(claim).await
}

struct Group {
    pair: (i64, String),
    /// By revision, the newest last.
    ids: Vec<String>,
}

/// The pairs that have something due, with all their unsent rows.
fn groups_due(conn: &mut Conn, now: Millis) -> QueryResult<Vec<Group>> {
    let due = changes::table
        .filter(is_unsent())
        .filter(changes::next_attempt_at.le(now).and(changes::leased_until.lt(now)))
        .order(changes::id.asc())
        .select((changes::guild_id, changes::subject));
    let due: Vec<(i64, String)> = at_most::<BATCH, _>(due).load(conn)?;
    let mut groups: Vec<Group> = Vec::new();
    let mut places = HashMap::new();
    for pair in due {
        places.entry(pair.clone()).or_insert_with(|| {
            groups.push(Group { pair, ids: Vec::new() });
            groups.len() - 1
        });
    }
    let guilds: Vec<i64> = groups.iter().map(|group| group.pair.0).collect();
    let rows: Vec<(String, i64, String)> = changes::table
        .filter(is_unsent())
        .filter(changes::guild_id.eq_any(guilds))
        .order(changes::revision.asc())
        .select((changes::id, changes::guild_id, changes::subject))
        .load(conn)?;
    for (id, guild, subject) in rows {
        if let Some(place) = places.get(&(guild, subject)) {
            groups[*place].ids.push(id);
        }
    }
    Ok(groups)
}

fn change_of(row: Row) -> Option<Unsent> {
    let action = [Action::Create, Action::Update, Action::Delete].into_iter().find(|one| one.as_str() == row.action)?;
    Some(Unsent {
        guild: row.guild_id.id()?,
        module: ModuleKey::parse(&row.subject)?,
        action,
        revision: row.revision?,
        schema: row.shape,
        changed: serde_json::from_str(&row.changed).ok()?,
        settings: serde_json::from_str(&row.after_body?).ok()?,
        at: row.created_at,
        attempts: row.attempts,
        id: row.id,
    })
}

/// A bug, or a row of a newer version: others must not wait behind it.
fn put_off(conn: &mut Conn, id: &str, now: Millis) -> QueryResult<()> {
    tracing::error!(change = id, "a change cannot be read and is not sent");
    let row = changes::table.filter(changes::id.eq(id));
    diesel::update(row).set(changes::next_attempt_at.eq(now + UNREADABLE)).execute(conn)?;
    Ok(())
}

/// Gives back what was claimed and not tried.
pub(super) async fn release(parts: &Parts, ids: Vec<String>) -> Result<(), DbError> {
    let holder = parts.holder.clone();
    let release = move |conn: &mut Conn| {
        let mine = changes::table.filter(changes::id.eq_any(ids)).filter(changes::leased_by.eq(holder));
        diesel::update(mine).set(changes::leased_until.eq(0)).execute(conn)?;
        Ok(())
    };
    parts.db.write(release).await
}

/// Everything unsent is due: the connection is back.
pub(super) async fn make_due(parts: &Parts) -> Result<(), DbError> {
    let now = parts.clock.now();
    let make_due = move |conn: &mut Conn| {
        let waiting =
            changes::table.filter(is_unsent()).filter(changes::attempts.gt(0).and(changes::next_attempt_at.gt(now)));
        diesel::update(waiting).set(changes::next_attempt_at.eq(now)).execute(conn)?;
        Ok(())
    };
    parts.db.write(make_due).await
}
