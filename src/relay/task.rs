//! The publisher's task: sends what is handed over, sweeps what was left, marks what is known, in batches.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use config_sync::{Answer, Unreachable};
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::time::MissedTickBehavior;

use super::outbox::{self, Mark};
use super::{Delivery, Job, Parts, Unsent};

/// How often unsent changes are looked for while nobody wakes the task.
const SWEEP: Duration = Duration::from_secs(1);
/// Answers are marked when this many have come together, or when there is nothing else to do.
const BATCH: usize = 64;

pub(super) async fn run(parts: Parts, queue: Arc<Mutex<mpsc::Receiver<Job>>>, wake: Arc<Notify>, stop: Arc<Notify>) {
    let mut queue = queue.lock().await;
    let mut sender = Sender { parts, highest_n: None, connections: 0, marks: Vec::new(), told_lost: false };
    let mut ticks = tokio::time::interval(SWEEP);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.notified() => break,
            job = queue.recv() => match job {
                Some(job) => sender.take(job, queue.is_empty()).await,
                None => break,
            },
            () = wake.notified() => sender.sweep().await,
            _ = ticks.tick() => sender.sweep().await,
        }
    }
    sender.mark().await;
}

pub(super) struct Sender {
    pub(super) parts: Parts,
    /// The highest count of writes the database knows; None: to be read before the next write.
    pub(super) highest_n: Option<u64>,
    connections: u64,
    marks: Vec<Mark>,
    /// Said in the log, once, until the connection is back.
    told_lost: bool,
}

impl Sender {
    async fn take(&mut self, job: Job, idle: bool) {
        let delivery = self.send(&job.change).await;
        // Nobody may be waiting any more; the row is marked all the same.
        let _ = job.answer.send(delivery);
        if idle || self.marks.len() >= BATCH {
            self.mark().await;
        }
    }

    /// Sends one change and notes what to write down of it.
    pub(super) async fn send(&mut self, change: &Unsent) -> Delivery {
        let answer = match self.publish(change).await {
            Some(Answer::Empty | Answer::Behind { .. }) => match self.rebuild().await {
                true => self.publish(change).await,
                false => None,
            },
            answer => answer,
        };
        let (delivery, written) = match answer {
            Some(Answer::Sent { n, at }) => (Delivery::Sent, Some((n, at))),
            Some(Answer::Same) => (Delivery::Sent, None),
            Some(Answer::Stale { .. }) => (Delivery::Replaced, None),
            Some(Answer::Empty | Answer::Behind { .. } | Answer::Foreign { .. }) | None => (Delivery::Waiting, None),
        };
        self.marks.push(Mark { id: change.id.clone(), delivery, written, attempts: change.attempts });
        delivery
    }

    /// One round trip; None: no answer, or none that lets us go on.
    pub(super) async fn publish(&mut self, change: &Unsent) -> Option<Answer> {
        let highest_n = self.known_n().await?;
        let answer = self.parts.publisher.publish(&change.message(), highest_n).await;
        let health = &self.parts.health;
        match answer {
            Ok(answer) => {
                health.up.store(true, Ordering::Relaxed);
                let foreign = matches!(answer, Answer::Foreign { .. });
                if foreign != health.foreign.swap(foreign, Ordering::Relaxed) {
                    tell_of_foreign(foreign);
                }
                if let Answer::Sent { n, .. } = answer {
                    self.highest_n = Some(highest_n.max(n));
                }
                Some(answer)
            }
            Err(error) => {
                health.up.store(false, Ordering::Relaxed);
                self.tell_of_loss(&error);
                self.highest_n = None;
                None
            }
        }
    }

    /// The highest count the database knows, read again on every new connection.
    async fn known_n(&mut self) -> Option<u64> {
        let connections = self.parts.publisher.connections();
        if self.highest_n.is_none() || connections != self.connections {
            match outbox::highest_n(&self.parts.db).await {
                Ok(n) => self.highest_n = Some(self.highest_n.unwrap_or(0).max(n)),
                Err(error) => tracing::warn!(cause = %error, "the outbox cannot be read"),
            }
            self.connections = connections;
        }
        self.highest_n
    }

    /// Sends what was left over, oldest first.
    async fn sweep(&mut self) {
        self.mark().await;
        if !self.is_reachable().await {
            return;
        }
        let unsent = match outbox::claim(&self.parts).await {
            Ok(unsent) => unsent,
            Err(error) => {
                tracing::warn!(cause = %error, "unsent changes cannot be read");
                return;
            }
        };
        if !unsent.is_empty() {
            tracing::info!(count = unsent.len(), "sending changes that were left over");
        }
        for change in &unsent {
            self.send(change).await;
        }
        self.mark().await;
    }

    /// Whether it makes sense to try. Once Redis is back, everything unsent is due at once.
    async fn is_reachable(&mut self) -> bool {
        if self.parts.health.is_up() && !self.parts.health.is_foreign() {
            return true;
        }
        if let Err(error) = self.parts.publisher.ping().await {
            self.tell_of_loss(&error);
            return false;
        }
        self.told_lost = false;
        if !self.parts.health.up.swap(true, Ordering::Relaxed) {
            tracing::info!(event = "redis_back", "the connection to the bot is there");
        }
        self.settle_epoch().await;
        if self.parts.health.is_foreign() {
            return false;
        }
        if let Err(error) = outbox::make_due(&self.parts).await {
            tracing::warn!(cause = %error, "unsent changes cannot be made due");
        }
        true
    }

    fn tell_of_loss(&mut self, error: &Unreachable) {
        if !std::mem::replace(&mut self.told_lost, true) {
            tracing::warn!(event = "redis_lost", cause = %error, "no connection to the bot; changes wait");
        }
    }

    /// After a new connection: is this our Redis, and does it hold what we know?
    async fn settle_epoch(&mut self) {
        let Ok(status) = self.parts.publisher.status().await else { return };
        let Some(known) = self.known_n().await else { return };
        let ours = status.database.as_deref() == Some(self.parts.publisher.database());
        let foreign = !ours && status.database.is_some();
        if foreign != self.parts.health.foreign.swap(foreign, Ordering::Relaxed) {
            tell_of_foreign(foreign);
        }
        if !foreign && (!ours || status.n < known || !status.complete) {
            self.rebuild().await;
        }
        if status.eviction_policy.as_deref().is_some_and(|policy| policy != "noeviction") {
            tracing::warn!(
                policy = status.eviction_policy,
                "Redis may drop keys when memory is full: set maxmemory-policy noeviction"
            );
        }
    }

    async fn mark(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        let marks = std::mem::take(&mut self.marks);
        if let Err(error) = outbox::mark(&self.parts, marks.clone()).await {
            tracing::warn!(cause = %error, count = marks.len(), "answers cannot be written down yet");
            // Sending again does no harm, so what does not fit may be forgotten: the sweep finds it unsent.
            if marks.len() < BATCH * 16 {
                self.marks = marks;
            }
        }
    }
}

/// Once each time it changes.
fn tell_of_foreign(foreign: bool) {
    if foreign {
        tracing::error!(
            event = "redis_foreign",
            "this Redis belongs to another deployment: nothing is sent; see `guildhall redis adopt`"
        );
    } else {
        tracing::info!(event = "redis_ours", "this Redis is ours again");
    }
}
