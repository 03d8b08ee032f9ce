//! What a server has, at one moment, as pickers and rules need it.
//!
//! Pure: Discord's answers come in ([`crate::discord::Discord::snapshot`]), and what follows from them
//! comes out. Whether somebody may use a page is decided elsewhere, with [`Standing`] alone.

mod order;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use twilight_model::guild::Permissions;

use crate::clock::Millis;
use crate::discord::permissions::{Rank, Standing};
use crate::discord::{Channel, Emoji, Guild, Intent, Member, PartialGuild, Role, VoiceRegion};
use crate::ids::{ChannelId, EmojiId, RoleId, UserId};
use order::Order;

pub use order::ChannelGroup;

/// The next snapshot's number.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// Discord allows this many channels in a category.
pub const CATEGORY_CAPACITY: usize = 50;

#[derive(Clone, Debug)]
pub struct GuildSnapshot {
    pub guild: Arc<Guild>,
    /// Those the bot can see, without threads.
    pub channels: Arc<Vec<Channel>>,
    pub bot_member: Arc<Member>,
    pub regions: Arc<Vec<VoiceRegion>>,
    /// When the oldest of these answers was asked for.
    pub fetched_at: Millis,
    /// What is switched on for the application; nothing if it is not known.
    application_flags: Option<u64>,
    channel_places: HashMap<ChannelId, usize>,
    role_places: HashMap<RoleId, usize>,
    order: Order,
    number: u64,
}

impl GuildSnapshot {
    pub fn new(
        guild: Arc<Guild>,
        channels: Arc<Vec<Channel>>,
        bot_member: Arc<Member>,
        regions: Arc<Vec<VoiceRegion>>,
        fetched_at: Millis,
    ) -> Self {
        let channel_places = channels.iter().enumerate().map(|(place, channel)| (channel.id, place)).collect();
        let role_places = guild.roles.iter().enumerate().map(|(place, role)| (role.id, place)).collect();
        Self {
            guild,
            channels,
            bot_member,
            regions,
            fetched_at,
            application_flags: None,
            channel_places,
            role_places,
            order: Order::default(),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        }
    }

    pub fn of_application(self, flags: Option<u64>) -> Self {
        Self { application_flags: flags, ..self }
    }

    /// No other snapshot of this process has it: what is made of one can be kept under its number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Whether it was made from these very answers.
    pub fn is_of(
        &self,
        guild: &Arc<Guild>,
        channels: &Arc<Vec<Channel>>,
        bot_member: &Arc<Member>,
        regions: &Arc<Vec<VoiceRegion>>,
        (fetched_at, application_flags): (Millis, Option<u64>),
    ) -> bool {
        Arc::ptr_eq(&self.guild, guild)
            && Arc::ptr_eq(&self.channels, channels)
            && Arc::ptr_eq(&self.bot_member, bot_member)
            && Arc::ptr_eq(&self.regions, regions)
            && (self.fetched_at, self.application_flags) == (fetched_at, application_flags)
    }

    /// Whether an intent is switched on for the bot, if that is known.
    pub fn has_intent(&self, intent: Intent) -> Option<bool> {
        self.application_flags.map(|flags| intent.is_on(flags))
    }

    /// What is known of a server the bot is not on: its name, and that this person manages it.
    pub fn without_bot(listed: &PartialGuild, person: UserId) -> (Arc<Self>, Arc<Member>) {
        let guild = Guild {
            id: listed.id,
            name: listed.name.clone(),
            icon: listed.icon.clone(),
            owner_id: person,
            // Not known: nothing can be changed there anyway.
            mfa_level: 0,
            premium_tier: 0,
            features: Vec::new(),
            roles: Vec::new(),
            emojis: Vec::new(),
        };
        let member = Arc::new(Member::nobody(person));
        let snapshot = Self::new(Arc::new(guild), Arc::default(), member.clone(), Arc::default(), 0);
        (Arc::new(snapshot), member)
    }

    /// Whether this stands for a server that the bot is not on: each other one has a role for everyone.
    pub fn is_without_bot(&self) -> bool {
        self.guild.roles.is_empty()
    }

    /// Nothing if it is deleted or hidden from the bot: the two cannot be told apart.
    pub fn channel(&self, id: ChannelId) -> Option<&Channel> {
        self.channel_places.get(&id).and_then(|place| self.channels.get(*place))
    }

    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.role_places.get(&id).and_then(|place| self.guild.roles.get(*place))
    }

    pub fn emoji(&self, id: EmojiId) -> Option<&Emoji> {
        self.guild.emojis.iter().find(|emoji| emoji.id == id)
    }

    pub fn everyone(&self) -> RoleId {
        self.guild.id.cast()
    }

    /// How many channels a category holds, of [`CATEGORY_CAPACITY`]; those hidden from the bot are not
    /// counted.
    pub fn children_of(&self, category: ChannelId) -> usize {
        self.channels.iter().filter(|channel| channel.parent_id == Some(category)).count()
    }

    /// The highest bitrate a voice channel may have here (a stage never has more than 64).
    pub fn bitrate_cap_kbps(&self) -> u32 {
        if self.guild.features.iter().any(|feature| feature == "VIP_REGIONS") {
            return 384;
        }
        match self.guild.premium_tier {
            0 => 96,
            1 => 128,
            2 => 256,
            _ => 384,
        }
    }

    /// The bot on this server, as of [`Self::fetched_at`].
    pub fn bot(&self) -> Viewer<'_> {
        self.person(&self.bot_member, self.fetched_at)
    }

    pub fn bot_permissions(&self) -> Permissions {
        self.bot().guild_permissions()
    }

    pub fn bot_permissions_in(&self, channel: &Channel) -> Permissions {
        self.bot().permissions_in(channel)
    }

    /// The role that Discord made for the bot, if it was invited with permissions.
    pub fn bot_role(&self) -> Option<&Role> {
        let own = |role: &&Role| role.tags.bot_id == Some(self.bot_member.user.id);
        self.guild.roles.iter().find(own)
    }

    /// Whether somebody who has no role sees the channel.
    pub fn everyone_sees(&self, channel: &Channel) -> bool {
        // Nobody has this id: no overwrite for a member is about them, and they own no server.
        self.person(&Member::nobody(UserId::new(1)), self.fetched_at).sees(channel)
    }

    pub fn bot_top_role_rank(&self) -> Option<Rank> {
        self.bot().top_role_rank()
    }

    /// What this snapshot is to one person.
    pub fn person(&self, member: &Member, now: Millis) -> Viewer<'_> {
        Viewer { everyone: self.everyone(), standing: Standing::of(&self.guild, member, now) }
    }
}

/// One member and what they may see and do.
#[derive(Clone, Debug)]
pub struct Viewer<'a> {
    everyone: RoleId,
    standing: Standing<'a>,
}

/// Why a role cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotGive {
    /// Everybody has it.
    Everyone,
    /// It belongs to a bot, an integration, boosters or a linked account.
    Managed,
    NoManageRoles,
    /// It is not below the giver's own top role.
    TooHigh,
}

impl Viewer<'_> {
    pub fn sees(&self, channel: &Channel) -> bool {
        self.permissions_in(channel).contains(Permissions::VIEW_CHANNEL)
    }

    pub fn permissions_in(&self, channel: &Channel) -> Permissions {
        self.standing.in_channel(channel)
    }

    pub fn guild_permissions(&self) -> Permissions {
        self.standing.in_guild()
    }

    /// What is switched on for them: see [`Standing::granted`].
    pub fn granted(&self) -> Permissions {
        self.standing.granted()
    }

    pub fn granted_in(&self, channel: &Channel) -> Permissions {
        self.standing.granted_in(channel)
    }

    /// Timed out, and neither owner nor administrator.
    pub fn is_silenced(&self) -> bool {
        self.standing.is_timed_out() && self.standing.in_guild() != self.standing.granted()
    }

    pub fn top_role_rank(&self) -> Option<Rank> {
        self.standing.top_rank()
    }

    pub fn outranks(&self, role: &Role) -> bool {
        self.standing.outranks(role)
    }

    /// Whether this member (or the bot) could give that role, or what stands in the way.
    pub fn may_give(&self, role: &Role) -> Result<(), CannotGive> {
        if role.id == self.everyone {
            return Err(CannotGive::Everyone);
        }
        if role.managed {
            return Err(CannotGive::Managed);
        }
        if !self.guild_permissions().contains(Permissions::MANAGE_ROLES) {
            return Err(CannotGive::NoManageRoles);
        }
        if self.outranks(role) { Ok(()) } else { Err(CannotGive::TooHigh) }
    }

    pub fn is_owner(&self) -> bool {
        self.standing.is_owner()
    }

    /// Whether this member may manage the server here: see [`Standing::is_manager`].
    pub fn is_manager(&self) -> bool {
        self.standing.is_manager()
    }
}

#[cfg(test)]
mod tests;
