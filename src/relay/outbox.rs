//! The unsent rows of the change log: claimed by lease, marked in batches, tried again with backoff.

use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use super::{Delivery, Parts, Unsent};
use crate::changes::Action;
use crate::clock::Millis;
use crate::db::{Conn, Db, DbError};
use crate::ids::Snowflake;
use crate::schema::{changes, leases};
use crate::settings::module::ModuleKey;

/// How long a claimed row is this process's to send.
const LEASE: Millis = 30_000;
/// Rows sent in one go.
const BATCH: i64 = 100;
/// The longest pause between two tries.
const CEILING: Millis = 60_000;
/// Who may sweep, of several instances.
const SWEEPER: &str = "relay";

/// What is known of a row after trying.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub id: String,
    pub delivery: Delivery,
    /// The count and Redis's time of the write.
    pub written: Option<(u64, u64)>,
    pub attempts: i32,
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

/// The highest count of writes a change was ever given.
///
/// # Errors
/// As [`Db::run`].
pub async fn highest_n(db: &Db) -> Result<u64, DbError> {
    db.run(|conn| {
        let n: Option<i64> = changes::table.select(diesel::dsl::max(changes::published_n)).first(conn)?;
        Ok(n.map_or(0, i64::unsigned_abs))
    })
    .await
}

/// Takes what is due, oldest first, if this process is the one that sweeps.
pub(super) async fn claim(parts: &Parts) -> Result<Vec<Unsent>, DbError> {
    let (now, holder) = (parts.clock.now(), parts.holder.clone());
    let due = parts.db.run(move |conn| Ok::<_, DbError>(count_due(conn, now)?)).await?;
    if due == 0 {
        return Ok(Vec::new());
    }
    parts
        .db
        .write(move |conn| {
            if !hold_lease(conn, &holder, now)? {
                return Ok(Vec::new());
            }
            let rows: Vec<Row> = changes::table
                .filter(changes::published_at.is_null().and(changes::superseded.eq(false)))
                .filter(changes::next_attempt_at.le(now).and(changes::leased_until.lt(now)))
                .order(changes::id.asc())
                .limit(BATCH)
                .select(Row::as_select())
                .load(conn)?;
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let claimed = (changes::leased_until.eq(now + LEASE), changes::leased_by.eq(&holder));
            crate::on_each!(conn, c => diesel::update(changes::table.filter(changes::id.eq_any(&ids))).set(claimed).execute(c))?;
            Ok::<_, DbError>(rows.into_iter().filter_map(unsent).collect())
        })
        .await
}

fn count_due(conn: &mut Conn, now: Millis) -> QueryResult<i64> {
    changes::table
        .filter(changes::published_at.is_null().and(changes::superseded.eq(false)))
        .filter(changes::next_attempt_at.le(now).and(changes::leased_until.lt(now)))
        .count()
        .get_result(conn)
}

/// The lease saves work; that nothing goes wrong without it is the revisions' doing.
fn hold_lease(conn: &mut Conn, holder: &str, now: Millis) -> QueryResult<bool> {
    let row = (leases::name.eq(SWEEPER), leases::holder.eq(holder), leases::until.eq(0));
    crate::on_each!(conn, c => diesel::insert_into(leases::table).values(row).on_conflict_do_nothing().execute(c))?;
    let free =
        leases::table.filter(leases::name.eq(SWEEPER)).filter(leases::holder.eq(holder).or(leases::until.lt(now)));
    let taken = diesel::update(free).set((leases::holder.eq(holder), leases::until.eq(now + LEASE))).execute(conn)?;
    Ok(taken == 1)
}

fn unsent(row: Row) -> Option<Unsent> {
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

/// Writes down what is known, in one transaction.
pub(super) async fn mark(parts: &Parts, marks: Vec<Mark>) -> Result<(), DbError> {
    let now = parts.clock.now();
    parts
        .db
        .write(move |conn| {
            for mark in &marks {
                let row = changes::table.filter(changes::id.eq(&mark.id));
                match mark.delivery {
                    Delivery::Sent => {
                        let (n, at) = mark.written.map(|(n, at)| (n.cast_signed(), at.cast_signed())).unzip();
                        diesel::update(row.filter(changes::published_at.is_null()))
                            .set((
                                changes::published_at.eq(now),
                                changes::published_n.eq(n),
                                changes::published_redis_ms.eq(at),
                                changes::touched_at.eq(now),
                            ))
                            .execute(conn)?
                    }
                    Delivery::Replaced => diesel::update(row)
                        .set((changes::superseded.eq(true), changes::touched_at.eq(now)))
                        .execute(conn)?,
                    Delivery::Waiting => {
                        let attempts = mark.attempts.saturating_add(1);
                        diesel::update(row)
                            .set((
                                changes::attempts.eq(attempts),
                                changes::next_attempt_at.eq(now + pause(attempts)),
                                changes::leased_until.eq(0),
                            ))
                            .execute(conn)?
                    }
                };
            }
            Ok::<_, DbError>(())
        })
        .await
}

/// Everything unsent is due: the connection is back.
pub(super) async fn make_due(parts: &Parts) -> Result<(), DbError> {
    let now = parts.clock.now();
    parts
        .db
        .write(move |conn| {
            let waiting = changes::table
                .filter(changes::published_at.is_null().and(changes::superseded.eq(false)))
                .filter(changes::attempts.gt(0).and(changes::next_attempt_at.gt(now)));
            diesel::update(waiting).set(changes::next_attempt_at.eq(now)).execute(conn)?;
            Ok::<_, DbError>(())
        })
        .await
}

/// 1 s, 2 s, 4 s … a minute, each half fixed and half by chance.
fn pause(attempts: i32) -> Millis {
    let whole = (500 << attempts.clamp(1, 12)).min(CEILING);
    let chance = Millis::from(u16::from_be_bytes(crate::keys::random()));
    whole / 2 + (whole / 2) * chance / Millis::from(u16::MAX)
}
