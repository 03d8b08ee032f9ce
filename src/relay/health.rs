//! How the way to the bot is, for pages, /readyz and operators, and saying so in the log once each time it changes.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};

use config_sync::Unreachable;

use crate::clock::Millis;
use crate::sizes::Size;

/// What is known of the connection to the bot.
#[derive(Debug, Default)]
pub struct Health {
    /// The last call was answered.
    up: AtomicBool,
    /// Since when no call was answered; 0: not since a call was answered, or before the first.
    lost_since: AtomicI64,
    /// Since when Redis belongs to another deployment, so that nothing is published; 0: it does not.
    foreign_since: AtomicI64,
    /// How often the task ended and was started again.
    restarts: AtomicU64,
    /// How much the task holds in its own lists.
    held: [AtomicUsize; 5],
}

/// The lists that the publisher's task keeps for itself, with their bounds.
const LISTS: [(&str, usize); 5] = [
    ("relay_marks", super::task::MARKS),
    ("relay_backlog", super::outbox::BATCH),
    ("relay_unanswered", super::backlog::UNANSWERED.unsigned_abs() as usize),
    ("relay_repairs", super::pass::REPAIRS),
    ("relay_rounds_wanted", super::task::ROUNDS),
];

impl Health {
    pub fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    /// Since when nothing gets through to the bot, by this program's clock: there is no connection, or it leads to
    /// another deployment's Redis. None while there is one, and before the first attempt has failed.
    pub fn lost_since(&self) -> Option<Millis> {
        let since = [&self.lost_since, &self.foreign_since].map(|since| since.load(Ordering::Relaxed));
        since.into_iter().filter(|since| *since != 0).min()
    }

    pub fn is_foreign(&self) -> bool {
        self.foreign_since.load(Ordering::Relaxed) != 0
    }

    pub fn restarts(&self) -> u64 {
        self.restarts.load(Ordering::Relaxed)
    }

    pub(super) fn holds(&self, held: [usize; 5]) {
        for (note, count) in self.held.iter().zip(held) {
            note.store(count, Ordering::Relaxed);
        }
    }

    pub(super) fn sizes(&self) -> impl Iterator<Item = Size> {
        let held = self.held.iter().map(|note| note.load(Ordering::Relaxed));
        LISTS.into_iter().zip(held).map(|((name, room), held)| Size::queue(name, held, room))
    }

    pub(super) fn answered(&self) {
        self.lost_since.store(0, Ordering::Relaxed);
        if !self.up.swap(true, Ordering::Relaxed) {
            tracing::info!(event = "redis_back", "the connection to the bot is there");
        }
    }

    pub(super) fn failed(&self, error: &Unreachable, now: Millis) {
        self.up.store(false, Ordering::Relaxed);
        if self.lost_since.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            tracing::warn!(event = "redis_lost", cause = %error, "no connection to the bot; changes wait");
        }
    }

    pub(super) fn belongs_to_another(&self, foreign: bool, now: Millis) {
        if foreign == self.is_foreign() {
            return;
        }
        self.foreign_since.store(if foreign { now } else { 0 }, Ordering::Relaxed);
        if foreign {
            tracing::error!(
                event = "redis_foreign",
                "this Redis belongs to another deployment: nothing is sent; see `guildhall redis adopt`"
            );
        } else {
            tracing::info!(event = "redis_ours", "this Redis is ours again");
        }
    }

    pub(super) fn restarted(&self) {
        self.restarts.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("guildhall_relay_restarts_total").increment(1);
    }
}
