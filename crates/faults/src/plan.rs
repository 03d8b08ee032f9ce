//! What breaks, in which order, after how many saves: a matter of the seed alone.

use std::fmt;
use std::time::Duration;

use crate::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// SIGKILL, and started again with its data.
    RedisKilled,
    /// SIGSTOP, then SIGCONT.
    RedisFrozen,
    /// The same for long, with saves coming all the while.
    RedisFrozenLong,
    /// Killed, and started again without its data.
    RedisEmptied,
    /// Killed, and started again with an old copy of its data.
    RedisOlder,
    /// SIGKILL, at any point of a save.
    DashboardKilled,
    /// Redis is frozen, so that saves are committed and not sent; then SIGKILL.
    DashboardKilledBeforeSending,
    /// A new process knows nothing and reads the snapshot.
    BotKilled,
    /// By the operator, who stops the dashboards for it.
    DatabasePutBack,
}

/// Each turn of the plan has all of these, in an order by chance.
const EACH: [Fault; 8] = [
    Fault::RedisKilled,
    Fault::RedisFrozen,
    Fault::RedisEmptied,
    Fault::RedisOlder,
    Fault::DashboardKilled,
    Fault::DashboardKilledBeforeSending,
    Fault::BotKilled,
    Fault::DatabasePutBack,
];

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RedisKilled => "Redis killed",
            Self::RedisFrozen => "Redis frozen",
            Self::RedisFrozenLong => "Redis frozen for long",
            Self::RedisEmptied => "Redis restarted empty",
            Self::RedisOlder => "Redis restarted from an old copy",
            Self::DashboardKilled => "dashboard killed",
            Self::DashboardKilledBeforeSending => "dashboard killed between commit and sending",
            Self::BotKilled => "bot killed",
            Self::DatabasePutBack => "database put back",
        })
    }
}

/// A fault, and the saves that go on around it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub fault: Fault,
    /// So many saves are begun from the step before to the next one.
    pub saves: usize,
    /// After so many of them it breaks.
    pub after: usize,
    /// How long it stays broken.
    pub lasts: Duration,
    /// Which of several, if there are several.
    pub which: usize,
}

/// Some saves before, between and after the faults.
pub fn plan(random: &mut Random, saves: usize) -> Vec<Step> {
    let long = saves >= 1_000;
    // A turn for each 200 saves of a short run; a long one has more saves between two faults.
    let turns = if long { (saves / 1_000).max(2) } else { (saves / 200).max(1) };
    let mut faults: Vec<Fault> = Vec::new();
    for _ in 0..turns {
        let mut turn = EACH;
        random.shuffle(&mut turn);
        faults.extend(turn);
    }
    let frozen = if long { 60_000 } else { 4_000 };
    // Enough that people go on saving all the while.
    let during = if long { (saves / 10).max(600).min(saves / 3) } else { saves / 6 };
    faults.insert(random.below(faults.len()), Fault::RedisFrozenLong);
    let share = (saves - during) / faults.len();
    let step = |fault: Fault| {
        let (saves, lasts) = match fault {
            Fault::RedisFrozenLong => (during, frozen),
            _ => (share, random.between(100, if long { 4_000 } else { 1_200 })),
        };
        let lasts = Duration::from_millis(u64::try_from(lasts).unwrap_or(0));
        let after = if fault == Fault::RedisFrozenLong { 0 } else { random.below(saves / 2) };
        Step { fault, saves, after, lasts, which: random.below(2) }
    };
    let mut steps: Vec<Step> = faults.into_iter().map(step).collect();
    let planned: usize = steps.iter().map(|step| step.saves).sum();
    if let Some(last) = steps.last_mut() {
        last.saves += saves - planned;
    }
    steps
}
