//! What the bot says of a server, as far as it changes what may be believed here.
//!
//! One subscription a process on the bot's events. For now it only forgets: after GUILD_CHANGED and its like
//! Discord is asked anew, so rights that were taken away are seen at once. Nothing that is read grants anything.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::discord::{Discord, What};
use crate::guilds::access::Access;
use crate::ids::{self, GuildId};

/// An event may be this long; more is not read.
const MAX_BYTES: usize = 256 * 1024;
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Without a word for this long the connection is asked whether it is alive.
const SILENCE: Duration = Duration::from_secs(5);

/// Listens until the process ends.
pub struct Listener {
    pub redis_url: SecretString,
    pub channel: String,
    pub discord: Discord,
    pub access: Access,
    /// Servers forgotten within the last second, and whether more was said of them since.
    pub pauses: Arc<Mutex<HashMap<GuildId, bool>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    guild_id: String,
    #[serde(default)]
    user_id: Option<String>,
    #[serde(default)]
    data: Data,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    #[serde(default)]
    what: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
}

impl Listener {
    pub fn start(self) -> tokio::task::AbortHandle {
        tokio::spawn(async move {
            loop {
                if let Err(error) = self.listen().await {
                    tracing::debug!(cause = %error, "the bot's events cannot be heard");
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        })
        .abort_handle()
    }

    async fn listen(&self) -> redis::RedisResult<()> {
        let client = redis::Client::open(self.redis_url.expose_secret())?;
        let connect = tokio::time::timeout(SILENCE, client.get_async_pubsub()).await;
        let (mut sink, mut stream) = connect.map_err(|_| silent())??.split();
        tokio::time::timeout(SILENCE, sink.subscribe(&self.channel)).await.map_err(|_| silent())??;
        loop {
            match tokio::time::timeout(SILENCE, stream.next()).await {
                Ok(Some(message)) => self.hear(message.get_payload_bytes()),
                Ok(None) => return Ok(()),
                // Pub/sub is silent for long by nature: only a connection that answers is alive.
                Err(_) => {
                    let alive = tokio::time::timeout(SILENCE, sink.ping::<redis::Value>()).await;
                    alive.map_err(|_| silent())??;
                }
            }
        }
    }

    fn hear(&self, payload: &[u8]) {
        if payload.len() > MAX_BYTES {
            metrics::counter!("guildhall_events_refused_total").increment(1);
            return;
        }
        match serde_json::from_slice::<Event>(payload) {
            Ok(event) => self.forget(&event),
            Err(error) => {
                metrics::counter!("guildhall_events_refused_total").increment(1);
                tracing::debug!(cause = %error, "an event cannot be read");
            }
        }
    }

    fn forget(&self, event: &Event) {
        let Some(guild) = ids::parse(&event.guild_id) else { return };
        let user = || event.data.user_id.as_deref().or(event.user_id.as_deref()).and_then(ids::parse);
        let what = match (event.kind.as_str(), event.data.what.as_deref()) {
            ("GUILD_CHANGED", Some("roles")) => What::Roles,
            ("GUILD_CHANGED", Some("channels")) => What::Channels,
            ("GUILD_CHANGED", Some("emojis")) => What::Emojis,
            ("GUILD_CHANGED", Some("member")) | ("MEMBER_LEAVE", _) => user().map_or(What::All, What::Member),
            ("GUILD_CHANGED" | "GUILD_JOIN" | "GUILD_LEAVE", _) => What::All,
            _ => return,
        };
        // Each time costs calls at Discord, so a server is forgotten at most once a second; whatever came
        // in between counts at its end.
        match self.pauses.lock().unwrap_or_else(PoisonError::into_inner).entry(guild) {
            Entry::Occupied(mut again) => {
                again.insert(true);
                return;
            }
            Entry::Vacant(first) => first.insert(false),
        };
        tracing::debug!(guild.id = %guild, ?what, "the bot says a server has changed");
        self.discord.evict(guild, what);
        self.access.reconsider(guild);
        let (pauses, discord, access) = (self.pauses.clone(), self.discord.clone(), self.access.clone());
        tokio::spawn(async move {
            tokio::time::sleep(LOOK_AGAIN).await;
            let again = pauses.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
            if again == Some(true) {
                discord.evict(guild, What::All);
                access.reconsider(guild);
            }
        });
    }
}

fn silent() -> redis::RedisError {
    (redis::ErrorKind::Io, "no answer in time").into()
}
