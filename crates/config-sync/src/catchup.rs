//! Hearing what is said, and learning what was missed: the snapshots of the own guilds, then the log from where it stood
//! before them; and seeing, beat by beat, whether that must be done again.
//!
//! The connection's life is `session`'s matter, the handlers' turn `inbox`'s, and what is asked of
//! Redis `snapshot`'s.

use std::collections::HashSet;
use std::sync::Arc;

use redis::RedisResult;
use serde::Deserialize;

use crate::change::Change;
use crate::guilds::OwnGuilds;
use crate::inbox::{Inbox, Pair};
use crate::snapshot::{Epoch, Page, Position, Snapshot};
use crate::{Applied, GuildId, ModuleName};

/// Rounds of one catching up; the next beat goes on where this many do not suffice.
const ROUNDS: usize = 5;

/// What Redis is asked.
pub(crate) trait Source {
    /// Whose Redis it is, and whether its copy is whole.
    async fn epoch(&mut self) -> RedisResult<Epoch>;
    /// The id of the newest entry the log ever had.
    async fn last_logged(&mut self) -> RedisResult<Position>;
    /// The log from the entry `from` on, itself included. At most a page.
    async fn log_from(&mut self, from: Position) -> RedisResult<Page>;
    /// The snapshots of `guilds`.
    async fn snapshots(&mut self, guilds: &[GuildId]) -> RedisResult<Vec<Snapshot>>;
    /// The newest change of each of `pairs` that has one.
    async fn changes(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Change>>;
    /// What is noted as applied for each of `pairs`, in their order.
    async fn applied(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Option<Applied>>>;
}

/// Someone who wants to know what a reading of a guild showed beside its changes.
pub(crate) trait Observer: Send + Sync {
    /// The guild was read, and the snapshot holds everything: what is not in `saved` was never
    /// saved.
    fn read_whole(&self, guild: GuildId, saved: &HashSet<ModuleName>);
}

/// What a look at Redis showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beat {
    /// The log can be followed from where we are.
    OnTrack,
    /// It cannot: everything counts as missed.
    Astray,
}

/// The part of a message that everyone understands.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    guild_id: GuildId,
    module: ModuleName,
}

/// What is known of Redis over one connection.
pub(crate) struct Catchup<S> {
    source: S,
    inbox: Arc<Inbox>,
    own: OwnGuilds,
    observers: Arc<[Arc<dyn Observer>]>,
    /// None: everything is to be read again.
    epoch: Option<Epoch>,
    position: Position,
}

impl<S: Source> Catchup<S> {
    pub(crate) fn new(source: S, inbox: Arc<Inbox>, own: OwnGuilds, observers: Arc<[Arc<dyn Observer>]>) -> Self {
        Self { source, inbox, own, observers, epoch: None, position: Position::default() }
    }

    /// Treats everything as missed. To be called after the subscription stands.
    pub(crate) async fn all(&mut self) -> RedisResult<()> {
        for _ in 0..ROUNDS {
            self.epoch = Some(self.source.epoch().await?);
            self.position = self.source.last_logged().await?;
            let guilds = self.own.all();
            self.guilds(&guilds).await?;
            if self.beat().await? == Beat::OnTrack && self.log().await? == Beat::OnTrack {
                return Ok(());
            }
        }
        // Redis is being emptied and filled while we read. The next beat reads again.
        self.epoch = None;
        Ok(())
    }

    /// Reads some guilds' snapshots.
    pub(crate) async fn guilds(&mut self, guilds: &[GuildId]) -> RedisResult<()> {
        for snapshot in self.source.snapshots(guilds).await? {
            let guild = snapshot.guild;
            // It may have been whole before, and be whole again: this guild is to be read once more.
            if !snapshot.whole
                && let Some(epoch) = &mut self.epoch
            {
                epoch.complete = false;
            }
            let present = snapshot.changes.iter().map(|change| change.module.clone());
            let saved: HashSet<ModuleName> = present.chain(snapshot.unreadable).collect();
            for change in snapshot.changes {
                self.inbox.offer(change);
            }
            if snapshot.whole && self.own.contains(guild) {
                self.observers.iter().for_each(|observer| observer.read_whole(guild, &saved));
            }
        }
        let answered = self.inbox.answered_in(&guilds.iter().copied().collect());
        self.say_again(answered).await
    }

    /// A Redis that lost data has lost what was answered, too, and a guild that comes back may have
    /// an answer that was kept back.
    async fn say_again(&mut self, answered: Vec<Pair>) -> RedisResult<()> {
        if answered.is_empty() {
            return Ok(());
        }
        let stored = self.source.applied(&answered).await?;
        answered.iter().zip(stored).for_each(|(pair, stored)| self.inbox.say_again(pair, stored));
        Ok(())
    }

    /// Takes a message from the channel.
    pub(crate) async fn heard(&mut self, bytes: &[u8]) -> RedisResult<()> {
        let Ok(about) = serde_json::from_slice::<About>(bytes) else {
            tracing::warn!("a message on the channel cannot be read");
            return Ok(());
        };
        if !self.inbox.wants(about.guild_id, &about.module) {
            return Ok(());
        }
        // A sender may know the five fields only, or put something else into `data`. What holds
        // then stands in the snapshot.
        match serde_json::from_slice(bytes).ok().and_then(Change::of) {
            Some(change) => self.inbox.offer(change),
            None => self.pairs(&[(about.guild_id, about.module)]).await?,
        }
        Ok(())
    }

    /// Reads the newest changes of some pairs.
    async fn pairs(&mut self, pairs: &[Pair]) -> RedisResult<()> {
        for change in self.source.changes(pairs).await? {
            self.inbox.offer(change);
        }
        Ok(())
    }

    /// A sign of life, and the same question as ever: has Redis changed hands, or become whole?
    /// Small, so that the caller may limit how long it takes.
    pub(crate) async fn beat(&mut self) -> RedisResult<Beat> {
        let epoch = self.source.epoch().await?;
        let goes_on = |before: &Epoch| epoch.database == before.database && (before.complete || !epoch.complete);
        if !self.epoch.as_ref().is_some_and(goes_on) {
            return Ok(Beat::Astray);
        }
        self.epoch = Some(epoch);
        Ok(Beat::OnTrack)
    }

    /// Does what a beat calls for: all again, or what the log has more than was heard.
    pub(crate) async fn after(&mut self, beat: Beat) -> RedisResult<()> {
        match beat {
            Beat::OnTrack if self.log().await? == Beat::OnTrack => Ok(()),
            _ => self.all().await,
        }
    }

    /// Follows the log to its end, reading what is newer there than anything heard.
    async fn log(&mut self) -> RedisResult<Beat> {
        loop {
            let page = self.source.log_from(self.position).await?;
            if !self.continues(&page).await? {
                return Ok(Beat::Astray);
            }
            let (mut missed, mut known) = (HashSet::new(), HashSet::new());
            for (pair, revision) in page.logged {
                if self.inbox.wants(pair.0, &pair.1) {
                    let pairs = if revision > self.inbox.seen(&pair) { &mut missed } else { &mut known };
                    pairs.insert(pair);
                }
            }
            self.pairs(&missed.into_iter().collect::<Vec<_>>()).await?;
            // What is logged once more was lost by Redis, and so may be what was answered to it.
            known.retain(|pair| self.inbox.has_answered(pair));
            self.say_again(known.into_iter().collect()).await?;
            match page.last {
                Some(last) if last > self.position => self.position = last,
                _ => return Ok(Beat::OnTrack),
            }
        }
    }

    /// Whether nothing is missing between the entry we stand at and the page: it begins with that
    /// very entry. If not, the log was trimmed beyond it, or is another than it was.
    async fn continues(&mut self, page: &Page) -> RedisResult<bool> {
        match page.first {
            Some(first) => Ok(first == self.position),
            // A log may lack the very entry that was its last. Then it must be its last still.
            None => Ok(self.source.last_logged().await? == self.position),
        }
    }
}
