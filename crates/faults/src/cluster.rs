//! Several dashboards behind a balancer: people who use them all the while, and whether all went well for them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::bail;
use serde_json::json;
use tokio::time::sleep;
use uuid::Uuid;

use crate::admin::{Admin, MODULES};
use crate::ledger::{Ledger, Outcome, Save};

const BETWEEN_LOOKS: Duration = Duration::from_millis(150);
const BETWEEN_EVENTS: Duration = Duration::from_millis(50);
/// How long everybody may take to agree, or to open a page, on a loaded machine.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// So long after Discord is back somebody may still be told that it was away: what was asked last has to give up first.
pub const AFTERWARDS: Duration = Duration::from_secs(8);

/// What everybody shares.
pub struct Crowd {
    pub base: String,
    pub over: AtomicBool,
    pub ledger: Ledger,
    saves: AtomicU64,
    pub looks: AtomicUsize,
    pub posts: AtomicUsize,
    pub events: AtomicUsize,
    failures: Mutex<Vec<String>>,
    excuses: Mutex<Vec<String>>,
    excused_until: Mutex<Option<Instant>>,
    slowest: Mutex<Duration>,
}

impl Crowd {
    pub fn new(base: String) -> Self {
        Self {
            base,
            over: AtomicBool::new(false),
            ledger: Ledger::default(),
            saves: AtomicU64::new(0),
            looks: AtomicUsize::new(0),
            posts: AtomicUsize::new(0),
            events: AtomicUsize::new(0),
            failures: Mutex::default(),
            excuses: Mutex::default(),
            excused_until: Mutex::default(),
            slowest: Mutex::default(),
        }
    }

    pub fn failed(&self, what: String) {
        self.failures().push(what);
    }

    pub fn failures(&self) -> MutexGuard<'_, Vec<String>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until then Discord is away, on purpose: what cannot be done without it may be refused with 503.
    pub fn excused_until(&self, until: Instant) {
        *self.excused_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    pub fn is_excused(&self) -> bool {
        self.excused_until.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|until| Instant::now() < until)
    }

    pub fn excuse(&self, what: String) {
        self.excuses().push(what);
    }

    pub fn excuses(&self) -> MutexGuard<'_, Vec<String>> {
        self.excuses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refused(&self, what: String, with: Option<u16>) {
        match with {
            Some(503) if self.is_excused() => self.excuse(what),
            _ => self.failed(what),
        }
    }

    pub fn took(&self, time: Duration) {
        let mut slowest = self.slowest.lock().unwrap_or_else(PoisonError::into_inner);
        *slowest = time.max(*slowest);
    }

    pub fn slowest(&self) -> Duration {
        *self.slowest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn goes_on(&self) -> bool {
        !self.over.load(Ordering::SeqCst)
    }
}

/// The servers that a person alone saves on, where as many people as servers are paired as `world` does it.
pub fn own(managed: &[u64], guilds: &[u64], number: usize) -> Vec<u64> {
    managed.iter().copied().filter(|guild| guilds.iter().position(|one| one == guild) == Some(number)).collect()
}

/// # Errors
/// When it is not so within a minute.
pub async fn until(what: &str, is_so: impl Fn() -> bool) -> anyhow::Result<()> {
    let began = Instant::now();
    while !is_so() {
        if began.elapsed() > PATIENCE {
            bail!("after a minute it is still not so that {what}");
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// A person saves on their first server, and looks at these pages between two saves.
pub async fn saves_and_looks(crowd: Arc<Crowd>, mut admin: Admin, pages: Vec<String>, between_saves: Duration) {
    let guild = admin.guilds.first().copied().unwrap_or_default();
    let mut next = pages.iter().cycle();
    for turn in 0.. {
        let module = MODULES[turn % MODULES.len()];
        save(&crowd, &mut admin, guild, module).await;
        let saved = Instant::now();
        for page in next.by_ref() {
            if !crowd.goes_on() {
                return;
            }
            if saved.elapsed() >= between_saves {
                break;
            }
            let began = Instant::now();
            match admin.reads(&crowd.base, page).await {
                Ok(200) => {}
                Ok(status) => crowd.refused(format!("{page} answered {status}"), Some(status)),
                Err(error) => crowd.failed(format!("{page} was not answered: {error:#}")),
            }
            crowd.took(began.elapsed());
            crowd.looks.fetch_add(1, Ordering::Relaxed);
            sleep(BETWEEN_LOOKS).await;
        }
    }
}

async fn save(crowd: &Crowd, admin: &mut Admin, guild: u64, module: (&str, &str)) {
    let number = crowd.saves.fetch_add(1, Ordering::SeqCst);
    let typed = match admin.types(&crowd.base, guild, module, number).await {
        Ok(typed) => typed,
        Err(error) => {
            let status = error.to_string().contains("answered 503").then_some(503);
            return crowd.refused(format!("the form for a save cannot be read: {error:#}"), status);
        }
    };
    let began = Instant::now();
    let (took, outcome) = admin.saves(&crowd.base, &typed).await;
    crowd.took(took);
    match &outcome {
        Outcome::Saved => {}
        Outcome::Refused(status, _) => crowd.refused(format!("a save met {outcome:?}"), Some(*status)),
        Outcome::Cut(_) => crowd.failed(format!("a save met {outcome:?}")),
    }
    crowd.ledger.note(Save { number, began, took, outcome, killed: false, undone: false });
}

/// One small request after the other: pages for who is not signed in, and every other one a POST that is refused for
/// that. What counts is that it is answered.
pub async fn hurries(crowd: Arc<Crowd>) {
    let client = match reqwest::Client::builder().timeout(Duration::from_secs(10)).pool_max_idle_per_host(0).build() {
        Ok(client) => client,
        Err(error) => return crowd.failed(format!("no client: {error}")),
    };
    for turn in 0.. {
        if !crowd.goes_on() {
            return;
        }
        let (request, expected) = match turn % 2 {
            0 => (client.get(format!("{}/", crowd.base)), 200),
            _ => (client.post(format!("{}/logout", crowd.base)).header("origin", &crowd.base).body("x=1"), 401),
        };
        // Many people: from one address there is a limit.
        let from = format!("10.250.{}.7", turn % 250);
        let began = Instant::now();
        match request.header("accept", "text/html").header("x-forwarded-for", from).send().await {
            Ok(answer) if answer.status() == expected => {}
            Ok(answer) => crowd.failed(format!("{} answered {}", answer.url(), answer.status())),
            Err(error) => crowd.failed(format!("a small request was not answered: {error:#}")),
        }
        crowd.took(began.elapsed());
        crowd.posts.fetch_add(turn % 2, Ordering::Relaxed);
        sleep(Duration::from_millis(10)).await;
    }
}

/// Something happens on the servers all the while: each event makes a row.
pub async fn bot_tells(crowd: Arc<Crowd>, redis_url: String, guilds: Vec<u64>) {
    let told = async {
        let mut connection = redis::Client::open(redis_url)?.get_multiplexed_async_connection().await?;
        for guild in guilds.iter().cycle() {
            if !crowd.goes_on() {
                break;
            }
            let text = giveaway(*guild);
            redis::cmd("XADD").arg("bot:events").arg("*").arg("event").arg(&text).exec_async(&mut connection).await?;
            redis::cmd("PUBLISH").arg("discord_events").arg(&text).exec_async(&mut connection).await?;
            crowd.events.fetch_add(1, Ordering::SeqCst);
            sleep(BETWEEN_EVENTS).await;
        }
        Ok::<_, redis::RedisError>(())
    };
    if let Err(error) = told.await {
        crowd.failed(format!("the bot cannot tell: {error}"));
    }
}

/// A giveaway that begins, as the bot tells it.
pub fn giveaway(guild: u64) -> String {
    const MONTH: u64 = 30 * 24 * 60 * 60 * 1000;
    let (id, now) = (Uuid::now_v7(), config_sync::now_ms());
    let host = guild.to_string();
    let data = json!({ "giveawayId": id, "prize": "A lamp", "endTime": now + MONTH, "winners": 1, "hostId": host });
    json!({ "id": id, "type": "GIVEAWAY_START", "guildId": host, "data": data, "timestamp": now }).to_string()
}

/// How often each was said.
pub fn counted(all: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one.as_str()).or_default() += 1;
    }
    counts
}
