//! The smaller guilds: the Library, the Workshop, the fresh one and the hostile one.

use super::{ADA, BOT_PERMISSIONS, HOSTILE, LIBRARY, LIV, MIRA, SAM, SCRIPT, TINY, WORKSHOP, add_bot, after};
use crate::{
    permissions::EVERYDAY,
    world::{Channel, Emoji, Guild, Member, Role, World, channel_type::*},
};

/// Puts them in.
pub fn add(world: &mut World) {
    world.add_guild(library());
    world.add_guild(workshop());
    world.add_guild(tiny());
    world.add_guild(hostile());
}

fn library() -> Guild {
    let id = |n: u64| after(LIBRARY, n);
    let mut guild = Guild::new(LIBRARY, "The Library", LIV);
    guild.icon = Some("5d0f83ab27e14c69b1f4a80e96d2c735".to_owned());
    add_bot(&mut guild, id(1), 1, BOT_PERMISSIONS);
    guild.put_member(Member::new(SAM, &[]));
    guild.put_channel(Channel::new(id(10), TEXT, "reading-room"));
    guild.put_channel(Channel { position: 1, ..Channel::new(id(11), TEXT, "new-books") });
    guild.put_channel(Channel { position: 2, ..Channel::new(id(12), VOICE, "Quiet please") });
    guild
}

fn workshop() -> Guild {
    let mut guild = Guild::new(WORKSHOP, "Sam & Mira's Workshop", MIRA);
    guild.put_member(Member::new(SAM, &[]));
    guild.put_channel(Channel::new(after(WORKSHOP, 10), TEXT, "bench"));
    guild.put_channel(Channel { position: 1, ..Channel::new(after(WORKSHOP, 11), VOICE, "Saw") });
    guild
}

/// Even @everyone has nothing here, so the bot sees no channel.
fn tiny() -> Guild {
    let mut guild = Guild::new(TINY, "Fresh", MIRA);
    guild.put_role(Role::new(TINY, "@everyone", 0));
    add_bot(&mut guild, after(TINY, 1), 1, 0);
    guild.put_channel(Channel::new(after(TINY, 10), TEXT, "general"));
    guild
}

fn hostile() -> Guild {
    let id = |n: u64| after(HOSTILE, n);
    let endless = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungszeremonie".to_owned()
        + "aufsichtsratssitzungszimmer";
    let mut guild = Guild::new(HOSTILE, "<script>alert('guild')</script> & \"friends\"", MIRA);
    // A permission bit no client knows yet.
    guild.put_role(Role { permissions: EVERYDAY | (1 << 60), ..Role::new(HOSTILE, "@everyone", 0) });
    guild.put_role(Role { mentionable: true, ..Role::new(id(1), "\"'><img src=x onerror=alert(3)>", 2) });
    guild.put_role(Role::new(id(2), "\u{202e}desrever", 3));
    guild.put_role(Role::new(id(3), &endless, 4));
    guild.put_role(Role::new(id(4), "مشرفون 🛡️", 5));
    add_bot(&mut guild, id(5), 6, BOT_PERMISSIONS);
    guild.put_member(Member {
        nick: Some("</textarea><script>alert(4)</script>".to_owned()),
        ..Member::new(SCRIPT, &[id(1)])
    });
    guild.put_member(Member { nick: Some("{{7*7}} ${7*7}".to_owned()), ..Member::new(ADA, &[]) });
    let category = guild.put_channel(Channel::new(id(10), CATEGORY, "</select><h1>📢 قناة"));
    let names = [
        (TEXT, "<script>alert('channel')</script>"),
        (TEXT, "👩‍👩‍👧‍👦-family-👩🏽‍🚀"),
        (TEXT, "\u{202e}lennahc"),
        (TEXT, endless.as_str()),
        (TEXT, "مرحبا-بكم"),
        (VOICE, "'; DROP TABLE guilds; --"),
        (VOICE, "Z̷͈͐a̸̰͝l̵̫̾g̴͇̈́o̶͉̔"),
        (99, "from-the-future"),
    ];
    for (n, (kind, name)) in (0..).zip(names) {
        let channel = Channel::new(id(20 + n), kind, name).inside(category);
        guild.put_channel(Channel { position: i64::try_from(n).unwrap_or_default(), ..channel });
    }
    guild.put_channel(Channel { sparse: true, ..Channel::new(id(40), TEXT, "sparse") });
    guild.put_emoji(Emoji { id: id(50), name: "ok".to_owned(), animated: false, available: true, roles: Vec::new() });
    guild
}
