//! Sending events from the bot: on the channel for whoever listens, on the stream for good.
//!
//! The buffer for the time Redis is away lives here. The envelope is in `event`; what a handler's
//! verdict changes in Redis, in the same transaction as its event, is in `verdict`.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis::Pipeline;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::event::{Event, MAX_EVENT_BYTES, Worth};
use crate::link::Link;
use crate::verdict::{self, Stored, Verdict, stored};
use crate::{BadRedisUrl, Names, Unreachable};

/// Events kept while Redis is away.
const ROOM: usize = 10_000;
const BATCH: usize = 100;
const BATCH_BOUND: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(250);
/// Entries the stream keeps, roughly.
const STREAM_LENGTH: usize = 100_000;

/// Sends events in the order they were given. Cheap to clone; when the last clone is dropped,
/// what has not been sent is lost: call [`EventPublisher::flush`] first.
#[derive(Clone)]
pub struct EventPublisher {
    shared: Arc<Shared>,
    _sender: Arc<Sender>,
}

/// Why an event was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Its JSON is larger than [`MAX_EVENT_BYTES`].
    #[error("the event is larger than 256 KB")]
    TooLarge,
    /// The buffer is full of dearer events.
    #[error("10,000 dearer events are waiting for Redis")]
    Full,
    /// It speaks for a guild that another process has.
    #[error("the guild is not this process's own")]
    NotOwn,
}

struct Sender(JoinHandle<()>);

impl Drop for Sender {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    link: Link,
    names: Names,
    waiting: Mutex<VecDeque<Outgoing>>,
    in_flight: AtomicUsize,
    dropped: AtomicU64,
    news: Notify,
    sent: Notify,
}

#[derive(Clone)]
struct Outgoing {
    json: String,
    worth: Worth,
    on_channel: bool,
    applied: Option<Verdict>,
}

impl EventPublisher {
    /// Begins a publisher for the Redis at `redis_url`, with `prefix` before every name. Must be
    /// called within a tokio runtime. Redis need not be there.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn new(redis_url: &str, prefix: &str) -> Result<Self, BadRedisUrl> {
        let shared = Arc::new(Shared {
            link: Link::new(redis_url)?,
            names: Names::new(prefix),
            waiting: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            dropped: AtomicU64::new(0),
            news: Notify::new(),
            sent: Notify::new(),
        });
        let task = tokio::spawn(send_for_ever(Arc::clone(&shared)));
        Ok(Self { shared, _sender: Arc::new(Sender(task)) })
    }

    /// Takes an event to be sent; returns at once. While Redis is away 10,000 wait; then feed
    /// events go first and tickets, giveaways, acknowledgements and results never.
    ///
    /// # Errors
    /// When it was not taken.
    pub fn send(&self, event: &Event) -> Result<(), NotTaken> {
        self.take(event, None)
    }

    pub(crate) fn acknowledge(&self, what: Verdict) -> Result<(), NotTaken> {
        self.take(&what.event(), Some(what))
    }

    fn take(&self, event: &Event, applied: Option<Verdict>) -> Result<(), NotTaken> {
        let json = serde_json::to_string(event).map_err(|_| NotTaken::TooLarge)?;
        if json.len() > MAX_EVENT_BYTES {
            return Err(NotTaken::TooLarge);
        }
        let (worth, on_channel) = (event.worth(), event.on_channel());
        let mut waiting = self.shared.waiting();
        if waiting.len() + self.shared.in_flight.load(Ordering::Relaxed) >= ROOM
            && !self.shared.make_room(&mut waiting, worth)
        {
            return Err(NotTaken::Full);
        }
        waiting.push_back(Outgoing { json, worth, on_channel, applied });
        drop(waiting);
        self.shared.news.notify_one();
        Ok(())
    }

    /// How many events were dropped so far for want of room.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.shared.dropped.load(Ordering::Relaxed)
    }

    /// How many events are not sent yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let waiting = self.shared.waiting();
        waiting.len() + self.shared.in_flight.load(Ordering::Relaxed)
    }

    /// Waits until everything is sent, at most `bound`. Tells whether it is.
    pub async fn flush(&self, bound: Duration) -> bool {
        let all_sent = async {
            loop {
                let sent = self.shared.sent.notified();
                if self.waiting() == 0 {
                    return;
                }
                sent.await;
            }
        };
        tokio::time::timeout(bound, all_sent).await.is_ok()
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, VecDeque<Outgoing>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the oldest of the least dear events, if it is not dearer than the new one. What is
    /// never dropped is taken beyond the limit.
    fn make_room(&self, waiting: &mut VecDeque<Outgoing>, newest: Worth) -> bool {
        let oldest_of = |worth| waiting.iter().position(|outgoing| outgoing.worth == worth);
        let least = oldest_of(Worth::Feed).or_else(|| oldest_of(Worth::State));
        match least.filter(|at| waiting[*at].worth <= newest) {
            Some(at) => {
                waiting.remove(at);
            }
            None if newest == Worth::Kept => return true,
            None => {
                self.dropped.fetch_add(1, Ordering::Relaxed);
                return false;
            }
        }
        self.dropped.fetch_add(1, Ordering::Relaxed);
        true
    }

    fn next_batch(&self) -> Vec<Outgoing> {
        let mut waiting = self.waiting();
        let upto = waiting.len().min(BATCH);
        self.in_flight.store(upto, Ordering::Relaxed);
        waiting.drain(..upto).collect()
    }

    async fn send(&self, batch: &[Outgoing]) -> Result<(), Unreachable> {
        let names = &self.names;
        let work = |mut wire| async move {
            let verdicts = batch.iter().filter_map(|outgoing| outgoing.applied.as_ref());
            let stored = stored(&mut wire, names, verdicts).await?;
            compose(names, batch, stored).exec_async(&mut wire).await
        };
        self.link.call(BATCH_BOUND, work).await
    }
}

async fn send_for_ever(shared: Arc<Shared>) {
    loop {
        let batch = shared.next_batch();
        if batch.is_empty() {
            shared.sent.notify_waiters();
            shared.news.notified().await;
            continue;
        }
        let mut told = false;
        while let Err(error) = shared.send(&batch).await {
            if !told {
                tracing::warn!(%error, "events wait for Redis");
                told = true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        if told {
            tracing::info!("events are sent again");
        }
        shared.in_flight.store(0, Ordering::Relaxed);
    }
}

/// One transaction for the whole batch.
fn compose(names: &Names, batch: &[Outgoing], mut stored: Stored) -> Pipeline {
    let mut all = Pipeline::with_capacity(batch.len() * 3);
    all.atomic();
    for outgoing in batch {
        if let Some(one) = &outgoing.applied
            && note(&mut all, names, one, &mut stored) != verdict::Worth::News
        {
            continue;
        }
        if outgoing.on_channel {
            all.publish(names.event_channel(), &outgoing.json).ignore();
        }
        all.cmd("XADD").arg(names.event_stream()).arg(&["MAXLEN", "~"]).arg(STREAM_LENGTH);
        all.arg("*").arg("event").arg(&outgoing.json).ignore();
    }
    all
}

/// Notes a verdict in the record, if it is still this process's to give.
fn note(all: &mut Pipeline, names: &Names, one: &Verdict, stored: &mut Stored) -> verdict::Worth {
    // It may have waited for Redis while the guild went to another process.
    if !one.is_ours() {
        return verdict::Worth::Outdated;
    }
    let applied = stored.entry((one.guild, one.module.clone())).or_default();
    let worth = one.merge_into(applied);
    if worth != verdict::Worth::Outdated
        && let Ok(value) = serde_json::to_string(applied)
    {
        all.hset(names.applied(one.guild), one.module.as_str(), value).ignore();
    }
    worth
}
