//! Harbour Club: the guild most tests and the demo live in. Every kind of channel and role an
//! admin can stumble over is here once.

use super::{
    AYLIN, BOT, BOT_PERMISSIONS, HARBOUR_CLUB, JONAS, MIRA, NOOR, OLD_TIMER, SAM, SCRIPT, add_bot, channels, emojis,
    roles,
};
use crate::{
    permissions::{ADMINISTRATOR, EVERYDAY, MANAGE_GUILD, MANAGE_MESSAGES, MANAGE_ROLES, SEND_MESSAGES, VIEW_CHANNEL},
    world::{Channel, Emoji, Guild, Manager, Member, Overwrite, Role, channel_type as kind},
};

/// The guild.
pub fn guild() -> Guild {
    let mut guild = Guild::new(HARBOUR_CLUB, "Harbour Club", MIRA);
    guild.icon = Some("9c1e77d0b2f84a5c8e6d3f10a4b5c6d7".to_owned());
    guild.premium_tier = 1;
    guild.features = ["COMMUNITY", "NEWS", "INVITE_SPLASH"].map(str::to_owned).to_vec();
    add_roles(&mut guild);
    add_members(&mut guild);
    add_channels(&mut guild);
    add_archive(&mut guild);
    add_emojis(&mut guild);
    guild
}

fn add_roles(guild: &mut Guild) {
    add_bot(guild, roles::HARBOUR_BOT, 9, BOT_PERMISSIONS);
    let moderating = EVERYDAY | MANAGE_GUILD | MANAGE_ROLES | MANAGE_MESSAGES;
    let plan = [
        (roles::ADMIN, "Admin", 11, 0xe7_4c3c, ADMINISTRATOR, false, None),
        (roles::CAPTAIN, "Captain", 10, 0xf1_c40f, 0, false, None),
        (roles::MODERATOR, "Moderator", 8, 0x34_98db, moderating, true, None),
        (roles::SUPPORT, "Support", 7, 0x2e_cc71, EVERYDAY | MANAGE_MESSAGES, true, None),
        (roles::EVENT_HOST, "Event Host", 6, 0x9b_59b6, 0, false, None),
        (roles::BOOSTER, "Server Booster", 5, 0xf4_7fff, 0, false, Some(Manager::Boosters)),
        (roles::SUBSCRIBER, "Subscriber", 4, 0x91_46ff, 0, false, Some(Manager::Integration(roles::SUBSCRIBER))),
        (roles::DJ, "DJ", 3, 0x1a_bc9c, 0, false, None),
        (roles::GIVEAWAY_PING, "Giveaways", 2, 0, 0, true, None),
        (roles::MEMBER, "Member", 1, 0, 0, false, None),
        (roles::MUTED, "Muted", 1, 0x60_7d8b, 0, false, None),
    ];
    for (id, name, position, color, permissions, mentionable, managed_by) in plan {
        let hoist = position > 6;
        let role = Role { color, permissions, mentionable, managed_by, hoist, ..Role::new(id, name, position) };
        guild.put_role(role);
    }
}

fn add_members(guild: &mut Guild) {
    use roles::{ADMIN, BOOSTER, DJ, EVENT_HOST, MEMBER, MODERATOR, SUPPORT};
    guild.put_member(Member {
        nick: Some("Harbour Master".to_owned()),
        ..Member::new(MIRA, &[SUPPORT, MEMBER, BOOSTER])
    });
    guild.put_member(Member::new(JONAS, &[MODERATOR, MEMBER]));
    guild.put_member(Member::new(AYLIN, &[ADMIN, MEMBER]));
    guild.put_member(Member::new(SAM, &[MEMBER]));
    guild.put_member(Member::new(NOOR, &[SUPPORT, EVENT_HOST, MEMBER]));
    guild.put_member(Member::new(OLD_TIMER, &[DJ, MEMBER]));
    guild.put_member(Member { pending: true, ..Member::new(SCRIPT, &[]) });
}

fn add_channels(guild: &mut Guild) {
    use channels::*;
    let everyone_out = Overwrite::role(HARBOUR_CLUB, 0, VIEW_CHANNEL);
    let staff_in = [roles::MODERATOR, roles::SUPPORT, roles::HARBOUR_BOT];
    let staff = || -> Vec<Overwrite> {
        let see = staff_in.map(|role| Overwrite::role(role, VIEW_CHANNEL, 0));
        [everyone_out].into_iter().chain(see).collect()
    };
    let categories = [
        (INFORMATION, "Information"),
        (COMMUNITY, "Community"),
        (VOICE_ROOMS, "Voice rooms"),
        (TEMPORARY_ROOMS, "Temporary rooms"),
        (MORE_ROOMS, "More rooms"),
        (SUPPORT, "Support"),
        (TICKETS, "Tickets"),
        (STAFF, "Staff"),
        (ARCHIVE, "Archive"),
    ];
    for (position, (id, name)) in (0..).zip(categories) {
        let permission_overwrites = if id == STAFF { staff() } else { Vec::new() };
        guild.put_channel(Channel { position, permission_overwrites, ..Channel::new(id, kind::CATEGORY, name) });
    }
    let plan = [
        (WELCOME, kind::TEXT, "welcome", INFORMATION),
        (RULES, kind::TEXT, "rules", INFORMATION),
        (ANNOUNCEMENTS, kind::ANNOUNCEMENT, "announcements", INFORMATION),
        (GENERAL, kind::TEXT, "general", COMMUNITY),
        (GIVEAWAYS, kind::TEXT, "giveaways", COMMUNITY),
        (MUSIC, kind::TEXT, "music", COMMUNITY),
        (BOT_COMMANDS, kind::TEXT, "bot-commands", COMMUNITY),
        (FORUM, kind::FORUM, "questions", COMMUNITY),
        (PICTURES, kind::MEDIA, "pictures", COMMUNITY),
        (FUTURE, 99, "something-new", COMMUNITY),
        (LOBBY, kind::VOICE, "Lobby", VOICE_ROOMS),
        (LOUNGE, kind::VOICE, "Lounge", VOICE_ROOMS),
        (MUSIC_BAR, kind::VOICE, "Music bar", VOICE_ROOMS),
        (LOCKED_VOICE, kind::VOICE, "Engine room", VOICE_ROOMS),
        (STAGE_HALL, kind::STAGE, "Stage hall", VOICE_ROOMS),
        (OPEN_A_TICKET, kind::TEXT, "open-a-ticket", SUPPORT),
    ];
    for (position, (id, kind, name, category)) in (0..).zip(plan) {
        guild.put_channel(Channel { position, ..Channel::new(id, kind, name).inside(category) });
    }
    let hidden = [
        (STAFF_ROOM, kind::TEXT, "staff-room"),
        (MOD_LOG, kind::TEXT, "mod-log"),
        (TRANSCRIPTS, kind::TEXT, "transcripts"),
        (STAFF_VOICE, kind::VOICE, "Staff voice"),
    ];
    for (position, (id, kind, name)) in (20..).zip(hidden) {
        let channel = Channel::new(id, kind, name).inside(STAFF);
        guild.put_channel(Channel { position, permission_overwrites: staff(), ..channel });
    }
    let captains = Channel::new(CAPTAINS_TABLE, kind::TEXT, "captains-table").overwritten(everyone_out);
    guild.put_channel(captains.overwritten(Overwrite::role(roles::CAPTAIN, VIEW_CHANNEL, 0)));
    guild.put_channel(Channel::new(LOST_AND_FOUND, kind::TEXT, "lost-and-found"));
    deny(guild, RULES, Overwrite::role(HARBOUR_CLUB, 0, SEND_MESSAGES));
    deny(guild, RULES, Overwrite::member(BOT, 0, SEND_MESSAGES));
    deny(guild, LOCKED_VOICE, Overwrite::member(BOT, 0, crate::permissions::CONNECT));
}

fn deny(guild: &mut Guild, channel: crate::Id, overwrite: Overwrite) {
    if let Some(channel) = guild.channels.get_mut(&channel) {
        channel.permission_overwrites.push(overwrite);
    }
}

fn add_archive(guild: &mut Guild) {
    for n in 0..48 {
        let channel = Channel::new(channels::archived(n), kind::TEXT, &format!("regatta-{}", 1977 + n));
        let position = i64::try_from(100 + n).unwrap_or_default();
        guild.put_channel(Channel { position, ..channel.inside(channels::ARCHIVE) });
    }
}

fn add_emojis(guild: &mut Guild) {
    let plan = [
        (emojis::PARTY, "party", true, true),
        (emojis::ANCHOR, "anchor", false, true),
        (emojis::WAVE, "wave_hello", false, true),
        (emojis::TICKET, "ticket", false, true),
        (emojis::LIGHTHOUSE, "lighthouse", false, false),
        (emojis::FOGHORN, "foghorn", true, true),
    ];
    for (id, name, animated, available) in plan {
        let roles = if id == emojis::FOGHORN { vec![roles::MODERATOR] } else { Vec::new() };
        guild.put_emoji(Emoji { id, name: name.to_owned(), animated, available, roles });
    }
}
