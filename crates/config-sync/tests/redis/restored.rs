//! A Redis that is put back to an older copy, goes away twice, or is written to while a bot comes.

use std::time::Duration;

use config_sync::{Answer, ConfigCache, ConfigSubscriber, Known, ModuleName, Publisher};
use redis::AsyncCommands;
use serde_json::Value;

use crate::support::{GUILD, Heard, PREFIX, Redis, change, change_of, eventually, following};

async fn save(redis: &Redis) {
    let _: () = redis::cmd("SAVE").exec_async(&mut redis.connection().await).await.unwrap();
}

/// Puts the saved copy in the place of what is there, while every connection stays.
async fn put_back(redis: &Redis) {
    let mut command = redis::cmd("DEBUG");
    command.arg("RELOAD").arg("NOSAVE");
    let _: () = command.exec_async(&mut redis.connection().await).await.unwrap();
}

/// As the dashboard does after EMPTY or BEHIND.
async fn rebuild(publisher: &Publisher, known: u64, revisions: &[u64]) {
    let n = publisher.begin_rebuild(known).await.unwrap().n().unwrap();
    for revision in revisions {
        publisher.publish(&change(*revision), n).await.unwrap();
    }
    publisher.complete_rebuild(n).await.unwrap();
}

#[tokio::test]
async fn a_redis_put_back_to_an_older_copy_costs_the_bot_nothing_and_never_leads_it_back() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let cache = ConfigCache::<Value>::new(ModuleName::MUSIC);
    let heard = Heard::default();
    let _bot = following(&redis, &heard).cache(&cache).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    save(&redis).await;
    publisher.publish(&change(2), 0).await.unwrap();
    heard.until(&[1, 2]).await;

    put_back(&redis).await;
    assert_eq!(publisher.publish(&change(3), 3).await.unwrap(), Answer::Behind { n: 2 });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let Known::Saved(held) = cache.get(GUILD) else { panic!("it was saved") };
    assert_eq!(held["defaultVolume"], 2, "never older than it was");

    rebuild(&publisher, 3, &[2]).await;
    eventually(async || redis.applied().await.filter(|applied| applied.revision == 2)).await;
    publisher.publish(&change(3), 0).await.unwrap();
    heard.until(&[1, 2, 3]).await;
}

#[tokio::test]
async fn a_log_that_went_back_and_on_again_is_noticed_although_it_stands_higher() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    save(&redis).await;
    let heard = Heard::default();
    let _bot = following(&redis, &heard).start().unwrap();
    heard.until(&[1]).await;
    // The bot stands at an entry that is not in the older copy.
    publisher.publish(&change_of(GUILD, ModuleName::TICKETS, 1), 0).await.unwrap();
    heard.until(&[1, 1]).await;
    // Some beats, so that it stands there.
    tokio::time::sleep(Duration::from_millis(300)).await;

    // All in one step, so that no beat falls in between: an older copy, in which another change was
    // logged below where the bot stands (a clock that is behind), and one above.
    let names = publisher.names();
    let last: redis::streams::StreamInfoStreamReply = redis.connection().await.xinfo_stream(names.log()).await.unwrap();
    let (ms, _) = last.last_generated_id.split_once('-').unwrap();
    let ms: u64 = ms.parse().unwrap();
    let mut step = redis::pipe();
    step.atomic().del(names.log());
    let guild = GUILD.to_string();
    let entry = [("guildId", guild.as_str()), ("module", "MUSIC"), ("revision", "2")];
    let other = [("guildId", "9"), ("module", "MUSIC"), ("revision", "2")];
    step.xadd(names.log(), format!("{}-0", ms - 1), &entry);
    step.xadd(names.log(), format!("{}-0", ms + 1_000), &other);
    step.hset(names.current(GUILD), "MUSIC", serde_json::to_string(&change(2)).unwrap());
    step.exec_async(&mut redis.connection().await).await.unwrap();
    heard.until(&[1, 1, 2]).await;
}

#[tokio::test]
async fn redis_going_away_again_and_again_while_it_is_read_loses_nothing() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let heard = Heard::default();
    let guilds = (1..=2_000).map(config_sync::GuildId);
    let _bot = following(&redis, &heard).guilds(guilds).start().unwrap();
    publisher.publish(&change(1), 0).await.unwrap();
    heard.until(&[1]).await;
    for _ in 0..5 {
        redis.start_again().await;
    }
    eventually(async || publisher.status().await.ok()).await;
    rebuild(&publisher, 2, &[2]).await;
    heard.until(&[1, 2]).await;
    redis.start_again().await;
    redis.start_again().await;
    eventually(async || publisher.status().await.ok()).await;
    rebuild(&publisher, 5, &[3]).await;
    heard.until(&[1, 2, 3]).await;
}

#[tokio::test]
async fn what_is_saved_while_a_bot_comes_is_heard_once_and_in_order() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let saving = {
        let publisher = publisher.clone();
        tokio::spawn(async move {
            for revision in 1..=1_000 {
                // A busy machine may make Redis late. Sending it once more does no harm.
                while publisher.publish(&change(revision), 0).await.is_err() {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
        })
    };
    let mut bots = Vec::new();
    for _ in 0..10 {
        let heard = Heard::default();
        // With beats an hour apart, what falls between subscribing and reading is not repaired later.
        let bot = following(&redis, &heard).heartbeat(Duration::from_secs(3600)).start().unwrap();
        bots.push((bot, heard));
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    saving.await.unwrap();
    for (_bot, heard) in &bots {
        eventually(async || (heard.last() == Some(1_000)).then_some(())).await;
        assert!(heard.all().is_sorted_by(|one, next| one < next), "{:?}", heard.all());
    }
}

#[tokio::test]
async fn a_pair_that_is_absent_is_not_taken_for_never_saved_while_redis_is_half_filled() {
    let mut redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let (music, tickets) = (ConfigCache::<Value>::new(ModuleName::MUSIC), ConfigCache::new(ModuleName::TICKETS));
    publisher.publish(&change(1), 0).await.unwrap();
    publisher.publish(&change_of(GUILD, ModuleName::TICKETS, 1), 0).await.unwrap();
    redis.start_again().await;
    let n = publisher.begin_rebuild(5).await.unwrap().n().unwrap();
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([GUILD]);
    let bot = bot.heartbeat(Duration::from_millis(50)).cache(&music).cache::<Value>(&tickets);
    let _bot = bot.start().unwrap();
    publisher.publish(&change(1), n).await.unwrap();
    eventually(async || music.get(GUILD).in_force()).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(tickets.get(GUILD), Known::NotYet);
    publisher.publish(&change_of(GUILD, ModuleName::TICKETS, 1), n).await.unwrap();
    publisher.complete_rebuild(n).await.unwrap();
    assert!(matches!(eventually(async || tickets.get(GUILD).in_force()).await, held if held["defaultVolume"] == 1));
}
