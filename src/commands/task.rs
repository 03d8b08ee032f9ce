//! The sender: what is handed over first, then what is left over and what nobody has answered.
//!
//! Several instances do the same on the same rows; a row is claimed before it is sent, and a bot does a command once.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use config_sync::Dispatched;
use futures_util::FutureExt as _;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, MissedTickBehavior};
use uuid::Uuid;

use super::answers::{self, Settled};
use super::outbox::{self, Claimed, Key};
use super::{Job, Parts};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::DbError;

/// How often it is looked whether anything is due. Mostly this asks nobody.
const LOOK: Duration = Duration::from_secs(1);
/// How often the database is asked when something is due next: other instances may have left something over.
const ASK: Duration = Duration::from_secs(15);
/// After a fault.
const PAUSE: Duration = Duration::from_millis(200);

/// Runs the sender until its task is ended or nobody can hand anything over any more.
pub(super) async fn keep_going(parts: Parts, mut jobs: mpsc::Receiver<Job>, wake: Arc<Notify>) {
    let mut sender = Sender { parts, next_due: Some(0), asked: None, lost: false };
    while let Err(fault) = AssertUnwindSafe(run(&mut sender, &mut jobs, &wake)).catch_unwind().await {
        let cause = fault.downcast_ref::<&str>().copied().unwrap_or_default();
        tracing::error!(cause, "the sender of commands ended by a fault and is started again");
        tokio::time::sleep(PAUSE).await;
    }
}

async fn run(sender: &mut Sender, jobs: &mut mpsc::Receiver<Job>, wake: &Notify) {
    let mut ticks = tokio::time::interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let looked = tokio::select! {
            biased;
            job = jobs.recv() => match job {
                Some(job) => sender.take(job).await,
                None => return,
            },
            () = wake.notified() => {
                sender.next_due = Some(0);
                sender.look().await
            }
            _ = ticks.tick() => sender.look().await,
        };
        if let Err(error) = looked {
            sender.next_due = Some(0);
            tracing::debug!(cause = %error, "commands cannot be looked after");
        }
    }
}

struct Sender {
    parts: Parts,
    /// When something is due, as far as known here.
    next_due: Option<Millis>,
    /// When the database was asked for that.
    asked: Option<Instant>,
    /// The last try got no answer.
    lost: bool,
}

impl Sender {
    fn now(&self) -> Millis {
        self.parts.clock.now()
    }

    async fn take(&mut self, job: Job) -> Result<(), DbError> {
        // Whoever waits is told that nothing is known when this is dropped.
        let claimed = outbox::claim(&self.parts.db, job.guild, job.id, self.now()).await?;
        self.asked = None;
        if let Some(claimed) = claimed {
            let sent = self.send(&claimed).await?;
            // Nobody may be waiting any more.
            let _ = job.sent.send(sent);
        }
        Ok(())
    }

    async fn look(&mut self) -> Result<(), DbError> {
        if self.lost && self.parts.relay.publisher().ping().await.is_ok() {
            self.lost = false;
            outbox::make_due(&self.parts.db, self.now()).await?;
            self.next_due = Some(0);
        }
        if self.asked.is_none_or(|at| at.elapsed() >= ASK) {
            self.next_due = outbox::next_due(&self.parts.db).await?;
            self.asked = Some(Instant::now());
        }
        if self.next_due.is_none_or(|at| at > self.now()) {
            return Ok(());
        }
        self.asked = None;
        let due = outbox::due(&self.parts.db, !self.lost, self.now()).await?;
        for (key, giveaway) in &due.over {
            self.tell(key);
            if let (Some(guild), Some(id)) = (key.guild(), giveaway) {
                self.parts.news.tell(guild, Topic::Giveaways, id);
            }
        }
        for claimed in &due.unsent {
            self.send(claimed).await?;
        }
        self.ask_after(&due.silent).await
    }

    /// Whether it was sent.
    async fn send(&mut self, claimed: &Claimed) -> Result<bool, DbError> {
        let expires_at = claimed.expires_at.unsigned_abs();
        let answer = self.parts.relay.publisher().dispatch(claimed.body.as_bytes(), expires_at).await;
        let (sent, perhaps) = match &answer {
            Ok(Dispatched::Sent) => (true, false),
            Ok(Dispatched::Late | Dispatched::Foreign { .. }) => (false, false),
            Err(error) => (false, error.perhaps),
        };
        if let Err(error) = &answer {
            self.lost = true;
            tracing::debug!(cause = %error, command.id = claimed.row.id, "a command waits for the connection");
        }
        match sent {
            true => outbox::mark_sent(&self.parts.db, claimed, self.now()).await?,
            false => outbox::mark_failed(&self.parts.db, claimed, perhaps, self.now()).await?,
        }
        metrics::counter!("guildhall_commands_sent_total", "sent" => if sent { "yes" } else { "no" }).increment(1);
        self.tell(&claimed.row);
        Ok(sent)
    }

    /// The event of their answers may have been lost; the bot keeps them for a day.
    async fn ask_after(&mut self, silent: &[Key]) -> Result<(), DbError> {
        let asked: Vec<(&Key, Uuid)> =
            silent.iter().filter_map(|key| Some((key, Uuid::parse_str(&key.id).ok()?))).collect();
        let ids: Vec<Uuid> = asked.iter().map(|(_, id)| *id).collect();
        let kept = self.parts.relay.publisher().command_records(&ids).await.unwrap_or_default();
        let now = self.now();
        for ((key, id), record) in asked.iter().zip(kept) {
            if let (Some(guild), Some(outcome)) = (key.guild(), record.and_then(|record| record.result)) {
                let id = *id;
                let settle = self.parts.db.write(move |conn| {
                    Ok::<Option<Settled>, DbError>(answers::settle(conn, guild, id, &outcome, now)?)
                });
                if let Some((topic, thing)) = settle.await?.and_then(|settled| settled.thing) {
                    self.parts.news.tell(guild, topic, &thing);
                }
            }
        }
        // What nobody has answered is now said to be unknown.
        silent.iter().for_each(|key| self.tell(key));
        Ok(())
    }

    fn tell(&self, key: &Key) {
        let Some(guild) = key.guild() else { return };
        self.parts.news.tell(guild, Topic::Commands, &key.id);
        self.parts.news.tell(guild, Topic::Changes, &key.change_id);
    }
}
