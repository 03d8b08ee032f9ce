//! Breaks what the plan says, when it says so, and mends it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::agreement::{differences, snapshot};
use crate::bot::Bot;
use crate::ledger::marker;
use crate::plan::{Fault, Step};
use crate::random::Random;
use crate::redis::Redis;
use crate::stage::Stage;
use crate::store::Store;

/// How long everybody may take to agree once nothing is broken.
const SETTLING: Duration = Duration::from_secs(90);
/// More changes than this never wait in a process.
const QUEUE: f64 = 1_000.0;

pub struct Conductor {
    pub stage: Arc<Stage>,
    pub redis: Redis,
    pub store: Store,
    pub bot: Bot,
    pub guilds: Vec<u64>,
    pub random: Random,
    pub began: Instant,
    pub until: Instant,
    pub seen: Seen,
    /// Saves noted when the copy of the database was made.
    pub copied_at: Option<usize>,
}

/// What happened, for the report.
#[derive(Default)]
pub struct Seen {
    pub faults: BTreeMap<Fault, usize>,
    /// When Redis was frozen for long.
    pub frozen: Vec<(Instant, Instant)>,
    /// In KiB, before and at most during that.
    pub memory: (u64, u64),
    pub longest_queue: f64,
    /// Saves that the operator undid, and pairs where Redis's side had to be kept in the log.
    pub undone: usize,
    pub kept_sides: usize,
}

impl Conductor {
    pub async fn play(&mut self, plan: &[Step]) -> anyhow::Result<()> {
        let mut base = 0;
        for (number, step) in plan.iter().enumerate() {
            self.copies(number == 0).await?;
            self.stage.allow(step.saves);
            self.saves_reach(base + step.after).await;
            if Instant::now() >= self.until {
                break;
            }
            let passed = self.began.elapsed().as_secs();
            say(&format!("{passed:>5} s, {:>5} saves: {}", self.stage.ledger.count(), step.fault));
            *self.seen.faults.entry(step.fault).or_default() += 1;
            self.breaks(step).await?;
            base += step.saves;
            self.saves_reach(base).await;
        }
        Ok(())
    }

    async fn saves_reach(&self, count: usize) {
        while self.stage.begun() < count && Instant::now() < self.until {
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Now and then the operator makes copies of what may be put back later.
    async fn copies(&mut self, first: bool) -> anyhow::Result<()> {
        if first || self.random.below(3) == 0 {
            self.redis.keep_copy()?;
        }
        let in_use = self.store.copies_while_in_use();
        if first || self.random.below(if in_use { 3 } else { 5 }) == 0 {
            let stage = self.stage.clone();
            let _closed = stage.open.write().await;
            if in_use {
                self.store.keep_copy()?;
            } else {
                stage.dashboards.iter().for_each(|one| one.kill());
                self.store.keep_copy()?;
                self.all_begin().await?;
            }
            self.copied_at = Some(stage.ledger.count());
        }
        Ok(())
    }

    async fn all_begin(&self) -> anyhow::Result<()> {
        for dashboard in &self.stage.dashboards {
            dashboard.begin().await?;
        }
        Ok(())
    }

    async fn breaks(&mut self, step: &Step) -> anyhow::Result<()> {
        let stage = self.stage.clone();
        let dashboard = &stage.dashboards[step.which % stage.dashboards.len()];
        match step.fault {
            Fault::RedisKilled => {
                self.redis.kill();
                sleep(step.lasts).await;
                self.redis.begin().await?;
            }
            Fault::RedisFrozen => {
                self.redis.freeze()?;
                sleep(step.lasts).await;
                self.redis.thaw()?;
            }
            Fault::RedisFrozenLong => self.freezes_long(step.lasts).await?,
            Fault::RedisEmptied => {
                self.redis.kill();
                self.redis.empty()?;
                sleep(step.lasts).await;
                self.redis.begin().await?;
            }
            Fault::RedisOlder => {
                self.redis.kill();
                self.redis.put_back()?;
                sleep(step.lasts).await;
                self.redis.begin().await?;
            }
            Fault::DashboardKilled => {
                dashboard.kill();
                sleep(step.lasts).await;
                dashboard.begin().await?;
            }
            Fault::DashboardKilledBeforeSending => {
                self.redis.freeze()?;
                // Saves are committed meanwhile and wait for an answer of Redis's.
                sleep(Duration::from_millis(150)).await;
                dashboard.kill();
                self.redis.thaw()?;
                sleep(step.lasts).await;
                dashboard.begin().await?;
            }
            Fault::BotKilled => {
                self.bot.kill();
                sleep(step.lasts).await;
                self.bot.begin()?;
            }
            Fault::DatabasePutBack => self.puts_back().await?,
        }
        Ok(())
    }

    async fn freezes_long(&mut self, lasts: Duration) -> anyhow::Result<()> {
        let memory = |stage: &Stage| stage.dashboards.iter().map(|one| one.memory()).max().unwrap_or(0);
        let before = memory(&self.stage);
        self.redis.freeze()?;
        let began = Instant::now();
        let mut most = before;
        while began.elapsed() < lasts {
            most = most.max(memory(&self.stage));
            for dashboard in &self.stage.dashboards {
                let queue = dashboard.metric("guildhall_relay_queued").await.unwrap_or(0.0);
                self.seen.longest_queue = self.seen.longest_queue.max(queue);
            }
            sleep(Duration::from_millis(100)).await;
        }
        self.redis.thaw()?;
        self.seen.frozen.push((began, Instant::now()));
        self.seen.memory = (before, most);
        if self.seen.longest_queue > QUEUE {
            self.stage.violated(format!("{} changes waited in a process", self.seen.longest_queue));
        }
        Ok(())
    }

    /// Nobody saves meanwhile, so that it is certain which saves are undone by it.
    async fn puts_back(&mut self) -> anyhow::Result<()> {
        let stage = self.stage.clone();
        let _closed = stage.open.write().await;
        self.agree("before the database was put back", false).await?;
        let held = snapshot(&self.redis, &self.guilds).await?;
        stage.dashboards.iter().for_each(|one| one.kill());
        self.store.put_back()?;
        let kept = self.copied_at.unwrap_or(0);
        self.seen.undone += stage.ledger.count() - kept;
        stage.ledger.undo_after(kept);
        let stored = self.store.settings()?;
        let known = |pair| stored.iter().find(|stored| stored.pair == pair).map_or(0, |stored| stored.revision);
        let ahead: Vec<_> = held.into_iter().filter(|(pair, (revision, _))| *revision > known(pair.clone())).collect();
        self.all_begin().await?;
        self.agree("after the database was put back", false).await?;
        let changes = self.store.changes()?;
        for (pair, (revision, settings)) in ahead {
            let Some(side) = marker(&settings.to_string()) else { continue };
            self.seen.kept_sides += 1;
            let noted = |change: &&crate::store::Change| change.pair == pair && change.before == Some(side);
            if !changes.iter().filter(|change| change.by_system).any(|change| noted(&change)) {
                stage.violated(format!("Redis's side of {pair:?}, revision {revision}, is not in the log"));
            }
        }
        Ok(())
    }

    /// Waits until everybody says the same.
    pub async fn agree(&self, when: &str, with_bot: bool) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let found = differences(&self.store, &self.redis, with_bot.then_some(&self.bot), &self.guilds).await?;
            if found.is_empty() {
                return Ok(());
            }
            if began.elapsed() > SETTLING {
                for one in found.iter().take(20) {
                    self.stage.violated(format!("{when}: {one}"));
                }
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
}

#[expect(clippy::print_stdout, reason = "this program talks to a person at a terminal")]
pub fn say(text: &str) {
    println!("{text}");
}
