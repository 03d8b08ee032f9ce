//! One connection to Redis that is made when needed, replaced when dead, and never waited for
//! longer than the caller allows.
//!
//! It does not retry for anybody beyond one fresh connection, keeps no queue, and knows no
//! command. The redis crate's connection manager is not used: after an outage its callers wait
//! for all its retries, and it does not tell when a connection is a new one.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::io::tcp::{TcpSettings, socket2::TcpKeepalive};
use redis::{
    AsyncConnectionConfig, Client, Cmd, ErrorKind, Pipeline, RedisFuture, RedisResult, ServerErrorKind, Value,
};

use crate::{BadRedisUrl, Unreachable, tls};

/// How long making a connection may take. Callers do not wait for it beyond their own bound; the
/// attempt goes on and serves the next caller.
pub(crate) const CONNECT: Duration = Duration::from_secs(2);
/// So many calls must have failed in a row before Redis is left alone but for probes.
const FAILURES: u32 = 3;
/// How often a Redis that does not answer is probed.
const PROBE: Duration = Duration::from_secs(1);
/// A connection that answered nothing for so long, though asked, is replaced: the far host may
/// have vanished without a word.
const SILENCE: Duration = Duration::from_secs(5);

/// A client for the Redis at an address, as [`Publisher`](crate::Publisher) and
/// [`ConfigSubscriber`](crate::ConfigSubscriber) have it: for whoever asks the same Redis for
/// something else, so that an address means one thing to all. It notices a vanished peer. Nothing
/// is connected yet.
///
/// With `rediss://` there is TLS. `sslrootcert=FILE` in its query names the authorities to trust,
/// instead of the public ones; `sslcert=FILE&sslkey=FILE` the certificate to show, and its key. All
/// are PEM, and read now: what is in them later is not noticed.
///
/// # Errors
/// When the address, or a file that it names, cannot be understood.
pub fn redis_client(url: &str) -> Result<Client, BadRedisUrl> {
    let bad = |error: redis::RedisError| BadRedisUrl(error.to_string());
    let alive = TcpKeepalive::new().with_time(SILENCE).with_interval(SILENCE);
    let tcp = TcpSettings::default().set_nodelay(true).set_keepalive(alive);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let tcp = tcp.set_user_timeout(SILENCE);
    let (info, certificates) = tls::read(url)?;
    let info = info.set_tcp_settings(tcp);
    match certificates {
        Some(certificates) => Client::build_with_tls(info, certificates).map_err(bad),
        None => Client::open(info).map_err(bad),
    }
}

/// The connection. Clones share it.
#[derive(Clone)]
pub(crate) struct Link(Arc<Inner>);

struct Inner {
    client: Client,
    state: Mutex<State>,
    round_trips: Arc<AtomicU64>,
}

struct State {
    current: Option<Current>,
    made: u64,
    failures: u32,
    probed: Instant,
}

#[derive(Clone)]
struct Current {
    number: u64,
    connecting: Shared<BoxFuture<'static, Result<MultiplexedConnection, Unreachable>>>,
    answered: Instant,
}

impl Link {
    /// Prepares a connection; nothing is connected, and no runtime is needed yet.
    pub(crate) fn new(url: &str) -> Result<Self, BadRedisUrl> {
        let state = State { current: None, made: 0, failures: 0, probed: Instant::now() };
        Ok(Self(Arc::new(Inner { client: redis_client(url)?, state: Mutex::new(state), round_trips: Arc::default() })))
    }

    /// Commands and pipelines sent so far, by all clones.
    pub(crate) fn round_trips(&self) -> u64 {
        self.0.round_trips.load(Ordering::Relaxed)
    }

    /// Connections begun so far.
    pub(crate) fn connections(&self) -> u64 {
        self.state().made
    }

    /// Runs `work` on the connection and answers within `bound`, whatever happens. `work` is run
    /// a second time, on a fresh connection, when the one it had was found dead: it must be
    /// something that may be done twice.
    pub(crate) async fn call<T, F, Fut>(&self, bound: Duration, work: F) -> Result<T, Unreachable>
    where
        F: Fn(Wire) -> Fut,
        Fut: Future<Output = RedisResult<T>>,
    {
        self.admit()?;
        let answer = match tokio::time::timeout(bound, self.attempt(&work)).await {
            Ok(answer) => answer,
            Err(_) => Err(Unreachable::Late),
        };
        self.remember(&answer);
        answer
    }

    /// While the last calls failed, lets one through a second.
    fn admit(&self) -> Result<(), Unreachable> {
        let mut state = self.state();
        if state.failures < FAILURES {
            return Ok(());
        }
        if state.probed.elapsed() < PROBE {
            return Err(Unreachable::Skipped);
        }
        state.probed = Instant::now();
        Ok(())
    }

    async fn attempt<T, F, Fut>(&self, work: &F) -> Result<T, Unreachable>
    where
        F: Fn(Wire) -> Fut,
        Fut: Future<Output = RedisResult<T>>,
    {
        let mut again = true;
        loop {
            let current = self.current();
            let connection = match current.connecting.await {
                Ok(connection) => connection,
                Err(error) => {
                    self.forget(current.number);
                    return Err(error);
                }
            };
            let wire = Wire { connection, round_trips: Arc::clone(&self.0.round_trips) };
            match work(wire).await {
                Ok(answer) => return Ok(answer),
                Err(error) if is_dead(&error) => {
                    self.forget(current.number);
                    if !again {
                        return Err(Unreachable::from_redis(&error));
                    }
                    again = false;
                }
                Err(error) => return Err(Unreachable::from_redis(&error)),
            }
        }
    }

    /// The connection in use, or the one being made; begins one if there is none.
    fn current(&self) -> Current {
        let mut state = self.state();
        if let Some(current) = &state.current {
            return current.clone();
        }
        let client = self.0.client.clone();
        let attempt = tokio::spawn(async move { connect(&client).await });
        let connecting = async move { attempt.await.unwrap_or_else(|gone| Err(Unreachable::Broken(gone.to_string()))) };
        state.made += 1;
        let current = Current { number: state.made, connecting: connecting.boxed().shared(), answered: Instant::now() };
        state.current = Some(current.clone());
        current
    }

    fn forget(&self, number: u64) {
        self.state().current.take_if(|current| current.number == number);
    }

    fn remember<T>(&self, answer: &Result<T, Unreachable>) {
        let mut state = self.state();
        match answer {
            Ok(_) | Err(Unreachable::Refused(_) | Unreachable::Forbidden(_)) => {
                state.failures = 0;
                if let Some(current) = &mut state.current {
                    current.answered = Instant::now();
                }
            }
            Err(_) => {
                state.failures = state.failures.saturating_add(1);
                if state.failures == FAILURES {
                    state.probed = Instant::now();
                }
                state.current.take_if(|current| current.answered.elapsed() >= SILENCE);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn connect(client: &Client) -> Result<MultiplexedConnection, Unreachable> {
    let config = AsyncConnectionConfig::new().set_connection_timeout(Some(CONNECT)).set_response_timeout(None);
    let connecting = client.get_multiplexed_async_connection_with_config(&config);
    match tokio::time::timeout(CONNECT, connecting).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(Unreachable::Broken(error.to_string())),
        Err(_) => Err(Unreachable::Late),
    }
}

/// A replica that was the primary until now, or one that lost its primary, is as good as dead:
/// the address may lead elsewhere by now.
pub(crate) fn is_dead(error: &redis::RedisError) -> bool {
    let moved = matches!(error.kind(), ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown));
    moved || error.is_unrecoverable_error() || error.is_connection_dropped()
}

/// The connection as `work` gets it: counts what it sends.
#[derive(Clone)]
pub(crate) struct Wire {
    connection: MultiplexedConnection,
    round_trips: Arc<AtomicU64>,
}

impl ConnectionLike for Wire {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        self.connection.req_packed_command(cmd)
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        self.round_trips.fetch_add(1, Ordering::Relaxed);
        self.connection.req_packed_commands(pipeline, offset, count)
    }

    fn get_db(&self) -> i64 {
        self.connection.get_db()
    }
}
