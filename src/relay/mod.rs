//! From the change log to Redis: the process's ONE publisher.
//!
//! A save hands its row over and waits at most 250 ms for the answer; what was left over and the comparison of
//! everything go through the same task, so a process never races itself. Redis is a copy: what it answers is
//! handled as docs/protocol.md says. What a bot's answer changes in a row stands in `changes::answers`.

mod backlog;
mod compare;
mod health;
mod heard;
mod lease;
mod marks;
mod object_rows;
mod objects;
mod outbox;
mod overrule;
mod pairs;
mod pass;
mod sending;
mod supervise;
mod task;

pub use config_sync::ObjectKind;
pub use health::Health;
pub use objects::Kept;
pub use outbox::{highest_n, unsent};

use std::sync::Arc;
use std::time::Duration;

use config_sync::{ConfigData, ConfigMessage, Publisher};
use serde_json::Value;
use tokio::sync::{Mutex, Notify, mpsc, oneshot};

use crate::changes::news::News;
use crate::changes::{Action, SettingsChange};
use crate::clock::{Clock, Millis};
use crate::db::Db;
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;
use crate::sizes::Size;

/// How long a save waits to be able to say "sent".
const PATIENCE: Duration = Duration::from_millis(250);
/// Changes that wait for the publisher at most; more are left to the outbox.
const QUEUE: usize = 1_000;
/// In so much time everything is compared once with Redis.
const ROUND: Duration = Duration::from_secs(600);

/// What is said of an account that Redis does not let do something, with Redis's words for what that is.
pub fn lacks_rights(which: &str) -> String {
    format!("the account lacks rights ({which}). Give it those of docs/redis-users.acl.")
}

/// What became of handing a change over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Sent,
    /// A newer change stands for it already.
    Replaced,
    /// It will be sent as soon as the connection is back.
    Waiting,
}

/// A change that is not yet sent, or is to be sent again.
#[derive(Clone, Debug)]
pub(crate) struct Unsent {
    /// Its row in the change log.
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

/// What is handed over.
enum Work {
    Change(Box<Unsent>),
    Object(Box<Kept>),
    /// Whatever panels and playlists are not sent yet.
    UnsentObjects,
}

struct Job {
    work: Work,
    answer: oneshot::Sender<Delivery>,
}

/// What the task works with.
#[derive(Clone)]
pub(crate) struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub publisher: Publisher,
    pub news: News,
    pub health: Arc<Health>,
    /// Names this process in leases.
    pub holder: String,
    /// In so much time everything is compared once.
    pub round: Duration,
}

/// What others ask of the task. Its next life, after a fault, goes on with them.
#[derive(Clone)]
struct Inbox {
    jobs: Arc<Mutex<mpsc::Receiver<Job>>>,
    rounds: Arc<Mutex<mpsc::Receiver<oneshot::Sender<()>>>>,
    wake: Arc<Notify>,
    stop: Arc<Notify>,
}

/// Hands changes to the publisher's task. Clones share it.
#[derive(Clone)]
pub struct Relay {
    jobs: mpsc::Sender<Job>,
    rounds: mpsc::Sender<oneshot::Sender<()>>,
    wake: Arc<Notify>,
    stop: Arc<Notify>,
    stopped: Arc<Notify>,
    parts: Parts,
}

impl Relay {
    /// Starts the task, and again whenever it ends by a fault.
    pub fn start(db: Db, clock: Clock, publisher: Publisher, news: News) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (rounds, asked) = mpsc::channel(1);
        let holder = uuid::Uuid::new_v4().to_string();
        let parts = Parts { db, clock, publisher, news, health: Arc::default(), holder, round: ROUND };
        let relay = Self { jobs, rounds, wake: Arc::default(), stop: Arc::default(), stopped: Arc::default(), parts };
        let inbox = Inbox {
            jobs: Arc::new(Mutex::new(queue)),
            rounds: Arc::new(Mutex::new(asked)),
            wake: relay.wake.clone(),
            stop: relay.stop.clone(),
        };
        let (parts, stopped) = (relay.parts.clone(), relay.stopped.clone());
        tokio::spawn(async move {
            let health = parts.health.clone();
            supervise::keep_going(health, || task::run(parts.clone(), inbox.clone())).await;
            stopped.notify_one();
        });
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
        if self.jobs.try_send(Job { work: Work::Change(Box::new(change)), answer }).is_err() {
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

    /// Changes that wait for the publisher in this process: never more than a thousand, others wait in the
    /// database.
    pub fn queued(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    pub fn sizes(&self) -> Vec<Size> {
        let waiting = [Size::channel("relay", &self.jobs), Size::channel("relay_rounds", &self.rounds)];
        waiting.into_iter().chain(self.parts.health.sizes()).collect()
    }

    /// Looks for unsent changes now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Compares everything with Redis now, at full pace, and waits until that has ended, or was given up because
    /// Redis does not answer.
    pub async fn sweep_all_now(&self) {
        let (done, ended) = oneshot::channel();
        if self.rounds.send(done).await.is_ok() {
            // An error means the same: it has ended.
            let _ = ended.await;
        }
    }

    /// Writes down what is known and ends the task, within two seconds.
    pub async fn stop(&self) {
        self.stop.notify_one();
        // What could not be written down in time is sent again after the next start, which does no harm.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.stopped.notified()).await;
    }
}
