//! The Arcade: boosted to the top, owned by Jonas, managed by Mira.

use super::{ARCADE, BOT_PERMISSIONS, JONAS, MIRA, OLD_TIMER, SAM, add_bot, after};
use crate::{
    permissions::{EVERYDAY, MANAGE_GUILD, MANAGE_ROLES},
    world::{Channel, Emoji, Guild, Manager, Member, Role, channel_type::*},
};

/// The guild.
pub fn guild() -> Guild {
    let id = |n: u64| after(ARCADE, n);
    let mut guild = Guild::new(ARCADE, "Pixel Arcade", JONAS);
    guild.icon = Some("a_3be07d51c9f24a6885d2e0b1f7a46c93".to_owned());
    guild.premium_tier = 3;
    guild.features = ["COMMUNITY", "ANIMATED_ICON", "VIP_REGIONS", "ROLE_ICONS"].map(str::to_owned).to_vec();
    let manager = guild.put_role(Role {
        color: 0xe6_7e22,
        hoist: true,
        permissions: EVERYDAY | MANAGE_GUILD | MANAGE_ROLES,
        ..Role::new(id(1), "Floor Manager", 5)
    });
    guild.put_role(Role {
        managed_by: Some(Manager::Boosters),
        color: 0xf4_7fff,
        ..Role::new(id(2), "Server Booster", 3)
    });
    let player = guild.put_role(Role { mentionable: true, ..Role::new(id(3), "Player", 1) });
    add_bot(&mut guild, id(4), 4, BOT_PERMISSIONS);
    guild.put_member(Member::new(MIRA, &[manager]));
    guild.put_member(Member::new(SAM, &[player]));
    guild.put_member(Member::new(OLD_TIMER, &[player]));
    let front = guild.put_channel(Channel::new(id(10), CATEGORY, "Front desk"));
    let halls = guild.put_channel(Channel { position: 1, ..Channel::new(id(11), CATEGORY, "Halls") });
    let plan = [
        (TEXT, "welcome", front),
        (ANNOUNCEMENT, "high-scores", front),
        (TEXT, "chat", front),
        (FORUM, "strategy", front),
        (VOICE, "Insert coin", halls),
        (VOICE, "Racing", halls),
        (VOICE, "Puzzles", halls),
        (STAGE, "Tournament", halls),
    ];
    for (n, (kind, name, category)) in (0..).zip(plan) {
        let bitrate = if kind == VOICE { 384_000 } else { 64_000 };
        let channel = Channel::new(id(20 + n), kind, name).inside(category);
        guild.put_channel(Channel { position: i64::try_from(n).unwrap_or_default(), bitrate, ..channel });
    }
    guild.put_emoji(Emoji { id: id(40), name: "coin".to_owned(), animated: true, available: true, roles: Vec::new() });
    guild
}
