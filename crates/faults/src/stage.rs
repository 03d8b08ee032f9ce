//! Everything the run takes place on, and the people who save on it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::RwLock;
use tokio::time::sleep;

use crate::admin::{Admin, MODULES};
use crate::dashboard::Dashboard;
use crate::ledger::{Ledger, Outcome, Save};
use crate::random::Random;

/// Saves by one person on one server before another comes: Guildhall asks Discord ten times a second at most, and
/// each new server is some questions.
const VISIT: usize = 8;

/// No fault makes the forms unreadable for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What people and faults share.
pub struct Stage {
    pub dashboards: Vec<Dashboard>,
    pub ledger: Ledger,
    /// Held by each save; taken for good by an operator who wants nobody to save meanwhile.
    pub open: RwLock<()>,
    /// Saves begun, and how many may be.
    begun: AtomicUsize,
    allowed: AtomicUsize,
    over: AtomicBool,
    /// What should not have happened, found on the way.
    violations: Mutex<Vec<String>>,
}

impl Stage {
    pub fn new(dashboards: Vec<Dashboard>) -> Self {
        Self {
            dashboards,
            ledger: Ledger::default(),
            open: RwLock::new(()),
            begun: AtomicUsize::new(0),
            allowed: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            violations: Mutex::default(),
        }
    }

    pub fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    pub fn allow(&self, more: usize) {
        self.allowed.fetch_add(more, Ordering::SeqCst);
    }

    /// No more saves.
    pub fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    pub fn violated(&self, what: String) {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    pub fn violations(&self) -> Vec<String> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number of the next save; none when it is over.
    async fn next(&self) -> Option<u64> {
        while !self.over.load(Ordering::SeqCst) {
            let allowed = self.allowed.load(Ordering::SeqCst);
            let taken = self
                .begun
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |begun| (begun < allowed).then_some(begun + 1));
            if let Ok(number) = taken {
                return u64::try_from(number).ok();
            }
            sleep(Duration::from_millis(20)).await;
        }
        None
    }
}

/// One browser after the other, until it is over.
pub async fn save_on(stage: Arc<Stage>, mut admins: Vec<Admin>, mut random: Random) {
    let (mut who, mut place, mut left) = (0, 0, 0);
    while let Some(number) = stage.next().await {
        if left == 0 {
            left = VISIT;
            who = random.below(admins.len());
            place = random.below(admins.get(who).map_or(1, |admin| admin.guilds.len()));
        }
        left -= 1;
        let Some(admin) = admins.get_mut(who) else { return };
        let guild = admin.guilds.get(place).copied().unwrap_or_default();
        let module = MODULES[random.below(MODULES.len())];
        // The form must be read first; whoever cannot reads it again, or from another instance.
        let asked = Instant::now();
        loop {
            if asked.elapsed() > PATIENCE {
                stage.violated(format!("save {number}: the form of {guild} could not be read for a minute"));
                break;
            }
            let open = stage.open.read().await;
            let dashboard = &stage.dashboards[random.below(stage.dashboards.len())];
            let base = dashboard.url();
            let Ok(typed) = admin.types(&base, guild, module, number).await else {
                drop(open);
                sleep(Duration::from_millis(100)).await;
                continue;
            };
            let began = Instant::now();
            let (took, outcome) = admin.saves(&base, &typed).await;
            let killed = dashboard.was_away(began, Instant::now());
            let limited = matches!(outcome, Outcome::Refused(429, _));
            stage.ledger.note(Save { number, began, took, outcome, killed, undone: false });
            if limited {
                sleep(Duration::from_secs(1)).await;
            }
            break;
        }
    }
}
