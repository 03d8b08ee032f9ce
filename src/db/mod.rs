//! The database: one code path for SQLite and PostgreSQL.
//!
//! [`Db::run`] and [`Db::write`] are the only ways to a connection, on threads that may wait; [`write`] and [`shared`]
//! the only ways to a transaction. What the tables mean is said where they are used, not here.

mod alone;
pub mod backup;
pub mod catalog;
mod checkpoints;
mod connect;
pub mod counted;
mod error;
mod first;
mod migrate;
#[cfg(test)]
pub(crate) mod plans;
mod pressure;
mod several;
mod shared;
mod tls;
mod transaction;
mod writer;
#[cfg(test)]
mod writer_tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::r2d2::Pool;
use tokio::sync::Semaphore;

#[cfg(any(test, feature = "fuzz"))]
pub use alone::in_memory;
pub use alone::{connect_for_long, open_for_long};
use checkpoints::Checkpoints;
pub use connect::DatabaseUrl;
pub use error::DbError;
pub use first::{Few, at_most, first, row_behind};
pub use migrate::{SchemaTrouble, Standing, known_versions, may_migrate, standing};
pub use pressure::PoolUse;
use pressure::Wait;
pub use several::{Order, several};
pub use tls::{Tls, advice, is_here};
pub use transaction::write;
use writer::Writer;

use crate::sizes::Size;

/// Longer than this a request does not wait for the database (a frozen PostgreSQL never answers).
const PATIENCE: Duration = Duration::from_secs(3);
/// Later than this a transaction of a request is rolled back: its answer could come after the patience has ended.
const LATEST_COMMIT: Duration = Duration::from_millis(2_500);

#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Runs one statement on whichever connection it is: for what the enum itself cannot (ON CONFLICT, RETURNING), and for
/// what is run very often, because for the enum each statement is written out several times.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $c:ident => $e:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($c) => $e,
            $crate::db::Conn::Sqlite($c) => $e,
        }
    };
}

/// Connections to the one database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<connect::Manager>,
    waiting: Arc<Semaphore>,
    /// Of SQLite, beside the pool.
    writer: Option<Writer>,
    /// Of SQLite: they end with the last clone.
    _checkpoints: Option<Arc<Checkpoints>>,
    queries: Arc<AtomicU64>,
    transactions: Arc<AtomicU64>,
    deployment: Arc<str>,
    pressure: Arc<pressure::Pressure>,
    kind: &'static str,
}

impl Db {
    /// Connects and applies what migrations are missing, for which the account has to own the tables.
    ///
    /// # Errors
    /// [`SchemaTrouble`] says what to do: an unreachable database, a schema newer than this program.
    pub fn open(url: &DatabaseUrl) -> Result<Self, SchemaTrouble> {
        let deployment = migrate::apply(url)?;
        let queries = Arc::new(AtomicU64::new(0));
        let transactions = Arc::new(AtomicU64::new(0));
        let size = url.pool_size();
        let manager = connect::Manager::new(url.clone(), queries.clone(), transactions.clone());
        let unreachable = |error: String| SchemaTrouble::Unreachable(error);
        let writer = (!url.is_postgres()).then(|| Writer::open(manager.clone())).transpose();
        let writer = writer.map_err(|error| unreachable(error.to_string()))?;
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(2))
            .test_on_check_out(url.is_postgres())
            .build(manager)
            .map_err(|error| unreachable(error.to_string()))?;
        let checkpoints = writer.clone().map(|writer| Checkpoints::start(url.clone(), queries.clone(), writer));
        Ok(Self {
            pool,
            waiting: Arc::new(Semaphore::new(size as usize * 2)),
            writer,
            _checkpoints: checkpoints.map(Arc::new),
            queries,
            transactions,
            deployment: deployment.into(),
            pressure: Arc::default(),
            kind: if url.is_postgres() { "postgresql" } else { "sqlite" },
        })
    }

    /// Runs `work` with a connection of the pool, for at most three seconds.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when there is no connection or no answer in time; else what `work` says.
    pub async fn run<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (pool, wait) = (self.pool.clone(), Wait::begin(&self.pressure));
        self.patiently(move || with_any(&pool, wait, work)).await
    }

    /// Runs `work` in one write transaction: all of it happens, or nothing. On SQLite all of them go through one
    /// connection, in the order in which they were asked for.
    ///
    /// # Errors
    /// As [`Db::run`], and [`DbError::Unavailable`] when too many stand in line, or the work ends too late.
    pub async fn write<T, E>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let wait = Wait::begin(&self.pressure);
        match &self.writer {
            Some(writer) => writer.write(wait, work).await,
            None => self.alone(wait, work).await,
        }
    }

    /// A transaction of its own.
    async fn alone<T, E>(
        &self,
        wait: Wait,
        work: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let (begun, pool) = (Instant::now(), self.pool.clone());
        let transaction = move |conn: &mut Conn| -> Result<T, E> {
            write(conn, |conn| {
                let value = work(conn)?;
                // Whoever asked is about to be told that nothing was saved: then nothing may be.
                if begun.elapsed() > LATEST_COMMIT {
                    return Err(DbError::Unavailable("too late to commit".to_owned()).into());
                }
                Ok(value)
            })
        };
        self.patiently(move || with_any(&pool, wait, transaction)).await
    }

    /// Runs `work` on the blocking pool, for at most three seconds.
    async fn patiently<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let unavailable = |text: &str| E::from(DbError::Unavailable(text.to_owned()));
        let answer = tokio::time::timeout(PATIENCE, async {
            let place = self.waiting.clone().acquire_owned().await.map_err(|_| unavailable("closed"))?;
            let span = tracing::Span::current();
            tokio::task::spawn_blocking(move || {
                // What is logged in there belongs to the request that asked.
                let _entered = span.entered();
                let _place = place;
                work()
            })
            .await
            .unwrap_or_else(|panic| Err(DbError::Broken(panic.to_string()).into()))
        });
        answer.await.unwrap_or_else(|_| Err(unavailable("no answer in time")))
    }

    /// The random id this database was given by its first start.
    pub fn deployment(&self) -> &str {
        &self.deployment
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn ping(&self) -> Result<(), DbError> {
        if self.writer.as_ref().is_some_and(|writer| !writer.is_there()) {
            return Err(DbError::Unavailable("nobody writes any more".to_owned()));
        }
        let queries = self.queries.clone();
        self.run(move |conn| {
            diesel::sql_query("SELECT 1").execute(conn)?;
            // Nobody has asked for anything.
            queries.fetch_sub(1, Ordering::Relaxed);
            Ok(())
        })
        .await
    }

    /// Which of the two it is: `sqlite` or `postgresql`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// How the connections are used at this moment, SQLite's one that writes among them.
    pub fn pool(&self) -> PoolUse {
        let state = self.pool.state();
        let (open, idle) = self.writer.as_ref().map_or((0, 0), Writer::open_and_idle);
        PoolUse {
            open: state.connections + open,
            idle: state.idle_connections + idle,
            most: self.pool.max_size() + u32::from(self.writer.is_some()),
            waiting: self.pressure.waiting(),
        }
    }

    /// How many writes stand in line; PostgreSQL has no such line.
    pub fn size(&self) -> Option<Size> {
        self.writer.as_ref().map(Writer::size)
    }

    /// Statements run so far (BEGIN, COMMIT and their like not counted), for tests that hold a count.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    /// Transactions begun so far, for tests that hold a count.
    pub fn transactions(&self) -> u64 {
        self.transactions.load(Ordering::Relaxed)
    }
}

/// Runs `work` with a connection of the pool.
fn with_any<T, E: From<DbError>>(
    pool: &Pool<connect::Manager>,
    wait: Wait,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    let got = pool.get();
    wait.over();
    let mut kept = got.map_err(|error| DbError::Unavailable(error.to_string()))?;
    work(&mut kept.conn)
}

/// A name from outside as both databases can store it: PostgreSQL knows no NUL, and no control character has a
/// meaning in a name.
pub fn storable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}
