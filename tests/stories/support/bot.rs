//! A bot that only listens: every message on every channel of settings, as it came.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use serde_json::Value;

use super::app::eventually;
use super::redis::RedisServer;

/// Channel and bytes of each message, in the order heard.
type Heard = Vec<(String, Vec<u8>)>;

pub struct Bot {
    heard: Arc<Mutex<Heard>>,
    prefix: String,
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
        Self { heard, prefix: prefix.to_owned() }
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
