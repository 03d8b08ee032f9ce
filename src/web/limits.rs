//! How often one person may do what, and how often one server may be changed, per process.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::error::{AppError, Trouble};
use crate::ids::{GuildId, UserId};

/// After this many checks those who have not come for long are forgotten.
const TIDY_EVERY: u32 = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// 30 a minute a person, 60 a minute a server.
    Writes,
    /// 6 in 10 s a person.
    Previews,
}

pub struct Limits {
    writes: DefaultKeyedRateLimiter<UserId>,
    guild_writes: DefaultKeyedRateLimiter<GuildId>,
    previews: DefaultKeyedRateLimiter<UserId>,
    carryings: u32,
    checks: AtomicU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            writes: keyed(30, Duration::from_secs(60)),
            guild_writes: keyed(60, Duration::from_secs(60)),
            previews: keyed(6, Duration::from_secs(10)),
            carryings: 5,
            checks: AtomicU32::new(0),
        }
    }
}

impl Limits {
    /// Without bounds that a test run or a benchmark would meet.
    pub fn generous() -> Self {
        let many = Duration::from_secs(1);
        Self {
            writes: keyed(1_000_000, many),
            guild_writes: keyed(1_000_000, many),
            previews: keyed(1_000_000, many),
            carryings: 1_000_000,
            checks: AtomicU32::new(0),
        }
    }

    /// # Errors
    /// [`Trouble::TooMany`] with the seconds to wait.
    pub fn check(&self, rate: Rate, person: UserId, guild: Option<GuildId>) -> Result<(), AppError> {
        if self.checks.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY) {
            self.tidy();
        }
        let refused = match rate {
            Rate::Previews => self.previews.check_key(&person).err(),
            Rate::Writes => self.writes.check_key(&person).err().or_else(|| self.guild_writes.check_key(&guild?).err()),
        };
        let Some(refused) = refused else { return Ok(()) };
        let wait = refused.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        tracing::warn!(event = "limit_hit", user.id = %person, limit = ?rate, "too many requests");
        Err(AppError::new(Trouble::TooMany { wait }, format!("{rate:?}")))
    }

    /// Exports and imports of a person in ten minutes: counted in the database, by `accounts::allowance`.
    pub fn carryings(&self) -> u32 {
        self.carryings
    }

    /// Forgets who has not come for long.
    fn tidy(&self) {
        self.writes.retain_recent();
        self.guild_writes.retain_recent();
        self.previews.retain_recent();
    }
}

fn keyed<K: std::hash::Hash + Eq + Clone>(count: u32, period: Duration) -> DefaultKeyedRateLimiter<K> {
    let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(period / count.get()).unwrap_or(Quota::per_minute(count));
    DefaultKeyedRateLimiter::keyed(quota.allow_burst(count))
}
