//! The one connection that writes to an SQLite database.
//!
//! SQLite lets one write at a time, and what one connection writes, the others have to read anew into their memory. So
//! all transactions go through one connection, whose memory is always current, on a thread of its own; they stand in
//! line before it, where it is fair, instead of trying again and again for the lock. Those that have come together
//! while the disk was busy share one transaction, each in a savepoint of its own: what one of them does, or fails to
//! do, is not seen by the others, but the disk is waited for once. PostgreSQL needs none of this.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use diesel::r2d2::ManageConnection as _;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Mutex, MutexGuard, mpsc};

use super::connect::{ConnectionTrouble, Kept, Manager};
use super::pressure::Wait;
use super::shared::{self, Piece, Work};
use super::{Conn, DbError, PATIENCE};
use crate::sizes::Size;

/// Pieces of work that stand in line at most; more are told at once that the database is not to be had.
const LINE: usize = 1_000;
/// Pieces of work that share a transaction at most: the first of them waits for the last.
const TOGETHER: usize = 16;

/// Clones share the connection.
#[derive(Clone)]
pub(super) struct Writer(Arc<Shared>);

struct Shared {
    /// None: the database is being closed.
    line: Option<mpsc::Sender<Box<dyn Piece>>>,
    place: Place,
    thread: Option<JoinHandle<()>>,
}

/// Without a connection after one that broke: the next piece of work opens one.
type Place = Arc<Mutex<Option<Kept>>>;

impl Writer {
    /// Connects, and starts the thread.
    ///
    /// # Errors
    /// As the database says.
    pub(super) fn open(manager: Manager) -> Result<Self, ConnectionTrouble> {
        let place = Arc::new(Mutex::new(Some(manager.connect()?)));
        let (line, pieces) = mpsc::channel(LINE);
        let of_thread = place.clone();
        let thread = std::thread::Builder::new().name("writer".to_owned());
        let thread = thread.spawn(move || work_off(&manager, pieces, &of_thread));
        let thread = thread.map_err(|error| ConnectionTrouble::of_thread(&error))?;
        Ok(Self(Arc::new(Shared { line: Some(line), place, thread: Some(thread) })))
    }

    /// Runs `work` when it is its turn to write, and waits for its end for at most three seconds.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when the line is too long or there is no answer in time; else what `work` says.
    pub(super) async fn write<T, E>(
        &self,
        wait: Wait,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let unavailable = |text: &str| Err(DbError::Unavailable(text.to_owned()).into());
        let (work, reply) = Work::new(work, wait);
        match self.0.line.as_ref().map(|line| line.try_send(Box::new(work))) {
            Some(Ok(())) => {}
            Some(Err(TrySendError::Full(_))) => return unavailable("too many writes stand in line"),
            Some(Err(TrySendError::Closed(_))) | None => return unavailable("nobody writes any more"),
        }
        match tokio::time::timeout(PATIENCE, reply).await {
            Ok(Ok(said)) => said,
            Ok(Err(_)) => unavailable("the database is being closed"),
            Err(_) => unavailable("no answer in time"),
        }
    }

    /// Whether anybody works off the line.
    pub(super) fn is_there(&self) -> bool {
        self.0.line.as_ref().is_some_and(|line| !line.is_closed())
    }

    /// As long as this is kept nobody has the right to write. For threads that may wait, outside of any runtime.
    pub(super) fn pause(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.place.blocking_lock()
    }

    /// Connections that are open, and those of them nobody uses: one or none.
    pub(super) fn open_and_idle(&self) -> (u32, u32) {
        // Whoever has the turn uses it, or is about to.
        self.0.place.try_lock().map_or((1, 0), |place| {
            let idle = u32::from(place.is_some());
            (idle, idle)
        })
    }

    pub(super) fn size(&self) -> Size {
        self.0.line.as_ref().map_or(Size::queue("writes", 0, LINE), |line| Size::channel("writes", line))
    }
}

impl Drop for Shared {
    /// Waits for what stands in line: afterwards the database's file is no longer open.
    fn drop(&mut self) {
        self.line = None;
        let Some(thread) = self.thread.take() else { return };
        // The last to know the database can be a piece of work itself.
        if thread.thread().id() != std::thread::current().id() {
            // A thread that has panicked has ended, too.
            let _ = thread.join();
        }
        // Nobody else has it any more.
        if let Ok(mut place) = self.place.try_lock() {
            *place = None;
        }
    }
}

/// The thread: until nobody can add to the line any more, and it is empty.
fn work_off(manager: &Manager, mut pieces: mpsc::Receiver<Box<dyn Piece>>, place: &Place) {
    let mut line = VecDeque::new();
    loop {
        if line.is_empty() {
            match pieces.blocking_recv() {
                Some(piece) => line.push_back(piece),
                None => return,
            }
        }
        while line.len() < TOGETHER {
            let Ok(piece) = pieces.try_recv() else { break };
            line.push_back(piece);
        }
        // Work that breaks off is caught where it is run; this thread goes on whatever else may break.
        if catch_unwind(AssertUnwindSafe(|| take_turn(manager, place, &mut line))).is_err() {
            tracing::error!("a turn to write broke off");
        }
    }
}

/// Does what stands in line, and tells those who wait for it.
fn take_turn(manager: &Manager, place: &Place, line: &mut VecDeque<Box<dyn Piece>>) {
    line.retain(|piece| piece.is_wanted());
    if line.is_empty() {
        return;
    }
    let mut turn = place.blocking_lock();
    // Not in its place while it works: a panic drops it, which rolls back.
    let got = turn.take().map_or_else(|| manager.connect(), Ok);
    let (kept, outcome) = match got {
        Ok(mut kept) => {
            let outcome = shared::run(&mut kept.conn, line);
            let is_whole = outcome.is_whole() && !manager.has_broken(&mut kept);
            (is_whole.then_some(kept), outcome)
        }
        Err(error) => (None, shared::Outcome::without_connection(&error.to_string(), line)),
    };
    *turn = kept;
    // Whoever is answered may look at the connection at once.
    drop(turn);
    outcome.tell();
}
