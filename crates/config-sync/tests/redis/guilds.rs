//! Whose guild it is: what is not the process's own is neither handed over nor answered.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use config_sync::{Change, ConfigSubscriber, GuildId, ModuleName};
use redis::AsyncCommands;
use tokio::sync::{Notify, Semaphore};

use crate::acknowledging::logged;
use crate::support::{GUILD, Heard, PREFIX, Redis, change, change_of, eventually, following};

#[tokio::test]
async fn a_guild_lost_while_its_handler_runs_is_answered_only_when_it_is_back() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let (began, open) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (begun, opened) = (Arc::clone(&began), Arc::clone(&open));
    let heard: Arc<Mutex<Vec<u64>>> = Arc::default();
    let notes = Arc::clone(&heard);
    let wait = move |change: Change| {
        let (begun, opened) = (Arc::clone(&begun), Arc::clone(&opened));
        notes.lock().unwrap().push(change.revision);
        async move {
            begun.notify_one();
            opened.acquire().await.unwrap().forget();
            Ok::<(), String>(())
        }
    };
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([GUILD]);
    let bot = bot.heartbeat(Duration::from_millis(50)).on_all(wait).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    began.notified().await;
    // This one waits for the first, and must not begin any more.
    publisher.publish(&change(2), 0).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    bot.guild_removed(GUILD);
    open.add_permits(10);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(redis.applied().await, None, "somebody else may have the guild now");
    assert!(logged(&redis).await.is_empty());

    bot.guild_added(GUILD);
    eventually(async || redis.applied().await.filter(|applied| applied.revision == 2)).await;
    assert_eq!(*heard.lock().unwrap(), [1, 2]);
    let said = logged(&redis).await;
    assert_eq!(said.last().unwrap().data["revision"], 2, "which settles 1, too");
}

#[tokio::test]
async fn an_answer_that_waited_for_redis_is_not_given_for_a_guild_lost_meanwhile() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let (one, other) = (GuildId(1), GuildId(2));
    let (began, open) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
    let (begun, opened) = (Arc::clone(&began), Arc::clone(&open));
    let wait = move |_| {
        let (begun, opened) = (Arc::clone(&begun), Arc::clone(&opened));
        async move {
            begun.notify_one();
            opened.acquire().await.unwrap().forget();
            Ok::<(), String>(())
        }
    };
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([one, other]);
    let bot = bot.heartbeat(Duration::from_millis(50)).on_all(wait).start().unwrap();
    for guild in [one, other] {
        publisher.publish(&change_of(guild, ModuleName::MUSIC, 1), 0).await.unwrap();
        began.notified().await;
    }
    redis.kill();
    open.add_permits(10);
    eventually(async || (bot.events().waiting() == 2).then_some(())).await;
    bot.guild_removed(other);
    redis.start_again().await;
    eventually(async || (bot.events().waiting() == 0).then_some(())).await;
    let keys: HashSet<String> = redis.connection().await.keys("*applied*").await.unwrap();
    assert_eq!(keys, HashSet::from([format!("{PREFIX}bot:config:applied:1")]));
    assert!(logged(&redis).await.iter().all(|event| event.guild_id == one));
}

#[tokio::test]
async fn what_is_said_of_others_guilds_is_passed_over_in_silence() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let bot = following(&redis, &heard).start().unwrap();
    let other = GuildId(2);
    publisher.publish(&change_of(other, ModuleName::MUSIC, 9), 0).await.unwrap();
    let mut five_fields = change_of(other, ModuleName::MUSIC, 10);
    five_fields.data = None;
    let text = serde_json::to_string(&five_fields).unwrap();
    let _: () = redis.connection().await.publish(publisher.names().all_channel(), text).await.unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    assert!(bot.stop().await);
    let keys: HashSet<String> = redis.connection().await.keys("*applied*").await.unwrap();
    assert_eq!(keys, HashSet::from([format!("{PREFIX}bot:config:applied:{GUILD}")]));
    assert_eq!(logged(&redis).await.len(), 1);
}

#[tokio::test]
async fn a_message_whose_data_is_of_another_kind_makes_the_bot_read_the_snapshot() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let _bot = following(&redis, &heard).heartbeat(Duration::from_secs(3600)).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    let mut connection = redis.connection().await;
    for (revision, data) in [(2, r#"{"volume":1}"#), (3, "null"), (4, "[]"), (5, r#"{"revision":0}"#)] {
        let newer = serde_json::to_string(&change(revision)).unwrap();
        let _: () = connection.hset(publisher.names().current(GUILD), "MUSIC", newer).await.unwrap();
        let text = format!(r#"{{"guildId":"{GUILD}","module":"MUSIC","action":"update","timestamp":1,"data":{data}}}"#);
        let _: () = connection.publish(publisher.names().all_channel(), text).await.unwrap();
        eventually(async || (heard.last() == Some(revision)).then_some(())).await;
    }
}
