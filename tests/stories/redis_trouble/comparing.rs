//! Everything is compared with Redis again and again: what is missing there comes back, and what the bot answered
//! while nobody listened is written down.

use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema::changes;
use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{all_is_settled, saves, snapshot};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

/// Whether each change was answered, and why it was refused, oldest first.
async fn answers(app: &TestApp) -> Vec<(bool, Option<String>)> {
    let read = app.parts.db.run(|conn| {
        let rows: Vec<(Option<i64>, Option<String>)> = changes::table
            .order(changes::revision.asc())
            .select((changes::applied_at, changes::rejected_reason))
            .load(conn)?;
        Ok::<_, DbError>(rows.into_iter().map(|(at, why)| (at.is_some(), why)).collect())
    });
    read.await.unwrap()
}

async fn revision(app: &TestApp, module: &str) -> i64 {
    snapshot(app, module).await["data"]["revision"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_that_vanished_from_redis_is_sent_again_unchanged() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "21")]).await;
    saves(&mut mira, "giveaway", &[("default_winners", "2")]).await;
    all_is_settled(&app).await;
    let before = snapshot(&app, "MUSIC").await;
    let bot = app.bot().await;
    let mut connection = app.redis.connection().await.unwrap();
    let _: () = connection.del(format!("bot:config:current:{HARBOUR}")).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(bot.messages(2).await.len(), 2, "and a bot that listens hears of it");
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"], before["data"]["settings"]);
    assert_eq!(revision(&app, "MUSIC").await, before["data"]["revision"].as_i64().unwrap());
    assert_eq!(app.changes().await, (2, 2), "nothing is in the log that nobody did");
    app.parts.relay.sweep_all_now().await;
    assert_eq!(bot.heard().len(), 4, "what is the same on both sides is not sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_that_is_older_in_redis_is_sent_again() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "31")]).await;
    all_is_settled(&app).await;
    let older = snapshot(&app, "MUSIC").await.to_string();
    saves(&mut mira, "music", &[("default_volume", "32")]).await;
    all_is_settled(&app).await;
    let mut connection = app.redis.connection().await.unwrap();
    let _: () = connection.hset(format!("bot:config:current:{HARBOUR}"), "MUSIC", older).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 32);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_applied_and_refused_while_nobody_listened_is_written_down() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "41")]).await;
    saves(&mut mira, "giveaway", &[("default_winners", "4")]).await;
    all_is_settled(&app).await;
    let (music, giveaway) = (revision(&app, "MUSIC").await, revision(&app, "GIVEAWAY").await);
    app.stop().await;
    let mut connection = app.redis.connection().await.unwrap();
    let tell = async |connection: &mut redis::aio::MultiplexedConnection, module: &str, word: Value| {
        let key = format!("bot:config:applied:{HARBOUR}");
        let _: () = connection.hset(key, module, word.to_string()).await.unwrap();
    };
    tell(&mut connection, "MUSIC", json!({"revision": music, "at": 1, "botId": "one", "shard": 0})).await;
    app.restart().await;
    eventually("the first answer is written down", || async { answers(&app).await[0].0 }).await;
    assert!(!answers(&app).await[1].0, "the other is still open");

    let refused =
        json!({"revision": 0, "at": 1, "botId": "one", "shard": 0, "rejected": giveaway, "reason": "no such role"});
    tell(&mut connection, "GIVEAWAY", refused).await;
    app.parts.relay.sweep_all_now().await;
    assert_eq!(answers(&app).await, [(true, None), (true, Some("no such role".to_owned()))]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_given_while_the_connection_was_away_is_written_down_when_it_is_back() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "51")]).await;
    all_is_settled(&app).await;
    let music = revision(&app, "MUSIC").await;
    let word = json!({"revision": music, "at": 1, "botId": "one", "shard": 0}).to_string();
    let mut connection = app.redis.connection().await.unwrap();
    let _: () = connection.hset(format!("bot:config:applied:{HARBOUR}"), "MUSIC", word).await.unwrap();
    app.redis.freeze();
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    app.redis.thaw();
    eventually("the answer is written down", || async { answers(&app).await[0].0 }).await;
}
