//! How often one person may do what, and how often one server may be changed, per process.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{NotUntil, Quota};

use crate::bounded::Key;
use crate::error::{AppError, Trouble};
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::client_address::network_of;
use crate::web::keyed_limit::KeyedLimit;

/// So many people, so many servers and so many networks are remembered.
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
    /// 600 a minute a person, who may have several tabs open that look again every two seconds.
    Pages,
    /// 300 a minute a person: how many may be open at once is said in `live`, this is how often one may begin.
    Streams,
}

pub struct Limits {
    writes: KeyedLimit<UserId>,
    guild_writes: KeyedLimit<GuildId>,
    previews: KeyedLimit<UserId>,
    live_checks: KeyedLimit<UserId>,
    searches: KeyedLimit<UserId>,
    pages: KeyedLimit<UserId>,
    strangers_pages: KeyedLimit<IpAddr>,
    streams: KeyedLimit<UserId>,
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
            pages: keyed(600, Duration::from_secs(60)),
            strangers_pages: keyed(600, Duration::from_secs(60)),
            streams: keyed(300, Duration::from_secs(60)),
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
            pages: keyed(1_000_000, many),
            strangers_pages: keyed(1_000_000, many),
            streams: keyed(1_000_000, many),
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
            Rate::Pages => self.pages.check(&person).err(),
            Rate::Streams => self.streams.check(&person).err(),
            Rate::Writes => self.writes.check(&person).err().or_else(|| self.guild_writes.check(&guild?).err()),
        };
        let Some(refused) = refused else { return Ok(()) };
        tracing::warn!(event = "limit_hit", user.id = %person, limit = ?rate, "too many requests");
        Err(AppError::new(Trouble::TooMany { wait: wait(&refused) }, format!("{rate:?}")))
    }

    /// Pages that somebody asks for who is not signed in: 600 a minute a network.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_stranger(&self, address: IpAddr) -> Result<(), AppError> {
        let Err(refused) = self.strangers_pages.check(&network_of(address)) else { return Ok(()) };
        tracing::warn!(event = "limit_hit", limit = "pages", client.address = %address, "too many requests");
        Err(AppError::new(Trouble::TooMany { wait: wait(&refused) }, "pages"))
    }

    /// Exports and imports of a person in ten minutes: counted in the database, by `accounts::allowance`.
    pub fn carryings(&self) -> u32 {
        self.carryings
    }

    pub fn sizes(&self) -> [Size; 8] {
        [
            self.writes.size("limit_writes"),
            self.guild_writes.size("limit_guild_writes"),
            self.previews.size("limit_previews"),
            self.live_checks.size("limit_checks"),
            self.searches.size("limit_searches"),
            self.pages.size("limit_pages"),
            self.strangers_pages.size("limit_strangers_pages"),
            self.streams.size("limit_streams"),
        ]
    }
}

/// Seconds until the next may succeed.
fn wait(refused: &NotUntil<<DefaultClock as Clock>::Instant>) -> u64 {
    refused.wait_time_from(DefaultClock::default().now()).as_secs() + 1
}

fn keyed<K: Key>(count: u32, period: Duration) -> KeyedLimit<K> {
    let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(period / count.get()).unwrap_or(Quota::per_minute(count));
    KeyedLimit::new(quota.allow_burst(count), DefaultClock::default(), ROOM)
}
