//! Several pieces of work in one transaction: each is kept or undone by itself, and all are kept, or none, by the commit.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use diesel::connection::TransactionManager;
use diesel::prelude::*;
use tokio::sync::oneshot;
use tracing::Span;

use super::pressure::Wait;
use super::{Conn, DbError, LATEST_COMMIT, begin};

/// Work that waits for its turn to write.
pub(super) trait Piece: Send {
    /// Whether anybody still waits for the answer.
    fn is_wanted(&self) -> bool;

    /// Later than this its answer would come after nobody waits any more.
    fn is_too_late(&self) -> bool;

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

    fn is_too_late(&self) -> bool {
        self.begun.elapsed() > LATEST_COMMIT
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
            (None, Ok(())) => Err(DbError::Broken("the work was not done".to_owned()).into()),
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
    Undone,
    /// The transaction is no longer what it was, and with it all that was done in it.
    Broken(DbError),
}

/// Runs what stands in line in one transaction. What it could not get to stays in line.
pub(super) fn run(conn: &mut Conn, line: &mut VecDeque<Box<dyn Piece>>) -> Outcome {
    let alone = line.len() == 1;
    let mut outcome = Outcome { done: Vec::new(), is_whole: true };
    if let Err(error) = begin(conn) {
        let error = DbError::from(error);
        outcome.done.extend(line.drain(..).map(|piece| (piece, Err(error.clone()))));
        return outcome;
    }
    let mut any = false;
    while let Some(mut piece) = line.pop_front() {
        if piece.is_too_late() {
            outcome.done.push((piece, late()));
            continue;
        }
        match one(conn, &mut *piece, alone) {
            End::Kept => any = true,
            End::Undone => {}
            End::Broken(error) => {
                outcome.done.push((piece, Ok(())));
                return outcome.broken(&error);
            }
        }
        outcome.done.push((piece, Ok(())));
    }
    // Whoever asked is about to be told that nothing was saved: then nothing may be.
    let is_too_late = outcome.done.iter().any(|(piece, kept)| kept.is_ok() && piece.is_too_late());
    let ended = if any && !is_too_late {
        <Conn as Connection>::TransactionManager::commit_transaction(conn).map_err(DbError::from)
    } else {
        // The pool's check drops a connection that cannot even do this.
        let _ = <Conn as Connection>::TransactionManager::rollback_transaction(conn);
        if is_too_late { late() } else { Ok(()) }
    };
    if let Err(error) = ended {
        outcome.refuse(&error);
    }
    outcome
}

fn late() -> Result<(), DbError> {
    Err(DbError::Unavailable("too late to commit".to_owned()))
}

/// One piece of work. One that is alone needs no savepoint: it is undone with the transaction.
fn one(conn: &mut Conn, piece: &mut dyn Piece, alone: bool) -> End {
    type Manager = <Conn as Connection>::TransactionManager;
    if !alone && let Err(error) = Manager::begin_transaction(conn) {
        return End::Broken(error.into());
    }
    let succeeded = match catch_unwind(AssertUnwindSafe(|| piece.run(conn))) {
        Ok(succeeded) => succeeded,
        Err(_) => return End::Broken(DbError::Broken("a write broke off".to_owned())),
    };
    // Or a commit would end something else.
    if depth(conn) != Some(if alone { 1 } else { 2 }) {
        return End::Broken(DbError::Broken("a write left a transaction open".to_owned()));
    }
    let ended = match (alone, succeeded) {
        (true, _) => Ok(()),
        (false, true) => Manager::commit_transaction(conn),
        // Some errors make SQLite undo the whole transaction: then there is nothing to go back to.
        (false, false) => Manager::rollback_transaction(conn),
    };
    match ended {
        Ok(()) if succeeded => End::Kept,
        Ok(()) => End::Undone,
        Err(error) => End::Broken(error.into()),
    }
}

/// How many transactions are open, one in the other; None: nobody knows.
fn depth(conn: &mut Conn) -> Option<u32> {
    let status = <Conn as Connection>::TransactionManager::transaction_manager_status_mut(conn);
    Some(status.transaction_depth().ok()?.map_or(0, NonZeroU32::get))
}

impl Outcome {
    /// None of what was done is kept, and the connection is not used again.
    fn broken(mut self, error: &DbError) -> Self {
        self.is_whole = false;
        self.refuse(error);
        self
    }

    fn refuse(&mut self, error: &DbError) {
        for (_, kept) in &mut self.done {
            if kept.is_ok() {
                *kept = Err(error.clone());
            }
        }
    }
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
