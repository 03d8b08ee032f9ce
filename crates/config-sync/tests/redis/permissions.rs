//! Each side can do its work with the rights it should have, and no more.

use std::time::Duration;

use config_sync::{Answer, Change, ConfigSubscriber, Event, EventPublisher, GuildId, Publisher, Unreachable};
use redis::AsyncCommands;
use serde_json::Value;

use crate::support::{DATABASE, GUILD, Redis, change, eventually};

/// The two accounts as the crate needs them, with an empty prefix. `%R~` is the right to read,
/// `%W~` to write.
const DASHBOARD: &str = "on >d resetkeys resetchannels -@all \
    +eval +evalsha +script|load +ping +info +hmget +hget +hset +hgetall +hincrby +xadd +publish +time \
    ~bot:config:current:* ~bot:config:log ~bot:config:epoch %R~bot:config:applied:* \
    &bot:config:*";
const BOT: &str = "on >b resetkeys resetchannels -@all \
    (+hmget +hget +hgetall +xinfo|stream +xrange %R~bot:config:*) \
    (+subscribe &bot:config:update) \
    (+hget +hset %RW~bot:config:applied:*) (+xadd %W~bot:events) (+publish &discord_events) \
    +multi +exec +ping";

async fn with_accounts() -> (Redis, String, String) {
    let redis = Redis::start().await;
    for (name, rules) in [("guildhall", DASHBOARD), ("bot", BOT)] {
        let mut set = redis::cmd("ACL");
        set.arg("SETUSER").arg(name);
        // A rule in brackets is one argument.
        let mut rest = rules;
        while !rest.is_empty() {
            let (rule, after) = if rest.starts_with('(') {
                rest.split_at(rest.find(')').unwrap() + 1)
            } else {
                rest.split_at(rest.find(' ').unwrap_or(rest.len()))
            };
            set.arg(rule);
            rest = after.trim_start();
        }
        set.exec_async(&mut redis.connection().await).await.unwrap();
    }
    let as_user = |user: &str| redis.url().replace("redis://", &format!("redis://{user}@"));
    let (dashboard, bot) = (as_user("guildhall:d"), as_user("bot:b"));
    (redis, dashboard, bot)
}

async fn accept(_: Change) -> Result<(), String> {
    Ok(())
}

#[tokio::test]
async fn two_accounts_with_few_rights_are_enough_for_both_sides() {
    let (redis, dashboard, bot) = with_accounts().await;
    let publisher = Publisher::new(&dashboard, "", DATABASE).unwrap();
    publisher.ping().await.unwrap();
    publisher.begin_rebuild(0).await.unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    publisher.complete_rebuild(0).await.unwrap();
    assert!(publisher.status().await.unwrap().complete);

    let bot = ConfigSubscriber::builder(bot).guilds([GUILD]).on_all(accept);
    let bot = bot.heartbeat(Duration::from_millis(50)).start().unwrap();
    let applied = async |revision| {
        let applied = publisher.applied(&[GUILD]).await.ok()?;
        applied[0].values().any(|applied| applied.revision == revision).then_some(())
    };
    eventually(async || applied(1).await).await;
    assert!(matches!(publisher.publish(&change(2), 0).await.unwrap(), Answer::Sent { .. }));
    eventually(async || applied(2).await).await;
    assert!(bot.stop().await);
    assert_eq!(redis.connection().await.xlen::<_, u64>("bot:events").await.unwrap(), 2);
    assert_eq!(publisher.held_revisions(&[GUILD]).await.unwrap()[0].len(), 1);
    assert_eq!(publisher.held_messages(&[GUILD]).await.unwrap()[0].len(), 1);
}

#[tokio::test]
async fn a_bot_cannot_write_settings_and_a_dashboard_cannot_speak_for_the_bot() {
    let (redis, dashboard, bot) = with_accounts().await;
    redis.publisher().begin_rebuild(0).await.unwrap();
    let publisher = Publisher::new(&bot, "", DATABASE).unwrap();
    let refused = publisher.publish(&change(1), 0).await;
    assert!(matches!(refused, Err(Unreachable::Refused(_))), "{refused:?}");

    let events = EventPublisher::new(&dashboard, "").unwrap();
    events.send(&Event::new("TICKET_CREATE", GuildId(1), Value::Null)).unwrap();
    assert!(!events.flush(Duration::from_millis(300)).await);
    assert_eq!(redis.connection().await.xlen::<_, u64>("bot:events").await.unwrap(), 0);
}
