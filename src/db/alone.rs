//! Connections outside of the pool, for work that may take long.

use diesel::connection::SimpleConnection as _;

use super::{Conn, DatabaseUrl, SchemaTrouble, migrate};

/// Brings a database to this program's schema, and gives a connection for work that may take long.
///
/// # Errors
/// As [`Db::open`](super::Db::open).
pub fn open_for_long(url: &DatabaseUrl) -> Result<Conn, SchemaTrouble> {
    migrate::apply(url)?;
    connect_for_long(url).map_err(SchemaTrouble::Unreachable)
}

/// A database that is gone with its one connection.
///
/// # Errors
/// As [`Db::open`](super::Db::open).
#[cfg(any(test, feature = "fuzz"))]
pub fn in_memory() -> Result<Conn, SchemaTrouble> {
    migrate::in_memory()
}

/// A connection for work that may take long, to a database that is there.
///
/// # Errors
/// There is none, or it cannot be reached.
pub fn connect_for_long(url: &DatabaseUrl) -> Result<Conn, String> {
    if let DatabaseUrl::Sqlite { path } = url
        && !std::path::Path::new(path).exists()
    {
        return Err(format!("there is no file {path}"));
    }
    let mut conn = url.connect()?;
    if let Conn::Postgres(c) = &mut conn {
        c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0;").map_err(|error| error.to_string())?;
    }
    Ok(conn)
}
