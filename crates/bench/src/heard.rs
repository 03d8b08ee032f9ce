//! The revisions that a bot hears of: the next save of a pair begins with the last of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;

type Pairs = Arc<Mutex<HashMap<(u64, String), watch::Sender<u64>>>>;

pub struct Heard {
    pairs: Pairs,
    task: JoinHandle<()>,
}

impl Heard {
    pub async fn listen(redis_url: &str, channel: &str) -> anyhow::Result<Self> {
        let mut subscription = redis::Client::open(redis_url)?.get_async_pubsub().await?;
        subscription.subscribe(channel).await?;
        let pairs = Pairs::default();
        let known = pairs.clone();
        let task = tokio::spawn(async move {
            let mut messages = subscription.into_on_message();
            while let Some(message) = messages.next().await {
                let Some((guild, module, revision)) = read(message.get_payload_bytes()) else { continue };
                let pairs = known.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(pair) = pairs.get(&(guild, module)) {
                    pair.send_replace(revision);
                }
            }
        });
        Ok(Self { pairs, task })
    }

    pub fn follow(&self, guild: u64, module: &str) -> watch::Receiver<u64> {
        let mut pairs = self.pairs.lock().unwrap_or_else(PoisonError::into_inner);
        pairs.entry((guild, module.to_owned())).or_insert_with(|| watch::channel(0).0).subscribe()
    }
}

impl Drop for Heard {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The three things that are wanted of a message stand at its beginning.
fn read(message: &[u8]) -> Option<(u64, String, u64)> {
    let text = std::str::from_utf8(message.get(..message.len().min(300))?).ok()?;
    let after = |name: &str| Some(&text[text.find(name)? + name.len()..]);
    let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
    let module = after("\"module\":\"")?.split('"').next()?.to_ascii_lowercase();
    Some((digits(after("\"guildId\":\"")?)?, module, digits(after("\"revision\":")?)?))
}
