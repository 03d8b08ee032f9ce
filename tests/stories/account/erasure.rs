//! What is kept for nothing any more goes by itself.

use std::time::Duration;

use config_sync::now_ms;
use diesel::prelude::*;
use discord_standin::{Fault, FaultKind, seed};
use guildhall::db::DbError;
use guildhall::schema::{changes, guilds, pinned_guilds, preferences, sessions, settings, tickets};
use redis::AsyncCommands as _;
use redis::streams::{StreamPendingReply, StreamRangeReply};
use serde_json::json;

use crate::giveaways::sends;
use crate::happenings::{event, tells};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const REVOKE: &str = "/api/v10/oauth2/token/revoke";

/// An hour's look, by an instance that holds the lease.
async fn looks(app: &TestApp) {
    // Whoever held it looked longer ago than it lasts.
    app.clock.advance(Duration::from_secs(2 * 60 * 60));
    app.parts.erasure().pass().await;
}

async fn count_of_sessions(app: &TestApp) -> i64 {
    app.parts.db.run(|conn| Ok::<_, DbError>(sessions::table.count().get_result(conn)?)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ended_sessions_go_and_tokens_of_who_is_signed_in_nowhere_are_taken_back() {
    let app = TestApp::start().await;
    app.mira().await;
    app.clock.advance(DAY * 5);
    let mut jonas = app.signed_in(seed::JONAS).await;
    looks(&app).await;
    assert_eq!((count_of_sessions(&app).await, app.people().await.tokens), (2, 2), "both could come back");
    app.clock.advance(DAY * 2);
    app.discord.fault(Fault::at(REVOKE, FaultKind::ServerError));
    looks(&app).await;
    app.discord.clear_faults();
    let left = app.people().await;
    assert_eq!((left.sessions, left.tokens, left.users), (1, 1, 2), "Mira's are gone, whatever Discord says");
    assert!(jonas.is_signed_in().await);
    let mut mira = app.mira().await;
    assert!(mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_instances_one_looks() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    mira.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    assert_eq!(app.people().await.tokens, 1, "somebody may be signing in");
    app.clock.advance(Duration::from_secs(2 * 60 * 60));
    let (one, other) = (app.parts.erasure(), app.parts.erasure());
    one.pass().await;
    assert_eq!(app.people().await.tokens, 0);
    mira.signs_in(seed::MIRA).await;
    let token = mira.token().await;
    mira.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    app.clock.advance(DAY / 24);
    other.pass().await;
    assert_eq!(app.people().await.tokens, 1, "the first one does it");
    app.clock.advance(DAY / 24);
    other.pass().await;
    assert_eq!(app.people().await.tokens, 0, "and if it does not, the other one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_not_signed_in_for_a_year_is_forgotten_and_what_they_did_is_not() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "33")]).await;
    sends(&mut mira, "/account/preferences", "/account/preferences", &[("time_zone", "Asia/Tokyo")]).await;
    let pin = [("csrf_token".to_owned(), mira.token().await), ("pin".to_owned(), HARBOUR.to_string())];
    assert_eq!(mira.post("/guilds/pins", &pin).await.status, 303);
    app.clock.advance(DAY * 364);
    app.signed_in(seed::JONAS).await;
    looks(&app).await;
    assert_eq!(app.people().await.users, 2);
    app.clock.advance(DAY * 2);
    looks(&app).await;
    let left = app.people().await;
    assert_eq!((left.users, left.tokens), (1, 1));
    let rows = app.parts.db.run(|conn| {
        let names: Vec<String> = changes::table.select(changes::actor_name).load(conn)?;
        let own: [i64; 2] =
            [preferences::table.count().get_result(conn)?, pinned_guilds::table.count().get_result(conn)?];
        Ok::<_, DbError>((names, own))
    });
    let (names, own) = rows.await.unwrap();
    assert_eq!((names.len(), own), (1, [0, 0]));
    assert!(!names[0].is_empty(), "a log says who it was");
}

async fn servers_left(app: &TestApp) -> [i64; 4] {
    let counted = app.parts.db.run(|conn| {
        Ok::<_, DbError>([
            guilds::table.count().get_result::<i64>(conn)?,
            settings::table.count().get_result(conn)?,
            changes::table.count().get_result(conn)?,
            tickets::table.count().get_result(conn)?,
        ])
    });
    counted.await.unwrap()
}

async fn held_in_redis(app: &TestApp) -> bool {
    let mut redis = app.redis.connection().await.unwrap();
    redis.exists(format!("{}bot:config:current:{HARBOUR}", app.prefix)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_the_bot_has_left_is_removed_after_thirty_days_in_redis_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "33")]).await;
    mira.saves("tempvoice", &[("auto_lock_minutes", "5")]).await;
    eventually("all is sent", || async { app.changes().await == (2, 2) }).await;
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "t", "username": "x"})), event("GUILD_LEAVE", json!({}))])
        .await;
    assert!(held_in_redis(&app).await);
    assert_eq!(servers_left(&app).await, [1, 2, 2, 1]);
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(DAY * 29);
    looks(&app).await;
    assert_eq!(servers_left(&app).await, [1, 2, 2, 1]);
    app.clock.advance(DAY * 2);
    looks(&app).await;
    assert_eq!(servers_left(&app).await, [0, 0, 0, 0]);
    assert!(!held_in_redis(&app).await);
    // Nothing brings it back: neither comparing with Redis nor looking at it.
    app.parts.relay.sweep_all_now().await;
    assert_eq!(servers_left(&app).await, [0, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_on_which_the_bot_is_again_is_kept_though_nobody_heard_of_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "33")]).await;
    tells(&app, &[event("GUILD_LEAVE", json!({}))]).await;
    app.clock.advance(DAY * 31);
    app.discord.fault(Fault::at("/api/v10/", FaultKind::ServerError));
    looks(&app).await;
    assert_eq!(servers_left(&app).await[1], 1, "Discord is away: nothing is guessed");
    app.discord.clear_faults();
    looks(&app).await;
    assert_eq!(servers_left(&app).await[1], 1);
    let since =
        app.parts.db.run(|conn| Ok::<_, DbError>(guilds::table.select(guilds::left_at).first::<Option<i64>>(conn)?));
    assert_eq!(since.await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_where_nobody_ever_saved_anything_goes_too() {
    let app = TestApp::start().await;
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "t", "username": "x"})), event("GUILD_LEAVE", json!({}))])
        .await;
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    assert_eq!(servers_left(&app).await, [1, 0, 0, 1]);
    app.clock.advance(DAY * 31);
    looks(&app).await;
    assert_eq!(servers_left(&app).await, [0, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_said_a_week_ago_is_in_redis_no_longer_once_it_is_taken_in() {
    let app = TestApp::start().await;
    let stream = format!("{}bot:events", app.prefix);
    let redis = app.redis.connection().await.unwrap();
    let days_ago = |days: u64| format!("{}-0", now_ms() - days * 24 * 60 * 60 * 1000);
    let mut ids = Vec::new();
    for (days, ticket) in [(8, "old"), (6, "younger")] {
        let said = event("TICKET_CREATE", json!({"ticketId": ticket, "username": "x"}));
        let text = serde_json::to_string(&said).unwrap();
        let id: String = redis.clone().xadd(&stream, days_ago(days), &[("event", text)]).await.unwrap();
        ids.push(id);
    }
    eventually("both are taken in and acknowledged", || async {
        let taken = servers_left(&app).await[3];
        let pending: StreamPendingReply = redis.clone().xpending(&stream, "guildhall").await.unwrap();
        (taken, pending.count()) == (2, 0)
    })
    .await;
    looks(&app).await;
    let left: StreamRangeReply = redis.clone().xrange_all(&stream).await.unwrap();
    assert_eq!(left.ids.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&ids[1]]);
    assert_eq!(servers_left(&app).await[3], 2, "what it told of stays here");
}
