//! Instances tell each other what they have committed: a browser may be served by another one than the event's.
//!
//! Without Redis the own hub is told all the same.

use std::sync::Arc;
use std::time::Duration;

use config_sync::Names;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Pipeline, RedisResult};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, watch};

use super::hub::Hub;
use super::sessions;
use crate::changes::news::{News, Told, Topic};
use crate::ids::{self, UserId};

const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(super) struct Neighbours {
    client: Client,
    channel: Arc<str>,
    /// Tells our own words from theirs.
    instance: Arc<str>,
    connection: Arc<Mutex<Option<MultiplexedConnection>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note<'a> {
    guild_id: std::borrow::Cow<'a, str>,
    topic: Topic,
    id: std::borrow::Cow<'a, str>,
    from: std::borrow::Cow<'a, str>,
}

/// Sessions of somebody have ended. It carries no more than that: whoever hears it looks for themselves.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ended<'a> {
    sessions_of: std::borrow::Cow<'a, str>,
    from: std::borrow::Cow<'a, str>,
}

impl Neighbours {
    pub fn new(client: Client, names: &Names) -> Self {
        let instance = uuid::Uuid::new_v4().to_string().into();
        let channel = format!("{}guildhall:live", names.prefix()).into();
        Self { client, channel, instance, connection: Arc::default() }
    }

    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// What another instance told.
    pub async fn hear(&self, payload: &[u8], hub: &Hub) {
        if let Ok(note) = serde_json::from_slice::<Note<'_>>(payload) {
            if let Some(guild) = ids::parse(&note.guild_id).filter(|_| *note.from != *self.instance) {
                hub.news(vec![Told { guild, topic: note.topic, id: note.id.into_owned() }]);
            }
        } else if let Ok(note) = serde_json::from_slice::<Ended<'_>>(payload)
            && let Some(user) = ids::parse(&note.sessions_of).filter(|_| *note.from != *self.instance)
        {
            sessions::look(hub, |person| person.id == user).await;
        }
    }

    /// How many instances there are, this one among them: all who listen to what instances tell each other.
    ///
    /// # Errors
    /// Redis does not answer, or this account may not ask.
    pub async fn count(&self) -> RedisResult<usize> {
        let mut ask = redis::cmd("PUBSUB");
        ask.arg("NUMSUB").arg(&*self.channel);
        let mut held = self.connection.lock().await;
        let mut connection = self.connect(held.take()).await?;
        let (_, count): (String, usize) = ask.query_async(&mut connection).await?;
        *held = Some(connection);
        Ok(count)
    }

    async fn tell(&self, told: &[Told]) -> RedisResult<()> {
        let mut all = Pipeline::with_capacity(told.len());
        for one in told {
            let note = Note {
                guild_id: one.guild.to_string().into(),
                topic: one.topic,
                id: one.id.as_str().into(),
                from: (&*self.instance).into(),
            };
            all.publish(&*self.channel, serde_json::to_string(&note).unwrap_or_default()).ignore();
        }
        self.send(&all).await
    }

    /// The other instances look whether the sessions of this person still hold.
    ///
    /// # Errors
    /// Redis does not answer.
    pub async fn tell_of_sessions(&self, user: UserId) -> RedisResult<()> {
        let note = Ended { sessions_of: user.to_string().into(), from: (&*self.instance).into() };
        let mut one = Pipeline::with_capacity(1);
        one.publish(&*self.channel, serde_json::to_string(&note).unwrap_or_default()).ignore();
        self.send(&one).await
    }

    async fn send(&self, all: &Pipeline) -> RedisResult<()> {
        let mut held = self.connection.lock().await;
        let mut connection = self.connect(held.take()).await?;
        all.exec_async(&mut connection).await?;
        *held = Some(connection);
        Ok(())
    }

    async fn connect(&self, held: Option<MultiplexedConnection>) -> RedisResult<MultiplexedConnection> {
        if let Some(connection) = held {
            return Ok(connection);
        }
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }
}

/// Hands on whatever is told here: to the own pages at once, then to the others. Once it is asked to end it tells
/// what is left, and ends.
pub(super) async fn pass_on(news: News, hub: Hub, neighbours: Neighbours, mut end: watch::Receiver<bool>) {
    loop {
        let told = tokio::select! {
            biased;
            told = news.next() => told,
            // It ends, too, if nobody is left to ask for it.
            _ = end.wait_for(|end| *end) => return,
        };
        hub.news(told.clone());
        // A page of another instance is right after its next look, too.
        if let Err(error) = neighbours.tell(&told).await {
            tracing::debug!(cause = %error, "other instances cannot be told");
        }
    }
}
