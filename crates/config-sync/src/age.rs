//! The dashboard's side: removing what is old from the streams. By their length they are cut by whoever adds to them.
//!
//! An entry goes only when nobody may still need it. Its age is told by its id, which Redis made of its own time.

use std::time::Duration;

use redis::RedisResult;
use redis::streams::{StreamInfoGroupsReply, StreamInfoStreamReply, StreamPendingReply};

use crate::link::Wire;
use crate::snapshot::Position;
use crate::{Publisher, Unreachable, now_ms};

/// How long one step may take.
const STEP_BOUND: Duration = Duration::from_secs(2);
const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;
/// A bot stands at the end of the log, which stays. One whose place is gone reads all snapshots, and so does one that was
/// away.
const LOG: u64 = 30 * DAY;
/// A command is over after two minutes, and bots ask for the last ten. What came of it is known for a day, so that none is
/// found that could be done once more.
const COMMANDS: u64 = 12 * HOUR;
/// Repeats of an event are known to the dashboard for so long. What it has not taken in stays, however old.
const EVENTS: u64 = 7 * DAY;

impl Publisher {
    /// Removes old entries: of the log after 30 days, but not the last, of the commands after 12 hours, of the events after
    /// 7 days, if `group` has taken them in. Says how many those were; 0 if Redis belongs to another database.
    ///
    /// # Errors
    /// When a step was not answered within 2 s. Doing it again goes on.
    pub async fn cut_old(&self, group: &str) -> Result<usize, Unreachable> {
        let Some(now) = self.time_of_ours().await? else { return Ok(0) };
        let before = |age: u64| Position(now.saturating_sub(age), 0);
        let mut cut = self.cut(&self.names.command_stream(), before(COMMANDS)).await?;
        let log = &self.names.log();
        let last = self.link.call(STEP_BOUND, |mut wire: Wire| async move { last(&mut wire, log).await });
        if let Some(last) = last.await? {
            cut += self.cut(log, last.min(before(LOG))).await?;
        }
        let events = &self.names.event_stream();
        let taken = self.link.call(STEP_BOUND, |mut wire: Wire| async move { taken(&mut wire, events, group).await });
        if let Some(taken) = taken.await? {
            cut += self.cut(events, taken.min(before(EVENTS))).await?;
        }
        Ok(cut)
    }

    /// Now, in unix milliseconds: by Redis's clock, which made the ids, unless ours says that it is earlier: one of them
    /// may have been set wrong. None: Redis belongs to another database.
    async fn time_of_ours(&self) -> Result<Option<u64>, Unreachable> {
        let mut both = redis::pipe();
        both.cmd("HGET").arg(self.names.epoch()).arg("database").cmd("TIME");
        let both = &both;
        let (database, (seconds, micros)): (Option<String>, (u64, u64)) =
            self.link.call(STEP_BOUND, |mut wire: Wire| async move { both.query_async(&mut wire).await }).await?;
        let is_ours = database.is_none_or(|database| database == self.database);
        Ok(is_ours.then_some((seconds * 1000 + micros / 1000).min(now_ms())))
    }

    /// Removes what stands before a place.
    async fn cut(&self, stream: &str, before: Position) -> Result<usize, Unreachable> {
        let mut cut = 0;
        // Whole blocks first, of which Redis takes some at a time: it does nothing else meanwhile.
        loop {
            let went = self.trim(stream, "~", before).await?;
            cut += went;
            if went == 0 {
                return Ok(cut + self.trim(stream, "=", before).await?);
            }
        }
    }

    async fn trim(&self, stream: &str, how: &str, before: Position) -> Result<usize, Unreachable> {
        let mut ask = redis::cmd("XTRIM");
        ask.arg(stream).arg("MINID").arg(how).arg(before.to_string());
        let ask = &ask;
        self.link.call(STEP_BOUND, |mut wire: Wire| async move { ask.query_async(&mut wire).await }).await
    }
}

/// The last entry there ever was. None: there is no such stream.
async fn last(wire: &mut Wire, stream: &str) -> RedisResult<Option<Position>> {
    let mut ask = redis::cmd("XINFO");
    ask.arg("STREAM").arg(stream);
    let answer: RedisResult<StreamInfoStreamReply> = ask.query_async(wire).await;
    match answer {
        Err(error) if error.detail() == Some("no such key") => Ok(None),
        answer => Ok(Position::parse(&answer?.last_generated_id)),
    }
}

/// The place before which a group has read and acknowledged everything. None: there is no such group.
async fn taken(wire: &mut Wire, stream: &str, group: &str) -> RedisResult<Option<Position>> {
    let mut ask = redis::cmd("XINFO");
    ask.arg("GROUPS").arg(stream);
    let answer: RedisResult<StreamInfoGroupsReply> = ask.query_async(wire).await;
    let groups = match answer {
        Err(error) if error.detail() == Some("no such key") => return Ok(None),
        answer => answer?.groups,
    };
    let read = groups.iter().find(|one| one.name == group).and_then(|one| Position::parse(&one.last_delivered_id));
    let Some(read) = read else { return Ok(None) };
    // Asked afterwards: what was read by then and is not among it has been acknowledged.
    let mut ask = redis::cmd("XPENDING");
    ask.arg(stream).arg(group);
    let pending: StreamPendingReply = ask.query_async(wire).await?;
    Ok(match pending {
        StreamPendingReply::Data(pending) => Position::parse(&pending.start_id).map(|first| first.min(read.behind())),
        StreamPendingReply::Empty => Some(read.behind()),
        // Nobody knows what it says: then nothing is cut.
        _ => None,
    })
}
