//! What could not be sent is in the database: who sends it, when, and what it stands for.

use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema::{changes, leases};
use std::time::Duration;

use super::{all_is_settled, becomes, saves, saves_and_waits, snapshot, unsettled};
use crate::support::TestApp;
use crate::support::app::eventually;

/// Sent, and replaced by a newer one.
async fn ends(app: &TestApp) -> (i64, i64) {
    let counted = app.parts.db.run(|conn| {
        let sent = changes::table.filter(changes::published_at.is_not_null()).count().get_result(conn)?;
        let replaced = changes::table.filter(changes::superseded.eq(true)).count().get_result(conn)?;
        Ok::<_, DbError>((sent, replaced))
    });
    counted.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_newest_change_stands_for_the_older_ones_that_were_never_sent() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.kill();
    for volume in ["11", "12", "13", "14"] {
        saves_and_waits(&mut mira, "music", "default_volume", volume).await;
    }
    saves_and_waits(&mut mira, "giveaway", "default_winners", "3").await;
    app.stop().await;
    app.redis.restart().await;
    let bot = app.bot().await;
    app.restart().await;
    all_is_settled(&app).await;
    assert_eq!(ends(&app).await, (2, 3), "of music only the newest was sent");
    let messages = bot.messages(2).await;
    assert_eq!(bot.heard().len(), 4, "each once, on two channels");
    assert!(messages.iter().any(|one| one["data"]["settings"]["defaultVolume"] == 14), "{messages:?}");
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 14);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_through_many_tries_is_due_at_once_when_the_connection_is_back() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.freeze();
    saves_and_waits(&mut mira, "music", "default_volume", "21").await;
    becomes(&app, "degraded").await;
    let later = app.clock.now() + 3_600_000;
    let put_off = app.parts.db.run(move |conn| {
        let all = diesel::update(changes::table).set((changes::attempts.eq(12), changes::next_attempt_at.eq(later)));
        Ok::<_, DbError>(all.execute(conn)?)
    });
    assert_eq!(put_off.await.unwrap(), 1);
    app.redis.thaw();
    all_is_settled(&app).await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 21);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_share_what_was_left_over_and_send_each_change_once() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let mut there = mira.clone();
    there.base = app.neighbour().await;
    saves(&mut mira, "tickets", &[("cooldown_minutes", "1")]).await;
    all_is_settled(&app).await;
    let bot = app.bot().await;
    app.redis.freeze();
    saves_and_waits(&mut mira, "music", "default_volume", "31").await;
    saves_and_waits(&mut there, "giveaway", "default_winners", "3").await;
    saves_and_waits(&mut mira, "tempvoice", "auto_lock_minutes", "33").await;
    saves_and_waits(&mut there, "tickets", "cooldown_minutes", "34").await;
    app.redis.thaw();
    all_is_settled(&app).await;
    let messages = bot.messages(4).await;
    let mut modules: Vec<&str> = messages.iter().map(|one| one["module"].as_str().unwrap()).collect();
    modules.sort_unstable();
    assert_eq!(modules, ["GIVEAWAY", "MUSIC", "TEMPVOICE", "TICKETS"]);
    assert_eq!(bot.heard().len(), 8, "each once, on two channels");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_that_died_is_followed_by_another_when_its_lease_has_run_out() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.freeze();
    saves_and_waits(&mut mira, "music", "default_volume", "41").await;
    let now = app.clock.now();
    let died = app.parts.db.run(move |conn| {
        let held = (leases::holder.eq("somebody dead"), leases::until.eq(now + 20_000));
        diesel::update(leases::table.filter(leases::name.eq("relay"))).set(held).execute(conn)?;
        let held = (changes::leased_by.eq("somebody dead"), changes::leased_until.eq(now + 10_000));
        Ok::<_, DbError>(diesel::update(changes::table).set(held).execute(conn)?)
    });
    assert_eq!(died.await.unwrap(), 1);
    // Our own lease, as far as we know, ends before the dead one's.
    app.clock.advance(Duration::from_secs(11));
    app.redis.thaw();
    becomes(&app, "ok").await;
    assert_eq!(unsettled(&app).await, 1, "it is the other's to send");
    app.clock.advance(Duration::from_secs(10));
    all_is_settled(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn since_when_there_is_no_connection_is_known() {
    let app = TestApp::with_own_redis().await;
    let health = app.parts.relay.health();
    eventually("there is a connection", || async { health.is_up() }).await;
    assert_eq!(health.lost_since(), None);
    let before = app.clock.now();
    app.redis.kill();
    eventually("the loss is noticed", || async { health.lost_since().is_some() }).await;
    let since = health.lost_since().unwrap();
    assert!(since >= before);
    app.clock.advance(Duration::from_secs(60));
    app.parts.relay.wake();
    assert_eq!(health.lost_since(), Some(since), "the first failure counts, not the last");
    app.redis.restart().await;
    eventually("the connection is back", || async { health.lost_since().is_none() }).await;
}
