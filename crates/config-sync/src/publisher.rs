//! The dashboard's side: sending a change, and asking what Redis holds.
//!
//! Beginning and ending a rebuild stands in `rebuild`. When to send, to retry or to rebuild is
//! the dashboard's decision, and so is what is written to its database.

use std::time::Duration;

use futures_util::future::try_join_all;

use crate::link::{Link, Wire};
use crate::script::{LOG_LENGTH, PUBLISH};
use crate::{BadRedisUrl, ConfigMessage, Names, Unreachable};

/// How long a single question may take, in all cases.
pub(crate) const BOUND: Duration = Duration::from_millis(250);

/// Sends changes to the bot. Cheap to clone; clones share one connection.
#[derive(Clone)]
pub struct Publisher {
    pub(crate) link: Link,
    pub(crate) names: Names,
    pub(crate) database: String,
}

/// What Redis said to a change. Only [`Answer::Sent`] wrote anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Stored and published.
    Sent {
        /// The count of this write, to be kept with the change.
        n: u64,
        /// When, in unix milliseconds by Redis's clock: to be compared with other times of that clock alone.
        at: u64,
    },
    /// A newer revision stands there: this change is replaced by it.
    Stale {
        /// That revision.
        held: u64,
    },
    /// This very revision stands there already: as good as sent.
    Same,
    /// Redis knows no database, so it lost everything or is new: rebuild, then send again.
    Empty,
    /// Redis has counted fewer writes than the caller knows of, so it was restored: rebuild,
    /// then send again.
    Behind {
        /// Its count.
        n: u64,
    },
    /// Redis belongs to another database: stop publishing, tell the operator.
    Foreign {
        /// That database's id.
        database: String,
    },
}

/// The state of Redis as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The database it belongs to; none = it was never filled.
    pub database: Option<String>,
    /// Its count of writes.
    pub n: u64,
    /// Whether the snapshot holds everything.
    pub complete: bool,
    /// What Redis does when memory is full; must be `noeviction`. None = it may not be asked.
    pub eviction_policy: Option<String>,
}

/// Keys and arguments of the script.
type Call = ([String; 3], [Vec<u8>; 9]);

impl Publisher {
    /// Prepares a publisher for the Redis at `redis_url`, with `prefix` before every name, for
    /// the deployment whose random id is `database`. Connects to nothing and needs no runtime.
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn new(redis_url: &str, prefix: &str, database: &str) -> Result<Self, BadRedisUrl> {
        Ok(Self { link: Link::new(redis_url)?, names: Names::new(prefix), database: database.to_owned() })
    }

    /// Sends one change: one round trip, at most 250 ms. While the last three calls failed it
    /// answers [`Unreachable::Skipped`] at once, but for one probe a second.
    ///
    /// `highest_n` is the highest count the database knows of. Several dashboards on one database
    /// read it again when [`Publisher::connections`] has grown.
    ///
    /// # Errors
    /// When there was no answer. The change may have been sent all the same; sending it again
    /// then answers [`Answer::Same`].
    pub async fn publish(&self, message: &ConfigMessage, highest_n: u64) -> Result<Answer, Unreachable> {
        let answers = self.publish_all(std::slice::from_ref(message), highest_n).await?;
        answers.into_iter().next().ok_or_else(|| Unreachable::Refused("no answer".to_owned()))
    }

    /// The same for several changes, in their order and without waiting for each answer before the next: 250 ms for all
    /// of them. Answers in the order of the changes.
    ///
    /// # Errors
    /// As [`Publisher::publish`], for all of them together.
    pub async fn publish_all(&self, messages: &[ConfigMessage], highest_n: u64) -> Result<Vec<Answer>, Unreachable> {
        let calls = messages.iter().map(|message| self.call_of(message, highest_n)).collect::<Result<Vec<_>, _>>()?;
        let calls = &calls;
        let work = |wire: Wire| async move {
            // The connection sends at once what it is given at once.
            try_join_all(calls.iter().map(|(keys, args)| {
                let mut wire = wire.clone();
                async move { PUBLISH.run(&mut wire, keys, &args.each_ref().map(Vec::as_slice)).await }
            }))
            .await
        };
        let answers: Vec<Vec<String>> = self.link.call(BOUND, work).await?;
        answers.iter().map(|answer| Answer::parse(answer)).collect()
    }

    /// What the script is given for one change.
    fn call_of(&self, message: &ConfigMessage, highest_n: u64) -> Result<Call, Unreachable> {
        let revision = message.revision().ok_or(Unreachable::Unsendable)?.to_string();
        let bytes = serde_json::to_vec(message).map_err(|_| Unreachable::Unsendable)?;
        let guild = message.guild_id;
        let keys = [self.names.epoch(), self.names.current(guild), self.names.log()];
        let args = [
            self.database.clone().into_bytes(),
            highest_n.to_string().into_bytes(),
            message.module.as_str().as_bytes().to_vec(),
            revision.into_bytes(),
            bytes,
            guild.to_string().into_bytes(),
            LOG_LENGTH.to_string().into_bytes(),
            self.names.module_channel(&message.module).into_bytes(),
            self.names.all_channel().into_bytes(),
        ];
        Ok((keys, args))
    }

    /// The state of Redis as a whole, within 250 ms.
    ///
    /// # Errors
    /// When there was no answer.
    pub async fn status(&self) -> Result<Status, Unreachable> {
        let epoch = &self.names.epoch();
        let work = |mut wire| async move {
            let mut ask = redis::cmd("HMGET");
            ask.arg(epoch).arg(&["database", "n", "complete"]);
            let (database, n, complete): (Option<String>, Option<String>, Option<String>) =
                ask.query_async(&mut wire).await?;
            // An account without the right to ask is no outage.
            let memory: String = redis::cmd("INFO")
                .arg("memory")
                .query_async(&mut wire)
                .await
                .or_else(|error| if crate::link::is_dead(&error) { Err(error) } else { Ok(String::new()) })?;
            Ok(Status {
                database,
                n: n.and_then(|n| n.parse().ok()).unwrap_or(0),
                complete: complete.as_deref() == Some("1"),
                eviction_policy: eviction_policy(&memory),
            })
        };
        self.link.call(BOUND, work).await
    }

    /// Asks for a sign of life within 250 ms, and makes Redis remember the script, so that the
    /// next [`Publisher::publish`] is one round trip.
    ///
    /// # Errors
    /// When there was no answer.
    pub async fn ping(&self) -> Result<(), Unreachable> {
        self.link.call(BOUND, |mut wire| async move { PUBLISH.load(&mut wire).await }).await
    }

    /// Commands and pipelines sent so far by this publisher and its clones. For tests and
    /// benchmarks: a save is one.
    #[must_use]
    pub fn round_trips(&self) -> u64 {
        self.link.round_trips()
    }

    /// Connections begun so far. When it has grown, the Redis behind the address may be another
    /// one, or an older copy of itself.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.link.connections()
    }

    /// The random id of the deployment this publisher sends for.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The names this publisher uses.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }
}

fn eviction_policy(memory: &str) -> Option<String> {
    let value = memory.lines().find_map(|line| line.strip_prefix("maxmemory_policy:"))?;
    Some(value.trim().to_owned())
}

impl Answer {
    /// The count of the write; none if nothing was written.
    #[must_use]
    pub fn n(&self) -> Option<u64> {
        match self {
            Self::Sent { n, .. } => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn parse(words: &[String]) -> Result<Self, Unreachable> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let number =
            |digits: &str| digits.parse().map_err(|_| Unreachable::Refused(format!("{digits:?} is no number")));
        match words.as_slice() {
            ["OK", n, at] => Ok(Self::Sent { n: number(n)?, at: number(at)? }),
            ["STALE", held] => Ok(Self::Stale { held: number(held)? }),
            ["SAME"] => Ok(Self::Same),
            ["EMPTY"] => Ok(Self::Empty),
            ["BEHIND", n] => Ok(Self::Behind { n: number(n)? }),
            ["FOREIGN", database] => Ok(Self::Foreign { database: (*database).to_owned() }),
            other => Err(Unreachable::Refused(format!("the script answered {other:?}"))),
        }
    }
}
