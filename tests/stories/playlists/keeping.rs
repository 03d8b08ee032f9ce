//! What the bot finds of playlists in Redis.

use discord_standin::seed;
use guildhall::db::DbError;
use guildhall::erasure::person::{forget_on_servers, neutral_id};
use guildhall::ids::UserId;
use serde_json::{Value, json};

use super::{kept, makes, said, sends};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

/// What Redis holds of a playlist of the Harbour Club.
async fn held(app: &TestApp, path: &str) -> Option<Value> {
    let mut connection = app.redis.connection().await.unwrap();
    let mut ask = redis::cmd("HGET");
    ask.arg(format!("{}bot:playlists:{HARBOUR}", app.prefix)).arg(path.rsplit('/').next().unwrap());
    let text: Option<String> = ask.query_async(&mut connection).await.unwrap();
    text.map(|text| serde_json::from_str(&text).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_finds_a_playlist_as_it_was_saved_last_and_none_that_was_deleted() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    let owner = discord_standin::seed::MIRA.to_string();
    let expected = |name: &str, revision: i64, tracks: &Value| {
        let id = path.rsplit('/').next().unwrap();
        json!({"id": id, "revision": revision, "name": name, "shared": true, "ownerId": owner, "tracks": tracks})
    };
    let row = kept(&app).await.remove(0);
    assert_eq!(held(&app, &path).await, Some(expected("Mix", row.revision, &row.tracks())));
    let list = "https://youtu.be/b";
    assert_eq!(sends(&mut mira, &format!("{path}/import"), &[("addresses", list)]).await.status, 303);
    // Whoever changes it: it stays hers.
    let mut jonas = app.signed_in(discord_standin::seed::JONAS).await;
    assert_eq!(sends(&mut jonas, &path, &[("name", "Mix 2")]).await.status, 303);
    let row = kept(&app).await.remove(0);
    assert_eq!(row.tracks()[1]["seconds"], Value::Null);
    assert_eq!(held(&app, &path).await, Some(expected("Mix 2", row.revision, &row.tracks())));
    assert_eq!(sends(&mut mira, &format!("{path}/deletion"), &[]).await.status, 303);
    assert_eq!(held(&app, &path).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_while_redis_is_away_is_said_so_and_sent_when_it_is_back() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let (path, other) = (makes(&mut mira, "Mix", &[]).await, makes(&mut mira, "Other", &[]).await);
    app.redis.freeze();
    let answer = sends(&mut mira, &path, &[("name", "Later")]).await;
    let page = mira.follows(&answer).await;
    assert!(said(&page, "#flash").contains("Later is saved. The bot will get it"), "{}", said(&page, "#flash"));
    let answer = sends(&mut mira, &format!("{other}/deletion"), &[]).await;
    let page = mira.follows(&answer).await;
    assert!(said(&page, "#flash").contains("will learn of it"), "{}", said(&page, "#flash"));
    app.redis.thaw();
    eventually("the new name is in Redis", || async {
        held(&app, &path).await.is_some_and(|held| held["name"] == "Later")
    })
    .await;
    eventually("what was deleted is gone", || async { held(&app, &other).await.is_none() }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn playlists_of_who_is_forgotten_stay_under_a_number_for_the_bot_too() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    let (user, number, now) = (UserId::new(seed::MIRA.0), neutral_id(), app.clock.now());
    let forget = app.parts.db.write(move |conn| Ok::<_, DbError>(forget_on_servers(conn, user, number, now)?));
    let tally = forget.await.unwrap();
    assert!(tally.some().any(|(table, rows)| (table, rows) == ("playlists", 1)), "{tally:?}");
    // By itself it is found when the two are compared, ten minutes later at most.
    app.parts.relay.objects_saved();
    eventually("the bot knows the number", || async {
        held(&app, &path).await.is_some_and(|held| held["ownerId"] == number.to_string())
    })
    .await;
    let page = jonas.get(&path).await;
    let lead = said(&page, ".lead");
    assert!(lead.contains(&number.to_string()) && !lead.contains("Mira"), "{lead}");
    assert_eq!(kept(&app).await[0].tracks().as_array().unwrap().len(), 1, "its tracks are as they were");
    assert_eq!(sends(&mut jonas, &path, &[("name", "Mix 2")]).await.status, 303, "and it can be changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forgetting_who_made_a_playlist_raises_its_revision_and_never_sets_it_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for name in ["Ahead", "Behind"] {
        makes(&mut mira, name, &["https://youtu.be/a"]).await;
    }
    let (user, number, now) = (UserId::new(seed::MIRA.0), neutral_id(), app.clock.now());
    for (name, revision) in [("Ahead", now + 1_000_000), ("Behind", 1)] {
        let set = format!("UPDATE playlists SET revision = {revision} WHERE name = '{name}'");
        crate::history::executes(&app, &set).await;
    }
    let forget = app.parts.db.write(move |conn| Ok::<_, DbError>(forget_on_servers(conn, user, number, now)?));
    forget.await.unwrap();
    let revisions: Vec<i64> = kept(&app).await.iter().map(|row| row.revision).collect();
    assert_eq!(revisions, [now + 1_000_001, now]);
}
