//! Closed tickets that are kept for as long as the operator wants, and no longer.

use std::time::Duration;

use diesel::prelude::*;
use discord_standin::seed;
use guildhall::db::DbError;
use guildhall::happenings::Recounting;
use guildhall::happenings::old_tickets::OldTickets;
use guildhall::schema::{rating_counts, ratings, tickets, transcripts};
use serde_json::json;

use super::{has, has_part, has_rating, has_tickets, ticket, tickets as place};
use crate::happenings::{event, tells};
use crate::support::TestApp;
use crate::support::app::{Stage, eventually};

const DAY: i64 = 24 * 60 * 60 * 1000;
const DAYS: Duration = Duration::from_secs(24 * 60 * 60);

/// Of which tickets there is what: tickets, transcripts, ratings.
async fn left(app: &TestApp) -> [Vec<String>; 3] {
    let read = app.parts.db.run(|conn| {
        Ok::<_, DbError>([
            tickets::table.order(tickets::id.asc()).select(tickets::id).load(conn)?,
            transcripts::table.order(transcripts::ticket_id.asc()).select(transcripts::ticket_id).load(conn)?,
            ratings::table.order(ratings::ticket_id.asc()).select(ratings::ticket_id).load(conn)?,
        ])
    });
    read.await.unwrap()
}

/// What is counted: stars, and how often they were given.
async fn counted(app: &TestApp) -> Vec<(i32, i64)> {
    let read = app.parts.db.run(|conn| {
        let rows = rating_counts::table.order(rating_counts::stars.asc());
        Ok::<_, DbError>(rows.select((rating_counts::stars, rating_counts::given)).load(conn)?)
    });
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closed_tickets_go_with_their_transcripts_and_ratings_once_they_are_old_enough() {
    let app = TestApp::start().await;
    let states = ["closed", "deleted", "closed", "claimed", "open"];
    let all: Vec<_> = (1..).zip(states).map(|(number, state)| ticket(number, state)).collect();
    has_tickets(&app, &all).await;
    for id in ["t-1", "t-3"] {
        has_part(&app, id, (1, 1), "[]").await;
    }
    for (id, stars) in [("t-1", 5), ("t-2", 4), ("t-3", 5), ("t-4", 3), ("unknown", 1)] {
        has_rating(&app, id, stars, Some("helped"), seed::JONAS).await;
    }
    let now = app.clock.now();
    let (old, young) = (now - 31 * DAY, now - 29 * DAY);
    let times = [
        format!("UPDATE tickets SET opened_at = {old}"),
        format!("UPDATE tickets SET closed_at = {old} WHERE id IN ('t-1', 't-2')"),
        format!("UPDATE tickets SET closed_at = {young} WHERE id = 't-3'"),
        format!("UPDATE ratings SET rated_at = {old}"),
    ];
    has(&app, times.into()).await;
    let tickets = OldTickets::new(app.parts.db.clone(), app.clock.clone(), "30".parse().unwrap());
    assert_eq!(tickets.pass().await.unwrap(), 3, "two tickets, and a rating of one that nobody told of");
    let kept = [vec!["t-3", "t-4", "t-5"], vec!["t-3"], vec!["t-3", "t-4"]];
    assert_eq!(left(&app).await, kept.map(|ids| ids.into_iter().map(str::to_owned).collect::<Vec<_>>()));
    assert_eq!(counted(&app).await, [(3, 1), (5, 1)]);
    // The service has looked at its start, and holds the lease for an hour and a half.
    app.clock.advance(Duration::from_secs(2 * 60 * 60));
    let recounting = Recounting::new(app.parts.db.clone(), app.clock.clone());
    assert_eq!(recounting.pass().await.unwrap(), 0, "what is counted is what there is");

    let mut mira = app.mira().await;
    mira.get(&format!("{}/t-1", place())).await.explains(404, "no such page");
    assert_eq!(mira.get(&format!("{}/t-3", place())).await.status, 200);
    assert_eq!(mira.get(&format!("{}/ratings", place())).await.status, 200);
    assert_eq!(tickets.pass().await.unwrap(), 0, "once");
    app.clock.advance(2 * DAYS);
    assert_eq!(tickets.pass().await.unwrap(), 1);
    app.clock.advance(1_000 * DAYS);
    assert_eq!(tickets.pass().await.unwrap(), 0, "what is open stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_old_tickets_than_go_at_once_go_all_the_same() {
    let app = TestApp::start().await;
    let all: Vec<_> = (1..=170).map(|number| ticket(number, "closed")).collect();
    has_tickets(&app, &all).await;
    has(&app, vec!["UPDATE tickets SET closed_at = 1 WHERE number > 1".to_owned()]).await;
    let now = app.clock.now();
    has(&app, vec![format!("UPDATE tickets SET closed_at = {now} WHERE number = 1")]).await;
    let tickets = OldTickets::new(app.parts.db.clone(), app.clock.clone(), "30".parse().unwrap());
    assert_eq!(tickets.pass().await.unwrap(), 169);
    assert_eq!(left(&app).await[0], ["t-1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_ratings_without_a_ticket_than_go_at_once_go_all_the_same() {
    let app = TestApp::start().await;
    for number in 0..120 {
        has_rating(&app, &format!("unknown-{number}"), 1 + number % 5, None, seed::JONAS).await;
    }
    let now = app.clock.now();
    has(&app, vec!["UPDATE ratings SET rated_at = 1".to_owned()]).await;
    has(&app, vec![format!("UPDATE ratings SET rated_at = {now} WHERE ticket_id = 'unknown-7'")]).await;
    let tickets = OldTickets::new(app.parts.db.clone(), app.clock.clone(), "30".parse().unwrap());
    assert_eq!(tickets.pass().await.unwrap(), 119);
    assert_eq!(left(&app).await[2], ["unknown-7"]);
    assert_eq!(counted(&app).await, [(3, 1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_tickets_go_by_themselves_where_that_is_set_and_nowhere_else() {
    let data = json!({"ticketId": "t", "username": "x"});
    let closed = [event("TICKET_CREATE", data.clone()), event("TICKET_CLOSE", data)];
    let mut set = TestApp::on(Stage { tickets_kept: Some("40"), ..Stage::default() }).await;
    let mut unset = TestApp::start().await;
    for app in [&mut set, &mut unset] {
        tells(app, &closed).await;
        app.clock.advance(41 * DAYS);
        app.restart().await;
    }
    eventually("the ticket is gone", || async { left(&set).await[0].is_empty() }).await;
    assert_eq!(left(&unset).await[0], ["t"]);
}
