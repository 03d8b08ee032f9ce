//! Panels and playlists: what the script answers, and what it leaves behind.

use config_sync::{Answer, GuildId, MAX_REVISION, ObjectKey, ObjectKind, Panel, Playlist, Unreachable};
use redis::AsyncCommands;
use serde_json::{Map, Value, json};

use crate::support::{DATABASE, GUILD, Redis, change};

fn key(id: &str) -> ObjectKey {
    ObjectKey { kind: ObjectKind::Panel, guild: GUILD, id: id.to_owned() }
}

fn named(name: &str) -> Map<String, Value> {
    json!({ "name": name, "id": "forged", "revision": 1 }).as_object().unwrap().clone()
}

async fn held(redis: &Redis, id: &str) -> Option<String> {
    redis.field(format!("t:bot:panels:{GUILD}"), id).await
}

#[tokio::test]
async fn an_object_is_put_counted_and_removed_and_nothing_is_published() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    assert_eq!(publisher.put_object(&key("a"), 7, &named("One"), 1).await.unwrap().n(), Some(2));
    assert_eq!(held(&redis, "a").await.unwrap(), r#"{"id":"a","revision":7,"name":"One"}"#);
    let read: Panel = serde_json::from_str(&held(&redis, "a").await.unwrap()).unwrap();
    assert_eq!((read.id.as_str(), read.revision, read.name.as_str()), ("a", 7, "One"));
    assert_eq!(publisher.remove_object(&key("a"), 8, 2).await.unwrap().n(), Some(3));
    assert_eq!(held(&redis, "a").await, None);
    assert_eq!(redis.field::<u64>(publisher.names().epoch(), "n").await, Some(3));
    assert_eq!(redis.connection().await.xlen::<_, u64>(publisher.names().log()).await.unwrap(), 0);
}

#[tokio::test]
async fn an_older_and_the_same_revision_write_nothing() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.put_object(&key("a"), 7, &named("One"), 0).await.unwrap();
    let stale = Answer::Stale { held: 7 };
    assert_eq!(publisher.put_object(&key("a"), 6, &named("Older"), 0).await.unwrap(), stale);
    assert_eq!(publisher.remove_object(&key("a"), 6, 0).await.unwrap(), stale);
    assert_eq!(publisher.put_object(&key("a"), 7, &named("Other"), 0).await.unwrap(), Answer::Same);
    assert_eq!(held(&redis, "a").await.unwrap(), r#"{"id":"a","revision":7,"name":"One"}"#);
    assert_eq!(publisher.remove_object(&key("none"), 6, 0).await.unwrap(), Answer::Same);
    assert!(publisher.remove_object(&key("a"), 7, 0).await.unwrap().n().is_some(), "its own revision is enough");
    assert_eq!(publisher.remove_object(&key("a"), 7, 0).await.unwrap(), Answer::Same, "done twice is done once");
}

#[tokio::test]
async fn a_redis_that_is_new_restored_or_anothers_is_told_apart() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    assert_eq!(publisher.put_object(&key("a"), 1, &named("One"), 0).await.unwrap(), Answer::Empty);
    assert_eq!(publisher.remove_object(&key("a"), 1, 9).await.unwrap(), Answer::Empty);
    publisher.begin_rebuild(40).await.unwrap();
    assert_eq!(publisher.put_object(&key("a"), 1, &named("One"), 42).await.unwrap(), Answer::Behind { n: 41 });
    let other = redis.publisher_of("d2");
    let foreign = Answer::Foreign { database: DATABASE.to_owned() };
    assert_eq!(other.put_object(&key("a"), 9, &named("One"), 0).await.unwrap(), foreign);
    assert_eq!(other.remove_object(&key("a"), 9, 0).await.unwrap(), foreign);
    assert_eq!(held(&redis, "a").await, None);
    // Settings and objects share one count.
    assert_eq!(publisher.put_object(&key("a"), 1, &named("One"), 41).await.unwrap().n(), Some(42));
    assert_eq!(publisher.publish(&change(1), 42).await.unwrap().n(), Some(43));
}

#[tokio::test]
async fn an_object_that_cannot_be_read_is_replaced_and_one_in_other_words_is_understood() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let hash = format!("t:bot:panels:{GUILD}");
    for text in ["", "{", "null", "[]", "7", r#"{"revision":"9"}"#, r#"{"revision":1.5}"#, r#"{"revision":1e300}"#] {
        let _: () = redis.connection().await.hset(&hash, "a", text).await.unwrap();
        assert_eq!(publisher.held_objects(ObjectKind::Panel, &[GUILD]).await.unwrap()[0]["a"], 0, "{text}");
        assert!(publisher.put_object(&key("a"), 1, &named("One"), 0).await.unwrap().n().is_some(), "{text}");
    }
    let spaced = r#"{ "name": "{\"revision\":1}", "revision": 5 }"#;
    let _: () = redis.connection().await.hset(&hash, "a", spaced).await.unwrap();
    assert_eq!(publisher.put_object(&key("a"), 4, &named("One"), 0).await.unwrap(), Answer::Stale { held: 5 });
}

#[tokio::test]
async fn revisions_are_read_back_by_guild_and_kind_without_losing_a_digit() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let other = GuildId(2);
    let playlist = ObjectKey { kind: ObjectKind::Playlist, guild: other, id: "p".to_owned() };
    publisher.put_object(&key("a"), MAX_REVISION, &named("One"), 0).await.unwrap();
    publisher.put_object(&key("b"), 3, &named("Two"), 0).await.unwrap();
    publisher.put_object(&playlist, 5, &named("Three"), 0).await.unwrap();
    let panels = publisher.held_objects(ObjectKind::Panel, &[other, GUILD]).await.unwrap();
    assert!(panels[0].is_empty());
    assert_eq!((panels[1].len(), panels[1]["a"], panels[1]["b"]), (2, MAX_REVISION, 3));
    assert_eq!(publisher.held_objects(ObjectKind::Playlist, &[other]).await.unwrap()[0]["p"], 5);
    let read: Playlist =
        serde_json::from_str(&redis.field::<String>("t:bot:playlists:2".into(), "p").await.unwrap()).unwrap();
    assert_eq!((read.revision, read.name.as_str()), (5, "Three"));
    for revision in [0, MAX_REVISION + 1] {
        let unsendable = Err(Unreachable::Unsendable);
        assert_eq!(publisher.put_object(&key("c"), revision, &named("No"), 0).await, unsendable);
        assert_eq!(publisher.remove_object(&key("c"), revision, 0).await, unsendable);
    }
    let mut guilds = Vec::new();
    let mut cursor = 0;
    loop {
        let (next, found) = publisher.held_guilds(cursor).await.unwrap();
        guilds.extend(found);
        cursor = next;
        if cursor == 0 {
            break;
        }
    }
    assert!(guilds.contains(&GUILD) && guilds.contains(&other), "{guilds:?}");
}
