//! TempVoice's rooms of one server: made, changed, gone.

use std::collections::BTreeMap;

use config_sync::GuildId;
use serde_json::{Value, json};

use super::ground::Person;
use super::scene::Scene;

const NAMES: &[&str] = &["Chess night", "Study hall", "Late crew", "Ranked only", "Karaoke 🎤", "AFK corner", "Dock 7"];

#[derive(Clone, Debug)]
pub struct Room {
    pub owner: Person,
    pub name: String,
    /// 0: none.
    pub limit: u64,
    pub locked: bool,
    pub members: u64,
    seq: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Rooms {
    pub all: BTreeMap<u64, Room>,
}

impl Rooms {
    /// Somebody joins a creator channel; gives their room's channel.
    pub fn open(&mut self, scene: &mut Scene, guild: GuildId, owner: &Person, name: Option<&str>) -> u64 {
        let named = name.map_or_else(|| format!("{}'s room", owner.name), str::to_owned);
        let room = Room { owner: owner.clone(), name: named, limit: 0, locked: false, members: 1, seq: 1 };
        let channel = scene.snowflake();
        scene.tell_of("VOICE_ROOM_CREATE", guild, Some(room.seq), owner.id, room.told(channel));
        self.all.insert(channel, room);
        channel
    }

    /// One of those that are open.
    pub fn any(&self, scene: &mut Scene) -> Option<u64> {
        let all: Vec<u64> = self.all.keys().copied().collect();
        scene.chance.one(&all).copied()
    }

    /// Something about a room changes. False: there is none.
    pub fn change_one(&mut self, scene: &mut Scene, guild: GuildId) -> bool {
        let Some(channel) = self.any(scene) else { return false };
        let Some(room) = self.all.get_mut(&channel) else { return false };
        match scene.chance.between(0, 5) {
            0 => scene.chance.one(NAMES).copied().unwrap_or_default().clone_into(&mut room.name),
            1 => room.limit = [0, 2, 4, 8].get(room.seq as usize % 4).copied().unwrap_or(0).max(room.members),
            2 => room.locked = !room.locked,
            // A room that everybody has left is closed by whoever counts the rooms.
            3 if room.members > 1 => room.members -= 1,
            _ if room.limit == 0 || room.members < room.limit => room.members += 1,
            _ => room.limit += 1,
        }
        room.seq += 1;
        scene.tell("VOICE_ROOM_UPDATE", guild, Some(room.seq), room.told(channel));
        true
    }

    /// False: there is no such room.
    pub fn close(&mut self, scene: &mut Scene, guild: GuildId, channel: u64) -> bool {
        let Some(room) = self.all.remove(&channel) else { return false };
        let data = json!({ "channelId": channel.to_string(), "ownerId": room.owner.id.to_string(), "name": room.name });
        scene.tell("VOICE_ROOM_DELETE", guild, Some(room.seq + 1), data);
        true
    }
}

impl Room {
    /// As it stands in a STATE.
    pub fn told(&self, channel: u64) -> Value {
        json!({
            "channelId": channel.to_string(), "ownerId": self.owner.id.to_string(), "name": self.name,
            "userLimit": self.limit, "locked": self.locked, "members": self.members, "seq": self.seq,
        })
    }
}
