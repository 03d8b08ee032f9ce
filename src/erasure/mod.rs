//! Removing what is kept of a person or of a server: because they ask for it, because an operator does, or because it
//! was kept for long enough.
//!
//! What goes by its age alone stands elsewhere: `happenings::forgetting`, `history::retention`.

mod job;
mod logs;
pub mod person;
pub mod server;
mod traces;

pub use job::Erasure;

use crate::db::{self, Conn};

/// How many rows of what: by the names of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(Vec<(&'static str, usize)>);

impl Tally {
    fn add(&mut self, table: &'static str, rows: usize) {
        match self.0.iter_mut().find(|(name, _)| *name == table) {
            Some((_, count)) => *count += rows,
            None => self.0.push((table, rows)),
        }
    }

    /// Both together.
    pub fn and(mut self, other: Self) -> Self {
        other.0.into_iter().for_each(|(table, rows)| self.add(table, rows));
        self
    }

    /// Those of which there are any.
    pub fn some(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().copied().filter(|(_, rows)| *rows > 0)
    }

    pub fn total(&self) -> usize {
        self.0.iter().map(|(_, rows)| rows).sum()
    }
}

/// What `work` would do: it is done, counted and taken back.
///
/// # Errors
/// As the database answers.
pub fn counted(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> diesel::QueryResult<Tally>,
) -> diesel::QueryResult<Tally> {
    enum Undone {
        Counted(Tally),
        Failed(diesel::result::Error),
    }
    impl From<diesel::result::Error> for Undone {
        fn from(error: diesel::result::Error) -> Self {
            Self::Failed(error)
        }
    }
    let undone: Result<Tally, Undone> = db::write(conn, |conn| Err(Undone::Counted(work(conn)?)));
    match undone {
        Ok(tally) | Err(Undone::Counted(tally)) => Ok(tally),
        Err(Undone::Failed(error)) => Err(error),
    }
}
