//! The one connection that writes to an SQLite database.
//!
//! SQLite lets one write at a time, and what one connection writes, the others have to read anew into their memory. So
//! all transactions go through one connection, whose memory is always current; and they stand in line before it, where
//! it is fair, instead of trying again and again for the lock. PostgreSQL needs none of this.

use std::sync::Arc;

use diesel::r2d2::ManageConnection as _;
use tokio::sync::{Mutex, MutexGuard, OwnedMutexGuard};

use super::connect::{ConnectionTrouble, Kept, Manager};
use super::pressure::Wait;
use super::{Conn, DbError};

/// Clones share the connection.
#[derive(Clone)]
pub(super) struct Writer {
    manager: Manager,
    /// Without a connection after one that broke: the next turn opens one.
    line: Arc<Mutex<Option<Kept>>>,
}

impl Writer {
    /// Connects.
    ///
    /// # Errors
    /// As the database says.
    pub(super) fn open(manager: Manager) -> Result<Self, ConnectionTrouble> {
        let kept = manager.connect()?;
        Ok(Self { manager, line: Arc::new(Mutex::new(Some(kept))) })
    }

    /// The right to write, in the order in which it was asked for.
    pub(super) async fn turn(&self) -> Turn {
        Turn { manager: self.manager.clone(), place: self.line.clone().lock_owned().await }
    }

    /// As long as this is kept nobody has the right to write. For threads that may wait, outside of any runtime.
    pub(super) fn pause(&self) -> MutexGuard<'_, Option<Kept>> {
        self.line.blocking_lock()
    }

    /// Connections that are open, and those of them nobody uses: one or none.
    pub(super) fn open_and_idle(&self) -> (u32, u32) {
        // Whoever has the turn uses it, or is about to.
        self.line.try_lock().map_or((1, 0), |place| {
            let idle = u32::from(place.is_some());
            (idle, idle)
        })
    }
}

/// The right to write, until it is dropped.
pub(super) struct Turn {
    manager: Manager,
    place: OwnedMutexGuard<Option<Kept>>,
}

impl Turn {
    /// Runs `work` with the connection; opens one, if need be, and so belongs on a thread that may wait.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when none can be opened; else what `work` says.
    pub(super) fn run<T, E: From<DbError>>(
        mut self,
        wait: Wait,
        work: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        // Not in its place while it works: a panic drops it, which rolls back, and then gives the turn away.
        let got = self.place.take().map_or_else(|| self.manager.connect(), Ok);
        wait.over();
        let mut kept = got.map_err(|error| DbError::Unavailable(error.to_string()))?;
        let answer = work(&mut kept.conn);
        if !self.manager.has_broken(&mut kept) {
            *self.place = Some(kept);
        }
        answer
    }
}
