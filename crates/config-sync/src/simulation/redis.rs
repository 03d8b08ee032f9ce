//! A Redis in memory, as far as the settings go: what the scripts do, in Rust, and the ways in
//! which its data is lost. Nothing here waits.

use std::collections::BTreeMap;

use serde_json::json;

use crate::inbox::Pair;
use crate::snapshot::Position;
use crate::{Action, Answer, Applied, ConfigData, ConfigMessage};

#[derive(Clone, Default)]
pub(super) struct Redis {
    pub(super) database: Option<String>,
    pub(super) n: u64,
    pub(super) complete: bool,
    pub(super) current: BTreeMap<Pair, u64>,
    pub(super) log: Vec<(Position, Pair, u64)>,
    pub(super) last_id: Position,
    pub(super) applied: BTreeMap<Pair, Applied>,
}

impl Redis {
    pub(super) fn held(&self, pair: &Pair) -> u64 {
        self.current.get(pair).copied().unwrap_or(0)
    }

    /// As `script.lua`. `id` is where the log would put an entry by the clock.
    pub(super) fn publish(&mut self, database: &str, known: u64, pair: &Pair, revision: u64, id: Position) -> Answer {
        match &self.database {
            None => return Answer::Empty,
            Some(other) if other != database => return Answer::Foreign { database: other.clone() },
            _ if self.n < known => return Answer::Behind { n: self.n },
            _ => {}
        }
        let held = self.held(pair);
        if revision < held {
            return Answer::Stale { held };
        }
        if revision == held {
            return Answer::Same;
        }
        self.n += 1;
        self.current.insert(pair.clone(), revision);
        self.last_id = Position(id.0.max(self.last_id.0), id.1);
        self.log.push((self.last_id, pair.clone(), revision));
        Answer::Sent { n: self.n, at: 0 }
    }

    /// As `rebuild.lua` with BEGIN.
    pub(super) fn begin(&mut self, database: &str, known: u64) -> Answer {
        self.database = Some(database.to_owned());
        self.n = self.n.max(known) + 1;
        self.complete = false;
        Answer::Sent { n: self.n, at: 0 }
    }

    /// As `rebuild.lua` with COMPLETE.
    pub(super) fn complete(&mut self, n: u64) -> Answer {
        if self.database.is_none() {
            return Answer::Empty;
        }
        if self.n < n {
            return Answer::Behind { n: self.n };
        }
        self.complete = true;
        Answer::Sent { n: self.n, at: 0 }
    }

    pub(super) fn trim(&mut self, keep: usize) {
        let gone = self.log.len().saturating_sub(keep);
        self.log.drain(..gone);
    }
}

/// The message of a pair's revision; the revision itself is the setting.
pub(super) fn message(pair: &Pair, revision: u64) -> ConfigMessage {
    ConfigMessage {
        guild_id: pair.0,
        module: pair.1.clone(),
        action: Action::Update,
        timestamp: revision,
        data: Some(ConfigData { revision, schema: 1, changed: Vec::new(), settings: json!({ "v": revision }) }),
    }
}
