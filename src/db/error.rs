//! What can go wrong with the database, as its callers tell it apart.

use super::connect;

/// Why there is no answer, or not the one that was wanted.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// No connection, no answer in time, locked, gone: the same request may succeed later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A unique key was hit.
    #[error("already there: {0}")]
    Conflict(String),
    /// A bug of ours: a statement or a row that should not be.
    #[error("database: {0}")]
    Broken(String),
}

impl From<diesel::result::Error> for DbError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        let text = error.to_string();
        match error {
            Error::DatabaseError(Kind::UniqueViolation, _) => Self::Conflict(text),
            Error::DatabaseError(
                Kind::ClosedConnection | Kind::SerializationFailure | Kind::ReadOnlyTransaction,
                _,
            )
            | Error::BrokenTransactionManager => Self::Unavailable(text),
            Error::DatabaseError(Kind::Unknown, _) if connect::is_passing(&text) => Self::Unavailable(text),
            _ => Self::Broken(text),
        }
    }
}
