//! The people of the seed.

use crate::{
    id::Id,
    permissions::{EVERYDAY, MANAGE_GUILD},
    world::{Guild, Member, Role, User, World},
};

use super::after;

/// Owner of Harbour Club.
pub const MIRA: Id = Id(445518183798022151);
/// Moderator of Harbour Club: MANAGE_GUILD and MANAGE_ROLES, ranked below the bot.
pub const JONAS: Id = Id(512093846621454336);
/// Administrator of Harbour Club, ranked above the bot.
pub const AYLIN: Id = Id(537710229634523146);
/// Plain member of Harbour Club.
pub const SAM: Id = Id(608421957013504010);
/// A stranger to Harbour Club; owns the Library.
pub const LIV: Id = Id(631288470251339786);
/// In 200 servers, many of them hers to manage.
pub const ADA: Id = Id(655901233874599946);
/// A name with right-to-left letters and an emoji.
pub const NOOR: Id = Id(700215548896337930);
/// An account of the old kind, with a discriminator.
pub const OLD_TIMER: Id = Id(188226519003709440);
/// Script in both names.
pub const SCRIPT: Id = Id(733914206587412490);
/// Has not verified the account: cannot authorize anything.
pub const UNVERIFIED: Id = Id(1301234567890123776);

/// Ada's first server; the others follow a minute apart each.
const ADAS_FIRST: Id = Id(760000000000000000);

/// Puts everybody in, with Ada's two hundred servers.
pub fn add(world: &mut World) {
    world.add_user(User {
        avatar: Some("a_5f0c2d9be1a44376b8e01d3c77aa9f10".to_owned()),
        ..User::new(MIRA, "mira.k", Some("Mira"))
    });
    world.add_user(User {
        avatar: Some("d41c8a70f5b94e13a2760c9b8e3f5d12".to_owned()),
        locale: Some("de".to_owned()),
        ..User::new(JONAS, "jonas", Some("Jonas"))
    });
    world.add_user(User { locale: Some("tr".to_owned()), ..User::new(AYLIN, "aylin.d", Some("Aylin")) });
    world.add_user(User::new(SAM, "sam", None));
    world.add_user(User::new(LIV, "liv.reads", Some("Liv")));
    world.add_user(User::new(ADA, "ada_everywhere", Some("Ada")));
    world.add_user(User::new(NOOR, "noor", Some("نور ⚓")));
    world.add_user(User { discriminator: "0420".to_owned(), ..User::new(OLD_TIMER, "OldTimer", None) });
    world.add_user(User::new(SCRIPT, "<script>alert(1)</script>", Some("\"'><img src=x onerror=alert(2)>")));
    world.add_user(User { verified: false, ..User::new(UNVERIFIED, "fresh", Some("Fresh (unverified)")) });
    for n in 0..200 {
        world.add_guild(adas(n));
    }
}

/// Of each ten she owns one and manages three; the bot is in every fourth.
fn adas(n: u64) -> Guild {
    let id = after(ADAS_FIRST, n);
    let owner = if n.is_multiple_of(10) { ADA } else { LIV };
    let mut guild = Guild::new(id, &format!("Server {:03}", n + 1), owner);
    let helper = guild.put_role(Role {
        permissions: EVERYDAY | if n % 10 < 4 { MANAGE_GUILD } else { 0 },
        ..Role::new(after(id, 100_001), "Helper", 2)
    });
    guild.put_member(Member::new(ADA, &[helper]));
    if n.is_multiple_of(4) {
        super::add_bot(&mut guild, after(id, 100_002), 1, super::BOT_PERMISSIONS);
    }
    guild
}
