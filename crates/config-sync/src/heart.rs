//! Saying that a bot process is there: once when it starts, then every 15 seconds.
//!
//! Who is offline is the dashboard's to judge.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::GuildId;
use crate::event::Event;
use crate::events::EventPublisher;
use crate::guilds::OwnGuilds;
use crate::told::BotPresence;
use crate::verdict::Identity;

const EVERY: Duration = Duration::from_secs(15);

/// What a process says of itself besides who it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence {
    pub(crate) version: String,
    /// The shards it runs; empty = all of them.
    pub(crate) shards: Vec<u64>,
}

/// Beats until the task is ended.
pub(crate) async fn beat(events: EventPublisher, identity: Arc<Identity>, presence: Presence, own: OwnGuilds) {
    let mut beats = interval(EVERY);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut kind = "BOT_READY";
    loop {
        beats.tick().await;
        // A beat that waited for Redis would tell of a time long gone.
        if kind == "BOT_READY" || events.waiting() == 0 {
            // Full means: Redis is away, and nobody listens.
            events.send(&event(kind, &identity, &presence, own.count())).ok();
        }
        kind = "BOT_HEARTBEAT";
    }
}

fn event(kind: &str, identity: &Identity, presence: &Presence, guilds: usize) -> Event {
    let shard_count = identity.shard_count.unwrap_or(1).max(1);
    let shards = match presence.shards.as_slice() {
        [] => (0..shard_count).collect(),
        some => some.to_vec(),
    };
    let data = BotPresence {
        application_id: identity.application_id.clone(),
        bot_id: identity.bot_id.clone(),
        shard_count,
        shards,
        guilds: guilds as u64,
        version: presence.version.clone(),
        protocol: 1,
        acks: true,
    };
    Event::about(kind, GuildId(0), &data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_beat_says_who_where_and_how_many() {
        let identity = Identity { application_id: "5".to_owned(), bot_id: "b".to_owned(), shard_count: Some(3) };
        let presence = Presence { version: "1.2".to_owned(), shards: vec![2] };
        let event = event("BOT_HEARTBEAT", &identity, &presence, 7);
        assert_eq!((event.guild_id, event.kind.as_str()), (GuildId(0), "BOT_HEARTBEAT"));
        let expected = json!({
            "applicationId": "5", "botId": "b", "shardCount": 3, "shards": [2], "guilds": 7,
            "version": "1.2", "protocol": 1, "acks": true,
        });
        assert_eq!(Value::Object(event.data), expected);
    }

    #[test]
    fn a_bot_without_shards_is_shard_0_of_1() {
        let event = event("BOT_READY", &Identity::default(), &Presence::default(), 0);
        assert_eq!((&event.data["shardCount"], &event.data["shards"]), (&json!(1), &json!([0])));
    }
}
