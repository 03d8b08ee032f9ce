//! The publisher's task: sends what is handed over first, and between that works off what was left and compares,
//! a small step at a time, so that no save waits long for it.

use std::collections::VecDeque;
use std::future::ready;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior, sleep_until};

use super::marks::{self, Mark};
use super::outbox::Claimed;
use super::pass::Pass;
use super::{Delivery, Inbox, Job, Parts, Work};
use crate::clock::Millis;
use crate::ids::GuildId;

/// How often Redis and the outbox are looked at while nobody wakes the task.
const LOOK: Duration = Duration::from_secs(1);
/// Answers are marked when this many have come together, or when there is nothing else to do.
const BATCH: usize = 64;
/// Marks share a transaction with those that come so soon after: a save waits for each.
const BETWEEN_MARKS: Duration = Duration::from_millis(50);
/// Answers that could not be written down are kept up to so many, and one batch that is added to them.
pub(super) const MARKS: usize = BATCH * 17;
/// Who waits for a comparison at most; more are told that it has ended.
pub(super) const ROUNDS: usize = 100;
/// So many saves in a row, then the other work has a turn.
const IN_A_ROW: usize = 32;
/// So many saves that wait at the same time are sent without waiting for each other's answer.
const TOGETHER: usize = 16;

pub(super) async fn run(parts: Parts, inbox: Inbox) {
    let mut jobs = inbox.jobs.lock().await;
    let mut rounds = inbox.rounds.lock().await;
    let mut sender = Sender::new(parts);
    let mut ticks = tokio::time::interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut in_a_row = 0;
    loop {
        let next_step = sender.next_step();
        let next_mark = sender.next_mark();
        tokio::select! {
            biased;
            () = inbox.stop.notified() => break,
            job = jobs.recv(), if in_a_row < IN_A_ROW => match job {
                Some(job) => {
                    let together = with_those_behind(job, &mut jobs);
                    in_a_row += together.len();
                    sender.take(together, jobs.is_empty()).await;
                }
                None => break,
            },
            () = sleep_until(next_mark.unwrap_or_else(Instant::now)), if next_mark.is_some() => sender.mark().await,
            () = inbox.wake.notified() => sender.look().await,
            _ = ticks.tick() => sender.look().await,
            Some(done) = rounds.recv() => sender.compare_now(done).await,
            () = sleep_until(next_step.unwrap_or_else(Instant::now)), if next_step.is_some() => {
                in_a_row = 0;
                sender.step().await;
            }
            () = ready(()), if in_a_row >= IN_A_ROW => in_a_row = 0,
        }
    }
    sender.mark().await;
}

/// A piece of work and what waits behind it, as far as it may go together.
fn with_those_behind(first: Job, jobs: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut together = vec![first];
    while together.len() < TOGETHER
        && let Ok(job) = jobs.try_recv()
    {
        together.push(job);
    }
    together
}

pub(super) struct Sender {
    pub(super) parts: Parts,
    /// The highest count of writes this process has seen.
    pub(super) highest_n: u64,
    /// Connections begun when the database was last asked for that count; None: ask before the next write.
    pub(super) counted_at: Option<u64>,
    pub(super) marks: Vec<Mark>,
    marked_at: Instant,
    /// Marks that could not be written wait for the next look.
    cannot_mark: bool,
    /// Since the connection was lost, Redis was looked at as a whole.
    pub(super) settled: bool,
    /// The last look at Redis got no answer in time.
    pub(super) was_late: bool,
    /// The first comparison after the start was begun.
    pub(super) started: bool,
    pub(super) lease_until: Millis,
    pub(super) backlog: VecDeque<Claimed>,
    /// Guilds that may have been answered while nobody listened.
    pub(super) unanswered: VecDeque<GuildId>,
    pub(super) pass: Option<Pass>,
    pub(super) next_round: Instant,
    /// There may be panels or playlists that were not sent.
    pub(super) unsent_objects: bool,
    /// Who waits for the comparison that goes on.
    pub(super) waiting_for_pass: Vec<oneshot::Sender<()>>,
}

impl Sender {
    fn new(parts: Parts) -> Self {
        Self {
            parts,
            highest_n: 0,
            counted_at: None,
            marks: Vec::new(),
            marked_at: Instant::now(),
            cannot_mark: false,
            settled: false,
            was_late: false,
            started: false,
            lease_until: 0,
            backlog: VecDeque::new(),
            unanswered: VecDeque::new(),
            pass: None,
            next_round: Instant::now(),
            unsent_objects: false,
            waiting_for_pass: Vec::new(),
        }
    }

    async fn take(&mut self, together: Vec<Job>, idle: bool) {
        let (mut changes, mut others) = (Vec::new(), Vec::new());
        for Job { work, answer } in together {
            match work {
                Work::Change(change) => changes.push((*change, answer)),
                other => others.push((other, answer)),
            }
        }
        let mut sent = self.send_together(changes).await;
        for (work, answer) in others {
            let delivery = match work {
                Work::Change(change) => self.send(&change, Vec::new()).await,
                Work::Object(kept) => self.send_object(&kept).await,
                Work::UnsentObjects => {
                    self.unsent_objects = true;
                    self.send_unsent_objects().await;
                    Delivery::Sent
                }
            };
            sent |= delivery == Delivery::Sent;
            // Nobody may be waiting any more; the row is marked all the same.
            let _ = answer.send(delivery);
        }
        let is_due = idle && self.next_mark().is_some_and(|at| at <= Instant::now());
        if is_due || self.marks.len() >= BATCH {
            self.mark().await;
        }
        if sent && !self.settled {
            // Redis is back, and this save was the first to see it.
            self.look().await;
        }
    }

    /// When answers are due to be written down.
    fn next_mark(&self) -> Option<Instant> {
        (!self.marks.is_empty() && !self.cannot_mark).then(|| self.marked_at + BETWEEN_MARKS)
    }

    /// When there is something to do besides what is handed over.
    fn next_step(&self) -> Option<Instant> {
        if !self.settled {
            None
        } else if self.backlog.is_empty() && self.unanswered.is_empty() {
            self.pass.as_ref().map(|pass| if pass.repairs.is_empty() { pass.next_at } else { pass.begun })
        } else {
            Some(Instant::now())
        }
    }

    async fn step(&mut self) {
        if !self.backlog.is_empty() {
            self.send_some().await;
        } else if !self.unanswered.is_empty() {
            self.settle_some().await;
        } else {
            self.compare_some().await;
        }
        self.mark().await;
    }

    pub(super) async fn mark(&mut self) {
        let repairs = self.pass.as_ref().map_or(0, |pass| pass.repairs.len());
        let (backlog, unanswered) = (self.backlog.len(), self.unanswered.len());
        self.parts.health.holds([self.marks.len(), backlog, unanswered, repairs, self.waiting_for_pass.len()]);
        if self.marks.is_empty() {
            return;
        }
        let marks = std::mem::take(&mut self.marks);
        let written = marks::write(&self.parts, marks.clone()).await;
        self.marked_at = Instant::now();
        self.cannot_mark = written.is_err();
        if let Err(error) = written {
            tracing::warn!(cause = %error, count = marks.len(), "answers cannot be written down yet");
            // Sending again does no harm, so what does not fit may be forgotten: it is found unsent.
            if marks.len() < BATCH * 16 {
                self.marks = marks;
            }
        }
    }
}
