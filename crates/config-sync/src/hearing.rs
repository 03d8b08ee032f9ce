//! The life of a command receiver: begun with what it works with, ended in good order or at once.

use std::sync::Arc;
use std::time::Duration;

use redis::Client;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::claims::RedisClaims;
use crate::events::EventPublisher;
use crate::guilds::OwnGuilds;
use crate::link::Link;
use crate::obey::{Handler, Obedience};
use crate::receiver::{Hands, Receiver};
use crate::verdict::Identity;
use crate::{BadRedisUrl, Names, now_ms};

/// A running receiver. Dropped, it ends at once, as its process would.
pub(crate) struct Hearing {
    task: JoinHandle<()>,
    closing: watch::Sender<bool>,
}

/// What a receiver works with.
pub(crate) struct Beginning<'a> {
    pub(crate) redis_url: &'a str,
    pub(crate) client: Client,
    pub(crate) pushing: Client,
    pub(crate) names: Names,
    pub(crate) heartbeat: Duration,
    pub(crate) patience: Duration,
    pub(crate) identity: Arc<Identity>,
    pub(crate) own: OwnGuilds,
    pub(crate) events: EventPublisher,
    pub(crate) handler: Handler,
}

impl Hearing {
    pub(crate) fn begin(with: Beginning<'_>) -> Result<Self, BadRedisUrl> {
        let claims = RedisClaims { link: Link::new(with.redis_url)?, client: with.client, names: with.names.clone() };
        let (closing, closed) = watch::channel(false);
        let obedience = Obedience {
            claims,
            handler: with.handler,
            bot_id: with.identity.bot_id.clone(),
            life: uuid::Uuid::new_v4().to_string(),
            patience: with.patience,
            now: now_ms,
        };
        let application = with.identity.application_id.clone();
        let hands = Hands::new(obedience, with.events, application, with.own.clone(), closed.clone());
        let receiver = Receiver {
            client: with.pushing,
            names: with.names,
            heartbeat: with.heartbeat,
            own: with.own,
            hands,
            closing: closed,
        };
        Ok(Self { task: tokio::spawn(receiver.run()), closing })
    }

    /// Hears no more, and lets what has begun end within `patience`. What does not is left without a result, which
    /// is answered at the next start.
    pub(crate) async fn end(mut self, patience: Duration) {
        self.closing.send_replace(true);
        // Late or ended by a fault: the same.
        let _ = tokio::time::timeout(patience, &mut self.task).await;
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.task.abort();
    }
}
