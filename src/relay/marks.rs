//! Writing down what became of sending, in batches.
//!
//! The bot's answer may have settled a row before the mark of its sending comes: then the mark adds what it knows
//! and takes nothing away.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};

use super::Parts;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::happenings;
use crate::ids::GuildId;
use crate::on_each;
use crate::schema::changes;

/// The longest pause between two tries.
const CEILING: Millis = 60_000;

/// What is known of a row after trying.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub id: String,
    pub guild: GuildId,
    pub became: Became,
    /// Unsent rows that this one stands for.
    pub older: Vec<String>,
}

impl Mark {
    fn is_sent(&self) -> bool {
        matches!(self.became, Became::Sent(_))
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Became {
    /// With the count and Redis's time of the write, unless it had been written by an earlier try.
    Sent(Option<(u64, u64)>),
    /// It was sent long ago, and now again under this count, because Redis had lost it.
    SentAgain(u64),
    Replaced,
    /// Tried so often before.
    Waiting(i32),
}

/// Writes all of it down in one transaction, and tells open pages.
pub(super) async fn write(parts: &Parts, marks: Vec<Mark>) -> Result<(), DbError> {
    let now = parts.clock.now();
    let write = move |conn: &mut Conn| {
        let mut news = Vec::new();
        // What the bot has said of the same rows is taken in by others, in an order of its own.
        if marks.len() > 1 {
            happenings::one_at_a_time(conn, marks.iter().map(|mark| mark.guild))?;
        }
        let together = write_sent(conn, &marks, now)?;
        for mark in &marks {
            let is_told = match &together {
                Some(rows) if mark.is_sent() => rows.contains(&mark.id),
                _ => write_one(conn, mark, now)?,
            };
            if is_told {
                news.push((mark.guild, mark.id.clone()));
            }
            if !mark.older.is_empty() {
                replaced(conn, &mark.older, now)?;
                news.extend(mark.older.iter().map(|id| (mark.guild, id.clone())));
            }
        }
        Ok::<_, DbError>(news)
    };
    for (guild, id) in parts.db.write(write).await? {
        parts.news.tell(guild, Topic::Changes, &id);
    }
    Ok(())
}

/// A row by its id.
#[derive(QueryableByName)]
struct Marked {
    #[diesel(sql_type = Text)]
    id: String,
}

/// All that were sent, in one statement, a row of which was sent twice once; gives those that there are. None where that saves nothing: SQLite is asked
/// within the process, and PostgreSQL over the network.
fn write_sent(conn: &mut Conn, marks: &[Mark], now: Millis) -> QueryResult<Option<HashSet<String>>> {
    let Conn::Postgres(c) = conn else { return Ok(None) };
    let (mut ids, mut ns, mut ats) = (Vec::new(), Vec::new(), Vec::new());
    for mark in marks {
        if let Became::Sent(written) = mark.became {
            let (n, at) = written.map(|(n, at)| (n.cast_signed(), at.cast_signed())).unzip();
            ids.push(mark.id.as_str());
            ns.push(n);
            ats.push(at);
        }
    }
    if ids.len() < 2 {
        return Ok(None);
    }
    let rows: Vec<Marked> = diesel::sql_query(
        "UPDATE changes SET published_at = coalesce(published_at, $1), published_n = coalesce(published_n, mark.n), \
         published_redis_ms = coalesce(published_redis_ms, mark.at), touched_at = $1 \
         FROM (SELECT id, max(n) AS n, max(at) AS at FROM unnest($2, $3, $4) AS one (id, n, at) GROUP BY id) AS mark \
         WHERE changes.id = mark.id RETURNING changes.id",
    )
    .bind::<BigInt, _>(now)
    .bind::<Array<Text>, _>(ids)
    .bind::<Array<Nullable<BigInt>>, _>(ns)
    .bind::<Array<Nullable<BigInt>>, _>(ats)
    .load(c)?;
    Ok(Some(rows.into_iter().map(|row| row.id).collect()))
}

diesel::define_sql_function! {
    /// What is known already, else what is learned.
    fn coalesce(known: Nullable<BigInt>, learned: Nullable<BigInt>) -> Nullable<BigInt>;
}

/// Whether a page would show it.
fn write_one(conn: &mut Conn, mark: &Mark, now: Millis) -> QueryResult<bool> {
    let row = changes::table.filter(changes::id.eq(mark.id.clone()));
    match mark.became {
        Became::Sent(written) => {
            let (n, at) = written.map(|(n, at)| (n.cast_signed(), at.cast_signed())).unzip();
            let values = (
                changes::published_at.eq(coalesce(changes::published_at, Some(now))),
                changes::published_n.eq(coalesce(changes::published_n, n)),
                changes::published_redis_ms.eq(coalesce(changes::published_redis_ms, at)),
                changes::touched_at.eq(now),
            );
            Ok(on_each!(conn, c => diesel::update(row).set(values).execute(c))? == 1)
        }
        Became::SentAgain(n) => {
            let n = n.cast_signed();
            let lower = row.filter(changes::published_n.is_null().or(changes::published_n.lt(n)));
            diesel::update(lower).set(changes::published_n.eq(n)).execute(conn)?;
            Ok(false)
        }
        Became::Replaced => Ok(replaced(conn, std::slice::from_ref(&mark.id), now)? == 1),
        Became::Waiting(before) => {
            let attempts = before.saturating_add(1);
            let values = (
                changes::attempts.eq(attempts),
                changes::next_attempt_at.eq(now + pause(attempts)),
                changes::leased_until.eq(0),
            );
            diesel::update(row.filter(changes::published_at.is_null())).set(values).execute(conn)?;
            Ok(false)
        }
    }
}

/// What was sent or applied stays so.
fn replaced(conn: &mut Conn, ids: &[String], now: Millis) -> QueryResult<usize> {
    let rows = changes::table
        .filter(changes::id.eq_any(ids.to_vec()))
        .filter(changes::published_at.is_null().and(changes::applied_at.is_null()));
    diesel::update(rows).set((changes::superseded.eq(true), changes::touched_at.eq(now))).execute(conn)
}

/// 1 s, 2 s, 4 s … a minute, each half fixed and half by chance.
fn pause(attempts: i32) -> Millis {
    let whole = (500 << attempts.clamp(1, 12)).min(CEILING);
    let chance = Millis::from(u16::from_be_bytes(crate::keys::random()));
    whole / 2 + (whole / 2) * chance / Millis::from(u16::MAX)
}

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
