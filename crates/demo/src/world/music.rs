//! What is played on one server.

use config_sync::GuildId;
use serde_json::json;

use super::ground::Person;
use super::scene::Scene;

/// Title, address and seconds.
type Track = (&'static str, &'static str, u64);

const TRACKS: &[Track] = &[
    ("Drunken Sailor (harbour mix)", "https://www.youtube.com/watch?v=qGyPuey-1Jw", 201),
    ("La Mer · Charles Trenet", "https://www.youtube.com/watch?v=PXQh9jTwwoA", 199),
    ("Wellerman · 8-bit", "https://soundcloud.com/pixel-dock/wellerman-8bit", 164),
    ("海の声", "https://www.youtube.com/watch?v=QJ5DOWPGxwg", 249),
    ("Sailing · <live> & \"unplugged\"", "https://www.youtube.com/watch?v=FOt3oQ_k008", 276),
    ("Night Tide · lo-fi for long watches", "https://soundcloud.com/quiet-bay/night-tide", 3_124),
    ("Storm warning", "https://soundcloud.com/quiet-bay/storm-warning", 187),
    ("Seemann, lass das Träumen", "https://www.youtube.com/watch?v=_ruqH35ktDE", 178),
    ("Harbour Lights", "https://youtu.be/4iKJ2eFZ0C8", 192),
    ("Regatta theme (extended)", "https://youtu.be/Jq4Zt5ZJm2E", 421),
    ("Kein Land in Sicht", "https://www.youtube.com/watch?v=wJbn8H8Zc4k", 234),
    ("Lighthouse keeper", "https://soundcloud.com/pixel-dock/lighthouse-keeper", 301),
];

#[derive(Clone, Debug, Default)]
pub struct Player {
    /// When what plays is over; none: nothing plays.
    pub plays_until: Option<u64>,
    /// How many wait behind it.
    pub queued: u64,
}

impl Player {
    /// Somebody asks for a track: it plays at once, or waits.
    pub fn ask(&mut self, scene: &mut Scene, guild: GuildId, person: &Person) {
        match self.plays_until {
            Some(_) if self.queued < 20 => self.queued += 1,
            Some(_) => {}
            None => self.play(scene, guild, person),
        }
    }

    /// The next track begins, whatever played.
    pub fn play(&mut self, scene: &mut Scene, guild: GuildId, person: &Person) {
        let (title, url, seconds) = scene.chance.one(TRACKS).copied().unwrap_or_default();
        self.plays_until = Some(scene.now + seconds * 1000);
        let data = json!({
            "title": title, "url": url, "requestedBy": person.id.to_string(), "durationSeconds": seconds,
        });
        scene.tell_of("TRACK_START", guild, None, person.id, data);
    }

    /// What is over makes room for what waits.
    pub fn due(&mut self, scene: &mut Scene, guild: GuildId, person: &Person) {
        if self.plays_until.is_none_or(|until| until > scene.now) {
            return;
        }
        match self.queued.checked_sub(1) {
            Some(left) => {
                self.queued = left;
                self.play(scene, guild, person);
            }
            None => self.stop(scene, guild),
        }
    }

    /// Nothing plays any more.
    pub fn stop(&mut self, scene: &mut Scene, guild: GuildId) {
        if self.plays_until.take().is_some() {
            self.queued = 0;
            scene.tell("QUEUE_END", guild, None, json!({}));
        }
    }
}
