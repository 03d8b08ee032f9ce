//! A bot's connection to Redis: made for ever anew, subscribed, kept alive, listened to.
//!
//! The redis crate could re-subscribe by itself. It is not asked to: everything said during an
//! outage must be read again anyway, so each connection begins from nothing and is known to be
//! new.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use redis::{
    AsyncConnectionConfig, Client, ErrorKind, ProtocolVersion, PushInfo, PushKind, RedisError, RedisResult, Value,
};
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::Names;
use crate::catchup::{Catchup, Observer};
use crate::guilds::OwnGuilds;
use crate::inbox::Inbox;
use crate::link::CONNECT;
use crate::snapshot::{Reader, patiently};

/// Messages that may wait while something is read.
const ROOM: usize = 1_024;
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Beats without an answer after which the connection is given up.
const MISSES: u32 = 2;

pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) names: Names,
    pub(crate) heartbeat: Duration,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) own: OwnGuilds,
    pub(crate) observers: Arc<[Arc<dyn Observer>]>,
}

impl Session {
    /// Connects, follows, and begins again, until the task is ended.
    pub(crate) async fn run(self) {
        let mut pause = FIRST_PAUSE;
        let mut told = false;
        loop {
            let mut stood = false;
            // A panic must not end the following without a word.
            let ended = AssertUnwindSafe(self.follow(&mut stood)).catch_unwind().await;
            let ended = ended.unwrap_or_else(|_| Err(gone("following panicked")));
            if stood {
                (pause, told) = (FIRST_PAUSE, false);
            }
            if let Err(error) = ended
                && !told
            {
                tracing::warn!(%error, "no connection to Redis; trying for ever");
                told = true;
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// One connection, from making it to its end.
    async fn follow(&self, stood: &mut bool) -> RedisResult<()> {
        let (to_us, mut heard) = mpsc::channel(ROOM);
        let overflown = Arc::new(AtomicBool::new(false));
        let mut reader = self.connect(to_us, Arc::clone(&overflown)).await?;
        patiently(reader.connection.subscribe(self.names.all_channel())).await?;
        let mut catchup = Catchup::new(reader, Arc::clone(&self.inbox), self.own.clone(), Arc::clone(&self.observers));
        catchup.all().await?;
        *stood = true;
        tracing::info!("following the settings in Redis");

        let mut beats = interval(self.heartbeat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut missed = 0;
        loop {
            tokio::select! {
                pushed = heard.recv() => match pushed {
                    Some(push) => self.take(push, &mut catchup).await?,
                    None => return Err(gone("the connection is closed")),
                },
                guilds = self.own.unread() => catchup.guilds(&guilds).await?,
                _ = beats.tick() => match self.answered(catchup.beat()).await {
                    Some(beat) => { missed = 0; catchup.after(beat?).await?; }
                    None if missed + 1 >= MISSES => return Err(gone("no answer to two beats")),
                    None => missed += 1,
                },
            }
            if overflown.swap(false, Ordering::Relaxed) {
                catchup.all().await?;
            }
        }
    }

    async fn answered<T>(&self, beat: impl Future<Output = T>) -> Option<T> {
        timeout(self.heartbeat.max(Duration::from_secs(1)), beat).await.ok()
    }

    async fn connect(&self, to_us: mpsc::Sender<PushInfo>, overflown: Arc<AtomicBool>) -> RedisResult<Reader> {
        let push = move |info| match to_us.try_send(info) {
            Err(TrySendError::Full(_)) => {
                overflown.store(true, Ordering::Relaxed);
                Ok(())
            }
            other => other,
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(None)
            .set_push_sender(push);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let connection = timeout(CONNECT, connecting).await.map_err(|_| gone("no connection within 2 s"))??;
        Ok(Reader { connection, names: self.names.clone() })
    }

    async fn take(&self, push: PushInfo, catchup: &mut Catchup<Reader>) -> RedisResult<()> {
        match (push.kind, push.data.as_slice()) {
            (PushKind::Disconnection, _) => Err(gone("the connection broke")),
            (PushKind::Message, [_, Value::BulkString(bytes)]) => catchup.heard(bytes).await,
            _ => Ok(()),
        }
    }
}

/// The client, speaking the protocol in which messages and answers share a connection.
pub(crate) fn pushing(client: &Client) -> RedisResult<Client> {
    let info = client.get_connection_info().clone();
    let redis = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    Client::open(info.set_redis_settings(redis))
}

fn gone(why: &'static str) -> RedisError {
    RedisError::from((ErrorKind::Io, why))
}
