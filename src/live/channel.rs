//! Listening: the bot's events as they are published, and what other instances tell.
//!
//! A published event that also comes by the stream waits for that copy, which says when it came to Redis; bots
//! that only publish are heard all the same.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use config_sync::Names;
use futures_util::StreamExt as _;
use redis::aio::{PubSubSink, PubSubStream};
use redis::{Client, RedisResult};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::forget::Forgetter;
use super::hub::Hub;
use super::intake::{self, Intake};
use super::neighbours::Neighbours;
use crate::bots::Bots;
use crate::clock::{Clock, Millis};
use crate::events::{Arrived, Source};

const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Without a word for this long the connection is asked whether it is alive.
const SILENCE: Duration = Duration::from_secs(5);
const SILENCE_MS: Millis = 5_000;
/// How long a published event waits for its copy on the stream.
const FOR_THE_COPY: Duration = Duration::from_millis(300);
/// Published events that wait at most; more are left to the stream.
pub(super) const ROOM: usize = 10_000;

pub(super) struct Channel {
    pub client: Client,
    pub names: Names,
    pub intake: Arc<Intake>,
    pub forgetter: Forgetter,
    pub hub: Hub,
    pub neighbours: Neighbours,
    pub bots: Bots,
    pub clock: Clock,
    /// How many published events wait, for the metrics.
    pub waiting: Arc<AtomicUsize>,
}

impl Channel {
    /// Listens until the task is ended.
    pub async fn listen(self) {
        if let Err(error) = self.bots.refresh().await {
            tracing::warn!(cause = %error, "what the bot reported before cannot be read");
        }
        let mut waiting = VecDeque::new();
        let mut deaf_since = self.clock.now();
        loop {
            if let Err(error) = self.follow(&mut waiting, deaf_since).await {
                tracing::debug!(cause = %error, "the bot's events cannot be heard");
            }
            if self.bots.is_listening() {
                // A connection that hangs is noticed late.
                deaf_since = self.clock.now() - 2 * SILENCE_MS;
            }
            self.bots.listening(false);
            self.take_due(&mut waiting, Instant::now() + FOR_THE_COPY).await;
            sleep(LOOK_AGAIN).await;
        }
    }

    async fn follow(&self, waiting: &mut VecDeque<(Instant, Arrived)>, deaf_since: Millis) -> RedisResult<()> {
        let (mut sink, mut stream) = patiently(self.client.get_async_pubsub()).await?.split();
        let (events, told) = (self.names.event_channel(), self.neighbours.channel().to_owned());
        patiently(sink.subscribe(&[&events, &told])).await?;
        self.bots.listening(true);
        // Whatever was said meanwhile was not heard.
        self.hub.catch_all_up(deaf_since).await;
        let mut heard_at = Instant::now();
        loop {
            self.waiting.store(waiting.len(), Ordering::Relaxed);
            let due = waiting.front().map_or(heard_at + SILENCE, |(due, _)| (*due).min(heard_at + SILENCE));
            match timeout_at(due, next(&mut stream)).await {
                Ok(None) => return Ok(()),
                Ok(Some(message)) => {
                    heard_at = Instant::now();
                    match message.get_channel_name() == told {
                        true => self.neighbours.hear(message.get_payload_bytes(), &self.hub).await,
                        false => self.hear(message.get_payload_bytes(), waiting).await,
                    }
                }
                Err(_) => {
                    self.take_due(waiting, Instant::now()).await;
                    if heard_at.elapsed() >= SILENCE {
                        alive(&mut sink).await?;
                        heard_at = Instant::now();
                    }
                }
            }
        }
    }

    async fn hear(&self, payload: &[u8], waiting: &mut VecDeque<(Instant, Arrived)>) {
        let Some(arrived) = self.intake.read(payload, Source::Channel { heard_at: self.clock.now() }) else { return };
        self.forgetter.forget(&arrived.event);
        match self.intake.beat(&arrived).await {
            Ok(true) => {}
            Ok(false) if intake::changes_a_row(&arrived.event) && waiting.len() < ROOM => {
                waiting.push_back((Instant::now() + FOR_THE_COPY, arrived));
            }
            Ok(false) if intake::changes_a_row(&arrived.event) => {
                metrics::counter!("guildhall_events_left_to_stream_total").increment(1);
            }
            Ok(false) => {}
            Err(error) => tracing::debug!(cause = %error, "a beat cannot be written down"),
        }
    }

    /// Takes in what has waited for its copy long enough.
    async fn take_due(&self, waiting: &mut VecDeque<(Instant, Arrived)>, now: Instant) {
        let due = waiting.iter().take_while(|(due, _)| *due <= now).count();
        if due == 0 {
            return;
        }
        let arrived: Vec<Arrived> = waiting.drain(..due).map(|(_, arrived)| arrived).collect();
        let taken = async {
            let new = self.intake.not_yet_taken(arrived).await?;
            self.intake.take(new).await
        };
        if let Err(error) = taken.await {
            tracing::warn!(cause = %error, "published events cannot be taken in; the stream has them, if the bot writes it");
        }
    }
}

async fn next(stream: &mut PubSubStream) -> Option<redis::Msg> {
    stream.next().await
}

/// Pub/sub is silent for long by nature: only a connection that answers is alive.
async fn alive(sink: &mut PubSubSink) -> RedisResult<()> {
    patiently(sink.ping::<redis::Value>()).await.map(|_| ())
}

async fn patiently<T>(answer: impl Future<Output = RedisResult<T>>) -> RedisResult<T> {
    timeout(SILENCE, answer).await.unwrap_or_else(|_| Err((redis::ErrorKind::Io, "no answer in time").into()))
}
