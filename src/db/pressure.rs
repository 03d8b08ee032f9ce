//! How hard it is to get a connection: who waits for one, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// How the connections are used at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// Connections that are open, and those of them nobody uses.
    pub open: u32,
    pub idle: u32,
    /// Connections there may be.
    pub most: u32,
    /// Who waits for one, or for the turn to write to SQLite; nobody does for longer than six seconds.
    pub waiting: usize,
}

#[derive(Debug, Default)]
pub(super) struct Pressure {
    waiting: AtomicUsize,
}

impl Pressure {
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// One who waits for a connection, until they have it or give up.
pub(super) struct Wait {
    pressure: Arc<Pressure>,
    begun: Instant,
}

impl Wait {
    pub(super) fn begin(pressure: &Arc<Pressure>) -> Self {
        pressure.waiting.fetch_add(1, Ordering::Relaxed);
        Self { pressure: Arc::clone(pressure), begun: Instant::now() }
    }

    /// There is a connection, or there is none to be had.
    pub(super) fn over(self) {}
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.pressure.waiting.fetch_sub(1, Ordering::Relaxed);
        metrics::histogram!("guildhall_database_wait_seconds").record(self.begun.elapsed().as_secs_f64());
    }
}
