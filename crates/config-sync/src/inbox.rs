//! Between what arrives and the handlers: for each (guild, module) one change at a time, each
//! newer than the last, none twice; and what was answered, to be said again when Redis lost it.
//!
//! Where changes come from and how answers travel does not matter here. While a handler is busy
//! only the newest change of its pair is kept: what it replaces would be outdated before it was
//! applied.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, Semaphore};

use crate::change::{Change, Handlers};
use crate::guilds::OwnGuilds;
use crate::verdict::{Identity, Verdict, Worth};
use crate::{Applied, GuildId, ModuleName, now_ms};

/// Handlers that may run at the same time, each for another pair.
const AT_ONCE: usize = 32;

pub(crate) type Pair = (GuildId, ModuleName);

/// Takes answers to where they are stored and told.
pub(crate) type Tell = Box<dyn Fn(Verdict) + Send + Sync>;

pub(crate) struct Inbox {
    handlers: Handlers,
    /// How long a change may take.
    patience: Duration,
    identity: Arc<Identity>,
    own: OwnGuilds,
    tell: Tell,
    pairs: Mutex<HashMap<Pair, Progress>>,
    permits: Semaphore,
    idle: Notify,
}

#[derive(Default)]
struct Progress {
    /// The highest revision given to the handlers.
    begun: u64,
    waiting: Option<Change>,
    busy: bool,
    applied: Option<Verdict>,
    /// Newer than what was applied, or none.
    refused: Option<Verdict>,
}

impl Inbox {
    pub(crate) fn new(
        handlers: Handlers,
        patience: Duration,
        identity: Arc<Identity>,
        own: OwnGuilds,
        tell: Tell,
    ) -> Arc<Self> {
        Arc::new(Self {
            handlers,
            patience,
            identity,
            own,
            tell,
            pairs: Mutex::default(),
            permits: Semaphore::new(AT_ONCE),
            idle: Notify::new(),
        })
    }

    /// Whether a change of the pair would be handed on.
    pub(crate) fn wants(&self, guild: GuildId, module: &ModuleName) -> bool {
        self.own.contains(guild) && self.handlers.want(module)
    }

    /// The highest revision that was offered for a pair, 0 for none.
    pub(crate) fn seen(&self, pair: &Pair) -> u64 {
        self.pairs().get(pair).map_or(0, Progress::newest)
    }

    /// Hands a change on, unless it or a newer one was handed on before.
    pub(crate) fn offer(self: &Arc<Self>, change: Change) {
        if !self.wants(change.guild_id, &change.module) || self.permits.is_closed() {
            return;
        }
        let pair = (change.guild_id, change.module.clone());
        let mut pairs = self.pairs();
        let progress = pairs.entry(pair.clone()).or_default();
        if change.revision <= progress.newest() {
            return;
        }
        progress.waiting = Some(change);
        if !std::mem::replace(&mut progress.busy, true) {
            tokio::spawn(Arc::clone(self).work_off(pair));
        }
    }

    async fn work_off(self: Arc<Self>, pair: Pair) {
        loop {
            // Closed means: the bot stops, and what has not begun stays undone.
            let permit = self.permits.acquire().await.ok();
            let Some(change) = self.begin_next(&pair, permit.is_some()) else {
                return;
            };
            let began = Instant::now();
            let called = tokio::time::timeout(self.patience, self.handlers.call(&change));
            let verdict = called.await.unwrap_or_else(|_| Err(too_long(self.patience)));
            self.answer(&change, verdict, began);
        }
    }

    fn begin_next(&self, pair: &Pair, open: bool) -> Option<Change> {
        let mut pairs = self.pairs();
        let progress = pairs.entry(pair.clone()).or_default();
        // A guild may have been lost since. What was not begun is read again should it come back.
        match progress.waiting.take().filter(|_| open && self.own.contains(pair.0)) {
            Some(change) => {
                progress.begun = change.revision;
                Some(change)
            }
            None => {
                progress.busy = false;
                self.idle.notify_waiters();
                None
            }
        }
    }

    fn answer(&self, change: &Change, verdict: Result<(), String>, began: Instant) {
        if let Err(reason) = &verdict {
            tracing::warn!(guild.id = %change.guild_id, module = %change.module,
                revision = change.revision, reason, "a change was refused");
        }
        let verdict = Verdict {
            guild: change.guild_id,
            module: change.module.clone(),
            revision: change.revision,
            at: now_ms(),
            took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            refused: verdict.err(),
            identity: Arc::clone(&self.identity),
            own: self.own.clone(),
        };
        let mut pairs = self.pairs();
        let progress = pairs.entry((change.guild_id, change.module.clone())).or_default();
        if verdict.refused.is_some() {
            progress.refused = Some(verdict.clone());
        } else {
            (progress.applied, progress.refused) = (Some(verdict.clone()), None);
        }
        drop(pairs);
        // Whoever has the guild now answers for it. Should it come back, this is said then.
        if verdict.is_ours() {
            (self.tell)(verdict);
        }
    }

    /// Those pairs of `guilds` that were answered in this process.
    pub(crate) fn answered_in(&self, guilds: &HashSet<GuildId>) -> Vec<Pair> {
        let pairs = self.pairs();
        let found = pairs.iter().filter(|(pair, progress)| guilds.contains(&pair.0) && progress.has_answered());
        found.map(|(pair, _)| pair.clone()).collect()
    }

    pub(crate) fn has_answered(&self, pair: &Pair) -> bool {
        self.pairs().get(pair).is_some_and(Progress::has_answered)
    }

    /// Says again what was answered for a pair, where what is stored does not show it.
    pub(crate) fn say_again(&self, pair: &Pair, stored: Option<Applied>) {
        let mut stored = stored.unwrap_or_default();
        let pairs = self.pairs();
        let Some(progress) = pairs.get(pair) else { return };
        let answers: Vec<Verdict> = progress.applied.iter().chain(&progress.refused).cloned().collect();
        drop(pairs);
        for verdict in answers {
            if verdict.is_ours() && verdict.beside(&stored) == Worth::News {
                verdict.merge_into(&mut stored);
                (self.tell)(verdict);
            }
        }
    }

    /// Begins no other change.
    pub(crate) fn shut(&self) {
        self.permits.close();
    }

    /// Lets handlers that have begun end, and begins no other.
    pub(crate) async fn close(&self) {
        self.shut();
        loop {
            let idle = self.idle.notified();
            if !self.pairs().values().any(|progress| progress.busy) {
                return;
            }
            idle.await;
        }
    }

    fn pairs(&self) -> MutexGuard<'_, HashMap<Pair, Progress>> {
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    fn newest(&self) -> u64 {
        self.waiting.as_ref().map_or(self.begun, |change| change.revision)
    }

    fn has_answered(&self) -> bool {
        self.applied.is_some() || self.refused.is_some()
    }
}

fn too_long(patience: Duration) -> String {
    format!("the handler took longer than {} s", patience.as_secs_f64())
}
