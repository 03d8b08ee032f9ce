//! What a bot hears and reads: live, after an outage, after a rebuild.

use std::time::Duration;

use config_sync::{ConfigCache, ConfigSubscriber, GuildId, Known, MAX_REVISION, ModuleName};
use redis::AsyncCommands;
use serde::Deserialize;

use crate::support::{GUILD, Heard, Redis, change, change_of, eventually, following};

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Music {
    default_volume: u64,
}

#[tokio::test]
async fn a_bot_applies_what_it_missed_and_what_it_hears_in_order_and_once() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    publisher.publish(&change(2), 0).await.unwrap();

    let heard = Heard::default();
    let bot = following(&redis, &heard).start().unwrap();
    heard.until(&[2]).await;
    publisher.publish(&change(3), 0).await.unwrap();
    heard.until(&[2, 3]).await;
    publisher.publish(&change(MAX_REVISION - 1), 0).await.unwrap();
    heard.until(&[2, 3, MAX_REVISION - 1]).await;
    publisher.publish(&change(MAX_REVISION), 0).await.unwrap();
    heard.until(&[2, 3, MAX_REVISION - 1, MAX_REVISION]).await;
    assert!(bot.stop().await);
}

#[tokio::test]
async fn repeated_reordered_and_foreign_messages_do_no_harm() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    publisher.publish(&change(5), 0).await.unwrap();
    heard.until(&[5]).await;

    let mut other_guild = change(9);
    other_guild.guild_id = GuildId(2);
    let mut impossible = change(9);
    impossible.data.as_mut().unwrap().revision = MAX_REVISION + 1;
    let say = async |text: String| {
        let to = publisher.names().all_channel();
        let _: () = redis.connection().await.publish(to, text).await.unwrap();
    };
    for message in [change(5), change(4), other_guild, impossible, change(6), change(5)] {
        say(serde_json::to_string(&message).unwrap()).await;
    }
    for text in ["", "{", "[]", "{\"guildId\":5}"] {
        say(text.to_owned()).await;
    }
    say(serde_json::to_string(&change(7)).unwrap()).await;
    eventually(async || (heard.last() == Some(7)).then_some(())).await;
    assert!(heard.all().is_sorted(), "{:?}", heard.all());
    assert!(!heard.all().contains(&9));
}

#[tokio::test]
async fn a_message_without_data_makes_the_bot_read_the_snapshot() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    // With beats an hour apart nothing but the message can be the cause.
    let _bot = following(&redis, &heard).heartbeat(Duration::from_secs(3600)).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    let (key, to) = (publisher.names().current(GUILD), publisher.names().all_channel());
    let newer = serde_json::to_string(&change(2)).unwrap();
    let mut five_fields = change(2);
    five_fields.data = None;
    let mut connection = redis.connection().await;
    let _: () = connection.hset(key, "MUSIC", newer).await.unwrap();
    let _: () = connection.publish(to, serde_json::to_string(&five_fields).unwrap()).await.unwrap();
    heard.until(&[1, 2]).await;
}

#[tokio::test]
async fn what_was_published_to_nobody_is_found_in_the_log() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    heard.until(&[1]).await;
    let names = publisher.names();
    let mut connection = redis.connection().await;
    let text = serde_json::to_string(&change(2)).unwrap();
    let _: () = connection.hset(names.current(GUILD), "MUSIC", text).await.unwrap();
    let guild = GUILD.to_string();
    let entry = [("guildId", guild.as_str()), ("module", "MUSIC"), ("revision", "2")];
    let _: String = connection.xadd(names.log(), "*", &entry).await.unwrap();
    heard.until(&[1, 2]).await;
}

#[tokio::test]
async fn when_the_log_was_trimmed_everything_is_read_again() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    heard.until(&[1]).await;
    let names = publisher.names();
    let mut both = redis::pipe();
    both.atomic();
    both.hset(names.current(GUILD), "MUSIC", serde_json::to_string(&change(2)).unwrap());
    both.cmd("XADD").arg(names.log()).arg("*").arg("guildId").arg("9");
    both.cmd("XTRIM").arg(names.log()).arg("MAXLEN").arg(0);
    both.exec_async(&mut redis.connection().await).await.unwrap();
    heard.until(&[1, 2]).await;
}

#[tokio::test]
async fn guilds_come_and_go_while_the_bot_runs() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let late = GuildId(77);
    publisher.publish(&change_of(late, ModuleName::TICKETS, 8), 0).await.unwrap();
    let heard = Heard::default();
    let bot = following(&redis, &heard).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    bot.guild_added(late);
    heard.until(&[1, 8]).await;
    bot.guild_removed(late);
    publisher.publish(&change_of(late, ModuleName::TICKETS, 9), 0).await.unwrap();
    publisher.publish(&change(2), 0).await.unwrap();
    heard.until(&[1, 8, 2]).await;
    bot.guild_added(late);
    heard.until(&[1, 8, 2, 9]).await;
}

#[tokio::test]
async fn what_is_absent_is_not_known_until_the_snapshot_is_complete() {
    let redis = Redis::start().await;
    let publisher = redis.publisher();
    publisher.begin_rebuild(0).await.unwrap();
    publisher.publish(&change(30), 0).await.unwrap();
    let music = ConfigCache::<Music>::new(ModuleName::MUSIC);
    let tickets = ConfigCache::<Music>::new(ModuleName::TICKETS);
    let bot = ConfigSubscriber::builder(redis.url()).prefix("t:").guilds([GUILD]);
    let bot = bot.heartbeat(Duration::from_millis(50)).cache(&music).cache(&tickets);
    let _bot = bot.start().unwrap();

    let saved = eventually(async || music.get(GUILD).in_force()).await;
    assert_eq!(*saved, Music { default_volume: 30 });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(tickets.get(GUILD), Known::NotYet);

    publisher.complete_rebuild(0).await.unwrap();
    let defaults = eventually(async || tickets.get(GUILD).in_force()).await;
    assert_eq!(*defaults, Music::default());
    assert!(matches!(tickets.get(GUILD), Known::Defaults(_)));
    assert!(matches!(music.get(GUILD), Known::Saved(_)));

    publisher.publish(&change_of(GUILD, ModuleName::TICKETS, 40), 0).await.unwrap();
    eventually(async || matches!(tickets.get(GUILD), Known::Saved(_)).then_some(())).await;
}

#[tokio::test]
async fn when_redis_changes_hands_everything_is_read_again() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    heard.until(&[1]).await;
    let newer = serde_json::to_string(&change(2)).unwrap();
    let key = publisher.names().current(GUILD);
    let _: () = redis.connection().await.hset(key, "MUSIC", newer).await.unwrap();
    redis.publisher_of("d2").adopt(0).await.unwrap();
    heard.until(&[1, 2]).await;
}

#[tokio::test]
async fn more_messages_than_there_is_room_for_lose_no_pair() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let guilds = (1..=100).map(GuildId);
    // With beats an hour apart nothing but the overflow can be the cause.
    let slowly = Duration::from_secs(3600);
    let bot = following(&redis, &heard).guilds(guilds.clone());
    let _bot = bot.heartbeat(slowly).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;

    // Each of these makes the bot ask Redis, so it falls behind, and the last find no room.
    let (names, mut all) = (publisher.names(), redis::pipe());
    let mut five_fields = change(1);
    five_fields.data = None;
    let five_fields = serde_json::to_string(&five_fields).unwrap();
    for _ in 0..5_000 {
        all.publish(names.all_channel(), &five_fields).ignore();
    }
    for guild in guilds.clone() {
        let change = change_of(guild, ModuleName::MUSIC, 1_000 + guild.get());
        let text = serde_json::to_string(&change).unwrap();
        all.hset(names.current(guild), "MUSIC", &text).ignore();
        all.publish(names.all_channel(), text).ignore();
    }
    all.exec_async(&mut redis.connection().await).await.unwrap();
    eventually(async || (heard.all().len() == 101).then_some(())).await;
}
