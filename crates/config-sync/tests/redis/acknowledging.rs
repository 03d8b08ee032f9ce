//! What a bot answers, and what becomes of its events while Redis is away.

use std::time::Duration;

use config_sync::{Change, ConfigSubscriber, Event, EventPublisher, GuildId, ModuleName, NotTaken};
use redis::AsyncCommands;
use redis::streams::StreamRangeReply;
use serde_json::{Value, json};

use crate::support::{GUILD, PREFIX, Redis, change, eventually};

pub async fn logged(redis: &Redis) -> Vec<Event> {
    let stream: StreamRangeReply = redis.connection().await.xrange_all("t:bot:events").await.unwrap();
    let event =
        |entry: &redis::streams::StreamId| serde_json::from_str(&entry.get::<String>("event").unwrap()).unwrap();
    stream.ids.iter().map(event).collect()
}

/// Refuses even revisions, panics at 13.
async fn picky(change: Change) -> Result<(), String> {
    assert!(change.revision != 13, "thirteen");
    if change.revision.is_multiple_of(2) { Err("even".to_owned()) } else { Ok(()) }
}

fn picky_bot(redis: &Redis, name: &str) -> ConfigSubscriber {
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([GUILD]).on_all(picky);
    let bot = bot.application_id(55).bot_id(name).shard_count(4);
    bot.heartbeat(Duration::from_millis(50)).start().unwrap()
}

#[tokio::test]
async fn a_bot_says_what_it_applied_and_what_it_refused_and_why() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    let bot = picky_bot(&redis, "bot-1");
    let shard = GUILD.shard(4);
    for (revision, events) in [(1, 1), (2, 2), (13, 3), (15, 4)] {
        publisher.publish(&change(revision), 0).await.unwrap();
        eventually(async || (logged(&redis).await.len() == events).then_some(())).await;
        if revision == 13 {
            let applied = redis.applied().await.unwrap();
            assert_eq!((applied.revision, applied.rejected), (1, Some(13)));
            assert_eq!(applied.reason.as_deref(), Some("the handler panicked"));
        }
    }
    let events = logged(&redis).await;
    let said: Vec<(&str, &Value)> = events.iter().map(|event| (event.kind.as_str(), &event.data["revision"])).collect();
    assert_eq!(
        said,
        [
            ("CONFIG_APPLIED", &json!(1)),
            ("CONFIG_REJECTED", &json!(2)),
            ("CONFIG_REJECTED", &json!(13)),
            ("CONFIG_APPLIED", &json!(15)),
        ]
    );
    let mut first = events[0].data.clone();
    assert!(first.remove("tookMs").is_some_and(|took| took.is_u64()));
    let expected = json!({
        "module": "MUSIC", "revision": 1, "applicationId": "55", "botId": "bot-1", "shard": shard,
    });
    assert_eq!(Value::Object(first), expected);
    assert_eq!(events[1].data["reason"], "even");
    assert_eq!(events[0].guild_id, GUILD);

    let applied = redis.applied().await.unwrap();
    assert_eq!((applied.revision, applied.rejected, applied.reason), (15, None, None), "15 settles the refusals");
    assert_eq!((applied.bot_id.as_str(), applied.shard), ("bot-1", Some(shard)));
    assert!(bot.stop().await);
}

#[tokio::test]
async fn after_a_restart_of_the_bot_the_same_answer_is_not_given_again() {
    let redis = Redis::start().await;
    let publisher = redis.ready_publisher().await;
    publisher.publish(&change(1), 0).await.unwrap();
    for name in ["first", "second", "third"] {
        let bot = picky_bot(&redis, name);
        let by = eventually(async || {
            let applied = redis.applied().await?;
            (applied.bot_id == name).then_some(applied)
        });
        assert_eq!(by.await.revision, 1);
        assert!(bot.stop().await);
    }
    assert_eq!(logged(&redis).await.len(), 1);
}

#[tokio::test]
async fn events_wait_for_redis_and_arrive_in_order_on_both_ways() {
    let mut redis = Redis::start().await;
    redis.kill();
    let events = EventPublisher::new(&redis.url(), PREFIX).unwrap();
    for number in 0..250 {
        events.send(&Event::new("XP_GAIN", GuildId(1), json!({ "number": number }))).unwrap();
    }
    assert!(!events.flush(Duration::from_millis(50)).await);
    redis.start_again().await;
    assert!(events.flush(Duration::from_secs(30)).await);
    let numbers: Vec<u64> = logged(&redis).await.iter().map(|event| event.data["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (0..250).collect::<Vec<u64>>());

    let client = redis::Client::open(redis.url()).unwrap();
    let mut heard = client.get_async_pubsub().await.unwrap();
    heard.subscribe("t:discord_events").await.unwrap();
    let transcript = Event::new("TICKET_TRANSCRIPT", GuildId(1), json!({}));
    let claim = Event::new("TICKET_CLAIM", GuildId(1), json!({}));
    events.send(&transcript).unwrap();
    events.send(&claim).unwrap();
    let first = futures_util::StreamExt::next(&mut heard.on_message()).await.unwrap();
    let first: Event = serde_json::from_str(&first.get_payload::<String>().unwrap()).unwrap();
    assert_eq!(first, claim, "transcripts go over the stream alone");
    assert_eq!(logged(&redis).await[250..], [transcript, claim]);
}

#[tokio::test]
async fn for_want_of_room_the_feed_goes_first_and_tickets_never() {
    let mut redis = Redis::start().await;
    redis.kill();
    let events = EventPublisher::new(&redis.url(), PREFIX).unwrap();
    let event = |kind: &str| Event::new(kind, GuildId(1), Value::Null);
    let send = |kind: &str, count: usize| (0..count).filter(|_| events.send(&event(kind)).is_ok()).count();
    // The first hundred may be on their way already, and are then not dropped.
    assert_eq!(send("XP_GAIN", 10_000), 10_000);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(send("VOICE_ROOM_CREATE", 100), 100);
    assert_eq!(events.dropped(), 100);
    assert_eq!(send("TICKET_CREATE", 10_000), 10_000);
    assert_eq!(events.dropped(), 10_000);
    assert_eq!(events.send(&event("XP_GAIN")), Err(NotTaken::Full));
    assert_eq!(events.send(&event("VOICE_ROOM_CREATE")), Err(NotTaken::Full));
    assert_eq!(send("CONFIG_APPLIED", 5), 5);
    let huge = Event::new("TICKET_CREATE", GuildId(1), json!({ "x": "x".repeat(256 * 1024) }));
    assert_eq!(events.send(&huge), Err(NotTaken::TooLarge));

    redis.start_again().await;
    assert!(events.flush(Duration::from_secs(30)).await);
    let arrived = logged(&redis).await;
    let tickets = arrived.iter().filter(|event| event.kind == "TICKET_CREATE").count();
    assert_eq!(tickets, 10_000);
    assert_eq!(arrived.last().map(|event| event.kind.as_str()), Some("CONFIG_APPLIED"));
}

#[tokio::test]
async fn a_bot_that_announces_itself_says_so_at_once() {
    let redis = Redis::start().await;
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).announce("1.0");
    let bot = bot.bot_id("b").guilds([1, 2]).start().unwrap();
    eventually(async || (logged(&redis).await.len() == 1).then_some(())).await;
    let ready = &logged(&redis).await[0];
    assert_eq!((ready.kind.as_str(), &ready.data["guilds"]), ("BOT_READY", &json!(2)));
    assert!(bot.stop().await);
}

#[tokio::test]
async fn a_running_bot_reports_the_settings_it_works_with_of_its_own_guilds() {
    let redis = Redis::start().await;
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([GUILD]).start().unwrap();
    let settings = json!({ "defaultVolume": 70 });
    assert_eq!(bot.report_settings(GUILD, &ModuleName::MUSIC, settings.clone()), Ok(()));
    assert_eq!(bot.report_settings(2, &ModuleName::MUSIC, settings.clone()), Err(NotTaken::NotOwn));
    assert!(bot.stop().await);
    let [event] = &logged(&redis).await[..] else { panic!("one event") };
    assert_eq!((event.kind.as_str(), event.guild_id), ("SETTINGS_UPDATE", GUILD));
    assert_eq!(Value::Object(event.data.clone()), json!({ "module": "MUSIC", "settings": settings }));
}
