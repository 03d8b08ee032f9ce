//! The database is put back to an older copy: the bot follows it, and both sides are in the log.

use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema::{changes, settings};
use redis::AsyncCommands as _;
use serde_json::Value;

use super::{all_is_settled, saves, snapshot};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

/// As restoring a backup made after the first of two saves does.
async fn put_back(app: &TestApp, older: String, older_revision: i64) {
    let restore = app.parts.db.run(move |conn| {
        diesel::update(settings::table)
            .set((settings::body.eq(older), settings::revision.eq(older_revision), settings::saves.eq(1)))
            .execute(conn)?;
        diesel::delete(changes::table.filter(changes::revision.gt(older_revision))).execute(conn)?;
        Ok::<_, DbError>(())
    });
    restore.await.unwrap();
}

/// As restoring a backup made before the first save does.
async fn empty(app: &TestApp) {
    let restore = app.parts.db.run(|conn| {
        diesel::delete(settings::table).execute(conn)?;
        diesel::delete(changes::table).execute(conn)?;
        Ok::<_, DbError>(())
    });
    restore.await.unwrap();
}

/// Before and after of the newest change that no person made.
async fn newest_change_by_nobody(app: &TestApp) -> (Value, Value) {
    let row = app.parts.db.run(|conn| {
        let nobody = changes::table.filter(changes::actor_id.is_null()).order(changes::revision.desc());
        Ok::<_, DbError>(
            nobody
                .select((changes::before_body, changes::after_body))
                .first::<(Option<String>, Option<String>)>(conn)?,
        )
    });
    let (one, two) = row.await.unwrap();
    let read = |text: Option<String>| serde_json::from_str(&text.unwrap()).unwrap();
    (read(one), read(two))
}

async fn volume_and_revision(app: &TestApp) -> (i64, i64) {
    let message = snapshot(app, "MUSIC").await;
    let number = |value: &Value| value.as_i64().unwrap();
    (number(&message["data"]["settings"]["defaultVolume"]), number(&message["data"]["revision"]))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_put_back_is_noticed_at_the_next_start_and_wins_and_both_sides_are_noted() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "70")]).await;
    let (older, revision) = app.stored("music").await.unwrap();
    saves(&mut mira, "music", &[("default_volume", "80")]).await;
    all_is_settled(&app).await;
    let (_, held) = volume_and_revision(&app).await;
    app.stop().await;
    put_back(&app, older.to_string(), revision).await;
    let bot = app.bot().await;
    app.restart().await;
    eventually("Redis follows the database", || async { volume_and_revision(&app).await.0 == 70 }).await;
    assert!(volume_and_revision(&app).await.1 > held, "under a revision the bot takes");
    assert_eq!(bot.messages(1).await[0]["data"]["settings"]["defaultVolume"], 70);
    all_is_settled(&app).await;
    let (before, after) = newest_change_by_nobody(&app).await;
    assert_eq!((&before["defaultVolume"], &after["defaultVolume"]), (&Value::from(80), &Value::from(70)));
    let saved = saves(&mut mira, "music", &[("default_volume", "90")]).await;
    assert!(saved.title().starts_with("Saved:"), "{}", saved.title());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_put_back_to_before_the_first_save_brings_the_bot_to_the_defaults() {
    let mut app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "70")]).await;
    all_is_settled(&app).await;
    app.stop().await;
    empty(&app).await;
    app.restart().await;
    eventually("the bot gets the defaults", || async { volume_and_revision(&app).await.0 == 50 }).await;
    assert_eq!(snapshot(&app, "MUSIC").await["action"], "delete");
    all_is_settled(&app).await;
    let (before, after) = newest_change_by_nobody(&app).await;
    assert_eq!((&before["defaultVolume"], &after["defaultVolume"]), (&Value::from(70), &Value::from(50)));
    let saved = saves(&mut mira, "music", &[("default_volume", "90")]).await;
    assert!(saved.title().starts_with("Saved:"), "{}", saved.title());
    all_is_settled(&app).await;
    assert_eq!(volume_and_revision(&app).await.0, 90);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_below_what_redis_holds_is_not_called_replaced_but_wins() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "70")]).await;
    all_is_settled(&app).await;
    // The database that was lost had a clock far ahead.
    let ahead = app.clock.now() + 86_400_000;
    let mut message = snapshot(&app, "MUSIC").await;
    message["data"]["revision"] = ahead.into();
    message["data"]["settings"]["defaultVolume"] = 99.into();
    let mut connection = app.redis.connection().await.unwrap();
    let _: () = connection.hset(format!("bot:config:current:{HARBOUR}"), "MUSIC", message.to_string()).await.unwrap();
    saves(&mut mira, "music", &[("default_volume", "75")]).await;
    all_is_settled(&app).await;
    assert_eq!(volume_and_revision(&app).await, (75, ahead + 1));
    let (before, after) = newest_change_by_nobody(&app).await;
    assert_eq!((&before["defaultVolume"], &after["defaultVolume"]), (&Value::from(99), &Value::from(75)));
    assert_eq!(app.stored("music").await.unwrap().1, ahead + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_follows_a_database_put_back_though_redis_has_lost_everything_too() {
    let mut app = TestApp::with_own_redis().await;
    let bot = app.example_bot();
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "70")]).await;
    let (older, revision) = app.stored("music").await.unwrap();
    saves(&mut mira, "music", &[("default_volume", "80")]).await;
    let last = || bot.applied().pop().map(|change| change.settings["defaultVolume"].clone());
    eventually("the bot has the second", || async { last() == Some(Value::from(80)) }).await;
    app.stop().await;
    put_back(&app, older.to_string(), revision).await;
    app.redis.kill();
    app.redis.restart().await;
    app.restart().await;
    // What the bot holds is all that tells of the second save.
    eventually("the bot follows the database", || async {
        app.parts.relay.sweep_all_now().await;
        last() == Some(Value::from(70))
    })
    .await;
}
