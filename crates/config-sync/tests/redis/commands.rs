//! Commands: done once however often they come, answered always, never late.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use config_sync::{
    Command, CommandRecord, ConfigSubscriber, ConfigSubscriberBuilder, Dispatched, Done, GuildId, Order, now_ms,
};
use redis::AsyncCommands;
use redis::streams::StreamRangeReply;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{DATABASE, GUILD, PREFIX, Redis, eventually};

/// What the handler was called with.
#[derive(Clone, Default)]
struct Obeyed(Arc<Mutex<Vec<Command>>>);

impl Obeyed {
    fn ids(&self) -> Vec<Uuid> {
        self.0.lock().unwrap().iter().map(|command| command.envelope.command_id).collect()
    }
}

/// A bot in [`GUILD`] that ends every giveaway but "gone".
fn bot(redis: &Redis, obeyed: &Obeyed) -> ConfigSubscriberBuilder {
    let obeyed = obeyed.clone();
    let handler = move |command: Command| {
        obeyed.0.lock().unwrap().push(command.clone());
        async move {
            match command.order {
                Order::GiveawayEnd(order) if order.giveaway_id == "gone" => Err("not_found"),
                Order::GiveawayEnd(_) => Ok(Done::posted(7, 8)),
                Order::StateRequest => panic!("the fault of this test"),
                Order::VoiceRoomClose => std::future::pending().await,
                _ => Ok(Done::default()),
            }
        }
    };
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).application_id("app").guilds([GUILD]);
    bot.heartbeat(Duration::from_millis(50)).obey(handler)
}

pub fn end(id: Uuid, giveaway: &str) -> Value {
    json!({
        "type": "GIVEAWAY_END", "guildId": GUILD.to_string(), "commandId": id, "giveawayId": giveaway,
        "timestamp": now_ms(), "expiresAt": now_ms() + 120_000, "userId": "9",
    })
}

pub fn with(mut message: Value, name: &str, value: impl Into<Value>) -> Value {
    message[name] = value.into();
    message
}

pub async fn send(redis: &Redis, message: &Value) {
    let bytes = serde_json::to_vec(message).unwrap();
    let expires_at = now_ms() + 120_000;
    let sent = redis.publisher().dispatch(&bytes, expires_at).await;
    assert_eq!(sent, Ok(Dispatched::Sent));
}

/// The results that were answered to a command so far, oldest first.
async fn answers(redis: &Redis, id: Uuid) -> Vec<Value> {
    let stream = format!("{PREFIX}bot:events");
    let all: StreamRangeReply = redis.connection().await.xrange_all(stream).await.unwrap();
    let events = all.ids.iter().map(|entry| entry.get::<String>("event").unwrap());
    let events = events.map(|text| serde_json::from_str::<Value>(&text).unwrap());
    let results = events.filter(|event| event["type"] == "COMMAND_RESULT");
    results.map(|event| event["data"].clone()).filter(|data| data["commandId"] == id.to_string()).collect()
}

/// Waits for so many answers; gives the last.
pub async fn answered(redis: &Redis, id: Uuid, times: usize) -> Value {
    eventually(async || answers(redis, id).await.get(times - 1).cloned()).await
}

async fn record(redis: &Redis, id: Uuid) -> Option<CommandRecord> {
    redis.publisher().command_records(&[id]).await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn a_command_is_done_once_and_each_repeat_answers_what_came_of_it() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let bot = bot(&redis, &obeyed).start().unwrap();
    let id = Uuid::now_v7();
    send(&redis, &end(id, "g")).await;
    let first = answered(&redis, id, 1).await;
    let expected = json!({ "commandId": id, "ok": true, "channelId": "7", "messageId": "8", "applicationId": "app" });
    assert_eq!(first, expected);
    let kept = record(&redis, id).await.unwrap().result.unwrap();
    assert_eq!((kept.ok, kept.message_id.as_deref()), (true, Some("8")));

    // Once more on both ways, and once more on the channel alone.
    send(&redis, &end(id, "g")).await;
    assert_eq!(answered(&redis, id, 2).await, expected);
    let channel = format!("{PREFIX}dashboard:commands");
    let _: i64 = redis.connection().await.publish(channel, end(id, "g").to_string()).await.unwrap();
    // What comes afterwards is done, so all that came before was dealt with.
    let last = Uuid::now_v7();
    send(&redis, &end(last, "gone")).await;
    assert_eq!(answered(&redis, last, 1).await["error"], "not_found");
    assert_eq!(obeyed.ids(), [id, last]);
    assert!(bot.stop().await);
}

#[tokio::test]
async fn a_bot_that_was_away_does_what_is_still_in_time_and_says_of_the_rest_that_it_expired() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let (late, in_time, others) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    send(&redis, &with(end(late, "g"), "expiresAt", now_ms() - 1)).await;
    send(&redis, &end(in_time, "g")).await;
    send(&redis, &with(end(others, "g"), "guildId", "5")).await;
    let first = bot(&redis, &obeyed).start().unwrap();
    assert_eq!(answered(&redis, in_time, 1).await["ok"], true);
    assert_eq!(answered(&redis, late, 1).await["error"], "expired");
    assert_eq!(obeyed.ids(), [in_time]);
    assert!(answers(&redis, others).await.is_empty() && record(&redis, others).await.is_none(), "another process's");

    // A guild that comes later was spoken to before.
    first.guild_added(GuildId(5));
    assert_eq!(answered(&redis, others, 1).await["ok"], true);
    assert!(first.stop().await);

    // The next process finds all of it done.
    let next = bot(&redis, &obeyed).start().unwrap();
    answered(&redis, in_time, 2).await;
    assert_eq!(obeyed.ids(), [in_time, others]);
    assert!(next.stop().await);
}

#[tokio::test]
async fn what_cannot_be_understood_is_answered_and_not_handed_over() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let _bot = bot(&redis, &obeyed).start().unwrap();
    for (name, value, error) in [("type", json!("DANCE"), "unknown_command"), ("giveawayId", json!([1]), "invalid")] {
        let id = Uuid::now_v7();
        send(&redis, &with(end(id, "g"), name, value)).await;
        assert_eq!(answered(&redis, id, 1).await["error"], error);
    }
    let channel = format!("{PREFIX}dashboard:commands");
    for junk in ["", "{", "null", "[]", r#"{"type":"GIVEAWAY_END"}"#] {
        let _: i64 = redis.connection().await.publish(&channel, junk).await.unwrap();
    }
    let id = Uuid::now_v7();
    send(&redis, &end(id, "g")).await;
    answered(&redis, id, 1).await;
    assert_eq!(obeyed.ids(), [id]);
}

#[tokio::test]
async fn a_handler_that_panics_or_never_ends_has_an_unknown_outcome() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let _bot = bot(&redis, &obeyed).handler_timeout(Duration::from_millis(50)).start().unwrap();
    for kind in ["STATE_REQUEST", "VOICE_ROOM_CLOSE"] {
        let id = Uuid::now_v7();
        send(&redis, &with(end(id, "g"), "type", kind)).await;
        assert_eq!(answered(&redis, id, 1).await["error"], "unknown_outcome", "{kind}");
    }
}

#[tokio::test]
async fn what_a_process_has_died_doing_is_not_done_again_and_answered_as_unknown() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let dying = bot(&redis, &obeyed).bot_id("one").start().unwrap();
    let id = Uuid::now_v7();
    send(&redis, &with(end(id, "g"), "type", "VOICE_ROOM_CLOSE")).await;
    eventually(async || (obeyed.ids() == [id]).then_some(())).await;
    drop(dying);
    let _next = bot(&redis, &obeyed).bot_id("one").start().unwrap();
    assert_eq!(answered(&redis, id, 1).await["error"], "unknown_outcome");
    assert_eq!(obeyed.ids(), [id]);
    assert_eq!(record(&redis, id).await.unwrap().result.unwrap().error.as_deref(), Some("unknown_outcome"));
}

#[tokio::test]
async fn of_two_processes_with_the_same_guild_one_does_it() {
    let redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let bots = [bot(&redis, &obeyed).start().unwrap(), bot(&redis, &obeyed).start().unwrap()];
    let ids: Vec<Uuid> = (0..20).map(|_| Uuid::now_v7()).collect();
    for id in &ids {
        send(&redis, &end(*id, "g")).await;
    }
    for id in &ids {
        assert_eq!(answered(&redis, *id, 1).await["ok"], true);
    }
    let mut done = obeyed.ids();
    done.sort();
    assert_eq!(done, ids);
    drop(bots);
}

#[tokio::test]
async fn a_command_given_right_after_redis_came_back_is_done() {
    let mut redis = Redis::start().await;
    let obeyed = Obeyed::default();
    let _bot = bot(&redis, &obeyed).start().unwrap();
    let before = Uuid::now_v7();
    send(&redis, &end(before, "g")).await;
    answered(&redis, before, 1).await;
    redis.kill();
    redis.start_again().await;
    let after = Uuid::now_v7();
    send(&redis, &end(after, "g")).await;
    assert_eq!(answered(&redis, after, 1).await["ok"], true);
    assert_eq!(obeyed.ids(), [before, after]);
}

#[tokio::test]
async fn a_redis_of_another_deployment_and_one_that_is_away_are_sent_nothing() {
    let mut redis = Redis::start().await;
    redis.publisher_of("another").begin_rebuild(0).await.unwrap();
    let ours = redis.publisher_of(DATABASE);
    let message = end(Uuid::now_v7(), "g").to_string();
    let answer = ours.dispatch(message.as_bytes(), now_ms() + 1_000).await;
    assert_eq!(answer, Ok(Dispatched::Foreign { database: "another".to_owned() }));
    let theirs = redis.publisher_of("another");
    assert_eq!(theirs.dispatch(message.as_bytes(), now_ms() - 1_000).await, Ok(Dispatched::Late));
    assert_eq!(redis.connection().await.exists::<_, bool>(format!("{PREFIX}bot:commands")).await, Ok(false));
    redis.kill();
    assert!(theirs.dispatch(message.as_bytes(), now_ms() + 1_000).await.is_err());
}
