//! Ratings are counted as they come and go, so that no page has to count them.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use discord_standin::seed;
use guildhall::db::DbError;
use guildhall::erasure::person::forget_on_servers;
use guildhall::ids::UserId;
use guildhall::schema::rating_counts;
use serde_json::json;

use super::tickets;
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
    let forgotten = app.parts.db.write(|conn| Ok::<_, DbError>(forget_on_servers(conn, UserId::new(seed::JONAS.0))?));
    forgotten.await.unwrap();
    let third = vec![(0, 1, 1, None), (0, 5, 1, None), (of(&noor), 2, 1, name("Noor")), (of(&noor), 3, 1, None)];
    assert_eq!(counted(&app, &[]).await, third);
    assert_eq!(counted(&app, &MIGRATION).await, third);
}
