//! Removing what is older than the operator wants to keep: the only thing that ever removes a change.
//!
//! Some always stay: the newest change of each module's settings, the last one that the bot accepted (the way back
//! after a refusal), whatever is still to be sent, and the one that holds the highest count of writes to Redis. A
//! command goes with its change: it is over after two minutes.

use std::time::Duration;

use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::hourly::{Job, LEASE};
use crate::schema::{changes, commands};
use crate::{kept_days, leases, on_each};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

/// Changes looked at in one transaction.
const BATCH: i64 = 200;
/// Between two transactions, so that saves have their turn.
const PAUSE: Duration = Duration::from_millis(50);

/// For how many days changes are kept.
pub type KeptDays = kept_days::KeptDays<90>;

/// What each page that speaks of it is told. None: for ever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept(pub Option<KeptDays>);

/// Removes old changes.
#[derive(Clone)]
pub struct Retention {
    db: Db,
    clock: Clock,
    days: KeptDays,
    holder: String,
}

#[derive(QueryableByName)]
struct Old {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = BigInt)]
    created_at: Millis,
    #[diesel(sql_type = Integer)]
    goes: i32,
}

/// The next changes that are old, and whether each may go.
pub(super) const OLD: &str = "\
    SELECT c.id, c.created_at, CASE
        WHEN c.revision IS NULL THEN 1
        WHEN c.published_at IS NULL AND c.superseded = FALSE THEN 0
        WHEN c.published_n = (SELECT max(published_n) FROM changes) THEN 0
        WHEN c.revision = (
            SELECT max(n.revision) FROM changes n WHERE n.guild_id = c.guild_id AND n.subject = c.subject
        ) THEN 0
        WHEN c.applied_at IS NOT NULL AND c.rejected_reason IS NULL AND c.revision = (
            SELECT max(n.revision) FROM changes n
            WHERE n.guild_id = c.guild_id AND n.subject = c.subject
                AND n.applied_at IS NOT NULL AND n.rejected_reason IS NULL
        ) THEN 0
        ELSE 1 END AS goes
    FROM changes c
    WHERE c.created_at < $1 AND c.created_at >= $2 AND (c.created_at > $2 OR c.id > $3)
    ORDER BY c.created_at, c.id LIMIT $4";

/// Notes about batches of which nothing is left.
const EMPTY_BATCHES: &str = "DELETE FROM batches WHERE NOT EXISTS (\
    SELECT 1 FROM changes WHERE changes.guild_id = batches.guild_id AND changes.batch_id = batches.id)";

impl Retention {
    pub fn new(db: Db, clock: Clock, days: KeptDays) -> Self {
        Self { db, clock, days, holder: uuid::Uuid::new_v4().to_string() }
    }

    /// Looks at once, and then once an hour.
    pub fn start(self) -> Job {
        let days = self.days.get();
        let pass = |this: Self| async move { this.pass().await };
        let done = move |removed: u64| {
            tracing::info!(event = "changes_removed", removed, days, "old changes were removed");
        };
        Job::counting(self, pass, done, "old changes could not be removed; the next hour tries again")
    }

    /// Removes all that may go, a few at a time; says how many went. None while another instance does it.
    ///
    /// # Errors
    /// As the database answers; what was removed before stays so.
    pub async fn pass(&self) -> Result<u64, DbError> {
        let (mut removed, mut behind) = (0, (Millis::MIN, String::new()));
        let end = self.clock.now() - self.days.span();
        loop {
            let (now, holder, from) = (self.clock.now(), self.holder.clone(), behind.clone());
            let batch = self.db.write(move |conn| {
                if !leases::hold(conn, "retention", &holder, now, LEASE)? {
                    return Ok(None);
                }
                Ok::<_, DbError>(Some(batch(conn, end, &from)?))
            });
            let Some((went, last)) = batch.await? else { break };
            removed += went;
            match last {
                Some(last) => behind = last,
                None => break,
            }
            tokio::time::sleep(PAUSE).await;
        }
        if removed > 0 {
            self.db.write(|conn| Ok::<_, DbError>(diesel::sql_query(EMPTY_BATCHES).execute(conn)?)).await?;
        }
        Ok(removed)
    }
}

/// How many went, and behind which one to go on; none: that was all.
fn batch(conn: &mut Conn, end: Millis, behind: &(Millis, String)) -> QueryResult<(u64, Option<(Millis, String)>)> {
    let query = || {
        diesel::sql_query(OLD)
            .bind::<BigInt, _>(end)
            .bind::<BigInt, _>(behind.0)
            .bind::<Text, _>(behind.1.clone())
            .bind::<BigInt, _>(BATCH)
    };
    let old: Vec<Old> = on_each!(conn, c => query().load(c))?;
    let ids: Vec<&str> = old.iter().filter(|one| one.goes == 1).map(|one| one.id.as_str()).collect();
    let mut went = 0;
    if !ids.is_empty() {
        diesel::delete(commands::table.filter(commands::change_id.eq_any(&ids))).execute(conn)?;
        went = diesel::delete(changes::table.filter(changes::id.eq_any(&ids))).execute(conn)?;
    }
    let is_full = old.len() as i64 == BATCH;
    let last = old.into_iter().next_back().filter(|_| is_full).map(|last| (last.created_at, last.id));
    Ok((went as u64, last))
}
