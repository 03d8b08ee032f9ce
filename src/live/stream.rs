//! Reading the bot's durable stream, as one of a group: what was said while nobody listened is not missed.
//!
//! Instances share the work. An entry is acknowledged after its commit; one that a dead instance had taken is
//! claimed after a minute, and one that cannot be taken five times is put aside in a table.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use config_sync::Names;
use diesel::prelude::*;
use redis::aio::MultiplexedConnection;
use redis::streams::{StreamClaimReply, StreamId, StreamPendingCountReply, StreamReadReply};
use redis::{AsyncConnectionConfig, Client, RedisError, RedisResult};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::intake::{self, Intake};
use crate::clock::Millis;
use crate::db::DbError;
use crate::events::Source;
use crate::schema::put_aside_events;

/// The group that has read and acknowledged what is taken in.
pub const GROUP: &str = "guildhall";
const PAGE: usize = 100;
/// How long a reading waits for something new, and how much longer for an answer at all.
const BLOCK: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(5);
/// How often entries of the dead are looked for, and how long they must have lain.
const CLAIM_EVERY: Duration = Duration::from_secs(30);
const DEAD_AFTER: Duration = Duration::from_secs(60);
const MOST_DELIVERIES: usize = 5;
/// A reader that has not been heard of for so long, with nothing taken, is forgotten.
const FORGOTTEN_AFTER: Millis = 60 * 60 * 1000;
const LOOK_AGAIN: Duration = Duration::from_secs(1);

pub(super) struct Reader {
    pub client: Client,
    pub names: Names,
    pub intake: Arc<Intake>,
    /// Names this process in the group.
    pub instance: String,
}

impl Reader {
    /// Reads until it is asked to end. What was taken until then is committed.
    pub async fn read(self, mut end: watch::Receiver<bool>) {
        while !*end.borrow() {
            if let Err(error) = self.follow(&end).await {
                tracing::debug!(cause = %error, "the bot's stream cannot be read");
            }
            // Nobody is left to ask for the end: that is the end, too.
            let _ = tokio::time::timeout(LOOK_AGAIN, end.wait_for(|end| *end)).await;
        }
    }

    async fn follow(&self, end: &watch::Receiver<bool>) -> RedisResult<()> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(BLOCK + PATIENCE));
        let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        self.join(&mut connection).await?;
        let mut claimed_at: Option<Instant> = None;
        let mut ahead = Vec::new();
        while !*end.borrow() || !ahead.is_empty() {
            if claimed_at.is_none_or(|at| at.elapsed() >= CLAIM_EVERY) {
                self.claim_from_the_dead(&mut connection).await?;
                claimed_at = Some(Instant::now());
            }
            let entries = match std::mem::take(&mut ahead) {
                read if !read.is_empty() => read,
                _ => self.next(&mut connection, Some(BLOCK)).await?,
            };
            if entries.len() < PAGE || *end.borrow() {
                self.take(&mut connection, entries).await?;
                continue;
            }
            // There is more: it is read while this is stored, and is ours from then on.
            let mut beside = connection.clone();
            let (taken, next) = tokio::join!(self.take(&mut connection, entries), self.next(&mut beside, None));
            ahead = next.unwrap_or_default();
            if let Err(error) = taken {
                let _ = self.take(&mut connection, ahead).await;
                return Err(error);
            }
        }
        self.forget_readers(&mut connection, |reader, _| reader == self.instance).await
    }

    /// The next page of what nobody has read yet; a reading that may wait must be alone on its connection.
    async fn next(&self, connection: &mut MultiplexedConnection, wait: Option<Duration>) -> RedisResult<Vec<StreamId>> {
        let mut ask = redis::cmd("XREADGROUP");
        ask.arg("GROUP").arg(GROUP).arg(&self.instance).arg("COUNT").arg(PAGE);
        if let Some(wait) = wait {
            ask.arg("BLOCK").arg(wait.as_millis() as u64);
        }
        ask.arg("STREAMS").arg(self.names.event_stream()).arg(">");
        let answer: RedisResult<Option<StreamReadReply>> = ask.query_async(connection).await;
        match answer {
            Ok(reply) => Ok(reply.into_iter().flat_map(|reply| reply.keys).flat_map(|key| key.ids).collect()),
            // Redis was emptied: the group is gone with the stream.
            Err(error) if error.code() == Some("NOGROUP") => {
                self.join(connection).await?;
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    async fn join(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        let mut make = redis::cmd("XGROUP");
        make.arg("CREATE").arg(self.names.event_stream()).arg(GROUP).arg("0").arg("MKSTREAM");
        match make.exec_async(connection).await {
            Err(error) if error.code() != Some("BUSYGROUP") => Err(error),
            _ => Ok(()),
        }
    }

    /// All in one transaction; if that fails by a fault of one of them, each by itself.
    async fn take(&self, connection: &mut MultiplexedConnection, entries: Vec<StreamId>) -> RedisResult<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
        loop {
            match self.store(&entries).await {
                Ok(()) => return self.acknowledge(connection, &ids).await,
                // Nothing is lost meanwhile: they stay ours until they are acknowledged.
                Err(DbError::Unavailable(cause)) => {
                    tracing::warn!(cause, count = ids.len(), "events of the bot cannot be taken in yet");
                    sleep(LOOK_AGAIN).await;
                }
                Err(error) => {
                    tracing::warn!(cause = %error, "events are taken in one by one");
                    break;
                }
            }
        }
        for (entry, id) in entries.iter().zip(&ids) {
            match self.store(std::slice::from_ref(entry)).await {
                Ok(()) => self.acknowledge(connection, std::slice::from_ref(id)).await?,
                Err(error) => {
                    tracing::warn!(cause = %error, entry = id, "an event cannot be taken in; it is tried again")
                }
            }
        }
        Ok(())
    }

    async fn store(&self, entries: &[StreamId]) -> Result<(), DbError> {
        let mut lasting = Vec::with_capacity(entries.len());
        for entry in entries {
            let bytes: Vec<u8> = entry.get("event").unwrap_or_default();
            let Some(arrived) = self.intake.read(&bytes, Source::entry(&entry.id)) else { continue };
            if !self.intake.beat(&arrived).await? && intake::changes_a_row(&arrived.event) {
                lasting.push(arrived);
            }
        }
        self.intake.take(lasting).await
    }

    async fn acknowledge(&self, connection: &mut MultiplexedConnection, ids: &[String]) -> RedisResult<()> {
        redis::cmd("XACK").arg(self.names.event_stream()).arg(GROUP).arg(ids).exec_async(connection).await
    }

    /// Takes over what others had taken and never acknowledged.
    async fn claim_from_the_dead(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        let (stream, idle) = (self.names.event_stream(), DEAD_AFTER.as_millis() as u64);
        let mut ask = redis::cmd("XPENDING");
        ask.arg(&stream).arg(GROUP).arg("IDLE").arg(idle).arg("-").arg("+").arg(PAGE);
        let pending: StreamPendingCountReply = ask.query_async(connection).await?;
        if pending.ids.is_empty() {
            let forgotten = |_: &str, idle| idle > FORGOTTEN_AFTER;
            return self.forget_readers(connection, forgotten).await;
        }
        let deliveries: HashMap<String, usize> =
            pending.ids.iter().map(|one| (one.id.clone(), one.times_delivered)).collect();
        let ids: Vec<&String> = deliveries.keys().collect();
        let mut claim = redis::cmd("XCLAIM");
        claim.arg(&stream).arg(GROUP).arg(&self.instance).arg(idle).arg(&ids);
        let claimed: StreamClaimReply = claim.query_async(connection).await?;
        let tried = |entry: &StreamId| deliveries.get(&entry.id).copied().unwrap_or(0);
        let (hopeless, entries): (Vec<_>, Vec<_>) =
            claimed.ids.into_iter().partition(|entry| tried(entry) >= MOST_DELIVERIES);
        for entry in hopeless {
            self.put_aside(connection, &entry).await?;
        }
        // What was trimmed away from the stream is no longer there to be claimed, and goes by this.
        self.take(connection, entries).await
    }

    async fn put_aside(&self, connection: &mut MultiplexedConnection, entry: &StreamId) -> RedisResult<()> {
        let bytes: Vec<u8> = entry.get("event").unwrap_or_default();
        let body = crate::db::storable(&String::from_utf8_lossy(&bytes));
        let now = self.intake.parts.clock.now();
        let id = entry.id.clone();
        let keep = move |conn: &mut crate::db::Conn| {
            let row = (
                put_aside_events::entry_id.eq(id),
                put_aside_events::body.eq(body),
                put_aside_events::cause.eq("it could not be taken in five times"),
                put_aside_events::put_aside_at.eq(now),
            );
            crate::on_each!(conn, c => diesel::insert_into(put_aside_events::table)
                .values(row).on_conflict_do_nothing().execute(c))?;
            Ok::<_, DbError>(())
        };
        self.intake.parts.db.write(keep).await.map_err(as_redis_error)?;
        metrics::counter!("guildhall_events_put_aside_total").increment(1);
        tracing::error!(entry = entry.id, "an event could not be taken in five times and is put aside");
        self.acknowledge(connection, std::slice::from_ref(&entry.id)).await
    }

    /// Each start is a new reader; the old ones would stay in the group for ever. One that has taken something stays,
    /// or that would be lost.
    async fn forget_readers(
        &self,
        connection: &mut MultiplexedConnection,
        whom: impl Fn(&str, Millis) -> bool,
    ) -> RedisResult<()> {
        let stream = self.names.event_stream();
        let mut ask = redis::cmd("XINFO");
        ask.arg("CONSUMERS").arg(&stream).arg(GROUP);
        let readers: redis::streams::StreamInfoConsumersReply = ask.query_async(connection).await?;
        for reader in readers.consumers {
            let idle = Millis::try_from(reader.idle).unwrap_or(0);
            if reader.pending == 0 && whom(&reader.name, idle) {
                let mut forget = redis::cmd("XGROUP");
                forget.arg("DELCONSUMER").arg(&stream).arg(GROUP).arg(reader.name);
                forget.exec_async(connection).await?;
            }
        }
        Ok(())
    }
}

fn as_redis_error(error: DbError) -> RedisError {
    (redis::ErrorKind::Io, "the database", error.to_string()).into()
}
