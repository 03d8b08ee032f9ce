//! What of Discord's objects is used here, read tolerantly.
//!
//! Unknown fields and enum values never fail, what may be missing or null has a default, and a
//! permission number that does not parse gives no rights. What a value means for a person's rights
//! is in [`super::permissions`].

use serde::Deserialize;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, IntegrationMarker};
use url::Url;

use super::wire::{channel_type, flags, null_as_default, permissions, present, time};
use crate::clock::Millis;
use crate::ids::{ChannelId, EmojiId, GuildId, RoleId, UserId};

/// A person (or the bot) as everybody sees them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub username: String,
    #[serde(default)]
    pub global_name: Option<String>,
    #[serde(default)]
    pub avatar: Option<String>,
    /// `"0"` for every account that chose a unique name.
    #[serde(default, deserialize_with = "null_as_default")]
    pub discriminator: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub bot: bool,
    /// Whether two-factor authentication is turned on; said of oneself alone.
    #[serde(default, deserialize_with = "null_as_default")]
    pub mfa_enabled: bool,
}

impl User {
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&self.username)
    }
}

/// A server in a person's own list, with their rights as Discord sums them up (no overwrites).
#[derive(Clone, Debug, Deserialize)]
pub struct PartialGuild {
    pub id: GuildId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default)]
    pub icon: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub owner: bool,
    #[serde(default = "Permissions::empty", deserialize_with = "permissions")]
    pub permissions: Permissions,
}

impl PartialGuild {
    /// For the list of servers only: who may act is decided by the bot's own answers.
    pub fn manageable(&self) -> bool {
        self.owner || self.permissions.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD)
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Guild {
    pub id: GuildId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default)]
    pub icon: Option<String>,
    pub owner_id: UserId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub mfa_level: u64,
    #[serde(default, deserialize_with = "null_as_default")]
    pub premium_tier: u64,
    #[serde(default, deserialize_with = "null_as_default")]
    pub features: Vec<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub roles: Vec<Role>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub emojis: Vec<Emoji>,
}

impl Guild {
    /// Whether everybody who moderates has to have a second factor. A level that came after this was written asks for one.
    pub fn asks_for_second_factor(&self) -> bool {
        self.mfa_level != 0
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Role {
    pub id: RoleId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// `0` means no colour, not black.
    #[serde(default, deserialize_with = "null_as_default")]
    color: u32,
    #[serde(default)]
    colors: Option<RoleColors>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub position: i64,
    #[serde(default = "Permissions::empty", deserialize_with = "permissions")]
    pub permissions: Permissions,
    /// Belongs to a bot, an integration, boosters or a linked account: nobody can give it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub managed: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub mentionable: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub tags: RoleTags,
}

#[derive(Clone, Debug, Deserialize)]
struct RoleColors {
    #[serde(default, deserialize_with = "null_as_default")]
    primary_color: u32,
}

impl Role {
    /// `0xRRGGBB`, or nothing for a role without a colour.
    pub fn color(&self) -> Option<u32> {
        let color = self.colors.as_ref().map_or(self.color, |colors| colors.primary_color);
        (color != 0).then_some(color)
    }
}

/// Why a role is managed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RoleTags {
    #[serde(default)]
    pub bot_id: Option<UserId>,
    #[serde(default)]
    pub integration_id: Option<Id<IntegrationMarker>>,
    /// Discord says "yes" by sending the key with null.
    #[serde(default, deserialize_with = "present")]
    pub premium_subscriber: bool,
}

/// A custom emoji of a guild.
#[derive(Clone, Debug, Deserialize)]
pub struct Emoji {
    pub id: EmojiId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub animated: bool,
    /// False after lost boosts: it exists, and nobody can use it.
    #[serde(default = "yes")]
    pub available: bool,
    /// Who may use it; empty for everybody.
    #[serde(default, deserialize_with = "null_as_default")]
    pub roles: Vec<RoleId>,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Deserialize)]
pub struct Channel {
    pub id: ChannelId,
    #[serde(rename = "type", deserialize_with = "channel_type")]
    pub kind: ChannelType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub position: i64,
    #[serde(default)]
    pub parent_id: Option<ChannelId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permission_overwrites: Vec<Overwrite>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub nsfw: bool,
    #[serde(default)]
    pub bitrate: Option<u32>,
    #[serde(default)]
    pub user_limit: Option<u32>,
    #[serde(default)]
    pub rtc_region: Option<String>,
}

impl Channel {
    pub fn is_category(&self) -> bool {
        self.kind == ChannelType::GuildCategory
    }

    /// Voice or stage: people connect to it.
    pub fn is_voice(&self) -> bool {
        matches!(self.kind, ChannelType::GuildVoice | ChannelType::GuildStageVoice)
    }

    pub fn is_thread(&self) -> bool {
        matches!(self.kind, ChannelType::AnnouncementThread | ChannelType::PublicThread | ChannelType::PrivateThread)
    }
}

/// What a channel allows or denies to a role or to one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "super::wire::OverwriteOnTheWire")]
pub struct Overwrite {
    pub target: OverwriteTarget,
    pub allow: Permissions,
    pub deny: Permissions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverwriteTarget {
    Role(RoleId),
    Member(UserId),
    /// A kind of target that came after this was written.
    Unknown,
}

/// A person on one server.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    pub user: User,
    #[serde(default)]
    pub nick: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub roles: Vec<RoleId>,
    /// Until when they are timed out; in the past once it is over.
    #[serde(default, rename = "communication_disabled_until", deserialize_with = "time")]
    pub timed_out_until: Option<Millis>,
    /// Has not accepted the server's rules yet.
    #[serde(default, deserialize_with = "null_as_default")]
    pub pending: bool,
}

impl Member {
    /// Somebody of whom only the id is known, without any role.
    pub fn nobody(id: UserId) -> Self {
        let user = User {
            id,
            username: String::new(),
            global_name: None,
            avatar: None,
            discriminator: "0".into(),
            bot: false,
            mfa_enabled: false,
        };
        Self { user, nick: None, roles: Vec::new(), timed_out_until: None, pending: false }
    }

    pub fn display_name(&self) -> &str {
        self.nick.as_deref().filter(|nick| !nick.is_empty()).unwrap_or_else(|| self.user.display_name())
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct VoiceRegion {
    pub id: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub optimal: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub deprecated: bool,
}

/// The application the bot token belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    pub id: Id<ApplicationMarker>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default)]
    pub bot: Option<User>,
    #[serde(default)]
    pub bot_public: Option<bool>,
    #[serde(default)]
    pub bot_require_code_grant: Option<bool>,
    /// The registered addresses, as texts: Discord compares them character for character.
    #[serde(default)]
    pub redirect_uris: Option<Vec<String>>,
    #[serde(default, deserialize_with = "flags")]
    pub flags: u64,
    #[serde(default, deserialize_with = "flags")]
    flags_new: u64,
}

impl Application {
    pub fn all_flags(&self) -> u64 {
        self.flags | self.flags_new
    }

    pub fn has_redirect(&self, redirect: &Url) -> Option<bool> {
        self.redirect_uris.as_ref().map(|registered| registered.iter().any(|one| one == redirect.as_str()))
    }
}
