//! Which commands were heard already. One comes on the channel and as an entry of the stream, and again when an admin
//! tries again.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::now_ms;

/// How long it is remembered which entries were read.
const REMEMBERS: u64 = 60 * 60 * 1000;

#[derive(Default)]
pub(crate) struct Said(HashMap<Uuid, Seen>);

struct Seen {
    at: u64,
    /// Where it stands in the stream; more than once: it was sent again.
    entries: HashSet<String>,
}

impl Said {
    /// Whether this is said for the first time, or once more. What comes both ways is said once.
    pub(crate) fn is_new(&self, command: Uuid, entry: Option<&str>) -> bool {
        let Some(seen) = self.0.get(&command) else { return true };
        // The first entry of one that was heard on the channel is the same word.
        entry.is_some_and(|entry| !seen.entries.is_empty() && !seen.entries.contains(entry))
    }

    pub(crate) fn note(&mut self, command: Uuid, entry: Option<&str>) {
        let seen = self.0.entry(command).or_insert_with(|| Seen { at: 0, entries: HashSet::new() });
        seen.at = now_ms();
        seen.entries.extend(entry.map(str::to_owned));
    }

    pub(crate) fn forget_old(&mut self) {
        let before = now_ms().saturating_sub(REMEMBERS);
        self.0.retain(|_, seen| seen.at >= before);
    }
}
