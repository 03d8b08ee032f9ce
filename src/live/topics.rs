//! Which lists of which servers have changed lately: a page that opens its stream is told what it has missed.
//!
//! What is forgotten counts as changed: a page then looks once too often, never once too little.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::ids::GuildId;
use crate::sizes::Size;

/// So many lists are remembered.
const ROOM: usize = 20_000;

/// Lists that a page may show, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    All,
    Some(BTreeSet<Topic>),
}

pub(super) struct Topics(Mutex<Known>);

struct Known {
    /// Of earlier times nothing is known.
    since: Millis,
    at: HashMap<(GuildId, Topic), Millis>,
}

impl Topics {
    pub fn new(now: Millis) -> Self {
        Self(Mutex::new(Known { since: now, at: HashMap::new() }))
    }

    pub fn note(&self, guild: GuildId, topic: Topic, now: Millis) {
        let mut known = self.known();
        if known.at.len() >= ROOM {
            known.at.clear();
            known.since = now;
        }
        known.at.insert((guild, topic), now);
    }

    /// For a while nothing could be heard, until now.
    pub fn forget(&self, now: Millis) {
        let mut known = self.known();
        known.at.clear();
        known.since = now;
    }

    pub fn moved_since(&self, guild: GuildId, since: Millis) -> Moved {
        let known = self.known();
        if since < known.since {
            return Moved::All;
        }
        let moved = |topic: &Topic| known.at.get(&(guild, *topic)).is_some_and(|at| *at >= since);
        Moved::Some(Topic::LISTS.into_iter().filter(moved).collect())
    }

    pub fn size(&self) -> Size {
        Size::cache("topics", self.known().at.len() as u64, ROOM as u64)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_learns_what_has_moved_and_all_of_what_is_not_known() {
        let (guild, other) = (GuildId::new(1), GuildId::new(2));
        let topics = Topics::new(100);
        topics.note(guild, Topic::Rooms, 110);
        topics.note(guild, Topic::Tickets, 130);
        topics.note(other, Topic::Music, 130);
        assert_eq!(topics.moved_since(guild, 120), Moved::Some([Topic::Tickets].into()));
        assert_eq!(topics.moved_since(guild, 131), Moved::Some(BTreeSet::new()));
        assert_eq!(topics.moved_since(guild, 99), Moved::All);
        topics.forget(140);
        assert_eq!(topics.moved_since(guild, 139), Moved::All);
        assert_eq!(topics.moved_since(guild, 140), Moved::Some(BTreeSet::new()));
    }
}
