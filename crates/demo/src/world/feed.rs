//! What is only told: members who come and go, levels, and what moderators do.

use config_sync::GuildId;
use serde_json::json;

use super::ground::Ground;
use super::scene::Scene;
use super::tickets::{of_the_staff, somebody};

const DEEDS: &[&str] = &["timeout", "warn", "kick", "ban", "unban", "note"];

/// Something that is worth a line. False: there is nobody.
pub fn something(scene: &mut Scene, guild: GuildId, ground: &Ground) -> bool {
    let Some(person) = somebody(scene, ground) else { return false };
    let id = person.id.to_string();
    let (kind, data) = match scene.chance.between(0, 10) {
        0..=2 => ("MEMBER_JOIN", json!({ "userId": id, "username": person.username })),
        3 => ("MEMBER_LEAVE", json!({ "userId": id, "username": person.username })),
        4..=6 => {
            let amount = scene.chance.between(5, 60);
            ("XP_GAIN", json!({ "userId": id, "username": person.username, "amount": amount }))
        }
        7..=8 => {
            let level = scene.chance.between(2, 40);
            ("LEVEL_UP", json!({ "userId": id, "username": person.username, "level": level }))
        }
        _ => {
            let action = scene.chance.one(DEEDS).copied().unwrap_or_default();
            let by = of_the_staff(scene, ground).map(|staff| staff.id.to_string());
            ("MOD_ACTION", json!({ "userId": id, "username": person.username, "action": action, "moderatorId": by }))
        }
    };
    scene.tell_of(kind, guild, None, person.id, data);
    true
}
