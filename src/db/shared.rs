//! Several pieces of work in one transaction: each is kept or undone by itself, and all are kept, or none, by the commit.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use diesel::connection::TransactionManager;
use diesel::prelude::*;
use tokio::sync::oneshot;
use tracing::Span;

use super::pressure::Wait;
use super::transaction::begin;
use super::{Conn, DbError, LATEST_COMMIT};

/// What is done by then is committed before anything else is begun.
const LONG_ENOUGH: Duration = Duration::from_secs(1);

/// Work that waits for its turn to write.
pub(super) trait Piece: Send {
    /// Whether anybody still waits for the answer.
    fn is_wanted(&self) -> bool;

    /// How long ago it was asked for.
    fn age(&self) -> Duration;

    /// Does the work, once; answers whether it succeeded, and so is to be committed.
    fn run(&mut self, conn: &mut Conn) -> bool;

    /// Tells who waits: what the work says, unless it could not be kept.
    fn tell(self: Box<Self>, kept: Result<(), DbError>);
}

/// A closure as a piece of work.
pub(super) struct Work<F, T, E> {
    work: Option<F>,
    said: Option<Result<T, E>>,
    begun: Instant,
    wait: Option<Wait>,
    /// What is logged in there belongs to the request that asked.
    span: Span,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work<F, T, E> {
    pub(super) fn new(work: F, wait: Wait) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (answer, reply) = oneshot::channel();
        let begun = Instant::now();
        (Self { work: Some(work), said: None, begun, wait: Some(wait), span: Span::current(), answer }, reply)
    }
}

impl<F, T, E> Piece for Work<F, T, E>
where
    F: FnOnce(&mut Conn) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn is_wanted(&self) -> bool {
        !self.answer.is_closed()
    }

    fn age(&self) -> Duration {
        self.begun.elapsed()
    }

    fn run(&mut self, conn: &mut Conn) -> bool {
        // It has its turn.
        self.wait = None;
        let Some(work) = self.work.take() else { return false };
        let _entered = self.span.enter();
        self.said.insert(work(conn)).is_ok()
    }

    fn tell(mut self: Box<Self>, kept: Result<(), DbError>) {
        let answer = match (self.said.take(), kept) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(said), Ok(())) => said,
            (None, Ok(())) => Err(broke_off().into()),
        };
        // Nobody may be waiting any more.
        let _ = self.answer.send(answer);
    }
}

/// What became of the pieces that were taken out of the line.
pub(super) struct Outcome {
    done: Vec<(Box<dyn Piece>, Result<(), DbError>)>,
    is_whole: bool,
}

impl Outcome {
    /// Nobody can write now.
    pub(super) fn without_connection(cause: &str, line: &mut VecDeque<Box<dyn Piece>>) -> Self {
        let refused = |piece| (piece, Err(DbError::Unavailable(cause.to_owned())));
        Self { done: line.drain(..).map(refused).collect(), is_whole: false }
    }

    /// Whether the connection may go on being used.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Tells all who wait.
    pub(super) fn tell(self) {
        for (piece, kept) in self.done {
            piece.tell(kept);
        }
    }
}

/// How one piece of work ended.
enum End {
    Kept,
    /// By itself, or because it was too late.
    Undone(Result<(), DbError>),
    /// The transaction is no longer what it was, and with it all that was done in it.
    Broken(DbError),
}

/// Runs what stands in line in one transaction. What it does not get to stays in line.
pub(super) fn run(conn: &mut Conn, line: &mut VecDeque<Box<dyn Piece>>) -> Outcome {
    let alone = line.len() == 1;
    let mut outcome = Outcome { done: Vec::new(), is_whole: true };
    if let Err(error) = begin(conn) {
        let error = DbError::from(error);
        outcome.done.extend(line.drain(..).map(|piece| (piece, Err(error.clone()))));
        return outcome;
    }
    // How old the oldest of those is that are to be committed.
    let mut oldest = None;
    while let Some(mut piece) = line.pop_front() {
        match one(conn, &mut *piece, alone) {
            End::Kept => {
                oldest = oldest.max(Some(piece.age()));
                outcome.done.push((piece, Ok(())));
            }
            End::Undone(why) => outcome.done.push((piece, why)),
            End::Broken(error) => {
                outcome.refuse(&undone_with_another());
                outcome.done.push((piece, Err(error)));
                outcome.is_whole = false;
                return outcome;
            }
        }
        if oldest.is_some_and(|age| age > LONG_ENOUGH) {
            break;
        }
    }
    // What came after may have taken its time.
    let kept = outcome.done.iter().filter(|(_, kept)| kept.is_ok());
    let is_too_late = oldest.is_some() && kept.map(|(piece, _)| piece.age()).max() > Some(LATEST_COMMIT);
    let ended = if oldest.is_some() && !is_too_late {
        <Conn as Connection>::TransactionManager::commit_transaction(conn).map_err(DbError::from)
    } else {
        // The check of the connection finds one that cannot even do this.
        let _ = <Conn as Connection>::TransactionManager::rollback_transaction(conn);
        if is_too_late { Err(late()) } else { Ok(()) }
    };
    if let Err(error) = ended {
        outcome.refuse(&error);
    }
    outcome
}

fn late() -> DbError {
    DbError::Unavailable("too late to commit".to_owned())
}

fn broke_off() -> DbError {
    DbError::Broken("a write broke off".to_owned())
}

fn undone_with_another() -> DbError {
    DbError::Unavailable("undone with another write".to_owned())
}

/// One piece of work. One that is alone needs no savepoint: it is undone with the transaction.
fn one(conn: &mut Conn, piece: &mut dyn Piece, alone: bool) -> End {
    type Manager = <Conn as Connection>::TransactionManager;
    if piece.age() > LATEST_COMMIT {
        return End::Undone(Err(late()));
    }
    if !alone && let Err(error) = Manager::begin_transaction(conn) {
        return End::Broken(error.into());
    }
    let Ok(succeeded) = catch_unwind(AssertUnwindSafe(|| piece.run(conn))) else {
        return End::Broken(broke_off());
    };
    // Or a commit would end something else.
    if depth(conn) != Some(if alone { 1 } else { 2 }) {
        return End::Broken(DbError::Broken("a write left a transaction open".to_owned()));
    }
    // Whoever asked is about to be told that nothing was saved: then nothing may be.
    let is_too_late = piece.age() > LATEST_COMMIT;
    let keeps = succeeded && !is_too_late;
    let ended = match (alone, keeps) {
        (true, _) => Ok(()),
        (false, true) => Manager::commit_transaction(conn),
        // Some errors make SQLite undo the whole transaction: then there is nothing to go back to.
        (false, false) => Manager::rollback_transaction(conn),
    };
    match ended {
        Ok(()) if keeps => End::Kept,
        Ok(()) => End::Undone(if succeeded { Err(late()) } else { Ok(()) }),
        Err(error) => End::Broken(error.into()),
    }
}

/// How many transactions are open, one in the other; None: nobody knows.
fn depth(conn: &mut Conn) -> Option<u32> {
    let status = <Conn as Connection>::TransactionManager::transaction_manager_status_mut(conn);
    Some(status.transaction_depth().ok()?.map_or(0, NonZeroU32::get))
}

impl Outcome {
    /// What was done is not kept.
    fn refuse(&mut self, error: &DbError) {
        for (_, kept) in self.done.iter_mut().filter(|(_, kept)| kept.is_ok()) {
            *kept = Err(error.clone());
        }
    }
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
