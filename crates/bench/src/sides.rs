//! Guildhall and the floor beside each other, on databases that began as one, and the people who load them.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use faults::admin::{Admin, MODULES};
use faults::dashboard::Dashboard;
use faults::store::Store;
use tokio::time::sleep;
use url::Url;

use crate::browsers::{Reader, Saver};
use crate::figures::say;
use crate::ground::{Ground, Program};
use crate::heard::Heard;
use crate::load::AT_ONCE;

pub struct Sides {
    pub guildhall: Dashboard,
    pub floor: Dashboard,
    pub ground: Ground,
    pub store: Store,
    heard: [Heard; 2],
    admins: Vec<Admin>,
    /// Saves so far: no two type the same.
    numbers: u64,
}

impl Sides {
    /// On SQLite, or on databases of this PostgreSQL. Each person manages a server of their own, and has saved one of
    /// its modules twice.
    pub async fn build(postgres: Option<Url>) -> anyhow::Result<Self> {
        let ground = Ground::build(AT_ONCE, AT_ONCE).await?;
        let store = Store::create(ground.place(), postgres)?;
        let first = ground.start(Program::Unlimited, &store.url()).await?;
        say(&format!("{AT_ONCE} people sign in"));
        let mut admins = ground.admins(&first.url()).await?;
        let mut numbers = 0;
        for _ in 0..2 {
            for (place, admin) in admins.iter_mut().enumerate() {
                numbers += 1;
                let guild = admin.guilds[0];
                let typed = admin.types(&first.url(), guild, module(place), numbers).await?;
                let (_, outcome) = admin.saves(&first.url(), &typed).await;
                anyhow::ensure!(outcome == faults::ledger::Outcome::Saved, "a save ended as {outcome:?}");
            }
        }
        let began = Instant::now();
        while store.unsent()? > 0 {
            anyhow::ensure!(began.elapsed() < Duration::from_secs(10), "the first saves are not sent");
            sleep(Duration::from_millis(50)).await;
        }
        drop(first);
        store.keep_copy()?;
        let guildhall = ground.start(Program::Unlimited, &store.url()).await?;
        let floor = ground.start(Program::Floor, &copy_of(&store)?).await?;
        let url = ground.redis.url();
        let heard =
            [Heard::listen(&url, "bot:config:update").await?, Heard::listen(&url, "floor:bot:config:update").await?];
        Ok(Self { guildhall, floor, ground, store, heard, admins, numbers })
    }

    pub fn servers(&self) -> [&Dashboard; 2] {
        [&self.guildhall, &self.floor]
    }

    /// Everybody with a form of Guildhall's, opened now, and with the same for the floor.
    pub async fn savers(&mut self) -> anyhow::Result<[Vec<Saver>; 2]> {
        let [mut savers, mut at_floor] = [Vec::new(), Vec::new()];
        let base = self.guildhall.url();
        for (place, admin) in self.admins.iter_mut().enumerate() {
            self.numbers += 1_000_000;
            let (guild, module) = (admin.guilds[0], module(place));
            let typed = admin.types(&base, guild, module, self.numbers).await?;
            let news = self.heard[0].follow(guild, module.0);
            savers.push(Saver::new(admin, &base, &typed, self.numbers, news)?);
            let news = self.heard[1].follow(guild, module.0);
            at_floor.push(Saver::new(admin, &self.floor.url(), &typed, self.numbers, news)?);
        }
        Ok([savers, at_floor])
    }

    /// Everybody with the address of their module's page.
    pub fn readers(&self) -> [Vec<Reader>; 2] {
        self.servers().map(|server| {
            let reads = |(place, admin): (usize, &Admin)| {
                let path = format!("/guilds/{}/settings/{}", admin.guilds[0], module(place).0);
                Reader::new(admin.asks(&server.url(), &path))
            };
            self.admins.iter().enumerate().map(reads).collect()
        })
    }
}

fn module(place: usize) -> (&'static str, &'static str) {
    MODULES[place % MODULES.len()]
}

/// The copy as the store names it.
fn copy_of(store: &Store) -> anyhow::Result<String> {
    Ok(match store {
        Store::Sqlite { file } => format!("sqlite://{}", file.with_extension("copy").display()),
        Store::Postgres { name, .. } => {
            let mut url: Url = store.url().parse().context("the database's address")?;
            url.set_path(&format!("{name}_copy"));
            url.into()
        }
    })
}
