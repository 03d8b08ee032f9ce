//! A small server with everything that settings can name, and somebody who manages it without owning it.

use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use super::NOW;
use crate::discord::{Channel, Guild, Member, VoiceRegion};
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::GuildId;
use crate::settings::judge::Judge;

pub static SERVER: LazyLock<Server> = LazyLock::new(Server::new);

pub struct Server {
    pub guild: GuildSnapshot,
    /// Sees all channels but one, and stands below one role.
    pub member: Member,
}

const GUILD: u64 = 816_370_501_973_721_107;
const OWNER: &str = "300000000000000001";
const BOT: &str = "300000000000000002";
const MANAGER: &str = "300000000000000003";
/// See, write, manage the server, manage roles.
const MANAGES: &str = "268438560";
const SEES_AND_WRITES: &str = "3072";
const SEES: &str = "1024";

impl Server {
    fn new() -> Self {
        let guild: Guild = serde_json::from_value(guild()).expect("a guild");
        let channels: Vec<Channel> = serde_json::from_value(channels()).expect("channels");
        let regions: Vec<VoiceRegion> = serde_json::from_value(json!([{"id": "rotterdam"}])).expect("regions");
        let member = |id: &str, role: &str| -> Member {
            let member = json!({"user": {"id": id, "username": "somebody"}, "roles": [role]});
            serde_json::from_value(member).expect("a member")
        };
        let bot = Arc::new(member(BOT, "100000000000000004"));
        let guild = GuildSnapshot::new(Arc::new(guild), Arc::new(channels), bot, Arc::new(regions), NOW);
        Self { guild, member: member(MANAGER, "100000000000000003") }
    }

    pub fn judge(&self) -> Judge<'_> {
        Judge { guild: &self.guild, person: self.guild.person(&self.member, NOW) }
    }
}

pub fn guild_id() -> GuildId {
    GuildId::new(GUILD)
}

fn guild() -> Value {
    let role = |id: &str, name: &str, position: i64, permissions: &str| json!({"id": id, "name": name, "position": position, "permissions": permissions});
    json!({
        "id": GUILD.to_string(),
        "name": "Chess Club",
        "owner_id": OWNER,
        "roles": [
            role(&GUILD.to_string(), "@everyone", 0, SEES_AND_WRITES),
            role("100000000000000001", "Helpers", 1, "0"),
            {"id": "100000000000000002", "name": "Boosters", "position": 2, "permissions": "0", "managed": true},
            role("100000000000000003", "Managers", 3, MANAGES),
            role("100000000000000004", "Bot", 5, MANAGES),
            role("100000000000000005", "Above", 4, "0"),
        ],
        "emojis": [
            {"id": "400000000000000001", "name": "wave"},
            {"id": "400000000000000002", "name": "lost", "animated": true, "available": false},
        ],
    })
}

fn channels() -> Value {
    let closed = json!([{"id": GUILD.to_string(), "type": 0, "allow": "0", "deny": SEES}]);
    json!([
        {"id": "200000000000000001", "type": 2, "name": "Create a room", "parent_id": "200000000000000003"},
        {"id": "200000000000000002", "type": 2, "name": "Create a study", "parent_id": "200000000000000003"},
        {"id": "200000000000000003", "type": 4, "name": "Rooms"},
        {"id": "200000000000000004", "type": 4, "name": "More rooms"},
        {"id": "200000000000000005", "type": 0, "name": "open"},
        {"id": "200000000000000006", "type": 0, "name": "hidden", "permission_overwrites": closed},
    ])
}
