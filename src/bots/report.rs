//! What a process says of itself in BOT_READY and BOT_HEARTBEAT, read with suspicion.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::Process;
use crate::clock::Millis;
use crate::db::storable;

/// A bot has fewer shards than this.
const MOST_SHARDS: u64 = 100_000;
/// Names and versions are kept up to so many characters.
const LONGEST_TEXT: usize = 100;

/// One report of one process.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) bot: String,
    /// False: it has only answered a change.
    pub(super) beat: bool,
    shard_count: u64,
    shards: Vec<u64>,
    guilds: i64,
    version: String,
    acks: bool,
    protocol: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    bot_id: String,
    #[serde(default = "one")]
    shard_count: u64,
    #[serde(default)]
    shards: Vec<u64>,
    #[serde(default)]
    guilds: u64,
    #[serde(default)]
    version: String,
    #[serde(default)]
    acks: bool,
    #[serde(default = "first")]
    protocol: u64,
}

fn one() -> u64 {
    1
}

/// Who says none was made when there was one.
fn first() -> u64 {
    1
}

impl Report {
    /// A beat. None: it cannot be one.
    pub fn beat(data: &Map<String, Value>) -> Option<Self> {
        let said = Said::deserialize(data).ok()?;
        let shard_count = said.shard_count.max(1);
        let listed = said.shards.len() as u64;
        if shard_count > MOST_SHARDS || listed > shard_count || said.bot_id.is_empty() {
            return None;
        }
        // Who names none runs all of them.
        let shards = if listed == 0 { (0..shard_count).collect() } else { said.shards };
        Some(Self {
            bot: short(&said.bot_id),
            beat: true,
            shard_count,
            shards,
            guilds: i64::try_from(said.guilds).unwrap_or(0),
            version: short(&said.version),
            acks: said.acks,
            protocol: i64::try_from(said.protocol).unwrap_or(i64::MAX),
        })
    }

    /// A process has answered a change.
    pub fn answer(bot: &str) -> Self {
        let (shards, version) = (Vec::new(), String::new());
        Self { bot: short(bot), beat: false, shard_count: 1, shards, guilds: 0, version, acks: true, protocol: 1 }
    }

    /// Its shards, of how many.
    pub fn shards(&self) -> (&[u64], u64) {
        (&self.shards, self.shard_count)
    }

    pub(super) fn as_process(&self, first_seen_at: Millis, beat_at: Millis) -> Process {
        Process {
            shard_count: self.shard_count,
            shards: self.shards.clone(),
            guilds: self.guilds,
            version: self.version.clone(),
            acks: self.acks,
            protocol: self.protocol,
            first_seen_at,
            beat_at,
        }
    }
}

fn short(text: &str) -> String {
    storable(text).chars().take(LONGEST_TEXT).collect()
}
