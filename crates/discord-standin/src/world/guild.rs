//! A guild with its roles, emojis and members; channels are next door. Data only: rights are
//! computed in `permissions`, JSON is made in `shapes`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Channel;
use crate::id::Id;

/// A server.
#[derive(Clone, Debug, Serialize)]
pub struct Guild {
    /// Also the id of its @everyone role.
    pub id: Id,
    /// 2 to 100 characters.
    pub name: String,
    /// Image hash, or none.
    pub icon: Option<String>,
    /// Who owns it.
    pub owner_id: Id,
    /// Boost tier, 0 to 3.
    pub premium_tier: u8,
    /// 1: who moderates needs two-factor authentication.
    pub mfa_level: u8,
    /// Feature words such as `COMMUNITY`.
    pub features: Vec<String>,
    /// By id; @everyone included.
    pub roles: BTreeMap<Id, Role>,
    /// By id.
    pub channels: BTreeMap<Id, Channel>,
    /// By id.
    pub emojis: BTreeMap<Id, Emoji>,
    /// By user id. The bot keeps its entry when it leaves, so that it comes back with its roles.
    pub members: BTreeMap<Id, Member>,
    /// Whether the application's bot is in here.
    pub bot_present: bool,
}

impl Guild {
    /// A guild with its owner and an @everyone role that may read, write and talk.
    pub fn new(id: Id, name: &str, owner_id: Id) -> Guild {
        let everyone = Role { permissions: crate::permissions::EVERYDAY, ..Role::new(id, "@everyone", 0) };
        Guild {
            id,
            name: name.to_owned(),
            icon: None,
            owner_id,
            premium_tier: 0,
            mfa_level: 0,
            features: Vec::new(),
            roles: BTreeMap::from([(id, everyone)]),
            channels: BTreeMap::new(),
            emojis: BTreeMap::new(),
            members: BTreeMap::from([(owner_id, Member::new(owner_id, &[]))]),
            bot_present: false,
        }
    }

    /// Puts a role in (or replaces the one with its id).
    pub fn put_role(&mut self, role: Role) -> Id {
        let id = role.id;
        self.roles.insert(id, role);
        id
    }

    /// Puts a channel in (or replaces the one with its id).
    pub fn put_channel(&mut self, channel: Channel) -> Id {
        let id = channel.id;
        self.channels.insert(id, channel);
        id
    }

    /// Puts an emoji in (or replaces the one with its id).
    pub fn put_emoji(&mut self, emoji: Emoji) -> Id {
        let id = emoji.id;
        self.emojis.insert(id, emoji);
        id
    }

    /// Puts a member in (or replaces the one with this user id).
    pub fn put_member(&mut self, member: Member) {
        self.members.insert(member.user_id, member);
    }
}

/// A role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Role {
    /// The id; that of @everyone is the guild's.
    pub id: Id,
    /// 1 to 100 characters.
    pub name: String,
    /// 0 means no colour.
    #[serde(default)]
    pub color: u32,
    /// Shown as a group of its own.
    #[serde(default)]
    pub hoist: bool,
    /// Rank; on a tie the lower id ranks higher.
    #[serde(default)]
    pub position: i64,
    /// Bits.
    #[serde(default)]
    pub permissions: u64,
    /// Whether anybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
    /// What it belongs to, if it is managed.
    #[serde(default)]
    pub managed_by: Option<Manager>,
}

impl Role {
    /// A plain role without rights.
    pub fn new(id: Id, name: &str, position: i64) -> Role {
        Role {
            id,
            name: name.to_owned(),
            color: 0,
            hoist: false,
            position,
            permissions: 0,
            mentionable: false,
            managed_by: None,
        }
    }
}

/// Who gives a managed role; nobody else can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manager {
    /// A bot; its user id.
    Bot(Id),
    /// An integration such as Twitch; its id.
    Integration(Id),
    /// Discord, to boosters.
    Boosters,
}

/// A custom emoji.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Emoji {
    /// The id.
    pub id: Id,
    /// 2 to 32 characters.
    pub name: String,
    /// A moving one.
    #[serde(default)]
    pub animated: bool,
    /// False when the boosts it needs are gone.
    #[serde(default = "yes")]
    pub available: bool,
    /// Who may use it; empty for everyone.
    #[serde(default)]
    pub roles: Vec<Id>,
}

fn yes() -> bool {
    true
}

/// A person's (or the bot's) membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user_id: Id,
    /// Name in this guild.
    #[serde(default)]
    pub nick: Option<String>,
    /// Image hash in this guild.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Roles held, without @everyone. May name roles that are gone.
    #[serde(default)]
    pub roles: Vec<Id>,
    /// Has not yet accepted the rules.
    #[serde(default)]
    pub pending: bool,
    /// End of a timeout in Unix milliseconds.
    #[serde(default)]
    pub timed_out_until: Option<u64>,
}

impl Member {
    /// A membership with roles and nothing else.
    pub fn new(user_id: Id, roles: &[Id]) -> Member {
        Member { user_id, nick: None, avatar: None, roles: roles.to_vec(), pending: false, timed_out_until: None }
    }
}
