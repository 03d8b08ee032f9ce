//! From the change log to Redis: the process's ONE publisher.
//!
//! A save hands its row over and waits at most 250 ms for the answer; retries and rebuilds go through the same
//! task, so a process never races itself. Redis is a copy: what it answers is handled as docs/protocol.md says.
//! Whether a bot has applied a change is not known here.

mod outbox;
mod overrule;
mod rebuild;
mod task;

pub use outbox::highest_n;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use config_sync::{ConfigData, ConfigMessage, Publisher};
use serde_json::Value;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::changes::{Action, SettingsChange};
use crate::clock::{Clock, Millis};
use crate::db::Db;
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;

/// How long a save waits to be able to say "sent".
const PATIENCE: Duration = Duration::from_millis(250);
/// Changes that wait for the publisher at most; more are left to the sweep.
const QUEUE: usize = 1_000;

/// What became of handing a change over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Sent,
    /// A newer change stands for it already.
    Replaced,
    /// It will be sent as soon as the connection is back.
    Waiting,
}

/// A change that is not yet sent.
#[derive(Clone, Debug)]
pub(crate) struct Unsent {
    pub id: String,
    pub guild: GuildId,
    pub module: ModuleKey,
    pub action: Action,
    pub revision: i64,
    pub schema: i32,
    pub changed: Vec<String>,
    pub settings: Value,
    pub at: Millis,
    pub attempts: i32,
}

impl Unsent {
    fn message(&self) -> ConfigMessage {
        let action = match self.action {
            Action::Create => config_sync::Action::Create,
            Action::Update => config_sync::Action::Update,
            Action::Delete => config_sync::Action::Delete,
        };
        ConfigMessage {
            guild_id: config_sync::GuildId(self.guild.get()),
            module: self.module.wire_name(),
            action,
            timestamp: self.at.unsigned_abs(),
            data: Some(ConfigData {
                revision: self.revision.unsigned_abs(),
                schema: self.schema.unsigned_abs(),
                changed: self.changed.clone(),
                settings: self.settings.clone(),
            }),
        }
    }
}

struct Job {
    change: Unsent,
    answer: oneshot::Sender<Delivery>,
}

/// How the way to the bot is, for /readyz and for operators.
#[derive(Debug, Default)]
pub struct Health {
    /// The last call was answered.
    up: AtomicBool,
    /// Redis belongs to another deployment: nothing is published.
    foreign: AtomicBool,
    /// How often the task ended and was started again.
    restarts: AtomicU64,
}

impl Health {
    pub fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }
    pub fn is_foreign(&self) -> bool {
        self.foreign.load(Ordering::Relaxed)
    }
    /// Since when the connection is lost, by our clock.
    pub fn lost_since(&self) -> Option<Millis> {
        None
    }
    pub fn restarts(&self) -> u64 {
        self.restarts.load(Ordering::Relaxed)
    }
}

/// What the task works with.
#[derive(Clone)]
pub(crate) struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub publisher: Publisher,
    pub health: Arc<Health>,
    /// Names this process in leases.
    pub holder: String,
}

/// Hands changes to the publisher's task. Clones share it.
#[derive(Clone)]
pub struct Relay {
    jobs: mpsc::Sender<Job>,
    wake: Arc<Notify>,
    stop: Arc<Notify>,
    stopped: Arc<Notify>,
    parts: Parts,
}

impl Relay {
    /// Starts the task, and again whenever it ends by a fault.
    pub fn start(db: Db, clock: Clock, publisher: Publisher) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let holder = uuid::Uuid::new_v4().to_string();
        let parts = Parts { db, clock, publisher, health: Arc::default(), holder };
        let relay = Self { jobs, wake: Arc::default(), stop: Arc::default(), stopped: Arc::default(), parts };
        tokio::spawn(supervise(relay.clone(), queue));
        relay
    }

    /// Sends a change that is committed, and says what is known of it after at most 250 ms. Whatever happens
    /// to this call, the change will be sent.
    pub async fn hand_over(&self, change: &SettingsChange, module: ModuleKey) -> Delivery {
        let (answer, reply) = oneshot::channel();
        let change = Unsent {
            id: change.id.to_string(),
            guild: change.guild,
            module,
            action: change.action,
            revision: change.revision,
            schema: change.schema,
            changed: change.changed.clone(),
            settings: change.after.clone(),
            at: change.at,
            attempts: 0,
        };
        if self.jobs.try_send(Job { change, answer }).is_err() {
            return Delivery::Waiting;
        }
        match tokio::time::timeout(PATIENCE, reply).await {
            Ok(Ok(delivery)) => delivery,
            _ => Delivery::Waiting,
        }
    }

    pub fn health(&self) -> &Health {
        &self.parts.health
    }

    pub fn publisher(&self) -> &Publisher {
        &self.parts.publisher
    }

    /// Looks for unsent changes now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Writes down what is known and ends the task, within two seconds.
    pub async fn stop(&self) {
        self.stop.notify_one();
        // What could not be written down in time is sent again after the next start, which does no harm.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.stopped.notified()).await;
    }
}

async fn supervise(relay: Relay, queue: mpsc::Receiver<Job>) {
    let queue = Arc::new(tokio::sync::Mutex::new(queue));
    loop {
        let run = tokio::spawn(task::run(relay.parts.clone(), queue.clone(), relay.wake.clone(), relay.stop.clone()));
        match run.await {
            Ok(()) => break,
            Err(fault) => {
                relay.parts.health.restarts.fetch_add(1, Ordering::Relaxed);
                metrics::counter!("guildhall_relay_restarts_total").increment(1);
                tracing::error!(cause = %fault, "the publisher ended by a fault and is started again");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
    relay.stopped.notify_one();
}
