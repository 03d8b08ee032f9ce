//! Moving what was committed from SQLite's log into the database's file, off the path of a save.
//!
//! By itself SQLite does it in whichever commit finds a thousand pages in the log, and that save takes long. Here a
//! thread does it about once a second, as a checkpoint that waits for nobody and for which nobody waits. Nothing that
//! was committed depends on it: it is on the disk as soon as it is in the log.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::writer::Writer;
use super::{Conn, DatabaseUrl};

/// What the connections of a [`Db`](super::Db) are told: only with so many pages in the log, 64 MiB, a commit does what
/// the thread could not.
pub(super) const LEAVE_TO_THREAD: &str = "PRAGMA wal_autocheckpoint = 16384";
/// In pages: 16 MiB. Of a longer log the rest is moved in a pause between writes, so that the next one begins it anew.
const LONG: i32 = 4_096;
const EVERY: Duration = Duration::from_secs(1);

/// The thread's work, for as long as this is kept: afterwards the database's file is no longer open.
pub(super) struct Checkpoints(Arc<Mutex<Option<Checkpointer>>>);

impl Checkpoints {
    /// Starts the thread. `queries` tells whether anybody has done anything.
    pub(super) fn start(url: DatabaseUrl, queries: Arc<AtomicU64>, writer: Writer) -> Self {
        let work = Checkpointer { url, writer, conn: None, queries, moved_at: 0, failing: false };
        let work = Arc::new(Mutex::new(Some(work)));
        let of_thread = work.clone();
        let thread = std::thread::Builder::new().name("checkpoints".to_owned());
        let started = thread.spawn(move || {
            std::thread::sleep(EVERY);
            while look(&of_thread).is_continue() {
                std::thread::sleep(EVERY);
            }
        });
        if let Err(error) = started {
            tracing::warn!(cause = %error, "the database's log is moved into its file by commits, when it is long");
        }
        Self(work)
    }
}

impl Drop for Checkpoints {
    /// Waits for a checkpoint under way. The thread ends at its next look.
    fn drop(&mut self) {
        *held(&self.0) = None;
    }
}

fn held(work: &Mutex<Option<Checkpointer>>) -> MutexGuard<'_, Option<Checkpointer>> {
    work.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks once, until the database is closed.
fn look(work: &Mutex<Option<Checkpointer>>) -> ControlFlow<()> {
    let next = match held(work).as_mut() {
        Some(checkpointer) => checkpointer.step(),
        None => return ControlFlow::Break(()),
    };
    if let Next::BetweenWrites(writer) = next {
        // The turn first: whoever closes the database may have it, and waits for what is held.
        let _pause = writer.pause();
        if let Some(checkpointer) = held(work).as_mut() {
            checkpointer.step();
        }
    }
    ControlFlow::Continue(())
}

/// What is to be done after a step.
enum Next {
    Rest,
    /// Another step, while nobody writes: the log is long, and grew meanwhile.
    BetweenWrites(Writer),
}

struct Checkpointer {
    url: DatabaseUrl,
    writer: Writer,
    /// One of its own, opened when there is something to do. What it is asked does not count.
    conn: Option<Conn>,
    queries: Arc<AtomicU64>,
    /// The statements that had run when last all was moved.
    moved_at: u64,
    failing: bool,
}

impl Checkpointer {
    /// Moves what no reader needs in the log. When that is all of it, the next write begins the log anew.
    fn step(&mut self) -> Next {
        let queries = self.queries.load(Ordering::Relaxed);
        if queries == self.moved_at {
            return Next::Rest;
        }
        match self.checkpoint() {
            Ok(progress) if progress.is_all() => {
                (self.moved_at, self.failing) = (queries, false);
                Next::Rest
            }
            Ok(progress) => {
                self.failing = false;
                if progress.log > LONG { Next::BetweenWrites(self.writer.clone()) } else { Next::Rest }
            }
            Err(cause) => {
                self.conn = None;
                // Once, not every second.
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::warn!(cause, "the database's log cannot be moved into its file; it is tried again");
                }
                Next::Rest
            }
        }
    }

    fn checkpoint(&mut self) -> Result<Progress, String> {
        if self.conn.is_none() {
            self.conn = Some(super::connect_for_long(&self.url)?);
        }
        let Some(Conn::Sqlite(conn)) = &mut self.conn else { return Err("this is not SQLite".to_owned()) };
        diesel::sql_query("PRAGMA wal_checkpoint(PASSIVE)").get_result(conn).map_err(|error| error.to_string())
    }
}

/// What SQLite says of a checkpoint.
#[derive(Clone, Copy, Debug, QueryableByName)]
struct Progress {
    /// 1 when another program makes one.
    #[diesel(sql_type = Integer)]
    busy: i32,
    /// Pages in the log.
    #[diesel(sql_type = Integer)]
    log: i32,
    /// Those of them that are in the file, too.
    #[diesel(sql_type = Integer)]
    checkpointed: i32,
}

impl Progress {
    fn is_all(self) -> bool {
        self.busy == 0 && self.checkpointed >= self.log
    }
}

#[cfg(test)]
#[path = "checkpoints_tests.rs"]
mod tests;
