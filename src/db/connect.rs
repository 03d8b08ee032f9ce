//! Opening one connection, with the settings each database needs.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, R2D2Connection};
use url::Url;

use super::checkpoints::LEAVE_TO_THREAD;
use super::{Conn, Tls, tls};

/// `sqlite://PATH` or `postgres://…`, which says of TLS what there is to be (`src/db/tls.rs`). Debug and Display leave a
/// password out.
#[derive(Clone)]
pub enum DatabaseUrl {
    Sqlite { path: String },
    Postgres { url: Url },
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return match path {
                "" => Err("names no file; write sqlite://guildhall.db or sqlite:///absolute/path.db".into()),
                ":memory:" => Err("must be a file: every connection would see an empty database of its own".into()),
                path => Ok(Self::Sqlite { path: path.to_owned() }),
            };
        }
        let mut url = Url::parse(text).map_err(|error| error.to_string())?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err("must begin with sqlite:// or postgres://".into());
        }
        if !url.query_pairs().any(|(key, _)| key == "connect_timeout") {
            url.query_pairs_mut().append_pair("connect_timeout", "3");
        }
        tls::settle(&mut url)?;
        Ok(Self::Postgres { url })
    }
}

impl DatabaseUrl {
    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres { .. })
    }

    /// The machine that it is on, if it is another one, and how that is spoken to.
    pub fn elsewhere(&self) -> Option<(String, Tls)> {
        match self {
            Self::Sqlite { .. } => None,
            Self::Postgres { url } => tls::elsewhere(url),
        }
    }

    /// Connections of the pool; SQLite's one that writes is beside it.
    pub(super) fn pool_size(&self) -> u32 {
        match self {
            Self::Sqlite { .. } => 5,
            Self::Postgres { .. } => 12,
        }
    }

    /// One connection with its settings made, outside of any pool: for tests and for the benchmarks' bare Diesel.
    ///
    /// # Errors
    /// As the database says, without a password.
    pub fn connect(&self) -> Result<Conn, String> {
        match self {
            Self::Sqlite { path } => {
                let mut conn = SqliteConnection::establish(path).map_err(|error| format!("{path}: {error}"))?;
                // The order matters: the timeout first, so that switching to WAL waits for its turn.
                conn.batch_execute(
                    "PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON;",
                )
                .map_err(|error| format!("{path}: {error}"))?;
                Ok(Conn::Sqlite(conn))
            }
            Self::Postgres { url } => {
                let mut conn = PgConnection::establish(url.as_str()).map_err(|error| error.to_string())?;
                conn.batch_execute("SET statement_timeout = '2500ms'; SET lock_timeout = '2000ms';")
                    .map_err(|error| error.to_string())?;
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

impl std::fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite { path } => write!(f, "sqlite://{path}"),
            Self::Postgres { url } => {
                write!(f, "postgres://{}:{}{}", url.host_str().unwrap_or(""), url.port().unwrap_or(5432), url.path())
            }
        }
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// Whether a message of the database says "not now" rather than "never".
pub(super) fn is_passing(text: &str) -> bool {
    const SIGNS: [&str; 18] = [
        "database is locked",
        "database table is locked",
        "disk I/O error",
        "unable to open database",
        "database or disk is full",
        "readonly database",
        "server closed the connection",
        "no connection to the server",
        "could not connect",
        // The same in TLS: the server has gone.
        "SSL SYSCALL error",
        "SSL connection has been closed",
        "unexpected eof while reading",
        "Connection refused",
        "terminating connection",
        "statement timeout",
        "lock timeout",
        "deadlock detected",
        "the database system is",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// So long after its last use a connection is believed to be there: asking costs as much as a small query.
const GOOD_FOR: Duration = Duration::from_millis(250);

/// Makes and checks connections, for the pool and for the one that writes. Clones count together.
#[derive(Clone, Debug)]
pub(super) struct Manager {
    url: DatabaseUrl,
    queries: Arc<AtomicU64>,
    transactions: Arc<AtomicU64>,
}

impl Manager {
    pub(super) fn new(url: DatabaseUrl, queries: Arc<AtomicU64>, transactions: Arc<AtomicU64>) -> Self {
        Self { url, queries, transactions }
    }
}

#[derive(Debug)]
pub(super) struct ConnectionTrouble(String);

impl ConnectionTrouble {
    /// There is no thread to use it on.
    pub(super) fn of_thread(error: &std::io::Error) -> Self {
        Self(format!("no thread can be started: {error}"))
    }
}

impl std::fmt::Display for ConnectionTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for ConnectionTrouble {}

/// A connection that is used again and again.
pub(super) struct Kept {
    pub conn: Conn,
    given_back: Instant,
}

impl ManageConnection for Manager {
    type Connection = Kept;
    type Error = ConnectionTrouble;

    fn connect(&self) -> Result<Kept, ConnectionTrouble> {
        let mut conn = self.url.connect().map_err(ConnectionTrouble)?;
        if let Conn::Sqlite(c) = &mut conn {
            c.batch_execute(LEAVE_TO_THREAD).map_err(|error| ConnectionTrouble(error.to_string()))?;
        }
        conn.set_instrumentation(Counter {
            queries: self.queries.clone(),
            transactions: self.transactions.clone(),
            of_transaction: false,
        });
        Ok(Kept { conn, given_back: Instant::now() })
    }

    fn is_valid(&self, kept: &mut Kept) -> Result<(), ConnectionTrouble> {
        match &mut kept.conn {
            Conn::Postgres(c) if kept.given_back.elapsed() > GOOD_FOR => {
                c.ping().map_err(|error| ConnectionTrouble(error.to_string()))?;
                // Nobody has asked for it.
                self.queries.fetch_sub(1, Ordering::Relaxed);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Asked when it is given back.
    fn has_broken(&self, kept: &mut Kept) -> bool {
        kept.given_back = Instant::now();
        std::thread::panicking() || kept.conn.is_broken()
    }
}

/// Counts statements; BEGIN, COMMIT and savepoints are a transaction, not a query. What a statement says is never
/// looked at: it would have to be written out for that.
struct Counter {
    queries: Arc<AtomicU64>,
    transactions: Arc<AtomicU64>,
    /// The next statement is the transaction's own.
    of_transaction: bool,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::BeginTransaction { depth, .. } => {
                self.of_transaction = true;
                if depth.get() == 1 {
                    self.transactions.fetch_add(1, Ordering::Relaxed);
                }
            }
            InstrumentationEvent::CommitTransaction { .. } | InstrumentationEvent::RollbackTransaction { .. } => {
                self.of_transaction = true;
            }
            InstrumentationEvent::StartQuery { .. } if !std::mem::take(&mut self.of_transaction) => {
                self.queries.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}
