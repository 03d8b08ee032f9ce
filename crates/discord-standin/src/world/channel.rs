//! Channels and their permission overwrites. Data only.

use serde::{Deserialize, Serialize};

use crate::id::Id;

/// Channel types by name; any other number is legal and stands for a type of the future.
pub mod channel_type {
    /// A text channel.
    pub const TEXT: u8 = 0;
    /// A voice channel.
    pub const VOICE: u8 = 2;
    /// A category.
    pub const CATEGORY: u8 = 4;
    /// An announcement channel.
    pub const ANNOUNCEMENT: u8 = 5;
    /// A stage.
    pub const STAGE: u8 = 13;
    /// A forum.
    pub const FORUM: u8 = 15;
    /// A media channel.
    pub const MEDIA: u8 = 16;
}

/// A channel of any type. Fields a type does not have are left out of its JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    /// The id.
    pub id: Id,
    /// The type's number.
    #[serde(rename = "type")]
    pub kind: u8,
    /// 1 to 100 characters.
    pub name: String,
    /// Sort key.
    #[serde(default)]
    pub position: i64,
    /// The category, or none.
    #[serde(default)]
    pub parent_id: Option<Id>,
    /// Deviations from the roles' rights.
    #[serde(default)]
    pub permission_overwrites: Vec<Overwrite>,
    /// Text channels: the line at the top.
    #[serde(default)]
    pub topic: Option<String>,
    /// Age-restricted.
    #[serde(default)]
    pub nsfw: bool,
    /// Voice: bits per second.
    #[serde(default = "default_bitrate")]
    pub bitrate: u32,
    /// Voice: seats, 0 for no limit.
    #[serde(default)]
    pub user_limit: u32,
    /// Voice: region, or automatic.
    #[serde(default)]
    pub rtc_region: Option<String>,
    /// Leaves `parent_id` and `permission_overwrites` out of the JSON, as the API may.
    #[serde(default)]
    pub sparse: bool,
}

fn default_bitrate() -> u32 {
    64_000
}

impl Channel {
    /// A channel without overwrites, outside any category.
    pub fn new(id: Id, kind: u8, name: &str) -> Channel {
        Channel {
            id,
            kind,
            name: name.to_owned(),
            position: 0,
            parent_id: None,
            permission_overwrites: Vec::new(),
            topic: None,
            nsfw: false,
            bitrate: default_bitrate(),
            user_limit: 0,
            rtc_region: None,
            sparse: false,
        }
    }

    /// The same channel inside a category.
    pub fn inside(self, category: Id) -> Channel {
        Channel { parent_id: Some(category), ..self }
    }

    /// The same channel with one more overwrite.
    pub fn overwritten(mut self, overwrite: Overwrite) -> Channel {
        self.permission_overwrites.push(overwrite);
        self
    }

    /// Voice or stage.
    pub fn is_voice(&self) -> bool {
        matches!(self.kind, channel_type::VOICE | channel_type::STAGE)
    }
}

/// A deviation for one role or one member.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Overwrite {
    /// The role's or the user's id.
    pub id: Id,
    /// Which of the two.
    pub target: Target,
    /// Bits given.
    #[serde(default)]
    pub allow: u64,
    /// Bits taken.
    #[serde(default)]
    pub deny: u64,
}

impl Overwrite {
    /// For a role.
    pub fn role(id: Id, allow: u64, deny: u64) -> Overwrite {
        Overwrite { id, target: Target::Role, allow, deny }
    }

    /// For a member.
    pub fn member(id: Id, allow: u64, deny: u64) -> Overwrite {
        Overwrite { id, target: Target::Member, allow, deny }
    }
}

/// What an overwrite is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// 0 on the wire.
    Role,
    /// 1 on the wire.
    Member,
}
