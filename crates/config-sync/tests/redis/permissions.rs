//! Each side can do its work with the rights that `docs/redis-users.acl` gives it, and no more.

use std::time::Duration;

use config_sync::{
    Answer, Change, Command, ConfigSubscriber, Dispatched, Done, Event, EventPublisher, GuildId, ObjectKey, ObjectKind,
    Publisher, Unreachable, now_ms,
};
use redis::AsyncCommands;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{DATABASE, GUILD, Redis, change, eventually};

/// The file as it is shipped: without passwords, so that nobody can come in before one is set.
const USERS: &str = include_str!("../../../../docs/redis-users.acl");

async fn with_accounts() -> (Redis, String, String) {
    let users = USERS.replace("user guildhall on ", "user guildhall on >d ").replace("user bot on ", "user bot on >b ");
    let redis = with_users(&users).await;
    let as_user = |user: &str| redis.url().replace("redis://", &format!("redis://{user}@"));
    let (dashboard, bot) = (as_user("guildhall:d"), as_user("bot:b"));
    (redis, dashboard, bot)
}

async fn with_users(users: &str) -> Redis {
    let arguments = |folder: &std::path::Path| {
        let file = folder.join("users.acl");
        std::fs::write(&file, users).unwrap();
        vec!["--aclfile".to_owned(), file.to_str().unwrap().to_owned()]
    };
    Redis::start_with(arguments).await
}

async fn accept(_: Change) -> Result<(), String> {
    Ok(())
}

async fn obey(_: Command) -> Result<Done, String> {
    Ok(Done::default())
}

#[tokio::test]
async fn two_accounts_with_few_rights_are_enough_for_both_sides() {
    let (redis, dashboard, bot) = with_accounts().await;
    let publisher = Publisher::new(&dashboard, "", DATABASE).unwrap();
    publisher.ping().await.unwrap();
    publisher.begin_rebuild(0).await.unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    // Instances tell each other what they commit, and count each other.
    let mut instance = redis::Client::open(&*dashboard).unwrap().get_multiplexed_async_connection().await.unwrap();
    let count: (String, usize) =
        redis::cmd("PUBSUB").arg("NUMSUB").arg("guildhall:live").query_async(&mut instance).await.unwrap();
    assert_eq!(count.1, 0);
    publisher.complete_rebuild(0).await.unwrap();
    assert!(publisher.status().await.unwrap().complete);

    let bot = ConfigSubscriber::builder(bot).bot_id("b").guilds([GUILD]).on_all(accept).obey(obey);
    let bot = bot.heartbeat(Duration::from_millis(50)).start().unwrap();
    let applied = async |revision| {
        let applied = publisher.applied(&[GUILD]).await.ok()?;
        applied[0].values().any(|applied| applied.revision == revision).then_some(())
    };
    eventually(async || applied(1).await).await;
    assert!(matches!(publisher.publish(&change(2), 0).await.unwrap(), Answer::Sent { .. }));
    eventually(async || applied(2).await).await;
    // What it answered is read again.
    bot.guild_added(GUILD);
    publisher.publish(&change(3), 0).await.unwrap();
    eventually(async || applied(3).await).await;
    // A command is obeyed, and so is the rule for one that died with its process.
    let (command, died) = (Uuid::now_v7(), Uuid::now_v7());
    let claim = format!(r#"{{"botId":"b","at":{}}}"#, now_ms());
    let _: () = redis.connection().await.set(format!("bot:command:{died}"), claim).await.unwrap();
    for id in [command, died] {
        let message = json!({
            "type": "STATE_REQUEST", "guildId": GUILD.to_string(), "commandId": id, "timestamp": 1,
            "expiresAt": now_ms() + 60_000,
        });
        assert_eq!(publisher.dispatch(message.to_string().as_bytes(), u64::MAX / 2).await, Ok(Dispatched::Sent));
    }
    let results = eventually(async || {
        let records = publisher.command_records(&[command, died]).await.ok()?;
        records.into_iter().map(|record| record?.result).collect::<Option<Vec<_>>>()
    });
    assert_eq!(results.await.iter().map(|result| result.ok).collect::<Vec<_>>(), [true, false]);
    assert!(bot.stop().await);
    assert_eq!(redis.connection().await.xlen::<_, u64>("bot:events").await.unwrap(), 5);
    // What is old is removed.
    let group = ["CREATE", "bot:events", "guildhall", "0"];
    redis::cmd("XGROUP").arg(&group).exec_async(&mut instance).await.unwrap();
    assert_eq!(publisher.cut_old("guildhall").await, Ok(0));
    assert_eq!(publisher.held_revisions(&[GUILD]).await.unwrap()[0].len(), 1);
    assert_eq!(publisher.held_messages(&[GUILD]).await.unwrap()[0].len(), 1);
    for kind in ObjectKind::ALL {
        let key = ObjectKey { kind, guild: GUILD, id: "a".to_owned() };
        publisher.put_object(&key, 1, &serde_json::Map::new(), 0).await.unwrap();
        assert_eq!(publisher.held_objects(kind, &[GUILD]).await.unwrap()[0]["a"], 1);
        assert!(publisher.remove_object(&key, 2, 0).await.unwrap().n().is_some());
    }
    assert!(publisher.held_guilds(0).await.is_ok());
}

#[tokio::test]
async fn a_bot_cannot_write_settings_and_a_dashboard_cannot_speak_for_the_bot() {
    let (redis, dashboard, bot) = with_accounts().await;
    redis.publisher().begin_rebuild(0).await.unwrap();
    let publisher = Publisher::new(&bot, "", DATABASE).unwrap();
    let refused = publisher.publish(&change(1), 0).await;
    assert!(matches!(refused, Err(Unreachable::Forbidden(_))), "{refused:?}");

    let events = EventPublisher::new(&dashboard, "").unwrap();
    events.send(&Event::new("TICKET_CREATE", GuildId(1), Value::Null)).unwrap();
    assert!(!events.flush(Duration::from_millis(300)).await);
    assert_eq!(redis.connection().await.xlen::<_, u64>("bot:events").await.unwrap(), 0);
}

const DASHBOARD_MAY: &[&str] = &[
    "PUBLISH bot:config:music x",
    "PUBLISH dashboard:commands x",
    "PUBLISH guildhall:live x",
    "SUBSCRIBE discord_events",
    "SUBSCRIBE guildhall:live",
    "HSET bot:panels:1 a b",
    "HDEL bot:panels:1 a",
    "HGETALL bot:panels:1",
    "HSET bot:playlists:1 a b",
    "HDEL bot:playlists:1 a",
    "HGETALL bot:playlists:1",
    "XADD bot:commands MAXLEN ~ 10000 * command x",
    "XTRIM bot:config:log MINID 1",
    "XTRIM bot:commands MINID 1",
    "XTRIM bot:events MINID 1",
    "XGROUP CREATE bot:events guildhall 0 MKSTREAM",
    "XREADGROUP GROUP guildhall a COUNT 1 BLOCK 1 STREAMS bot:events >",
    "XACK bot:events guildhall 1-1",
    "XAUTOCLAIM bot:events guildhall a 60000 0",
    "XINFO STREAM bot:events",
    "XINFO GROUPS bot:events",
    "XPENDING bot:events guildhall",
    "XINFO STREAM bot:config:log",
    "SMEMBERS bot:guilds",
    "SISMEMBER bot:guilds 1",
    "SCARD bot:guilds",
    "HGETALL bot:config:applied:1",
    "GET bot:command:1",
];

const DASHBOARD_MAY_NOT: &[&str] = &[
    "PUBLISH discord_events x",
    "SUBSCRIBE bot:config:update",
    "XADD bot:events * event x",
    "XDEL bot:events 1-1",
    "DEL bot:events",
    "XTRIM other MINID 1",
    "HSET bot:config:applied:1 MUSIC x",
    "SADD bot:guilds 1",
    "SET bot:command:1 x",
    "DEL bot:config:epoch",
    "GET other",
    "KEYS *",
    "FLUSHALL",
    "CONFIG GET *",
];

const BOT_MAY: &[&str] = &[
    "SUBSCRIBE bot:config:update",
    "SUBSCRIBE bot:config:music dashboard:commands",
    "PUBLISH discord_events x",
    "HMGET bot:config:epoch database complete",
    "HGETALL bot:config:current:1",
    "HGETALL bot:panels:1",
    "HGETALL bot:playlists:1",
    "XINFO STREAM bot:config:log",
    "XRANGE bot:config:log 1-1 +",
    "HGET bot:config:applied:1 MUSIC",
    "HSET bot:config:applied:1 MUSIC x",
    "XADD bot:events MAXLEN ~ 100000 * event x",
    "XREAD COUNT 10 BLOCK 1 STREAMS bot:commands 0",
    "SET bot:command:1 x NX EX 86400",
    "GET bot:command:1",
    "WATCH bot:command:1",
    "XRANGE bot:commands (1-1 + COUNT 500",
    "SADD bot:guilds 1",
    "SREM bot:guilds 1",
    "DEL bot:guilds",
];

const BOT_MAY_NOT: &[&str] = &[
    "PUBLISH bot:config:update x",
    "PUBLISH bot:config:music x",
    "PUBLISH dashboard:commands x",
    "PUBLISH guildhall:live x",
    "SUBSCRIBE discord_events",
    "SUBSCRIBE guildhall:live",
    "HSET bot:config:current:1 MUSIC x",
    "HSET bot:config:epoch complete 1",
    "XADD bot:config:log * a b",
    "XADD bot:commands * a b",
    "XTRIM bot:config:log MINID 1",
    "XTRIM bot:commands MINID 1",
    "XTRIM bot:events MINID 1",
    "HSET bot:panels:1 a b",
    "HDEL bot:panels:1 a",
    "HSET bot:playlists:1 a b",
    "HDEL bot:playlists:1 a",
    "XREAD COUNT 10 STREAMS bot:events 0",
    "DEL bot:events",
    "EVAL return 0",
    "KEYS *",
    "FLUSHALL",
];

#[tokio::test]
async fn each_account_may_do_what_the_protocol_gives_it_and_nothing_of_the_others() {
    let (redis, ..) = with_accounts().await;
    let mut connection = redis.connection().await;
    for (user, may, commands) in [
        ("guildhall", true, DASHBOARD_MAY),
        ("guildhall", false, DASHBOARD_MAY_NOT),
        ("bot", true, BOT_MAY),
        ("bot", false, BOT_MAY_NOT),
    ] {
        for command in commands {
            let mut ask = redis::cmd("ACL");
            ask.arg("DRYRUN").arg(user).arg(command.split(' ').collect::<Vec<_>>());
            let answer: String = ask.query_async(&mut connection).await.unwrap();
            assert_eq!(answer == "OK", may, "{user}: {command}: {answer}");
        }
    }
}

#[tokio::test]
async fn the_accounts_as_shipped_have_no_password_that_anybody_could_know() {
    assert!(!USERS.contains(" >") && !USERS.contains(" #") && !USERS.contains("nopass"));
    let redis = with_users(USERS).await;
    for user in ["guildhall", "bot"] {
        for password in ["", "d", "guildhall", "bot"] {
            let mut ask = redis::cmd("AUTH");
            let answer = ask.arg(user).arg(password).exec_async(&mut redis.connection().await).await;
            assert!(answer.is_err(), "{user} {password}");
        }
    }
}
