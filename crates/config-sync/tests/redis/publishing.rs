//! What the publisher's script answers, and what it leaves behind.

use config_sync::{Answer, MAX_REVISION, ModuleName, Unreachable};
use futures_util::StreamExt;
use redis::AsyncCommands;
use redis::streams::StreamRangeReply;

use crate::support::{DATABASE, GUILD, PREFIX, Redis, change, change_of};

#[tokio::test]
async fn a_change_is_stored_logged_counted_and_published_with_the_same_bytes() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let names = publisher.names().clone();
    let client = redis::Client::open(redis.url()).unwrap();
    let mut heard = client.get_async_pubsub().await.unwrap();
    heard.subscribe("t:bot:config:music").await.unwrap();
    heard.subscribe("t:bot:config:update").await.unwrap();

    let answer = publisher.publish(&change(7), 1).await.unwrap();

    assert_eq!(answer.n(), Some(2));
    let bytes = serde_json::to_string(&change(7)).unwrap();
    let mut messages = heard.on_message();
    for channel in ["t:bot:config:music", "t:bot:config:update"] {
        let message = messages.next().await.unwrap();
        assert_eq!(message.get_channel_name(), channel);
        assert_eq!(message.get_payload::<String>().unwrap(), bytes);
    }
    assert_eq!(redis.field(names.current(GUILD), "MUSIC").await, Some(bytes));
    assert_eq!(redis.field(names.epoch(), "n").await, Some(2));
    let log: StreamRangeReply = redis.connection().await.xrange_all(names.log()).await.unwrap();
    let entry = &log.ids[0];
    assert_eq!(entry.get("guildId"), Some(GUILD.to_string()));
    assert_eq!(entry.get("module"), Some("MUSIC".to_owned()));
    assert_eq!(entry.get("revision"), Some(7));
    assert_eq!((log.ids.len(), entry.map.len()), (1, 3));
}

#[tokio::test]
async fn an_older_and_the_same_revision_write_and_publish_nothing() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let names = publisher.names().clone();
    publisher.publish(&change(7), 0).await.unwrap();
    let client = redis::Client::open(redis.url()).unwrap();
    let mut heard = client.get_async_pubsub().await.unwrap();
    heard.psubscribe("t:bot:config:*").await.unwrap();

    assert_eq!(publisher.publish(&change(6), 0).await.unwrap(), Answer::Stale { held: 7 });
    assert_eq!(publisher.publish(&change(7), 0).await.unwrap(), Answer::Same);
    assert_eq!(publisher.publish(&change(8), 0).await.unwrap().n(), Some(3));

    let first = heard.on_message().next().await.unwrap().get_payload::<String>().unwrap();
    assert_eq!(first, serde_json::to_string(&change(8)).unwrap());
    assert_eq!(redis.connection().await.xlen::<_, u64>(names.log()).await.unwrap(), 2);
}

#[tokio::test]
async fn several_changes_go_in_their_order_and_each_has_its_answer_also_when_the_script_is_forgotten() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    for (first, n) in [(7, 2), (70, 4)] {
        let _: () = redis::cmd("SCRIPT").arg("FLUSH").query_async(&mut redis.connection().await).await.unwrap();
        let all = [first, first - 1, first, first + 1].map(change);
        let answers = publisher.publish_all(&all, 0).await.unwrap();
        let [Answer::Sent { n: one, .. }, Answer::Stale { held }, Answer::Same, Answer::Sent { n: two, .. }] =
            answers[..]
        else {
            panic!("{answers:?}")
        };
        assert_eq!((one, held, two), (n, first, n + 1));
    }
    assert_eq!(publisher.publish_all(&[], 0).await, Ok(Vec::new()));
    let with_one_too_large = [change(80), change(MAX_REVISION + 1)];
    assert_eq!(publisher.publish_all(&with_one_too_large, 0).await, Err(Unreachable::Unsendable));
    assert_eq!(publisher.publish(&change(80), 0).await.unwrap().n(), Some(6), "nothing of them was sent");
}

#[tokio::test]
async fn several_changes_without_an_answer_count_as_one_call() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let pause = redis::cmd("CLIENT").arg("PAUSE").arg(600).arg("ALL").to_owned();
    pause.exec_async(&mut redis.connection().await).await.unwrap();
    let all = [1, 2, 3, 4].map(change);
    assert_eq!(publisher.publish_all(&all, 0).await, Err(Unreachable::Late));
    // After three calls in a row it would not even be asked.
    assert_eq!(publisher.publish_all(&all, 0).await, Err(Unreachable::Late));
}

#[tokio::test]
async fn revisions_beside_the_largest_number_lose_no_digit() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let last = MAX_REVISION;
    assert_eq!(publisher.publish(&change(last - 2), 0).await.unwrap().n(), Some(2));
    assert_eq!(publisher.publish(&change(last - 1), 0).await.unwrap().n(), Some(3));
    assert_eq!(publisher.publish(&change(last), 0).await.unwrap().n(), Some(4));
    let stale = publisher.publish(&change(last - 1), 0).await.unwrap();
    assert_eq!(stale, Answer::Stale { held: 9_007_199_254_740_991 });
    assert_eq!(publisher.publish(&change(last), 0).await.unwrap(), Answer::Same);
    assert_eq!(publisher.publish(&change(last + 1), 0).await, Err(Unreachable::Unsendable));
    assert_eq!(publisher.publish(&change(0), 0).await, Err(Unreachable::Unsendable));
    let held = publisher.held_revisions(&[GUILD]).await.unwrap();
    assert_eq!(held[0][&ModuleName::MUSIC], last);
}

#[tokio::test]
async fn counts_beside_the_largest_number_lose_no_digit() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    let n = MAX_REVISION - 10;
    let begun = publisher.begin_rebuild(n).await.unwrap();
    assert_eq!(begun.n(), Some(n + 1));
    assert_eq!(publisher.publish(&change(1), n).await.unwrap().n(), Some(n + 2));
    assert_eq!(publisher.publish(&change(2), n + 3).await.unwrap(), Answer::Behind { n: n + 2 });
}

#[tokio::test]
async fn a_snapshot_that_cannot_be_read_is_replaced() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let key = publisher.names().current(GUILD);
    let unreadable = [
        "",
        "{",
        "null",
        "[]",
        "7",
        r#"{"data":null}"#,
        r#"{"data":{"revision":"9"}}"#,
        r#"{"data":{"revision":1e300}}"#,
        r#"{"data":{"revision":9007199254740993}}"#,
        r#"{"data":{"revision":1.5}}"#,
        r#"{"data":{"revision":-4}}"#,
    ];
    for text in unreadable {
        let _: () = redis.connection().await.hset(&key, "MUSIC", text).await.unwrap();
        let answer = publisher.publish(&change(1), 0).await.unwrap();
        assert!(matches!(answer, Answer::Sent { .. }), "{text}: {answer:?}");
    }
    let spaced = r#"{ "data": { "settings": {"revision": 1}, "revision": 5 } }"#;
    let _: () = redis.connection().await.hset(&key, "MUSIC", spaced).await.unwrap();
    assert_eq!(publisher.publish(&change(4), 0).await.unwrap(), Answer::Stale { held: 5 });
}

#[tokio::test]
async fn a_redis_that_is_new_restored_or_anothers_is_told_apart() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    assert_eq!(publisher.publish(&change(1), 0).await.unwrap(), Answer::Empty);
    assert_eq!(publisher.publish(&change(1), 40).await.unwrap(), Answer::Empty);

    assert_eq!(publisher.begin_rebuild(40).await.unwrap().n(), Some(41));
    assert_eq!(publisher.publish(&change(1), 42).await.unwrap(), Answer::Behind { n: 41 });
    assert_eq!(publisher.publish(&change(1), 41).await.unwrap().n(), Some(42));

    let foreign = Answer::Foreign { database: DATABASE.to_owned() };
    let other = redis.publisher_of("d2");
    assert_eq!(other.publish(&change(9), 0).await.unwrap(), foreign);
    assert_eq!(publisher.publish(&change(1), 42).await.unwrap(), Answer::Same);
}

#[tokio::test]
async fn once_warm_a_publish_is_one_round_trip() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.ping().await.unwrap();
    let before = publisher.round_trips();
    publisher.publish(&change(1), 0).await.unwrap();
    publisher.publish(&change(2), 0).await.unwrap();
    assert_eq!(publisher.round_trips() - before, 2);

    let _: () = redis::cmd("SCRIPT").arg("FLUSH").exec_async(&mut redis.connection().await).await.unwrap();
    let before = publisher.round_trips();
    assert_eq!(publisher.publish(&change(3), 0).await.unwrap().n(), Some(4));
    assert_eq!(publisher.round_trips() - before, 2, "one to learn that it is forgotten, one more");
}

#[tokio::test]
async fn two_prefixes_on_one_redis_do_not_meet() {
    let redis = Redis::start().await;
    let ours = redis.ready_publisher().await;
    ours.publish(&change(5), 0).await.unwrap();
    let theirs = config_sync::Publisher::new(&redis.url(), "u:", "d2").unwrap();
    assert_eq!(theirs.publish(&change(1), 0).await.unwrap(), Answer::Empty);
    let keys: Vec<String> = redis.connection().await.keys("*").await.unwrap();
    assert!(keys.iter().all(|key| key.starts_with(PREFIX)), "{keys:?}");
}

#[tokio::test]
async fn modules_and_guilds_have_revisions_of_their_own() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let other = config_sync::GuildId(2);
    for (guild, module) in [(GUILD, ModuleName::MUSIC), (GUILD, ModuleName::TICKETS), (other, ModuleName::MUSIC)] {
        let answer = publisher.publish(&change_of(guild, module, 3), 0).await.unwrap();
        assert!(matches!(answer, Answer::Sent { .. }), "{answer:?}");
    }
}
