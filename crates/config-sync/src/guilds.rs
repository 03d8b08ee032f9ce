//! Which guilds are a bot process's own, changing while it runs.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use crate::GuildId;

/// The guilds of this process. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct OwnGuilds(Arc<Inner>);

#[derive(Default)]
struct Inner {
    lists: Mutex<Lists>,
    news: Notify,
    /// Raised with each guild that is added.
    added: watch::Sender<u64>,
}

#[derive(Default)]
struct Lists {
    own: HashSet<GuildId>,
    /// Own ones whose snapshot is still to be read.
    unread: HashSet<GuildId>,
}

impl OwnGuilds {
    pub(crate) fn add(&self, guild: GuildId) {
        let mut lists = self.lists();
        lists.own.insert(guild);
        lists.unread.insert(guild);
        drop(lists);
        self.0.news.notify_one();
        self.0.added.send_modify(|count| *count += 1);
    }

    pub(crate) fn remove(&self, guild: GuildId) {
        let mut lists = self.lists();
        lists.own.remove(&guild);
        lists.unread.remove(&guild);
    }

    pub(crate) fn contains(&self, guild: GuildId) -> bool {
        self.lists().own.contains(&guild)
    }

    pub(crate) fn count(&self) -> usize {
        self.lists().own.len()
    }

    /// All of them; none counts as unread from here on.
    pub(crate) fn all(&self) -> Vec<GuildId> {
        let mut lists = self.lists();
        lists.unread.clear();
        lists.own.iter().copied().collect()
    }

    /// Tells of guilds that are added, however many listen.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.0.added.subscribe()
    }

    /// Waits for guilds that were added, and takes them.
    pub(crate) async fn unread(&self) -> Vec<GuildId> {
        loop {
            let unread: Vec<GuildId> = self.lists().unread.drain().collect();
            if !unread.is_empty() {
                return unread;
            }
            self.0.news.notified().await;
        }
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.0.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
