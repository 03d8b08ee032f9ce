//! Whether all went well while dashboards behind a balancer were started anew.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::agreement::differences;
use crate::bot::Bot;
use crate::cluster::{Crowd, PATIENCE, counted};
use crate::conduct::say;
use crate::ledger::Outcome;
use crate::nginx::Nginx;
use crate::open_page::OpenPage;
use crate::redis::Redis;
use crate::store::Store;

/// What is looked at when it is over.
pub struct Cluster {
    pub nginx: Nginx,
    pub store: Store,
    pub redis: Redis,
    pub bot: Bot,
    pub guilds: Vec<u64>,
    pub pages: Vec<OpenPage>,
    pub crowd: Arc<Crowd>,
    pub restarts: usize,
}

impl Cluster {
    /// Prints the figures; gives what should not have happened.
    ///
    /// # Errors
    /// What cannot be looked at.
    pub async fn judge(&self) -> anyhow::Result<Vec<String>> {
        let mut wrong = self.agree().await?;
        let failures = self.crowd.failures().clone();
        wrong.extend(counted(&failures).into_iter().map(|(what, times)| format!("{times} ×: {what}")));
        wrong.extend(self.bot.disorder());
        wrong.extend(self.saves()?);
        wrong.extend(self.requests()?);
        wrong.extend(self.pages()?);
        wrong.extend(self.migrations()?);
        let crowd = &self.crowd;
        say(&format!("\n{:>6}  restarts", self.restarts));
        say(&format!("{:>6}  saves", crowd.ledger.count()));
        say(&format!("{:>6}  pages looked at", crowd.looks.load(Ordering::Relaxed)));
        say(&format!("{:>6}  other POSTs", crowd.posts.load(Ordering::Relaxed)));
        say(&format!("{:>6}  events of the bot", crowd.events.load(Ordering::Relaxed)));
        say(&format!("{:>6}  ms the slowest answer took", crowd.slowest().as_millis()));
        let opened: usize = self.pages.iter().map(|page| page.heard().opened - 1).sum();
        let away = self.pages.iter().map(|page| page.heard().longest_away).max().unwrap_or_default();
        say(&format!(
            "{opened:>6}  times an open page went to another instance; the longest was away for {} ms",
            away.as_millis()
        ));
        say(&format!("{:>6}  failed", failures.len()));
        Ok(wrong)
    }

    /// Database, Redis, bot and rows of what happened: what is still not settled after a minute.
    async fn agree(&self) -> anyhow::Result<Vec<String>> {
        let began = Instant::now();
        loop {
            let mut found = differences(&self.store, &self.redis, Some(&self.bot), &self.guilds).await?;
            let (told, rows) = (self.crowd.events.load(Ordering::SeqCst), self.store.count("giveaways")?);
            if i64::try_from(told)? != rows {
                found.push(format!("{told} giveaways were told, and there are {rows}"));
            }
            let unheard: usize = self.unheard()?.iter().map(|(_, ids)| ids.len()).sum();
            if (found.is_empty() && unheard == 0) || began.elapsed() > PATIENCE {
                return Ok(found);
            }
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// Each save that was answered is in the log once, and the numbers of each pair have no gap.
    fn saves(&self) -> anyhow::Result<Vec<String>> {
        let mut wrong = Vec::new();
        let mut stored: HashMap<u64, usize> = HashMap::new();
        for number in self.store.changes()?.iter().filter_map(|change| change.after) {
            *stored.entry(number).or_default() += 1;
        }
        for save in self.crowd.ledger.saves() {
            let times = stored.get(&save.number).copied().unwrap_or(0);
            if times != usize::from(save.outcome == Outcome::Saved) {
                wrong.push(format!("save {} met {:?} and is {times} times in the log", save.number, save.outcome));
            }
        }
        let reached = self.bot.reached();
        let present = self.bot.present();
        for (pair, logged) in self.store.logged()? {
            let numbers: Vec<i32> = logged.iter().map(|one| one.number).collect();
            if !numbers.iter().copied().eq(1..=i32::try_from(numbers.len())?) {
                wrong.push(format!("the changes of {pair:?} have the numbers {numbers:?}"));
            }
            if !logged.is_sorted_by(|one, next| one.revision < next.revision) {
                wrong.push(format!("the revisions of {pair:?} do not rise"));
            }
            if present.get(&pair).map(|(revision, _)| *revision) != logged.last().map(|one| one.revision) {
                wrong.push(format!("the bot does not go by the last revision of {pair:?}"));
            }
        }
        if reached.is_empty() {
            wrong.push("nothing has reached the bot".to_owned());
        }
        Ok(wrong)
    }

    /// What nginx saw: nobody got an error of its own, and no POST was sent to two instances.
    fn requests(&self) -> anyhow::Result<Vec<String>> {
        let mut wrong = Vec::new();
        let mut elsewhere = 0;
        for logged in self.nginx.log()? {
            if logged.status >= 500 {
                wrong.push(format!("{} {} was answered {}", logged.method, logged.path, logged.status));
            }
            elsewhere += logged.sent.len() - 1;
            let before = logged.sent.iter().rev().skip(1).filter(|sent| **sent > 0).count();
            if logged.method == "POST" && before > 0 {
                wrong.push(format!("POST {} was sent {} times", logged.path, before + 1));
            }
        }
        say(&format!("{elsewhere:>6}  requests met a closed door and were answered by another instance"));
        if !wrong.is_empty() {
            wrong
                .extend(self.nginx.complaints().into_iter().filter(|line| !line.contains("while connecting")).take(20));
        }
        Ok(wrong)
    }

    /// For each page the changes of its server that it never heard of.
    fn unheard(&self) -> anyhow::Result<Vec<(u64, Vec<String>)>> {
        let logged = self.store.logged()?;
        let of_page = |page: &OpenPage| {
            let heard = page.heard();
            let of_guild = logged.iter().filter(|((guild, _), _)| *guild == page.guild).flat_map(|(_, all)| all);
            let unheard = of_guild.filter(|one| !heard.changes.contains(&one.id)).map(|one| one.id.clone());
            (page.guild, unheard.collect::<Vec<_>>())
        };
        Ok(self.pages.iter().map(of_page).filter(|(_, ids)| !ids.is_empty()).collect())
    }

    fn pages(&self) -> anyhow::Result<Vec<String>> {
        let say_so = |(guild, ids): (u64, Vec<String>)| {
            format!("a page of {guild} never heard of {} changes: {ids:?}", ids.len())
        };
        let mut wrong: Vec<String> = self.unheard()?.into_iter().map(say_so).collect();
        for page in &self.pages {
            let heard = page.heard();
            wrong.extend(heard.troubles.iter().map(|trouble| format!("a page of {}: {trouble}", page.guild)));
            wrong.extend(
                heard.endings.iter().filter(|why| *why != "stopping").map(|why| format!("a stream ended for {why}")),
            );
            if !heard.open {
                wrong.push(format!("a page of {} has no stream at the end", page.guild));
            }
        }
        Ok(wrong)
    }

    /// Each migration is noted once, and there is one deployment.
    fn migrations(&self) -> anyhow::Result<Vec<String>> {
        let made = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations"))?.count();
        let (applied, deployments) = (self.store.count("__diesel_schema_migrations")?, self.store.count("deployment")?);
        let well = usize::try_from(applied)? == made && deployments == 1;
        Ok((!well)
            .then(|| format!("{applied} of {made} migrations are noted, {deployments} deployments"))
            .into_iter()
            .collect())
    }
}
