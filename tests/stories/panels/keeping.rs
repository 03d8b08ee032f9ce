//! Panels and playlists in Redis: a copy that can be thrown away.

use redis::AsyncCommands as _;
use serde_json::json;

use super::*;
use crate::support::app::eventually;

async fn comes_back(app: &TestApp, id: &str, title: &str) {
    eventually("the panel is in Redis again", || async {
        held(app, id).await.is_some_and(|held| held["embed"]["title"] == title)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_lost_everything_is_filled_again() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    saves(&mut mira, &id, &[("title", "Kept")]).await;
    app.redis.kill();
    app.redis.restart().await;
    comes_back(&app, &id, "Kept").await;
    eventually("it is complete", || async {
        app.parts.relay.publisher().status().await.is_ok_and(|status| status.complete)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_saved_while_redis_was_away_is_sent_when_it_is_back() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let (id, other) = (makes(&mut mira, "Help").await, makes(&mut mira, "Other").await);
    app.redis.freeze();
    let answer = saves(&mut mira, &id, &[("title", "While away")]).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("as soon as the connection"));
    let there = format!("{}/deletion", at(&other));
    let form = mira.get(&there).await.form(&there);
    assert_eq!(mira.post(&there, &form).await.status, 303);
    app.redis.thaw();
    comes_back(&app, &id, "While away").await;
    eventually("what was deleted is gone", || async { held(&app, &other).await.is_none() }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_comparison_puts_right_what_is_missing_older_newer_or_unknown() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let older = held(&app, &id).await.unwrap().to_string();
    saves(&mut mira, &id, &[("title", "Newest")]).await;
    let newest = held(&app, &id).await.unwrap();
    let key = format!("bot:panels:{HARBOUR}");
    let mut connection = app.redis.connection().await.unwrap();

    let _: () = connection.del(&key).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(held(&app, &id).await.unwrap(), newest, "a key that was deleted");
    let _: () = connection.hset(&key, &id, older).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(held(&app, &id).await.unwrap(), newest, "an older one");
    let _: () = connection.hset(&key, &id, "{").await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(held(&app, &id).await.unwrap(), newest, "one that cannot be read");

    let ahead = newest["revision"].as_i64().unwrap() + 1_000_000_000;
    let theirs = json!({"id": id, "revision": ahead, "embed": {"title": "From nowhere"}});
    let _: () = connection.hset(&key, &id, theirs.to_string()).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    let now = held(&app, &id).await.unwrap();
    assert_eq!(now["embed"]["title"], "Newest", "the database is the truth");
    assert!(now["revision"].as_i64().unwrap() > ahead, "and stands above what was there");
    assert_eq!(saves(&mut mira, &id, &[("title", "Later")]).await.status, 303);

    let unknown = json!({"id": "gone", "revision": 5}).to_string();
    let _: () = connection.hset(&key, "gone", &unknown).await.unwrap();
    let _: () = connection.hset("bot:playlists:902531987246612480", "gone", &unknown).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(held(&app, "gone").await, None, "what nobody made");
    let left: bool = connection.exists("bot:playlists:902531987246612480").await.unwrap();
    assert!(!left, "also on a server that nobody knows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removal_that_an_older_write_undid_is_done_again() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let before = held(&app, &id).await.unwrap().to_string();
    let there = format!("{}/deletion", at(&id));
    let form = mira.get(&there).await.form(&there);
    mira.post(&there, &form).await;
    eventually("it is gone", || async { held(&app, &id).await.is_none() }).await;
    let mut connection = app.redis.connection().await.unwrap();
    let _: () = connection.hset(format!("bot:panels:{HARBOUR}"), &id, before).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    assert_eq!(held(&app, &id).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_is_kept_by_the_same_rules() {
    use diesel::prelude::*;
    use guildhall::schema::playlists;
    let app = TestApp::with_own_redis().await;
    let tracks = json!([{"title": "One", "url": "https://example.com/1", "seconds": 61}]);
    let row = move |conn: &mut guildhall::db::Conn| {
        let values = (
            playlists::guild_id.eq(HARBOUR.cast_signed()),
            playlists::id.eq("p1"),
            playlists::name.eq("Evening"),
            playlists::name_key.eq("evening"),
            playlists::shared.eq(true),
            playlists::owner_id.eq(445_518_183_798_022_151_i64),
            playlists::owner_name.eq("Mira"),
            playlists::tracks.eq(tracks.to_string()),
            playlists::revision.eq(7_i64),
            playlists::updated_at.eq(1_i64),
        );
        diesel::insert_into(playlists::table).values(values).execute(conn)?;
        Ok::<_, guildhall::db::DbError>(())
    };
    app.parts.db.write(row).await.unwrap();
    app.parts.relay.sweep_all_now().await;
    let mut connection = app.redis.connection().await.unwrap();
    let text: String = connection.hget(format!("bot:playlists:{HARBOUR}"), "p1").await.unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap(),
        json!({"id": "p1", "revision": 7, "name": "Evening", "shared": true, "ownerId": "445518183798022151",
               "tracks": [{"title": "One", "url": "https://example.com/1", "seconds": 61}]})
    );
}
