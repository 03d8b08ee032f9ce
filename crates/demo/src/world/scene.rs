//! One moment in which something happens: the time, chance, and what there is to tell of it.

use config_sync::{Event, GuildId};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::chance::Chance;

/// Discord's ids count from the first second of 2015.
const DISCORD_EPOCH: u64 = 1_420_070_400_000;

/// What happens writes here what the dashboard is told.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Unix milliseconds. Never goes back.
    pub now: u64,
    pub chance: Chance,
    made: u64,
    told: Vec<Event>,
}

impl Scene {
    pub(super) fn new(seed: u64) -> Self {
        Self { now: 0, chance: Chance::new(seed), made: 0, told: Vec::new() }
    }

    /// Moves to this time, if it is a later one.
    pub fn moves_to(&mut self, now: u64) {
        self.now = self.now.max(now);
    }

    /// Something has happened. `seq` counts the changes of the thing it is about.
    pub fn tell(&mut self, kind: &str, guild: GuildId, seq: Option<u64>, data: Value) {
        let mut event = Event::new(kind, guild, data);
        (event.id, event.timestamp, event.seq) = (self.uuid(), self.now, seq);
        self.told.push(event);
    }

    /// As [`Scene::tell`], and names the person it is about.
    pub fn tell_of(&mut self, kind: &str, guild: GuildId, seq: Option<u64>, person: u64, data: Value) {
        self.tell(kind, guild, seq, data);
        if let Some(last) = self.told.last_mut() {
            last.user_id = Some(person.to_string());
        }
    }

    /// What was told since it was taken last, in its order.
    pub(super) fn take_told(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.told)
    }

    /// An id as Discord makes them.
    pub fn snowflake(&mut self) -> u64 {
        self.made += 1;
        (self.now.saturating_sub(DISCORD_EPOCH) << 22) | (self.made & 0x3f_ffff)
    }

    /// An id of this moment.
    pub fn uuid(&mut self) -> Uuid {
        let mut random = [0; 10];
        let (one, other) = (self.chance.draw().to_be_bytes(), self.chance.draw().to_be_bytes());
        random[..8].copy_from_slice(&one);
        random[8..].copy_from_slice(&other[..2]);
        uuid::Builder::from_unix_timestamp_millis(self.now, &random).into_uuid()
    }
}

/// A time as events and commands write it.
pub fn iso(at: u64) -> String {
    let at = i64::try_from(at).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    at.unwrap_or_default().to_string()
}

/// None: it is no time, or one before 1970.
pub fn from_iso(text: &str) -> Option<u64> {
    u64::try_from(text.parse::<Timestamp>().ok()?.as_millisecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_back() {
        assert_eq!(iso(1_795_482_123_004), "2026-11-24T01:02:03.004Z");
        assert_eq!(from_iso("2026-11-24T02:02:03.004+01:00"), Some(1_795_482_123_004));
        assert_eq!(from_iso("tomorrow"), None);
    }

    #[test]
    fn ids_are_of_their_moment_and_each_is_new() {
        let mut scene = Scene::new(1);
        scene.moves_to(1_795_482_123_004);
        scene.moves_to(5);
        let (one, other) = (scene.snowflake(), scene.snowflake());
        assert_eq!(discord_standin::Id(one).created_ms(), 1_795_482_123_004);
        assert_ne!(one, other);
        assert_ne!(scene.uuid(), scene.uuid());
        assert_eq!(scene.uuid().get_version_num(), 7);
    }
}
