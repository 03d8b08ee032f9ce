//! What is old goes from the streams, and nobody misses it.

use config_sync::{Names, now_ms};
use redis::AsyncCommands;
use redis::streams::{StreamRangeReply, StreamReadReply};

use crate::support::{GUILD, Heard, Redis, change, following};

const GROUP: &str = "guildhall";
const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

/// Puts entries on a stream as if they had come so long ago; gives their ids.
async fn adds(redis: &Redis, stream: &str, age: u64, count: usize) -> Vec<String> {
    let (mut all, at) = (redis::pipe(), now_ms() - age);
    for number in 0..count {
        all.xadd(stream, format!("{at}-{number}"), &[("event", "x")]);
    }
    all.query_async(&mut redis.connection().await).await.unwrap()
}

async fn left(redis: &Redis, stream: &str) -> Vec<String> {
    let all: StreamRangeReply = redis.connection().await.xrange_all(stream).await.unwrap();
    all.ids.into_iter().map(|entry| entry.id).collect()
}

async fn has_readers(redis: &Redis, stream: &str) {
    let mut make = redis::cmd("XGROUP");
    make.arg(&["CREATE", stream, GROUP, "0"]).exec_async(&mut redis.connection().await).await.unwrap();
}

/// So many are read, and not acknowledged yet; gives their ids.
async fn reads(redis: &Redis, stream: &str, count: usize) -> Vec<String> {
    let mut ask = redis::cmd("XREADGROUP");
    ask.arg(&["GROUP", GROUP, "a", "COUNT"]).arg(count).arg(&["STREAMS", stream, ">"]);
    let read: StreamReadReply = ask.query_async(&mut redis.connection().await).await.unwrap();
    read.keys.into_iter().flat_map(|key| key.ids).map(|entry| entry.id).collect()
}

async fn acknowledges(redis: &Redis, stream: &str, ids: &[String]) {
    let mut say = redis::cmd("XACK");
    say.arg(stream).arg(GROUP).arg(ids).exec_async(&mut redis.connection().await).await.unwrap();
}

#[tokio::test]
async fn what_is_older_than_its_stream_keeps_goes_and_what_is_younger_stays() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let (log, commands, events) =
        (publisher.names().log(), publisher.names().command_stream(), publisher.names().event_stream());
    let ages = [(&log, 31 * DAY, 29 * DAY), (&commands, 13 * HOUR, 11 * HOUR), (&events, 8 * DAY, 6 * DAY)];
    let mut young = Vec::new();
    for (stream, old, younger) in ages {
        // Some blocks of Redis's, and a part of one.
        adds(&redis, stream, old, 250).await;
        young.push(adds(&redis, stream, younger, 2).await);
    }
    has_readers(&redis, &events).await;
    let read = reads(&redis, &events, 1_000).await;
    acknowledges(&redis, &events, &read).await;

    assert_eq!(publisher.cut_old(GROUP).await, Ok(750));
    for ((stream, ..), young) in ages.into_iter().zip(young) {
        assert_eq!(left(&redis, stream).await, young, "{stream}");
    }
    assert_eq!(publisher.cut_old(GROUP).await, Ok(0));
}

#[tokio::test]
async fn an_event_that_nobody_has_taken_in_yet_stays_however_old() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let events = publisher.names().event_stream();
    let ids = adds(&redis, &events, 100 * DAY, 4).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(0), "there is no reader");
    has_readers(&redis, &events).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(0), "nothing is read");
    assert_eq!(reads(&redis, &events, 3).await, ids[..3]);
    assert_eq!(publisher.cut_old(GROUP).await, Ok(0), "nothing is acknowledged");

    acknowledges(&redis, &events, &[ids[0].clone(), ids[2].clone()]).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(1));
    assert_eq!(left(&redis, &events).await, ids[1..]);
    acknowledges(&redis, &events, &ids[1..2]).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(2));
    assert_eq!(left(&redis, &events).await, ids[3..]);
    let last = reads(&redis, &events, 1).await;
    acknowledges(&redis, &events, &last).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(1));
    assert!(left(&redis, &events).await.is_empty());
}

/// A change as it is written, so long ago, while nobody listens.
async fn is_saved(redis: &Redis, names: &Names, age: u64, revision: u64) {
    let (guild, number) = (GUILD.to_string(), revision.to_string());
    let entry = [("guildId", guild.as_str()), ("module", "MUSIC"), ("revision", number.as_str())];
    let mut both = redis::pipe();
    both.atomic().hset(names.current(GUILD), "MUSIC", serde_json::to_string(&change(revision)).unwrap());
    both.xadd(names.log(), format!("{}-0", now_ms() - age), &entry);
    both.exec_async(&mut redis.connection().await).await.unwrap();
}

#[tokio::test]
async fn a_bot_whose_place_in_the_log_is_gone_misses_nothing() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let names = publisher.names();
    is_saved(&redis, names, 40 * DAY, 1).await;
    let heard = Heard::default();
    let bot = following(&redis, &heard).start().unwrap();
    heard.until(&[1]).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(0), "where the bot stands");
    is_saved(&redis, names, 35 * DAY, 2).await;
    heard.until(&[1, 2]).await;
    assert!(bot.stop().await);

    // It is away for longer than the log goes back.
    is_saved(&redis, names, 33 * DAY, 3).await;
    is_saved(&redis, names, 32 * DAY, 4).await;
    assert_eq!(publisher.cut_old(GROUP).await, Ok(3), "where it stood, too");
    let heard = Heard::default();
    let bot = following(&redis, &heard).start().unwrap();
    heard.until(&[4]).await;
    assert!(bot.stop().await);
}

#[tokio::test]
async fn anothers_redis_stays_as_it_is_and_one_that_is_away_is_said() {
    let mut redis = Redis::start().await;
    let ours = redis.ready_publisher().await;
    let log = ours.names().log();
    let ids = adds(&redis, &log, 31 * DAY, 2).await;
    assert_eq!(redis.publisher_of("another").cut_old(GROUP).await, Ok(0));
    assert_eq!(left(&redis, &log).await, ids);
    assert_eq!(ours.cut_old(GROUP).await, Ok(1), "though no event was ever added");
    assert_eq!(left(&redis, &log).await, ids[1..], "where bots stand");
    redis.kill();
    assert!(ours.cut_old(GROUP).await.is_err());
}
