//! The questions a bot asks of Redis: the epoch, the log, the snapshots of guilds, what is noted as
//! applied.
//!
//! When they are asked, and what follows from the answers, is `catchup`'s matter.

use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::streams::{StreamId, StreamInfoStreamReply, StreamRangeReply};
use redis::{ErrorKind, Pipeline, RedisError, RedisResult, Value};

use crate::catchup::Source;
use crate::change::Change;
use crate::inbox::Pair;
use crate::{Applied, ConfigMessage, GuildId, ModuleName, Names};

/// How long an answer may take before the connection counts as dead.
const PATIENCE: Duration = Duration::from_secs(10);
/// Guilds read in one round trip.
const BATCH: usize = 500;
const EPOCH: &[&str] = &["database", "complete"];
/// Log entries read in one round trip.
const LOG_PAGE: usize = 1_000;

/// The database Redis belongs to, and whether the snapshot holds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Epoch {
    pub(crate) database: Option<String>,
    pub(crate) complete: bool,
}

/// A place in a stream; the default is before its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(pub(crate) u64, pub(crate) u64);

/// Some entries of the log, in their order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) first: Option<Position>,
    pub(crate) last: Option<Position>,
    /// What could be read of them: the pairs with their revisions.
    pub(crate) logged: Vec<(Pair, u64)>,
}

/// One guild's snapshot: the changes in it, and the fields that could not be read.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) guild: GuildId,
    pub(crate) changes: Vec<Change>,
    pub(crate) unreadable: Vec<ModuleName>,
    /// Whether, at the moment it was read, what is absent was never saved.
    pub(crate) whole: bool,
}

/// Asks over one connection; every answer has a limit of 10 s.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) connection: MultiplexedConnection,
    pub(crate) names: Names,
}

impl Source for Reader {
    async fn epoch(&mut self) -> RedisResult<Epoch> {
        let mut ask = redis::cmd("HMGET");
        ask.arg(self.names.epoch()).arg(EPOCH);
        let fields = patiently(ask.query_async(&mut self.connection)).await?;
        Ok(epoch(fields))
    }

    async fn last_logged(&mut self) -> RedisResult<Position> {
        let mut ask = redis::cmd("XINFO");
        ask.arg("STREAM").arg(self.names.log());
        let answer: RedisResult<StreamInfoStreamReply> = patiently(ask.query_async(&mut self.connection)).await;
        match answer {
            Ok(info) => Ok(Position::parse(&info.last_generated_id).unwrap_or_default()),
            // Nothing was ever logged: the key is not there.
            Err(error) if error.detail() == Some("no such key") => Ok(Position::default()),
            Err(error) => Err(error),
        }
    }

    async fn log_from(&mut self, from: Position) -> RedisResult<Page> {
        let mut ask = redis::cmd("XRANGE");
        ask.arg(self.names.log()).arg(from.to_string()).arg("+").arg("COUNT").arg(LOG_PAGE);
        let page: StreamRangeReply = patiently(ask.query_async(&mut self.connection)).await?;
        let position = |entry: Option<&StreamId>| Position::parse(&entry?.id);
        Ok(Page {
            first: position(page.ids.first()),
            last: position(page.ids.last()),
            logged: page.ids.iter().filter_map(logged).collect(),
        })
    }

    /// 500 in a round trip. Each batch is one transaction with the epoch: a rebuild may begin and
    /// end at any time, and what is absent says something only at the moment it was absent.
    async fn snapshots(&mut self, guilds: &[GuildId]) -> RedisResult<Vec<Snapshot>> {
        let mut all = Vec::with_capacity(guilds.len());
        for batch in guilds.chunks(BATCH) {
            let mut ask = Pipeline::with_capacity(batch.len() + 1);
            ask.atomic().cmd("HMGET").arg(self.names.epoch()).arg(EPOCH);
            for guild in batch {
                ask.hgetall(self.names.current(*guild));
            }
            let mut answers: Vec<Value> = patiently(ask.query_async(&mut self.connection)).await?;
            let whole = answers.drain(..1).next().map(redis::from_redis_value).transpose()?.is_some_and(is_complete);
            for (guild, fields) in batch.iter().zip(answers) {
                all.push(snapshot(*guild, redis::from_redis_value(fields)?, whole));
            }
        }
        Ok(all)
    }

    async fn changes(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Change>> {
        let values = self.fields(pairs, |names, guild| names.current(guild)).await?;
        let read = pairs.iter().zip(values).filter_map(|((guild, module), value)| change(*guild, module, &value?));
        Ok(read.collect())
    }

    async fn applied(&mut self, pairs: &[Pair]) -> RedisResult<Vec<Option<Applied>>> {
        let values = self.fields(pairs, |names, guild| names.applied(guild)).await?;
        Ok(values.into_iter().map(|value| serde_json::from_slice(&value?).ok()).collect())
    }
}

impl Reader {
    /// The pairs' modules in their guilds' hashes, in their order, 500 in a round trip.
    async fn fields(
        &mut self,
        pairs: &[Pair],
        key: impl Fn(&Names, GuildId) -> String,
    ) -> RedisResult<Vec<Option<Vec<u8>>>> {
        let mut all = Vec::with_capacity(pairs.len());
        for batch in pairs.chunks(BATCH) {
            let mut ask = Pipeline::with_capacity(batch.len());
            for (guild, module) in batch {
                ask.hget(key(&self.names, *guild), module.as_str());
            }
            all.extend(patiently(ask.query_async::<Vec<Option<Vec<u8>>>>(&mut self.connection)).await?);
        }
        Ok(all)
    }
}

type EpochFields = (Option<String>, Option<String>);

fn epoch((database, complete): EpochFields) -> Epoch {
    Epoch { database, complete: complete.as_deref() == Some("1") }
}

fn is_complete(fields: EpochFields) -> bool {
    epoch(fields).complete
}

fn logged(entry: &StreamId) -> Option<(Pair, u64)> {
    let guild = entry.get::<String>("guildId")?.parse().ok()?;
    let module = entry.get::<String>("module")?.parse().ok()?;
    Some(((guild, module), entry.get("revision")?))
}

fn snapshot(guild: GuildId, fields: HashMap<String, Vec<u8>>, whole: bool) -> Snapshot {
    let mut read = Snapshot { guild, changes: Vec::new(), unreadable: Vec::new(), whole };
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
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (time, number) = text.split_once('-')?;
        Some(Self(time.parse().ok()?, number.parse().ok()?))
    }

    /// The next place, where nothing may be yet.
    pub(crate) fn behind(self) -> Self {
        match self.1.checked_add(1) {
            Some(number) => Self(self.0, number),
            None => Self(self.0.saturating_add(1), 0),
        }
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
