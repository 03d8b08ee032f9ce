//! Between what arrives and the handlers: for each (guild, module) one change at a time, each
//! newer than the last, none twice.
//!
//! Where changes come from does not matter here. While a handler is busy only the newest change
//! of its pair is kept: what it replaces would be outdated before it was applied.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::json;
use tokio::sync::{Notify, Semaphore};

use crate::change::{Change, Handlers};
use crate::event::Event;
use crate::events::EventPublisher;
use crate::verdict::Verdict;
use crate::{GuildId, ModuleName, now_ms};

/// Handlers that may run at the same time, each for another pair.
const AT_ONCE: usize = 32;

pub(crate) type Pair = (GuildId, ModuleName);

/// Who acknowledges.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    pub(crate) application_id: String,
    pub(crate) bot_id: String,
    pub(crate) shard_count: Option<u64>,
}

pub(crate) struct Inbox {
    handlers: Handlers,
    events: EventPublisher,
    identity: Identity,
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
}

impl Inbox {
    pub(crate) fn new(handlers: Handlers, events: EventPublisher, identity: Identity) -> Arc<Self> {
        Arc::new(Self {
            handlers,
            events,
            identity,
            pairs: Mutex::default(),
            permits: Semaphore::new(AT_ONCE),
            idle: Notify::new(),
        })
    }

    /// Whether any handler cares about the module.
    pub(crate) fn wants(&self, module: &ModuleName) -> bool {
        self.handlers.want(module)
    }

    /// The highest revision that was offered for a pair, 0 for none.
    pub(crate) fn seen(&self, pair: &Pair) -> u64 {
        self.pairs().get(pair).map_or(0, Progress::newest)
    }

    /// Hands a change on, unless it or a newer one was handed on before.
    pub(crate) fn offer(self: &Arc<Self>, change: Change) {
        if !self.wants(&change.module) || self.permits.is_closed() {
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
            let verdict = self.handlers.call(&change).await;
            self.acknowledge(&change, verdict, began);
        }
    }

    fn begin_next(&self, pair: &Pair, open: bool) -> Option<Change> {
        let mut pairs = self.pairs();
        let progress = pairs.entry(pair.clone()).or_default();
        match progress.waiting.take().filter(|_| open) {
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

    fn acknowledge(&self, change: &Change, verdict: Result<(), String>, began: Instant) {
        let identity = &self.identity;
        let shard = identity.shard_count.map(|count| change.guild_id.shard(count));
        let mut data = json!({
            "module": change.module,
            "revision": change.revision,
            "applicationId": identity.application_id,
            "botId": identity.bot_id,
        });
        if let Some(shard) = shard {
            data["shard"] = shard.into();
        }
        let kind = match &verdict {
            Ok(()) => {
                data["tookMs"] = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX).into();
                "CONFIG_APPLIED"
            }
            Err(reason) => {
                tracing::warn!(guild.id = %change.guild_id, module = %change.module,
                    revision = change.revision, reason, "a change was refused");
                data["reason"] = reason.as_str().into();
                "CONFIG_REJECTED"
            }
        };
        let what = Verdict {
            guild: change.guild_id,
            module: change.module.clone(),
            revision: change.revision,
            at: now_ms(),
            bot_id: identity.bot_id.clone(),
            shard,
            refused: verdict.err(),
        };
        if let Err(error) = self.events.acknowledge(&Event::new(kind, change.guild_id, data), what) {
            tracing::error!(%error, guild.id = %change.guild_id, "an acknowledgement was lost");
        }
    }

    /// Lets handlers that have begun end, and begins no other.
    pub(crate) async fn close(&self) {
        self.permits.close();
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
}
