//! A model of the dashboard's side: the database with its outbox, and a relay that publishes,
//! marks, rebuilds, compares and overrules, one step at a time, and may lose an answer or crash
//! between any two. The protocol says what it does; it is not the dashboard's code.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::redis::Redis;
use crate::Answer;
use crate::inbox::Pair;
use crate::snapshot::Position;

pub(super) const DATABASE: &str = "d1";

#[derive(Clone, Default)]
pub(super) struct Database {
    pub(super) rows: BTreeMap<Pair, u64>,
    /// Changes that are committed and not marked as sent.
    pub(super) unsent: VecDeque<(Pair, u64)>,
    highest_n: u64,
}

/// What a relay process is at. Gone with the process.
#[derive(Clone, Debug, Default, PartialEq)]
enum Job {
    #[default]
    Start,
    Idle,
    Mark(Pair, u64, u64),
    Begin,
    Compare {
        left: Vec<Pair>,
        /// The count with which the rebuild began; none if it is only a look.
        rebuild: Option<u64>,
    },
}

#[derive(Default)]
pub(super) struct Relay {
    pub(super) database: Database,
    job: Job,
    /// The dashboard's clock: every save finds it higher.
    clock: u64,
}

/// Whether an answer of Redis finds its way back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reply {
    Arrives,
    Lost,
}

impl Relay {
    /// A save: settings and outbox in one transaction.
    pub(super) fn save(&mut self, pair: &Pair) {
        self.clock += 1;
        let stored = self.database.rows.get(pair).copied().unwrap_or(0);
        let revision = self.clock.max(stored + 1);
        self.database.rows.insert(pair.clone(), revision);
        self.database.unsent.push_back((pair.clone(), revision));
    }

    /// The process ends and another begins.
    pub(super) fn crash(&mut self) {
        self.job = Job::Start;
    }

    pub(super) fn put_back(&mut self, older: Database) {
        self.database = older;
        self.crash();
    }

    pub(super) fn look(&mut self) {
        if self.job == Job::Idle {
            self.job = Job::Start;
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.job == Job::Idle && self.database.unsent.is_empty()
    }

    /// One step. Gives what was published by it.
    pub(super) fn step(&mut self, redis: &mut Redis, id: Position, reply: Reply) -> Option<(Pair, u64)> {
        match std::mem::take(&mut self.job) {
            Job::Start => {
                let good = redis.database.is_some() && redis.n >= self.database.highest_n && redis.complete;
                self.job = if good { self.compare_all(redis, None) } else { Job::Begin };
                None
            }
            Job::Idle => {
                let Some((pair, revision)) = self.database.unsent.front().cloned() else {
                    self.job = Job::Idle;
                    return None;
                };
                let answer = redis.publish(DATABASE, self.database.highest_n, &pair, revision, id);
                self.job = match &answer {
                    _ if reply == Reply::Lost => Job::Idle,
                    Answer::Sent { n, .. } => Job::Mark(pair.clone(), revision, *n),
                    Answer::Stale { .. } | Answer::Same => Job::Mark(pair.clone(), revision, 0),
                    _ => Job::Begin,
                };
                answer.n().map(|_| (pair, revision))
            }
            Job::Mark(pair, revision, n) => {
                self.database.unsent.retain(|row| *row != (pair.clone(), revision));
                self.database.highest_n = self.database.highest_n.max(n);
                self.job = Job::Idle;
                None
            }
            Job::Begin => {
                let answer = redis.begin(DATABASE, self.database.highest_n);
                self.job = if reply == Reply::Lost { Job::Begin } else { self.compare_all(redis, answer.n()) };
                None
            }
            Job::Compare { mut left, rebuild } => {
                let Some(pair) = left.pop() else {
                    self.job = match rebuild.map(|n| redis.complete(n)) {
                        _ if reply == Reply::Lost => Job::Compare { left, rebuild },
                        None | Some(Answer::Sent { .. }) => Job::Idle,
                        Some(_) => Job::Begin,
                    };
                    return None;
                };
                self.job = Job::Compare { left, rebuild };
                self.compare(redis, &pair, id)
            }
        }
    }

    fn compare_all(&self, redis: &Redis, rebuild: Option<u64>) -> Job {
        let all: BTreeSet<&Pair> = self.database.rows.keys().chain(redis.current.keys()).collect();
        Job::Compare { left: all.into_iter().cloned().collect(), rebuild }
    }

    fn compare(&mut self, redis: &mut Redis, pair: &Pair, id: Position) -> Option<(Pair, u64)> {
        let (stored, held) = (self.database.rows.get(pair).copied().unwrap_or(0), redis.held(pair));
        if held > stored {
            // The database was put back: it is right, under a new revision.
            self.clock = self.clock.max(held);
            self.save(pair);
            return None;
        }
        if held == stored {
            return None;
        }
        match redis.publish(DATABASE, self.database.highest_n, pair, stored, id) {
            Answer::Sent { n, .. } => {
                self.database.highest_n = self.database.highest_n.max(n);
                Some((pair.clone(), stored))
            }
            Answer::Same | Answer::Stale { .. } => None,
            _ => {
                self.job = Job::Begin;
                None
            }
        }
    }
}
