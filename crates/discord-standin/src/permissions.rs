//! Permission bits, and what somebody may do in a guild or a channel. Reads a world, never
//! changes it.

use std::cmp::Reverse;

use crate::{
    id::Id,
    world::{Channel, Guild, Member, Overwrite, Role, Target, World},
};

/// Kick people.
pub const KICK_MEMBERS: u64 = 1 << 1;
/// Ban people.
pub const BAN_MEMBERS: u64 = 1 << 2;
/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Make, change and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// Change the guild, add bots.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// React.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// Read the audit log.
pub const VIEW_AUDIT_LOG: u64 = 1 << 7;
/// See a channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Have messages read out.
pub const SEND_TTS_MESSAGES: u64 = 1 << 12;
/// Delete messages of others.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Have embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was said before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Mention everyone and every role.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// Use emojis of other guilds.
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
/// Join voice.
pub const CONNECT: u64 = 1 << 20;
/// Talk.
pub const SPEAK: u64 = 1 << 21;
/// Mute others.
pub const MUTE_MEMBERS: u64 = 1 << 22;
/// Move others.
pub const MOVE_MEMBERS: u64 = 1 << 24;
/// Give roles, edit overwrites.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// Time people out.
pub const MODERATE_MEMBERS: u64 = 1 << 40;
/// Every bit Discord has.
pub const ALL: u64 = 0x1f_7fff_ffff_ffff;
/// What a fresh guild lets everybody do: see, write, embed, attach, read back, react, talk.
pub const EVERYDAY: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY | ADD_REACTIONS | CONNECT | SPEAK;

const NEEDS_SEND: u64 = MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS;
const WHILE_TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// Somebody's bits in a guild, without overwrites and implicit rules: the owner has all, so has
/// an administrator, a stranger none.
pub fn in_guild(world: &World, guild: &Guild, user: Id) -> u64 {
    let Some(member) = world.member(guild, user) else {
        return 0;
    };
    let base = from_roles(guild, member);
    let unlimited = guild.owner_id == user || base & ADMINISTRATOR != 0;
    if unlimited { base | ALL } else { base }
}

/// The bits of @everyone and of the roles somebody holds; roles that are gone do not count.
pub fn from_roles(guild: &Guild, member: &Member) -> u64 {
    let held = member.roles.iter().chain([&guild.id]);
    held.filter_map(|id| guild.roles.get(id)).fold(0, |bits, role| bits | role.permissions)
}

/// Somebody's bits in a channel.
pub fn in_channel(world: &World, guild: &Guild, channel: &Channel, user: Id) -> u64 {
    let base = in_guild(world, guild, user);
    let Some(member) = world.member(guild, user) else {
        return 0;
    };
    if guild.owner_id == user || base & ADMINISTRATOR != 0 {
        return base;
    }
    let of = |wanted: &dyn Fn(&Overwrite) -> bool| {
        let matching = channel.permission_overwrites.iter().filter(|overwrite| wanted(overwrite));
        matching.fold((0, 0), |(allow, deny), next| (allow | next.allow, deny | next.deny))
    };
    let is_role = |overwrite: &Overwrite| overwrite.target == Target::Role;
    let steps = [
        of(&|overwrite| is_role(overwrite) && overwrite.id == guild.id),
        of(&|overwrite| is_role(overwrite) && member.roles.contains(&overwrite.id)),
        of(&|overwrite| !is_role(overwrite) && overwrite.id == user),
    ];
    let bits = steps.iter().fold(base, |bits, (allow, deny)| (bits & !deny) | allow);
    let timed_out = member.timed_out_until.is_some_and(|until| until > world.now_ms());
    let bits = if timed_out { bits & WHILE_TIMED_OUT } else { bits };
    implied(bits, channel)
}

/// What a missing bit takes with it.
fn implied(bits: u64, channel: &Channel) -> u64 {
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    if channel.is_voice() && bits & CONNECT == 0 {
        return bits & WHILE_TIMED_OUT;
    }
    if bits & SEND_MESSAGES == 0 { bits & !NEEDS_SEND } else { bits }
}

/// Whether the bot sees a channel: by its own right, or a category because of a child.
pub fn bot_sees(world: &World, guild: &Guild, channel: &Channel) -> bool {
    let bot = world.application.bot.id;
    let sees = |channel: &Channel| in_channel(world, guild, channel, bot) & VIEW_CHANNEL != 0;
    sees(channel) || guild.channels.values().any(|child| child.parent_id == Some(channel.id) && sees(child))
}

/// Whether somebody's highest role stands above a role. The owner stands above all.
pub fn outranks(guild: &Guild, user: Id, role: &Role) -> bool {
    let rank = |role: &Role| (role.position, Reverse(role.id));
    let member = guild.members.get(&user);
    let held = member.into_iter().flat_map(|member| member.roles.iter());
    let top = held.filter_map(|id| guild.roles.get(id)).map(rank).max();
    guild.owner_id == user || top.is_some_and(|top| top > rank(role))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::seed::{self, AYLIN, HARBOUR_CLUB, JONAS, MIRA, SAM, channels, roles};

    /// Sam's bits in #general with these overwrites, holding MEMBER and DJ.
    fn sams_bits(overwrites: &[Overwrite], edit: impl FnOnce(&mut World)) -> u64 {
        let mut world = seed::world();
        let held = [roles::MEMBER, roles::DJ];
        assert_eq!(world.set_member_roles(HARBOUR_CLUB, SAM, &held), Ok(()));
        if let Ok(channel) = world.channel_mut(channels::GENERAL) {
            channel.permission_overwrites = overwrites.to_vec();
        }
        edit(&mut world);
        bits(&world, channels::GENERAL, SAM)
    }

    fn bits(world: &World, channel: Id, user: Id) -> u64 {
        let found = world.channel(channel);
        found.map_or(0, |(guild, channel)| in_channel(world, guild, channel, user))
    }

    #[test]
    fn overwrites_apply_in_order_and_one_roles_allow_beats_anothers_deny() {
        let everyone = Overwrite::role(HARBOUR_CLUB, 0, VIEW_CHANNEL);
        let deny = Overwrite::role(roles::MEMBER, 0, VIEW_CHANNEL);
        let allow = Overwrite::role(roles::DJ, VIEW_CHANNEL, 0);
        let own = Overwrite::member(SAM, 0, VIEW_CHANNEL);
        let other = Overwrite::role(roles::MODERATOR, 0, VIEW_CHANNEL);
        assert_eq!(sams_bits(&[other], |_| {}), EVERYDAY);
        assert_eq!(sams_bits(&[everyone], |_| {}), 0);
        assert_eq!(sams_bits(&[allow, deny, everyone], |_| {}), EVERYDAY);
        assert_eq!(sams_bits(&[own, allow], |_| {}), 0);
    }

    #[test]
    fn a_missing_bit_takes_others_with_it() {
        let silent = Overwrite::member(SAM, 0, SEND_MESSAGES);
        assert_eq!(sams_bits(&[silent], |_| {}) & (EMBED_LINKS | ATTACH_FILES), 0);
        let timed_out = sams_bits(&[], |world| {
            assert_eq!(world.time_out(HARBOUR_CLUB, SAM, Duration::from_secs(60)), Ok(()));
        });
        assert_eq!(timed_out, VIEW_CHANNEL | READ_MESSAGE_HISTORY);
        let world = seed::world();
        assert_eq!(bits(&world, channels::LOCKED_VOICE, seed::BOT) & SPEAK, 0);
    }

    #[test]
    fn owners_and_administrators_pass_every_overwrite() {
        let world = seed::world();
        for user in [MIRA, AYLIN] {
            assert_eq!(bits(&world, channels::CAPTAINS_TABLE, user), ALL);
        }
        assert_eq!(bits(&world, channels::CAPTAINS_TABLE, JONAS), 0);
        assert_eq!(bits(&world, channels::GENERAL, seed::LIV), 0);
    }
}
