//! How full each queue and each cache of the process is, and its bound: nothing in it grows without one.
//!
//! Whoever holds one says its [`Size`]; `metrics_page` asks all of them.

/// What waits to be worked off, or what is kept to be found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Queue,
    Cache,
}

/// One queue or cache at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub kind: Kind,
    /// As the metrics call it.
    pub name: &'static str,
    /// Entries that are there.
    pub held: u64,
    /// Entries it may have.
    pub room: u64,
}

impl Size {
    pub fn queue(name: &'static str, held: usize, room: usize) -> Self {
        Self { kind: Kind::Queue, name, held: held as u64, room: room as u64 }
    }

    pub fn cache(name: &'static str, held: u64, room: u64) -> Self {
        Self { kind: Kind::Cache, name, held, room }
    }

    /// The places of a channel that are taken.
    pub fn channel<T>(name: &'static str, channel: &tokio::sync::mpsc::Sender<T>) -> Self {
        Self::queue(name, channel.max_capacity() - channel.capacity(), channel.max_capacity())
    }

    /// A cache that was built with a bound. What it is about to forget may still count for a moment.
    pub fn moka<K, V>(name: &'static str, cache: &moka::sync::Cache<K, V>) -> Self
    where
        K: std::hash::Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        cache.run_pending_tasks();
        Self::cache(name, cache.entry_count(), cache.policy().max_capacity().unwrap_or(u64::MAX))
    }
}
