//! What marks add, on both databases.

use std::collections::BTreeSet;
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
use crate::db::plans::fresh;

const GUILD: u64 = 816_370_501_973_721_107;

fn parts(folder: &tempfile::TempDir) -> Parts {
    Parts {
        db: Db::open(&fresh(folder)).unwrap(),
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
    let settle =
        move |conn: &mut Conn| Ok::<_, DbError>(answers::settle_held(conn, GuildId::new(GUILD), "music", &held, 77)?);
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

#[tokio::test]
async fn of_many_that_were_sent_each_row_learns_its_own_and_what_is_gone_is_told_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let parts = parts(&folder);
    let mut ids = Vec::new();
    for revision in 5..10 {
        ids.push(changed(&parts, revision).await);
    }
    applied(&parts, 5).await;
    let marks = vec![
        mark(&ids[0], Became::Sent(Some((9, 1_234)))),
        mark(&ids[1], Became::Sent(Some((10, 1_235)))),
        mark(&ids[2], Became::Sent(None)),
        mark("gone", Became::Sent(Some((11, 1_236)))),
        mark(&ids[3], Became::Replaced),
        mark(&ids[4], Became::Waiting(0)),
    ];
    write(&parts, marks).await.unwrap();
    let first = state(&parts, &ids[1]).await;
    let now = first.0;
    assert!(now.is_some());
    assert_eq!(state(&parts, &ids[0]).await, (Some(77), Some(9), Some(1_234), false, Some(77)));
    assert_eq!(first, (now, Some(10), Some(1_235), false, None));
    assert_eq!(state(&parts, &ids[2]).await, (now, None, None, false, None));
    assert_eq!(state(&parts, &ids[3]).await, (None, None, None, true, None));
    assert_eq!(state(&parts, &ids[4]).await, (None, None, None, false, None));
    let told: BTreeSet<_> = parts.news.next().await.into_iter().map(|told| told.id).collect();
    assert_eq!(told, ids[..4].iter().cloned().collect());
    // Sent twice, of which one try knows more.
    for (revision, twice) in [(20, [Some((30_u64, 1_300_u64)), None]), (21, [None, Some((31, 1_301))])] {
        let id = changed(&parts, revision).await;
        write(&parts, twice.map(|written| mark(&id, Became::Sent(written))).into()).await.unwrap();
        let (n, at) = twice.iter().flatten().map(|(n, at)| (n.cast_signed(), at.cast_signed())).next().unwrap();
        let (published, ..) = state(&parts, &id).await;
        assert_eq!(state(&parts, &id).await, (published, Some(n), Some(at), false, None));
    }
    // Once more, as after an answer that came late: the first answer stays.
    let again = vec![mark(&ids[1], Became::Sent(Some((20, 9)))), mark(&ids[2], Became::Sent(Some((21, 9))))];
    write(&parts, again).await.unwrap();
    assert_eq!(state(&parts, &ids[1]).await, first);
    assert_eq!(state(&parts, &ids[2]).await, (now, Some(21), Some(9), false, None));
}
