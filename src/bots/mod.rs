//! Which of the bot's processes are there, as they report themselves: beats every 15 seconds, by shard.
//!
//! A guild belongs to one shard. It is offline after three missed beats, judged by when beats arrive here; as long
//! as nothing was ever reported, nothing is judged. What changes become of it is said in `changes::delivery`.

mod report;
mod rows;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use report::Report;

use crate::clock::{Clock, Millis};
use crate::db::{Db, DbError};
use crate::ids::GuildId;
use crate::sizes::Size;

/// Three beats of 15 seconds, and a moment for the third to arrive.
const SILENCE: Millis = 47_000;

/// Processes that are remembered; the one that has been silent for longest makes room.
const ROOM: usize = 2_000;

/// What can be said of the process a guild belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// No beat was ever heard: nothing can be said. It may answer changes all the same.
    NeverReported {
        acks: bool,
    },
    Here {
        acks: bool,
    },
    /// Three beats were missed. Since: the last one, if there was any.
    Away {
        since: Option<Millis>,
    },
}

/// What is known of the bot's processes. Clones share it.
#[derive(Clone)]
pub struct Bots {
    db: Db,
    clock: Clock,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    processes: HashMap<String, Process>,
    /// Since when beats can be heard; None: they cannot.
    listening_since: Option<Millis>,
    /// When the last beat was heard here.
    heard_at: Millis,
}

/// One process, as it last reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    shard_count: u64,
    shards: Vec<u64>,
    guilds: i64,
    version: String,
    acks: bool,
    first_seen_at: Millis,
    /// 0: it has answered a change, and never beaten.
    beat_at: Millis,
    /// The number of the protocol it says it speaks (docs/protocol.md).
    protocol: i64,
}

impl Bots {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, known: Arc::default() }
    }

    /// Reads what was reported before this process began, or to other instances.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn refresh(&self) -> Result<(), DbError> {
        let stored = self.db.run(|conn| Ok::<_, DbError>(rows::load(conn)?)).await?;
        let mut known = self.known();
        for (bot, process) in stored {
            let newer = known.processes.get(&bot).is_none_or(|held| held.beat_at < process.beat_at);
            if newer {
                known.keep(bot, process);
            }
        }
        Ok(())
    }

    /// Whether there is anything another instance may have heard that was not heard here.
    pub fn misses_beats(&self) -> bool {
        let known = self.known();
        let beating = known.processes.values().any(|process| process.beat_at > 0);
        beating && self.clock.now() - known.heard_at > SILENCE / 2
    }

    /// A beat, or an answer to a change, which shows that the process answers. `at`: when it arrived.
    ///
    /// # Errors
    /// As [`Db::run`]; it is known to this process all the same.
    pub async fn heard(&self, report: Report, at: Millis) -> Result<(), DbError> {
        let Some((bot, process)) = self.merge(report, at) else { return Ok(()) };
        self.db.write(move |conn| Ok::<_, DbError>(rows::keep(conn, &bot, &process)?)).await
    }

    /// Some: it is worth writing down.
    fn merge(&self, report: Report, at: Millis) -> Option<(String, Process)> {
        let mut known = self.known();
        if report.beat {
            known.heard_at = known.heard_at.max(at);
        }
        let held = known.processes.get(&report.bot);
        let first_seen_at = held.map_or(at, |held| held.first_seen_at);
        let process = match held {
            Some(held) if !report.beat && held.acks => return None,
            Some(held) if !report.beat => Process { acks: true, ..held.clone() },
            Some(held) if at <= held.beat_at => return None,
            _ => report.as_process(first_seen_at, if report.beat { at } else { 0 }),
        };
        // A process that answers is believed to, whatever it says of itself.
        let acks = process.acks || held.is_some_and(|held| held.acks);
        let process = Process { acks, ..process };
        known.keep(report.bot.clone(), process.clone());
        Some((report.bot, process))
    }

    /// Beats can be heard from now on, or not any more: the connection they come by is there, or lost.
    pub fn listening(&self, yes: bool) {
        let mut known = self.known();
        match (yes, known.listening_since) {
            (true, None) => known.listening_since = Some(self.clock.now()),
            (false, _) => known.listening_since = None,
            (true, Some(_)) => {}
        }
    }

    pub fn is_listening(&self) -> bool {
        self.known().listening_since.is_some()
    }

    /// When any of the bot's processes was last heard of, as far as known here. None: none ever reported.
    pub fn last_beat(&self) -> Option<Millis> {
        self.known().processes.values().map(|process| process.beat_at).filter(|at| *at > 0).max()
    }

    /// How many processes were heard of lately enough to be there.
    pub fn beating(&self) -> usize {
        let now = self.clock.now();
        self.known().processes.values().filter(|process| now - process.beat_at <= SILENCE).count()
    }

    pub fn size(&self) -> Size {
        Size::cache("bots", self.known().processes.len() as u64, ROOM as u64)
    }

    /// The process a guild belongs to.
    pub fn reach(&self, guild: GuildId) -> Reach {
        self.known().reach(guild, self.clock.now())
    }

    /// Which protocol the process of a guild speaks. None: no beat was ever heard.
    pub fn protocol(&self, guild: GuildId) -> Option<i64> {
        let known = self.known();
        let newest = known.newest()?;
        Some(known.own(guild, newest).unwrap_or(newest).protocol)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn keep(&mut self, bot: String, process: Process) {
        if self.processes.len() >= ROOM && !self.processes.contains_key(&bot) {
            let silent = self.processes.iter().min_by_key(|(_, known)| known.beat_at).map(|(bot, _)| bot.clone());
            if let Some(silent) = silent {
                self.processes.remove(&silent);
            }
        }
        self.processes.insert(bot, process);
    }

    /// The process that has beaten last.
    fn newest(&self) -> Option<&Process> {
        self.processes.values().filter(|process| process.beat_at > 0).max_by_key(|process| process.beat_at)
    }

    /// Those that have beaten and know of as many shards.
    fn alike(&self, newest: &Process) -> impl Iterator<Item = &Process> {
        let count = newest.shard_count.max(1);
        self.processes.values().filter(move |process| process.beat_at > 0 && process.shard_count.max(1) == count)
    }

    /// The process that runs a guild's shard, as shards are numbered now.
    fn own(&self, guild: GuildId, newest: &Process) -> Option<&Process> {
        let shard = (guild.get() >> 22) % newest.shard_count.max(1);
        self.alike(newest).filter(|process| process.shards.contains(&shard)).max_by_key(|process| process.beat_at)
    }

    fn reach(&self, guild: GuildId, now: Millis) -> Reach {
        let Some(newest) = self.newest() else {
            return Reach::NeverReported { acks: self.processes.values().any(|process| process.acks) };
        };
        let own = self.own(guild, newest);
        let (acks, last_beat) = match own {
            Some(own) => (own.acks, own.beat_at),
            // Its shard was never heard, but others were: it had time to start since the first of them.
            None => (newest.acks, self.alike(newest).map(|process| process.first_seen_at).min().unwrap_or(now)),
        };
        // Whoever could not listen cannot tell that nothing was said.
        let Some(listening_since) = self.listening_since else { return Reach::Here { acks } };
        if now - last_beat.max(listening_since) <= SILENCE {
            return Reach::Here { acks };
        }
        Reach::Away { since: own.map(|own| own.beat_at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: u64 = 816_370_501_973_721_107;

    fn process(shards: &[u64], beat_at: Millis) -> Process {
        let (guilds, version) = (0, String::new());
        let (shards, first_seen_at) = (shards.to_vec(), 1_000);
        Process { shard_count: 4, shards, guilds, version, acks: true, first_seen_at, beat_at, protocol: 1 }
    }

    fn known(processes: impl IntoIterator<Item = Process>) -> Known {
        let named = processes.into_iter().enumerate().map(|(at, process)| (at.to_string(), process));
        Known { processes: named.collect(), listening_since: Some(0), heard_at: 0 }
    }

    fn reach(known: &Known, now: Millis) -> Reach {
        known.reach(GuildId::new(GUILD), now)
    }

    #[test]
    fn a_bot_that_never_reported_is_not_offline() {
        assert_eq!(reach(&known([]), 10_000_000), Reach::NeverReported { acks: false });
        assert_eq!(reach(&known([process(&[], 0)]), 10_000_000), Reach::NeverReported { acks: true });
    }

    #[test]
    fn three_missed_beats_make_it_offline_and_one_does_not() {
        let shard = (GUILD >> 22) % 4;
        let known = known([process(&[shard], 100_000)]);
        assert_eq!(reach(&known, 100_000 + 16_000), Reach::Here { acks: true });
        assert_eq!(reach(&known, 100_000 + 46_000), Reach::Here { acks: true });
        assert_eq!(reach(&known, 100_000 + 48_000), Reach::Away { since: Some(100_000) });
    }

    #[test]
    fn only_the_shard_of_the_guild_counts() {
        let shard = (GUILD >> 22) % 4;
        let known = known([process(&[shard], 100_000), process(&[(shard + 1) % 4], 190_000)]);
        assert_eq!(reach(&known, 200_000), Reach::Away { since: Some(100_000) });
        let never = self::known([process(&[(shard + 1) % 4], 190_000)]);
        assert_eq!(reach(&never, 200_000), Reach::Away { since: None });
        assert_eq!(reach(&never, 40_000), Reach::Here { acks: true }, "it may only be starting");
    }

    #[test]
    fn who_was_not_listening_judges_nobody() {
        let shard = (GUILD >> 22) % 4;
        let mut known = known([process(&[shard], 100_000)]);
        known.listening_since = Some(900_000);
        assert_eq!(reach(&known, 910_000), Reach::Here { acks: true });
        assert_eq!(reach(&known, 948_000), Reach::Away { since: Some(100_000) });
        known.listening_since = None;
        assert_eq!(reach(&known, 948_000), Reach::Here { acks: true });
    }

    #[test]
    fn after_resharding_the_newest_count_is_the_one_that_holds() {
        let old = Process { shard_count: 1, ..process(&[0], 100_000) };
        let shard = (GUILD >> 22) % 4;
        let known = known([old, process(&[shard], 150_000)]);
        assert_eq!(reach(&known, 160_000), Reach::Here { acks: true });
        assert_eq!(reach(&known, 198_000), Reach::Away { since: Some(150_000) });
    }
}
