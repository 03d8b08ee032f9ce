//! How often one person may do what, and how often one server may be changed, per process.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;
use governor::clock::{Clock as _, DefaultClock};

use crate::error::{AppError, Trouble};
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::keyed_limit::KeyedLimit;

/// So many people, and so many servers, are remembered.
const ROOM: u64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// 30 a minute a person, 60 a minute a server.
    Writes,
    /// 6 in 10 s a person.
    Previews,
    /// 25 in 10 s a person, which no page of ours does by itself.
    Checks,
    /// 100 in 10 s a person: more than anybody types. Each compares all there is to find.
    Searches,
}

pub struct Limits {
    writes: KeyedLimit<UserId>,
    guild_writes: KeyedLimit<GuildId>,
    previews: KeyedLimit<UserId>,
    live_checks: KeyedLimit<UserId>,
    searches: KeyedLimit<UserId>,
    carryings: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            writes: keyed(30, Duration::from_secs(60)),
            guild_writes: keyed(60, Duration::from_secs(60)),
            previews: keyed(6, Duration::from_secs(10)),
            live_checks: keyed(25, Duration::from_secs(10)),
            searches: keyed(100, Duration::from_secs(10)),
            carryings: 5,
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
            live_checks: keyed(1_000_000, many),
            searches: keyed(1_000_000, many),
            carryings: 1_000_000,
        }
    }

    /// # Errors
    /// [`Trouble::TooMany`] with the seconds to wait.
    pub fn check(&self, rate: Rate, person: UserId, guild: Option<GuildId>) -> Result<(), AppError> {
        let refused = match rate {
            Rate::Previews => self.previews.check(&person).err(),
            Rate::Checks => self.live_checks.check(&person).err(),
            Rate::Searches => self.searches.check(&person).err(),
            Rate::Writes => self.writes.check(&person).err().or_else(|| self.guild_writes.check(&guild?).err()),
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

    pub fn sizes(&self) -> [Size; 5] {
        [
            self.writes.size("limit_writes"),
            self.guild_writes.size("limit_guild_writes"),
            self.previews.size("limit_previews"),
            self.live_checks.size("limit_checks"),
            self.searches.size("limit_searches"),
        ]
    }
}

fn keyed<K: std::hash::Hash + Eq + Clone + Send + Sync + 'static>(count: u32, period: Duration) -> KeyedLimit<K> {
    let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(period / count.get()).unwrap_or(Quota::per_minute(count));
    KeyedLimit::new(quota.allow_burst(count), DefaultClock::default(), ROOM)
}
