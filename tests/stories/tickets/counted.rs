//! Ratings are counted as they come and go, so that no page has to count them.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use discord_standin::seed;
use guildhall::db::DbError;
use guildhall::erasure::person::{forget_on_servers, neutral_id};
use guildhall::happenings::Recounting;
use guildhall::ids::UserId;
use guildhall::schema::rating_counts;
use serde_json::json;

use super::{has, has_rating, tickets};
use crate::happenings::{event, tells};
use crate::support::TestApp;

const MIGRATION: [&str; 2] = [
    include_str!("../../../migrations/2026-11-30-000150_counted_ratings/down.sql"),
    include_str!("../../../migrations/2026-11-30-000150_counted_ratings/up.sql"),
];

type Line = (i64, i32, i64, Option<String>);

async fn counted(app: &TestApp, sql: &'static [&'static str]) -> Vec<Line> {
    let read = app.parts.db.write(move |conn| {
        for statements in sql {
            conn.batch_execute(statements)?;
        }
        let rows = rating_counts::table.filter(rating_counts::given.gt(0)).select((
            rating_counts::staff_id,
            rating_counts::stars,
            rating_counts::given,
            rating_counts::staff_name,
        ));
        Ok::<Vec<Line>, DbError>(rows.order((rating_counts::staff_id, rating_counts::stars)).load(conn)?)
    });
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_counted_is_what_counting_them_all_would_find() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let [noor, jonas] = [seed::MIRA, seed::JONAS].map(|id| id.to_string());
    let opened = |id: &str| event("TICKET_CREATE", json!({"ticketId": id, "channelId": "816370501973721199"}));
    let claimed = |id: &str, by: &str, name: &str| {
        event("TICKET_CLAIM", json!({"ticketId": id, "claimedBy": by, "claimerName": name}))
    };
    let rated = |id: &str, stars: i32, staff: Option<&str>| {
        event("TICKET_RATING", json!({"ticketId": id, "stars": stars, "staffId": staff}))
    };
    let ids = ["a", "b", "c", "d", "e"];
    tells(&app, &ids.map(opened)).await;
    tells(&app, &[claimed("a", &jonas, "Jonas"), claimed("b", &jonas, "Jonas"), claimed("c", &noor, "Noor")]).await;
    tells(&app, &[rated("a", 5, Some(&jonas)), rated("b", 5, Some(&jonas)), rated("c", 2, Some(&noor))]).await;
    tells(&app, &[rated("d", 4, None), rated("e", 4, None)]).await;
    let of = |id: &str| id.parse::<i64>().unwrap();
    let name = |name: &str| Some(name.to_owned());
    let first = vec![(0, 4, 2, None), (of(&noor), 2, 1, name("Noor")), (of(&jonas), 5, 2, name("Jonas"))];
    assert_eq!(counted(&app, &[]).await, first);
    assert_eq!(counted(&app, &MIGRATION).await, first, "an older database is counted once");

    // Another mind; the same again; one that was deleted, and told anew.
    tells(&app, &[rated("a", 1, Some(&jonas)), rated("b", 5, Some(&jonas)), rated("d", 3, Some(&noor))]).await;
    let deletion = format!("{}/e/rating/deletion", tickets());
    let form = mira.get(&deletion).await.form(&deletion);
    assert_eq!(mira.post(&deletion, &form).await.status, 303);
    assert_eq!(mira.post(&deletion, &form).await.status, 303, "it is deleted already");
    tells(&app, &[rated("e", 5, None)]).await;
    let second = vec![
        (of(&noor), 2, 1, name("Noor")),
        (of(&noor), 3, 1, None),
        (of(&jonas), 1, 1, name("Jonas")),
        (of(&jonas), 5, 1, name("Jonas")),
    ];
    assert_eq!(counted(&app, &[]).await, second);
    assert_eq!(counted(&app, &MIGRATION).await, second);

    // Who is forgotten is no member of the staff any more; what people thought stays.
    let (jonas, number, now) = (UserId::new(seed::JONAS.0), neutral_id(), app.clock.now());
    let forgotten = app.parts.db.write(move |conn| Ok::<_, DbError>(forget_on_servers(conn, jonas, number, now)?));
    forgotten.await.unwrap();
    let third = vec![(0, 1, 1, None), (0, 5, 1, None), (of(&noor), 2, 1, name("Noor")), (of(&noor), 3, 1, None)];
    assert_eq!(counted(&app, &[]).await, third);
    assert_eq!(counted(&app, &MIGRATION).await, third);
}

/// Counts as they are, without names.
fn numbers(lines: &[Line]) -> Vec<(i64, i32, i64)> {
    lines.iter().map(|(staff, stars, given, _)| (*staff, *stars, *given)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_older_version_has_not_counted_is_counted_while_others_go_on_counting() {
    let app = TestApp::start().await;
    let recounting = Recounting::new(app.parts.db.clone(), app.parts.clock.clone());
    // The service itself has looked at its start, and holds the lease for an hour and a half.
    app.clock.advance(std::time::Duration::from_secs(2 * 60 * 60));
    assert_eq!(recounting.pass().await.unwrap(), 0);
    let jonas = seed::JONAS.to_string();
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "t-1", "channelId": "816370501973721199"}))]).await;
    let claim = json!({"ticketId": "t-1", "claimedBy": jonas.as_str(), "claimerName": "Jonas"});
    tells(&app, &[event("TICKET_CLAIM", claim)]).await;
    for (ticket, stars) in [("t-1", 5), ("t-2", 5), ("t-3", 2)] {
        has_rating(&app, ticket, stars, None, seed::JONAS).await;
    }
    let whole = counted(&app, &[]).await;
    assert_eq!(recounting.pass().await.unwrap(), 0, "nothing differs");
    // As an older version leaves it: one row lacks, another counts one that was deleted.
    let left = ["DELETE FROM rating_counts WHERE stars = 5", "UPDATE rating_counts SET given = 4 WHERE stars = 2"];
    has(&app, left.map(str::to_owned).into()).await;
    let rated =
        |n: usize| event("TICKET_RATING", json!({"ticketId": format!("n-{n}"), "stars": 5, "staffId": jonas.as_str()}));
    let more: Vec<_> = (0..20).map(rated).collect();
    let (mended, ()) = tokio::join!(recounting.pass(), tells(&app, &more));
    assert_eq!(mended.unwrap(), 2);
    let found = counted(&app, &[]).await;
    assert_eq!(found.iter().find(|line| line.1 == 5).and_then(|line| line.3.clone()).as_deref(), Some("Jonas"));
    let mut wanted = numbers(&whole);
    wanted.iter_mut().filter(|line| line.1 == 5).for_each(|line| line.2 += 20);
    assert_eq!(numbers(&found), wanted);
    assert_eq!(numbers(&counted(&app, &MIGRATION).await), wanted, "it is what counting them all finds");
    assert_eq!(recounting.pass().await.unwrap(), 0);
}
