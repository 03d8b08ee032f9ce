//! Claims on commands in Redis: `bot:command:{commandId}`, kept for a day.

use std::future::Future;
use std::time::Duration;

use redis::Pipeline;
use uuid::Uuid;

use crate::link::Link;
use crate::record::{CommandRecord, Outcome};
use crate::{Names, Unreachable};

/// How long a claim and its result are kept.
const KEPT: u64 = 24 * 60 * 60;
const BOUND: Duration = Duration::from_secs(2);

/// Where claims are kept. Each call may have had its effect though it gives an error.
pub(crate) trait Claims: Clone + Send + Sync + 'static {
    /// Claims a command, and gives the record that stands there then: ours, or whose it is.
    fn claim(
        &self,
        command: Uuid,
        ours: &CommandRecord,
    ) -> impl Future<Output = Result<CommandRecord, Unreachable>> + Send;

    /// Keeps the result of a command that this process has claimed.
    fn keep(&self, command: Uuid, record: &CommandRecord) -> impl Future<Output = Result<(), Unreachable>> + Send;

    /// Settles a claim whose process is dead, unless it has a result. Gives the result that holds then; none: it was
    /// touched at this very moment, look again.
    fn settle(
        &self,
        command: Uuid,
        outcome: &Outcome,
    ) -> impl Future<Output = Result<Option<Outcome>, Unreachable>> + Send;
}

#[derive(Clone)]
pub(crate) struct RedisClaims {
    pub(crate) link: Link,
    /// For what needs a connection of its own.
    pub(crate) client: redis::Client,
    pub(crate) names: Names,
}

impl Claims for RedisClaims {
    async fn claim(&self, command: Uuid, ours: &CommandRecord) -> Result<CommandRecord, Unreachable> {
        let (key, value) = (&self.names.command(command), &text(ours)?);
        let work = |mut wire| async move {
            let mut both = Pipeline::with_capacity(2);
            both.cmd("SET").arg(key).arg(value).arg("NX").arg("EX").arg(KEPT).ignore();
            both.get(key);
            both.query_async::<(Option<String>,)>(&mut wire).await
        };
        let (stands,) = self.link.call(BOUND, work).await?;
        // What cannot be read was written by somebody: it is not ours to do.
        Ok(stands.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| CommandRecord {
            bot_id: String::new(),
            life: String::new(),
            at: ours.at,
            result: None,
        }))
    }

    async fn keep(&self, command: Uuid, record: &CommandRecord) -> Result<(), Unreachable> {
        let (key, value) = (&self.names.command(command), &text(record)?);
        let work = |mut wire| async move {
            redis::cmd("SET").arg(key).arg(value).arg("EX").arg(KEPT).exec_async(&mut wire).await
        };
        self.link.call(BOUND, work).await
    }

    async fn settle(&self, command: Uuid, outcome: &Outcome) -> Result<Option<Outcome>, Unreachable> {
        let key = self.names.command(command);
        let work = async {
            let broken = |error: redis::RedisError| Unreachable::from_redis(&error);
            let mut own = self.client.get_multiplexed_async_connection().await.map_err(broken)?;
            redis::cmd("WATCH").arg(&key).exec_async(&mut own).await.map_err(broken)?;
            let stands: Option<String> = redis::cmd("GET").arg(&key).query_async(&mut own).await.map_err(broken)?;
            let record = stands.and_then(|text| serde_json::from_str::<CommandRecord>(&text).ok());
            if let Some(result) = record.as_ref().and_then(|record| record.result.clone()) {
                return Ok(Some(result));
            }
            let record = record.unwrap_or_else(|| CommandRecord {
                bot_id: String::new(),
                life: String::new(),
                at: crate::now_ms(),
                result: None,
            });
            let settled = text(&CommandRecord { result: Some(outcome.clone()), ..record })?;
            let mut set = Pipeline::with_capacity(1);
            set.atomic().cmd("SET").arg(&key).arg(settled).arg("EX").arg(KEPT);
            let done: Option<(String,)> = set.query_async(&mut own).await.map_err(broken)?;
            Ok(done.map(|_| outcome.clone()))
        };
        tokio::time::timeout(BOUND, work).await.unwrap_or(Err(Unreachable::Late))
    }
}

fn text(record: &CommandRecord) -> Result<String, Unreachable> {
    serde_json::to_string(record).map_err(|_| Unreachable::Unsendable)
}
