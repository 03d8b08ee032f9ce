//! The questions a bot asks of Redis: the epoch, where the log stands, the snapshots of guilds.
//!
//! When they are asked, and what follows from the answers, is `catchup`'s matter.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::streams::{StreamInfoStreamReply, StreamRangeReply};
use redis::{ErrorKind, Pipeline, RedisError, RedisResult};

use crate::change::Change;
use crate::inbox::Pair;
use crate::{ConfigMessage, GuildId, ModuleName, Names};

/// How long an answer may take before the connection counts as dead.
const PATIENCE: Duration = Duration::from_secs(10);
/// Guilds read in one round trip.
const BATCH: usize = 500;
/// Log entries read in one round trip.
const LOG_PAGE: usize = 1_000;

/// The database Redis belongs to, and whether the snapshot holds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Epoch {
    pub(crate) database: Option<String>,
    pub(crate) complete: bool,
}

/// A place in the log; the default is its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(u64, u64);

/// Where the log begins and how far it has come. Without entries it has no beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogState {
    pub(crate) first: Option<Position>,
    pub(crate) last: Position,
}

/// One guild's snapshot: the changes in it, and the fields that could not be read.
pub(crate) struct Snapshot {
    pub(crate) changes: Vec<Change>,
    pub(crate) unreadable: Vec<ModuleName>,
}

/// Asks over one connection; every answer has a limit of 10 s.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) connection: MultiplexedConnection,
    pub(crate) names: Names,
}

impl Reader {
    pub(crate) async fn epoch(&mut self) -> RedisResult<Epoch> {
        let mut ask = redis::cmd("HMGET");
        ask.arg(self.names.epoch()).arg(&["database", "complete"]);
        let (database, complete): (Option<String>, Option<String>) =
            patiently(ask.query_async(&mut self.connection)).await?;
        Ok(Epoch { database, complete: complete.as_deref() == Some("1") })
    }

    pub(crate) async fn log_state(&mut self) -> RedisResult<LogState> {
        let mut ask = redis::cmd("XINFO");
        ask.arg("STREAM").arg(self.names.log());
        let answer: RedisResult<StreamInfoStreamReply> = patiently(ask.query_async(&mut self.connection)).await;
        match answer {
            Ok(info) => Ok(LogState {
                first: Position::parse(&info.first_entry.id),
                last: Position::parse(&info.last_generated_id).unwrap_or_default(),
            }),
            // Nothing was ever logged: the key is not there.
            Err(error) if error.detail() == Some("no such key") => Ok(LogState::default()),
            Err(error) => Err(error),
        }
    }

    /// The pairs logged after `from`, with their revisions, and how far that goes. At most a page.
    pub(crate) async fn log_after(&mut self, from: Position) -> RedisResult<(Vec<(Pair, u64)>, Position)> {
        let mut ask = redis::cmd("XRANGE");
        ask.arg(self.names.log()).arg(format!("({from}")).arg("+").arg("COUNT").arg(LOG_PAGE);
        let page: StreamRangeReply = patiently(ask.query_async(&mut self.connection)).await?;
        let upto = page.ids.last().and_then(|entry| Position::parse(&entry.id)).unwrap_or(from);
        let logged = page.ids.iter().filter_map(|entry| {
            let guild = entry.get::<String>("guildId")?.parse().ok()?;
            let module = entry.get::<String>("module")?.parse().ok()?;
            Some(((guild, module), entry.get("revision")?))
        });
        Ok((logged.collect(), upto))
    }

    /// The snapshots of `guilds`, in their order, 500 in a round trip.
    pub(crate) async fn snapshots(&mut self, guilds: &[GuildId]) -> RedisResult<Vec<Snapshot>> {
        let mut all = Vec::with_capacity(guilds.len());
        for batch in guilds.chunks(BATCH) {
            let mut ask = Pipeline::with_capacity(batch.len());
            for guild in batch {
                ask.hgetall(self.names.current(*guild));
            }
            let answer: Vec<HashMap<String, Vec<u8>>> = patiently(ask.query_async(&mut self.connection)).await?;
            all.extend(batch.iter().zip(answer).map(|(guild, fields)| snapshot(*guild, fields)));
        }
        Ok(all)
    }

    /// The newest change of each of `pairs` that has one.
    pub(crate) async fn changes(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Change>> {
        let mut all = Vec::with_capacity(pairs.len());
        for batch in pairs.chunks(BATCH) {
            let mut ask = Pipeline::with_capacity(batch.len());
            for (guild, module) in batch {
                ask.hget(self.names.current(*guild), module.as_str());
            }
            let answer: Vec<Option<Vec<u8>>> = patiently(ask.query_async(&mut self.connection)).await?;
            let read = batch.iter().zip(answer).filter_map(|((guild, module), value)| change(*guild, module, &value?));
            all.extend(read);
        }
        Ok(all)
    }
}

fn snapshot(guild: GuildId, fields: HashMap<String, Vec<u8>>) -> Snapshot {
    let mut read = Snapshot { changes: Vec::new(), unreadable: Vec::new() };
    for (field, value) in fields {
        let Ok(module) = field.parse() else { continue };
        match change(guild, &module, &value) {
            Some(change) => read.changes.push(change),
            None => read.unreadable.push(module),
        }
    }
    read
}

/// A stored message, if it can be read and is about the pair it is stored under.
fn change(guild: GuildId, module: &ModuleName, value: &[u8]) -> Option<Change> {
    let message: Option<ConfigMessage> = serde_json::from_slice(value).ok();
    let change = message.and_then(Change::of);
    let found = change.filter(|change| change.guild_id == guild && change.module == *module);
    if found.is_none() {
        tracing::warn!(guild.id = %guild, %module, "a stored message cannot be read");
    }
    found
}

impl Position {
    fn parse(text: &str) -> Option<Self> {
        let (time, number) = text.split_once('-')?;
        Some(Self(time.parse().ok()?, number.parse().ok()?))
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}

/// Waits for an answer, but not for ever.
pub(crate) async fn patiently<T>(answer: impl Future<Output = RedisResult<T>>) -> RedisResult<T> {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answer) => answer,
        Err(_) => Err(RedisError::from((ErrorKind::Io, "no answer within 10 s"))),
    }
}
