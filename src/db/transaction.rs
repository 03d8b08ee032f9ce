//! A transaction that writes: how each begins, and one that is a single piece of work. Several pieces in one are the
//! matter of `shared`.

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;

use super::Conn;

/// The only way to write: takes SQLite's write lock at the start, so that a read before the write cannot
/// turn into "database is locked". On PostgreSQL rows are guarded by compare-and-set in the statement.
///
/// # Errors
/// What `work` says, or that the transaction could not begin or commit.
pub fn write<T, E>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E>
where
    E: From<diesel::result::Error>,
{
    begin(conn)?;
    match work(conn) {
        Ok(value) => {
            <Conn as Connection>::TransactionManager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            // The caller's reason matters more than a failed rollback; the pool drops such a connection.
            let _ = <Conn as Connection>::TransactionManager::rollback_transaction(conn);
            Err(error)
        }
    }
}

pub(super) fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
    }
}
