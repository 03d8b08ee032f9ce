//! What a member may do on a server and in a channel, by Discord's own rules.
//!
//! Pure: everything comes from a [`Guild`], a [`Member`] and a [`Channel`]. What a guild has besides
//! is in [`crate::guilds::snapshot`].

use std::cmp::Reverse;

use twilight_model::guild::Permissions;

use super::model::{Channel, Guild, Member, Overwrite, OverwriteTarget, Role};
use crate::clock::Millis;
use crate::ids::{RoleId, UserId};

/// All that Discord has today, also what the type's library does not name yet
/// (bit 48, SET_VOICE_CHANNEL_STATUS).
pub const EVERYTHING: Permissions = Permissions::from_bits_retain(0x1f_7fff_ffff_ffff);

/// What a timeout leaves.
const TIMED_OUT: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// Void for whoever cannot send.
const NEEDS_SENDING: Permissions = Permissions::MENTION_EVERYONE
    .union(Permissions::SEND_TTS_MESSAGES)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::EMBED_LINKS);

/// A role's place: by position, and of two in the same place the lower id ranks higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    position: i64,
    age: Reverse<RoleId>,
}

impl Role {
    pub fn rank(&self) -> Rank {
        Rank { position: self.position, age: Reverse(self.id) }
    }
}

/// Where one member stands on one server.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    guild: &'a Guild,
    user: UserId,
    /// @everyone and the roles held, as far as they still exist.
    roles: Vec<&'a Role>,
    timed_out: bool,
}

impl<'a> Standing<'a> {
    pub fn of(guild: &'a Guild, member: &Member, now: Millis) -> Self {
        let everyone: RoleId = guild.id.cast();
        let roles = guild.roles.iter().filter(|role| role.id == everyone || member.roles.contains(&role.id)).collect();
        let timed_out = member.timed_out_until.is_some_and(|until| until > now);
        Self { guild, user: member.user.id, roles, timed_out }
    }

    pub fn is_owner(&self) -> bool {
        self.user == self.guild.owner_id
    }

    pub fn is_timed_out(&self) -> bool {
        self.timed_out
    }

    /// The owner, or ADMINISTRATOR or MANAGE_GUILD without a timeout.
    ///
    /// Discord never times out an administrator; should one be timed out all the same, they do not
    /// manage here.
    pub fn is_manager(&self) -> bool {
        let manages = self.base().intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD);
        self.is_owner() || (manages && !self.timed_out)
    }

    /// The rights without any channel's overwrites.
    pub fn in_guild(&self) -> Permissions {
        if self.may_everything() { self.granted() } else { self.after_timeout(self.granted()) }
    }

    pub fn in_channel(&self, channel: &Channel) -> Permissions {
        let granted = self.granted_in(channel);
        if self.may_everything() { granted } else { self.after_timeout(without_the_void(granted, channel)) }
    }

    /// What is switched on for this member, whether it works now or not: a timeout ends by itself.
    pub fn granted(&self) -> Permissions {
        if self.may_everything() { EVERYTHING | self.base() } else { self.base() }
    }

    /// The same in a channel. What is lacking here has to be switched on; what is void for want of something else
    /// is not lacking.
    pub fn granted_in(&self, channel: &Channel) -> Permissions {
        if self.may_everything() { self.granted() } else { self.with_overwrites(&channel.permission_overwrites) }
    }

    /// The rights in a thread below `parent`: the right to send is another one there.
    pub fn in_thread_of(&self, parent: &Channel) -> Permissions {
        if self.may_everything() {
            return EVERYTHING | self.base();
        }
        let mut granted = self.with_overwrites(&parent.permission_overwrites);
        let sends = granted.contains(Permissions::SEND_MESSAGES_IN_THREADS);
        granted.set(Permissions::SEND_MESSAGES, sends);
        self.after_timeout(without_the_void(granted, parent))
    }

    /// The highest rank held; nothing only if the server has no roles at all, not even @everyone.
    pub fn top_rank(&self) -> Option<Rank> {
        self.roles.iter().map(|role| role.rank()).max()
    }

    /// Whether the role is below this member's own top role (the owner is above all roles).
    pub fn outranks(&self, role: &Role) -> bool {
        self.is_owner() || self.top_rank().is_some_and(|top| top > role.rank())
    }

    fn may_everything(&self) -> bool {
        self.is_owner() || self.base().contains(Permissions::ADMINISTRATOR)
    }

    fn base(&self) -> Permissions {
        self.roles.iter().fold(Permissions::empty(), |sum, role| sum | role.permissions)
    }

    /// @everyone's overwrite, then those of all roles at once, then the member's own: each level
    /// takes away first and gives afterwards.
    fn with_overwrites(&self, overwrites: &[Overwrite]) -> Permissions {
        let everyone: RoleId = self.guild.id.cast();
        let of = |wanted: &dyn Fn(OverwriteTarget) -> bool| {
            let (mut allow, mut deny) = (Permissions::empty(), Permissions::empty());
            for overwrite in overwrites.iter().filter(|one| wanted(one.target)) {
                allow |= overwrite.allow;
                deny |= overwrite.deny;
            }
            (allow, deny)
        };
        let held = |id: RoleId| id != everyone && self.roles.iter().any(|role| role.id == id);
        let levels = [
            of(&|target| target == OverwriteTarget::Role(everyone)),
            of(&|target| matches!(target, OverwriteTarget::Role(id) if held(id))),
            of(&|target| target == OverwriteTarget::Member(self.user)),
        ];
        levels.into_iter().fold(self.base(), |sum, (allow, deny)| sum.difference(deny) | allow)
    }

    fn after_timeout(&self, granted: Permissions) -> Permissions {
        if self.timed_out { granted & TIMED_OUT } else { granted }
    }
}

/// What is granted and still does not work for want of something else.
fn without_the_void(granted: Permissions, channel: &Channel) -> Permissions {
    if !granted.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::empty();
    }
    if channel.is_voice() && !granted.contains(Permissions::CONNECT) {
        return Permissions::VIEW_CHANNEL;
    }
    if granted.contains(Permissions::SEND_MESSAGES) { granted } else { granted.difference(NEEDS_SENDING) }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
