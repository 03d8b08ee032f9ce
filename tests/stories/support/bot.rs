//! A bot: hears every message on every channel of settings, as it came, and says what has changed.

use std::sync::{Arc, Mutex};

use discord_standin::Id;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::app::eventually;
use super::redis::RedisServer;

/// Channel and bytes of each message, in the order heard.
type Heard = Vec<(String, Vec<u8>)>;

pub struct Bot {
    heard: Arc<Mutex<Heard>>,
    prefix: String,
    connection: redis::aio::MultiplexedConnection,
}

impl Bot {
    pub async fn listen(redis: &RedisServer, prefix: &str) -> Self {
        let client = redis::Client::open(redis.url()).unwrap();
        let mut subscription = client.get_async_pubsub().await.unwrap();
        subscription.psubscribe(format!("{prefix}bot:config:*")).await.unwrap();
        let heard: Arc<Mutex<Heard>> = Arc::default();
        let notes = heard.clone();
        tokio::spawn(async move {
            let mut messages = subscription.into_on_message();
            while let Some(message) = messages.next().await {
                let channel: String = message.get_channel().unwrap();
                notes.lock().unwrap().push((channel, message.get_payload_bytes().to_vec()));
            }
        });
        Self { heard, prefix: prefix.to_owned(), connection: redis.connection().await.unwrap() }
    }

    /// Says something on the channel of events, once the dashboard listens.
    pub async fn says(&self, kind: &str, guild: Id, data: Value) {
        let event = json!({"id": uuid::Uuid::new_v4().to_string(), "type": kind, "guildId": guild.to_string(),
                           "data": data, "timestamp": 1_795_462_987_710_i64});
        self.shouts(event.to_string().as_bytes()).await;
    }

    /// Says anything at all on the channel of events, once the dashboard listens.
    pub async fn shouts(&self, event: &[u8]) {
        let channel = format!("{}discord_events", self.prefix);
        eventually("the dashboard listens to the bot's events", || {
            let (mut connection, channel) = (self.connection.clone(), channel.clone());
            async move {
                let heard = redis::cmd("PUBLISH").arg(channel).arg(event).query_async::<i64>(&mut connection).await;
                heard.unwrap() > 0
            }
        })
        .await;
    }

    /// What was heard so far: channel (without prefix) and bytes.
    pub fn heard(&self) -> Heard {
        let heard = self.heard.lock().unwrap();
        heard
            .iter()
            .map(|(channel, bytes)| (channel.trim_start_matches(&self.prefix).to_owned(), bytes.clone()))
            .collect()
    }

    /// The messages on the channel of all modules, once there are `count`.
    pub async fn messages(&self, count: usize) -> Vec<Value> {
        eventually(&format!("the bot hears {count} messages"), || async { self.all().len() >= count }).await;
        self.all()
    }

    fn all(&self) -> Vec<Value> {
        let heard = self.heard();
        let update = heard.iter().filter(|(channel, _)| channel == "bot:config:update");
        update.map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect()
    }
}
