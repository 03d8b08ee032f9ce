//! Writing down what became of sending, in batches.
//!
//! The bot's answer may have settled a row before the mark of its sending comes: then the mark adds what it knows
//! and takes nothing away.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::Parts;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
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
        for mark in &marks {
            if write_one(conn, mark, now)? {
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
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use config_sync::{Applied, Publisher};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::changes::news::News;
    use crate::changes::{self as log, Action, Actor, SettingsChange, answers};
    use crate::clock::Clock;
    use crate::db::Db;

    const GUILD: u64 = 816_370_501_973_721_107;

    fn parts(folder: &tempfile::TempDir) -> Parts {
        let url = format!("sqlite://{}", folder.path().join("marks.db").display());
        Parts {
            db: Db::open(&url.parse().unwrap()).unwrap(),
            clock: Clock::default(),
            publisher: Publisher::new("redis://127.0.0.1:1", "", "test").unwrap(),
            news: News::default(),
            health: Arc::default(),
            holder: "this one".to_owned(),
            round: Duration::from_secs(600),
        }
    }

    /// A change of this revision in the log, not sent; gives its id.
    async fn changed(parts: &Parts, revision: i64) -> String {
        let change = SettingsChange {
            id: Uuid::now_v7(),
            guild: GuildId::new(GUILD),
            module: "music",
            schema: 1,
            action: Action::Update,
            revision,
            number: 1,
            before: None,
            after: json!({}),
            changed: Vec::new(),
            names: json!({}),
            restores: None,
            batch: None,
            at: 1,
        };
        let id = change.id.to_string();
        let record = move |conn: &mut Conn| Ok::<_, DbError>(log::record(conn, &change, &Actor::system())?);
        parts.db.write(record).await.unwrap();
        id
    }

    async fn applied(parts: &Parts, revision: u64) {
        let held = Applied { revision, at: 1, bot_id: "one".to_owned(), ..Applied::default() };
        let settle = move |conn: &mut Conn| {
            Ok::<_, DbError>(answers::settle_held(conn, GuildId::new(GUILD), "music", &held, 77)?)
        };
        parts.db.write(settle).await.unwrap();
    }

    fn mark(id: &str, became: Became) -> Mark {
        Mark { id: id.to_owned(), guild: GuildId::new(GUILD), became, older: Vec::new() }
    }

    /// Published, its count, Redis's time of it, replaced, applied.
    async fn state(parts: &Parts, id: &str) -> (Option<i64>, Option<i64>, Option<i64>, bool, Option<i64>) {
        let id = id.to_owned();
        let read = move |conn: &mut Conn| {
            let row = changes::table.find(id).select((
                changes::published_at,
                changes::published_n,
                changes::published_redis_ms,
                changes::superseded,
                changes::applied_at,
            ));
            Ok::<_, DbError>(row.first(conn)?)
        };
        parts.db.run(read).await.unwrap()
    }

    #[tokio::test]
    async fn a_mark_that_comes_after_the_bots_answer_adds_what_it_knows_and_takes_nothing_away() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(&folder);
        let id = changed(&parts, 5).await;
        applied(&parts, 5).await;
        write(&parts, vec![mark(&id, Became::Sent(Some((9, 1_234))))]).await.unwrap();
        assert_eq!(state(&parts, &id).await, (Some(77), Some(9), Some(1_234), false, Some(77)));
        for became in [Became::Replaced, Became::Waiting(3), Became::Sent(None)] {
            write(&parts, vec![mark(&id, became)]).await.unwrap();
            assert_eq!(state(&parts, &id).await, (Some(77), Some(9), Some(1_234), false, Some(77)), "{became:?}");
        }
    }

    #[tokio::test]
    async fn what_is_sent_again_keeps_its_first_time_and_takes_the_higher_count() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(&folder);
        let id = changed(&parts, 5).await;
        write(&parts, vec![mark(&id, Became::Sent(Some((9, 1_234))))]).await.unwrap();
        let first = state(&parts, &id).await;
        write(&parts, vec![mark(&id, Became::SentAgain(20))]).await.unwrap();
        assert_eq!(state(&parts, &id).await, (first.0, Some(20), Some(1_234), false, None));
    }

    #[tokio::test]
    async fn what_a_sent_change_stands_for_is_replaced_in_the_same_go_unless_it_was_applied() {
        let folder = tempfile::tempdir().unwrap();
        let parts = parts(&folder);
        let (one, two) = (changed(&parts, 5).await, changed(&parts, 6).await);
        let three = changed(&parts, 7).await;
        applied(&parts, 5).await;
        let older = vec![one.clone(), two.clone()];
        write(&parts, vec![Mark { older, ..mark(&three, Became::Sent(Some((9, 1_234)))) }]).await.unwrap();
        assert!(!state(&parts, &one).await.3, "it was applied");
        assert!(state(&parts, &two).await.3);
        let told = parts.news.next().await;
        assert!([&two, &three].into_iter().all(|id| told.iter().any(|one| one.id == *id)), "{told:?}");
    }
}
