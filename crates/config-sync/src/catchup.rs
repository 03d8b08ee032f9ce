//! Learning what was missed: the snapshots of the own guilds, then the log from where it stood
//! before them; and seeing, beat by beat, whether that must be done again.
//!
//! The connection's life is `session`'s matter, the handlers' turn `inbox`'s.

use std::collections::HashSet;
use std::sync::Arc;

use redis::RedisResult;

use crate::guilds::OwnGuilds;
use crate::inbox::{Inbox, Pair};
use crate::snapshot::{Epoch, LogState, Position, Reader};
use crate::{GuildId, ModuleName};

/// Rounds of one catching up; the next beat goes on where this many do not suffice.
const ROUNDS: usize = 5;

/// Someone who wants to know what a reading of a guild showed beside its changes.
pub(crate) trait Observer: Send + Sync {
    /// The guild was read, and the snapshot holds everything: what is not in `saved` was never
    /// saved.
    fn read_whole(&self, guild: GuildId, saved: &HashSet<ModuleName>);
}

/// What a beat showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beat {
    /// The log can be followed from where we are.
    OnTrack,
    /// It cannot: everything counts as missed.
    Astray,
}

/// What is known of Redis over one connection.
pub(crate) struct Catchup {
    pub(crate) reader: Reader,
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) own: OwnGuilds,
    pub(crate) observers: Arc<[Arc<dyn Observer>]>,
    epoch: Epoch,
    position: Position,
}

impl Catchup {
    pub(crate) fn new(reader: Reader, inbox: Arc<Inbox>, own: OwnGuilds, observers: Arc<[Arc<dyn Observer>]>) -> Self {
        Self { reader, inbox, own, observers, epoch: Epoch::default(), position: Position::default() }
    }

    /// Treats everything as missed. To be called after the subscription stands.
    pub(crate) async fn all(&mut self) -> RedisResult<()> {
        for _ in 0..ROUNDS {
            self.epoch = self.reader.epoch().await?;
            self.position = self.reader.log_state().await?.last;
            let guilds = self.own.all();
            self.guilds(&guilds).await?;
            if self.beat().await? == Beat::OnTrack {
                return self.log().await;
            }
        }
        // Redis is being emptied and filled while we read. The next beat reads again.
        self.epoch = Epoch::default();
        Ok(())
    }

    /// Reads some guilds' snapshots.
    pub(crate) async fn guilds(&mut self, guilds: &[GuildId]) -> RedisResult<()> {
        let snapshots = self.reader.snapshots(guilds).await?;
        // Asked again, because a rebuild may have begun while the snapshots were read.
        let whole = self.epoch.complete && self.reader.epoch().await? == self.epoch;
        for (guild, snapshot) in guilds.iter().zip(snapshots) {
            let present = snapshot.changes.iter().map(|change| change.module.clone());
            let saved: HashSet<ModuleName> = present.chain(snapshot.unreadable).collect();
            for change in snapshot.changes {
                self.inbox.offer(change);
            }
            if whole {
                self.observers.iter().for_each(|observer| observer.read_whole(*guild, &saved));
            }
        }
        Ok(())
    }

    /// Reads the newest changes of some pairs.
    pub(crate) async fn pairs(&mut self, pairs: &[Pair]) -> RedisResult<()> {
        for change in self.reader.changes(pairs).await? {
            self.inbox.offer(change);
        }
        Ok(())
    }

    /// A sign of life, and the same questions as ever: has Redis changed hands, become whole, or
    /// lost its log? Few and small, so that the caller may limit how long they take.
    pub(crate) async fn beat(&mut self) -> RedisResult<Beat> {
        let epoch = self.reader.epoch().await?;
        let other = epoch.database != self.epoch.database;
        let became_whole = epoch.complete && !self.epoch.complete;
        if other || became_whole || is_lost(self.reader.log_state().await?, self.position) {
            return Ok(Beat::Astray);
        }
        self.epoch = epoch;
        Ok(Beat::OnTrack)
    }

    /// Does what a beat calls for: all again, or what the log has more than was heard.
    pub(crate) async fn after(&mut self, beat: Beat) -> RedisResult<()> {
        match beat {
            Beat::OnTrack => self.log().await,
            Beat::Astray => self.all().await,
        }
    }

    /// Follows the log to its end, reading what is newer there than anything heard.
    async fn log(&mut self) -> RedisResult<()> {
        loop {
            let (logged, upto) = self.reader.log_after(self.position).await?;
            if upto == self.position {
                return Ok(());
            }
            let missed: HashSet<Pair> = logged
                .into_iter()
                .filter(|(pair, revision)| self.own.contains(pair.0) && *revision > self.inbox.seen(pair))
                .filter(|(pair, _)| self.inbox.wants(&pair.1))
                .map(|(pair, _)| pair)
                .collect();
            self.pairs(&missed.into_iter().collect::<Vec<_>>()).await?;
            self.position = upto;
        }
    }
}

/// Whether the log cannot be followed from `position`: it is another, younger one, or what came
/// after was trimmed away.
fn is_lost(log: LogState, position: Position) -> bool {
    let younger = log.last < position;
    let trimmed = log.last > position && log.first.is_none_or(|first| first > position);
    // A log that began after we looked was not trimmed; reading once more does no harm then.
    younger || trimmed
}
