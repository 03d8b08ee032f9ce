//! Judging a value against the server it is for and the person who wants it.
//!
//! Works on any value of a module's shape: a form just read, what is stored, an import. A role to give must be
//! below the bot and below the person; a channel must be of the right kind and one the person can see.

use serde_json::Value;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;

use crate::discord::{Channel, Role};
use crate::guilds::snapshot::{CannotGive, GuildSnapshot, Viewer};
use crate::ids::{ChannelId, EmojiId, RoleId};
use crate::settings::fields::{ChannelUse, Field, Kind, RoleUse, join};
use crate::settings::problems::Problems;
use crate::web::words::Message;

/// What values are judged against.
pub struct Judge<'a> {
    pub guild: &'a GuildSnapshot,
    pub person: Viewer<'a>,
}

impl ChannelUse {
    pub fn takes(self, kind: ChannelType) -> bool {
        match self {
            Self::Text | Self::Announce => matches!(kind, ChannelType::GuildText | ChannelType::GuildAnnouncement),
            Self::Voice => kind == ChannelType::GuildVoice,
            Self::VoiceOrStage => matches!(kind, ChannelType::GuildVoice | ChannelType::GuildStageVoice),
            Self::Category => kind == ChannelType::GuildCategory,
        }
    }
}

impl<'a> Judge<'a> {
    /// Says everything that is wrong with `values`.
    pub fn fields(
        &self,
        fields: impl IntoIterator<Item = &'static Field>,
        path: &str,
        values: &Value,
        out: &mut Problems,
    ) {
        for field in fields {
            let path = join(path, field.name);
            let value = values.get(field.wire_name()).unwrap_or(&Value::Null);
            self.field(field, &path, value, out);
        }
    }

    fn field(&self, field: &'static Field, path: &str, value: &Value, out: &mut Problems) {
        if let Some(parts) = field.parts() {
            return self.fields(parts, path, value, out);
        }
        let mut say = |found: Result<(), Message>| {
            if let Err(message) = found {
                out.judged(path, message);
            }
        };
        match (&field.kind, value) {
            (Kind::Channel { of, .. }, Value::String(id)) => say(self.channel(*of, id)),
            (Kind::ChannelList { of, .. }, Value::Array(ids)) => {
                ids.iter().filter_map(Value::as_str).for_each(|id| say(self.channel(*of, id)));
            }
            (Kind::Role { of, .. }, Value::String(id)) => say(self.role(*of, id)),
            (Kind::RoleList { of, .. }, Value::Array(ids)) => {
                ids.iter().filter_map(Value::as_str).for_each(|id| say(self.role(*of, id)));
            }
            (Kind::Bitrate, Value::Number(kbps)) => say(self.bitrate(kbps.as_i64().unwrap_or(0))),
            (Kind::Region, Value::String(region)) => say(self.region(region)),
            (Kind::Emoji { .. }, Value::String(emoji)) if !emoji.is_empty() => say(self.emoji(emoji)),
            (Kind::Rows { fields, .. }, Value::Array(rows)) => {
                for (index, row) in rows.iter().enumerate() {
                    self.fields(*fields, &format!("{path}.{index}"), row, out);
                }
            }
            _ => {}
        }
    }

    /// The channel of an id, if the server has it as far as the bot sees.
    pub fn find_channel(&self, id: &str) -> Option<&'a Channel> {
        crate::ids::parse(id).and_then(|id: ChannelId| self.guild.channel(id))
    }

    pub fn find_role(&self, id: &str) -> Option<&'a Role> {
        crate::ids::parse(id).and_then(|id: RoleId| self.guild.role(id))
    }

    fn channel(&self, of: ChannelUse, id: &str) -> Result<(), Message> {
        let channel = self.find_channel(id).ok_or_else(|| Message::new("problem-channel-gone"))?;
        // Saying its name to somebody who cannot see it would tell what they may not know.
        if !self.person.sees(channel) {
            return Err(Message::new("problem-channel-unseen"));
        }
        self.channel_reason(of, channel)
    }

    /// Why a channel that the person sees cannot be chosen for a use, if so.
    pub fn channel_reason(&self, of: ChannelUse, channel: &Channel) -> Result<(), Message> {
        let about = |key: &'static str| Err(Message::new(key).name("channel", &channel.name));
        let writes = || self.person.permissions_in(channel).contains(Permissions::SEND_MESSAGES);
        match of {
            of if !of.takes(channel.kind) => about("problem-channel-kind"),
            ChannelUse::Announce if !writes() => about("problem-channel-no-write"),
            _ => Ok(()),
        }
    }

    fn role(&self, of: RoleUse, id: &str) -> Result<(), Message> {
        let role = self.find_role(id).ok_or_else(|| Message::new("problem-role-gone"))?;
        self.role_reason(of, role)
    }

    /// Why a role cannot be chosen for a use, if so.
    pub fn role_reason(&self, of: RoleUse, role: &Role) -> Result<(), Message> {
        let about = |key: &'static str| Message::new(key).name("role", &role.name);
        let is_everyone = role.id == self.guild.everyone();
        match of {
            RoleUse::Have if is_everyone => Err(about("problem-role-everyone")),
            RoleUse::Have => Ok(()),
            RoleUse::Ping => {
                let open = role.mentionable && !is_everyone;
                let may = self.person.guild_permissions().contains(Permissions::MENTION_EVERYONE);
                if open || may { Ok(()) } else { Err(about("problem-role-ping")) }
            }
            RoleUse::Give => self.may_be_given(role).map_err(about),
        }
    }

    /// Whether bot and person may both give a role; else the key of the reason.
    fn may_be_given(&self, role: &Role) -> Result<(), &'static str> {
        self.guild.bot().may_give(role).map_err(|why| match why {
            CannotGive::Everyone => "problem-role-everyone",
            CannotGive::Managed => "problem-role-managed",
            CannotGive::NoManageRoles => "problem-role-bot-cannot",
            CannotGive::TooHigh => "problem-role-above-bot",
        })?;
        if self.person.is_owner() {
            return Ok(());
        }
        self.person.may_give(role).map_err(|why| match why {
            CannotGive::NoManageRoles => "problem-role-you-cannot",
            _ => "problem-role-above-you",
        })
    }

    fn bitrate(&self, kbps: i64) -> Result<(), Message> {
        let cap = i64::from(self.guild.bitrate_cap_kbps());
        if kbps <= cap { Ok(()) } else { Err(Message::new("problem-bitrate").number("max", cap)) }
    }

    fn region(&self, id: &str) -> Result<(), Message> {
        let listed = self.guild.regions.iter().any(|region| region.id == id);
        if listed { Ok(()) } else { Err(Message::new("problem-region")) }
    }

    fn emoji(&self, text: &str) -> Result<(), Message> {
        match custom_emoji(text) {
            Some(id) => match self.guild.emoji(id) {
                Some(emoji) if emoji.available => Ok(()),
                Some(_) => Err(Message::new("problem-emoji-unavailable")),
                None => Err(Message::new("problem-emoji-gone")),
            },
            None if emojis::get(text).is_some() => Ok(()),
            None => Err(Message::new("problem-emoji")),
        }
    }
}

/// The id in `<:name:id>` or `<a:name:id>`.
pub fn custom_emoji(text: &str) -> Option<EmojiId> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (kind, rest) = inner.split_once(':')?;
    let (name, id) = rest.split_once(':')?;
    let named = (2..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if matches!(kind, "" | "a") && named { crate::ids::parse(id) } else { None }
}
