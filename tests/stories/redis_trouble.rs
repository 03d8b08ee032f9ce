//! The way to the bot breaks: what is saved stays saved, waits, and arrives in order once it is mended.

mod comparing;
mod left_over;
mod put_back;
mod rebuilding;

use redis::AsyncCommands as _;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const WAITING: &str = "The bot will get it as soon as the connection to it is back.";

/// Saves, and gives the page that follows.
async fn saves(visitor: &mut Visitor, module: &str, edits: &[(&str, &str)]) -> Page {
    let answer = visitor.saves(module, edits).await;
    assert_eq!(answer.status, 303, "a save never fails for want of Redis: {}", answer.main());
    visitor.follows(&answer).await
}

async fn saves_and_waits(visitor: &mut Visitor, module: &str, field: &str, value: &str) {
    let page = saves(visitor, module, &[(field, value)]).await;
    assert!(page.title().starts_with("Saved:"), "{}", page.title());
    assert!(page.text("#flash").contains(WAITING), "{}", page.text("#flash"));
    // The request waited as long as the publisher did, so the page may be a moment ahead of it.
    eventually("the page says that the change waits", || async {
        visitor.clone().get(&settings(module)).await.text("#delivery").contains("Waiting")
    })
    .await;
}

async fn readiness(app: &TestApp) -> (u16, String) {
    let page = app.visitor().get("/readyz").await;
    (page.status.as_u16(), page.body.trim().to_owned())
}

async fn becomes(app: &TestApp, word: &str) {
    eventually(&format!("/readyz says {word}"), || async { readiness(app).await.1 == word }).await;
}

/// What a bot that reads the snapshot finds.
async fn snapshot(app: &TestApp, module: &str) -> Value {
    let mut connection = app.redis.connection().await.unwrap();
    let key = format!("{}bot:config:current:{HARBOUR}", app.prefix);
    let text: String = connection.hget(key, module).await.unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Rows that are neither sent nor replaced by a newer one.
async fn unsettled(app: &TestApp) -> i64 {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let rows = app.parts.db.run(|conn| {
        let waiting = changes.filter(published_at.is_null().and(superseded.eq(false)));
        Ok::<_, guildhall::db::DbError>(waiting.count().get_result(conn)?)
    });
    rows.await.unwrap()
}

async fn all_is_settled(app: &TestApp) {
    eventually("every change is settled", || async { unsettled(app).await == 0 }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_killed_and_comes_back_empty_and_everything_arrives() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "giveaway", &[("default_winners", "2")]).await;
    all_is_settled(&app).await;
    app.redis.kill();
    saves_and_waits(&mut mira, "music", "default_volume", "11").await;
    saves_and_waits(&mut mira, "music", "default_volume", "12").await;
    saves_and_waits(&mut mira, "tickets", "cooldown_minutes", "13").await;
    assert_eq!((app.changes().await, unsettled(&app).await), ((4, 1), 3), "they wait");
    becomes(&app, "degraded").await;
    assert_eq!(readiness(&app).await.0, 200, "the dashboard itself works");
    for path in ["/guilds".to_owned(), format!("/guilds/{HARBOUR}"), settings("tempvoice")] {
        assert_eq!(mira.get(&path).await.status, 200, "{path}");
    }

    app.redis.restart().await;
    all_is_settled(&app).await;
    becomes(&app, "ok").await;
    for (module, field, value) in
        [("MUSIC", "defaultVolume", 12), ("TICKETS", "cooldownMinutes", 13), ("GIVEAWAY", "defaultWinners", 2)]
    {
        eventually(&format!("the snapshot holds {module}"), || async {
            let mut connection = app.redis.connection().await.unwrap();
            let key = format!("bot:config:current:{HARBOUR}");
            connection.hexists::<_, _, bool>(key, module).await.unwrap()
        })
        .await;
        assert_eq!(snapshot(&app, module).await["data"]["settings"][field], value, "{module}");
    }
    let bot = app.bot().await;
    let page = saves(&mut mira, "music", &[("default_volume", "14")]).await;
    assert!(page.text("#flash").contains("Sent to the bot"), "{}", page.text("#flash"));
    assert_eq!(bot.messages(1).await[0]["data"]["settings"]["defaultVolume"], 14);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_freezes_and_thaws_and_each_change_arrives_once_in_order() {
    let app = TestApp::with_own_redis().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    app.redis.freeze();
    for volume in ["21", "22", "23"] {
        saves_and_waits(&mut mira, "music", "default_volume", volume).await;
    }
    saves_and_waits(&mut mira, "giveaway", "default_winners", "4").await;
    assert_eq!(app.changes().await, (4, 0));
    assert_eq!(readiness(&app).await.1, "degraded");

    app.redis.thaw();
    all_is_settled(&app).await;
    becomes(&app, "ok").await;
    // What was on its way when Redis froze may have overtaken what was tried again: then the later one stands.
    let messages = bot.messages(2).await;
    let of = |module: &str| -> Vec<Value> { messages.iter().filter(|one| one["module"] == module).cloned().collect() };
    let volumes: Vec<i64> =
        of("MUSIC").iter().map(|one| one["data"]["settings"]["defaultVolume"].as_i64().unwrap()).collect();
    assert!(volumes.is_sorted_by(|one, next| one < next) && volumes.last() == Some(&23), "{volumes:?}");
    assert_eq!(of("GIVEAWAY").len(), 1);
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 23);
    assert_eq!(bot.heard().len(), 2 * messages.len(), "each once, on two channels");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_loses_everything_while_it_runs_and_is_filled_again() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "31")]).await;
    saves(&mut mira, "giveaway", &[("default_winners", "3")]).await;
    all_is_settled(&app).await;
    let mut connection = app.redis.connection().await.unwrap();
    redis::cmd("FLUSHALL").exec_async(&mut connection).await.unwrap();
    let page = saves(&mut mira, "music", &[("default_volume", "32")]).await;
    assert!(page.title().starts_with("Saved:"));
    all_is_settled(&app).await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 32);
    eventually("Redis is filled", || async {
        app.parts.relay.publisher().status().await.is_ok_and(|status| status.complete)
    })
    .await;
    assert_eq!(snapshot(&app, "GIVEAWAY").await["data"]["settings"]["defaultWinners"], 3, "also what nobody touched");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_of_another_deployment_is_left_alone_until_it_is_ours_again() {
    let app = TestApp::with_own_redis().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "41")]).await;
    all_is_settled(&app).await;
    let mut connection = app.redis.connection().await.unwrap();
    let ours: String = connection.hget("bot:config:epoch", "database").await.unwrap();
    let _: () = connection.hset("bot:config:epoch", "database", "somebody-elses").await.unwrap();
    saves_and_waits(&mut mira, "music", "default_volume", "42").await;
    saves_and_waits(&mut mira, "music", "default_volume", "43").await;
    becomes(&app, "degraded").await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 41, "nothing is written there");
    assert_eq!(app.changes().await, (3, 1));

    let _: () = connection.hset("bot:config:epoch", "database", ours).await.unwrap();
    all_is_settled(&app).await;
    becomes(&app, "ok").await;
    let volumes: Vec<i64> =
        bot.messages(2).await.iter().map(|one| one["data"]["settings"]["defaultVolume"].as_i64().unwrap()).collect();
    assert_eq!(volumes, [41, 43], "the newest stands for what it replaces");
    assert_eq!(app.changes().await, (3, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_redis_that_is_ours_again_is_noticed_without_any_save() {
    let mut app = TestApp::with_own_redis().await;
    let mut connection = app.redis.connection().await.unwrap();
    let ours: String = connection.hget("bot:config:epoch", "database").await.unwrap();
    let _: () = connection.hset("bot:config:epoch", "database", "somebody-elses").await.unwrap();
    app.restart().await;
    becomes(&app, "degraded").await;
    let _: () = connection.hset("bot:config:epoch", "database", ours).await.unwrap();
    becomes(&app, "ok").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_was_ended_with_unsent_changes_sends_them_when_it_starts_again() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.kill();
    saves_and_waits(&mut mira, "music", "default_volume", "51").await;
    saves_and_waits(&mut mira, "tempvoice", "auto_lock_minutes", "52").await;
    app.stop().await;
    app.redis.restart().await;
    let bot = app.bot().await;
    app.restart().await;
    all_is_settled(&app).await;
    let messages = bot.messages(2).await;
    let found = |module: &str| messages.iter().find(|one| one["module"] == module).unwrap().clone();
    assert_eq!(found("MUSIC")["data"]["settings"]["defaultVolume"], 51);
    assert_eq!(found("TEMPVOICE")["data"]["settings"]["autoLockMinutes"], 52);
    assert_eq!(bot.heard().len(), 4, "each once");
    assert_eq!(mira.get(&settings("music")).await.status, 200, "and nobody was signed out");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_while_redis_is_away_waits_like_any_other_change() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "61")]).await;
    all_is_settled(&app).await;
    app.redis.freeze();
    let there = format!("{}/reset", settings("music"));
    let form = mira.get(&there).await.form(&there);
    let answer = mira.post(&there, &form).await;
    assert!(mira.follows(&answer).await.text("#flash").contains(WAITING));
    app.redis.thaw();
    all_is_settled(&app).await;
    let message = snapshot(&app, "MUSIC").await;
    assert_eq!(
        (&message["action"], &message["data"]["settings"]["defaultVolume"]),
        (&Value::from("delete"), &Value::from(50))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_was_adopted_is_filled_without_any_save() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "71")]).await;
    all_is_settled(&app).await;
    let mut connection = app.redis.connection().await.unwrap();
    redis::cmd("FLUSHALL").exec_async(&mut connection).await.unwrap();
    let epoch = [("database", "somebody-elses"), ("n", "1000"), ("complete", "1")];
    let _: () = connection.hset_multiple("bot:config:epoch", &epoch).await.unwrap();
    app.restart().await;
    becomes(&app, "degraded").await;
    let known = guildhall::relay::highest_n(&app.parts.db).await.unwrap();
    app.parts.relay.publisher().adopt(known).await.unwrap();
    becomes(&app, "ok").await;
    eventually("the snapshot is filled", || async {
        let mut connection = connection.clone();
        connection.hget::<_, _, Option<String>>("bot:config:epoch", "complete").await.unwrap().as_deref() == Some("1")
    })
    .await;
    assert_eq!(snapshot(&app, "MUSIC").await["data"]["settings"]["defaultVolume"], 71);
}
