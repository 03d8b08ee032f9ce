//! A world worth looking at, for the demo and as the ground tests stand on. The ids that tests
//! name are constants here.

mod arcade;
mod harbour_club;
mod harbour_ids;
mod people;
mod small;

use crate::{
    id::Id,
    permissions::{
        ADD_REACTIONS, ATTACH_FILES, CONNECT, EMBED_LINKS, MANAGE_CHANNELS, MANAGE_MESSAGES, MANAGE_ROLES,
        MENTION_EVERYONE, MOVE_MEMBERS, MUTE_MEMBERS, READ_MESSAGE_HISTORY, SEND_MESSAGES, SPEAK, USE_EXTERNAL_EMOJIS,
        VIEW_CHANNEL,
    },
    world::{
        Application, Guild, INTENT_MEMBERS, INTENT_MESSAGE_CONTENT, INTENT_PRESENCE, Manager, Member, Role, User, World,
    },
};

pub use harbour_ids::{channels, emojis, roles};
pub use people::{ADA, AYLIN, JONAS, LIV, MIRA, NOOR, OLD_TIMER, SAM, SCRIPT, UNVERIFIED};

/// Client id of the application and id of its bot.
pub const CLIENT_ID: Id = Id(1279772747366797316);
/// The bot's user id; the same number, as usual at Discord.
pub const BOT: Id = CLIENT_ID;
/// The client secret.
pub const CLIENT_SECRET: &str = "standin-secret";
/// The bot token.
pub const BOT_TOKEN: &str = "standin-bot-token";

/// Mira's server, about sixty channels: where most tests happen.
pub const HARBOUR_CLUB: Id = Id(816370501973721107);
/// Jonas's server, boost tier 3; Mira manages it.
pub const ARCADE: Id = Id(902531987246612480);
/// Liv's server, tier 0; nobody of Harbour Club manages it.
pub const LIBRARY: Id = Id(874200315529674752);
/// Mira's server without the bot.
pub const WORKSHOP: Id = Id(941067208815902720);
/// Mira's fresh server; the bot is in it and may do nothing at all.
pub const TINY: Id = Id(1262071529487810560);
/// Mira's server full of names that break careless pages.
pub const HOSTILE: Id = Id(1015530276841009152);

/// What the bot's own role may do where it was set up well.
pub const BOT_PERMISSIONS: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS
    | MENTION_EVERYONE
    | MANAGE_MESSAGES
    | MANAGE_CHANNELS
    | MANAGE_ROLES
    | CONNECT
    | SPEAK
    | MUTE_MEMBERS
    | MOVE_MEMBERS;

/// The seed's world.
pub fn world() -> World {
    let mut world = World::empty(application());
    people::add(&mut world);
    world.add_guild(harbour_club::guild());
    world.add_guild(arcade::guild());
    small::add(&mut world);
    world
}

fn application() -> Application {
    Application {
        id: CLIENT_ID,
        name: "Harbour Bot".to_owned(),
        owner_id: MIRA,
        client_secret: CLIENT_SECRET.to_owned(),
        bot_token: BOT_TOKEN.to_owned(),
        bot: User {
            discriminator: "4821".to_owned(),
            bot: true,
            avatar: Some("7be1c0a95d3f48e2a6170d94b35f82c6".to_owned()),
            ..User::new(BOT, "Harbour Bot", None)
        },
        redirect_uris: vec![
            "http://127.0.0.1:8080/auth/callback".to_owned(),
            "http://localhost:8080/auth/callback".to_owned(),
        ],
        bot_public: true,
        bot_require_code_grant: false,
        flags: INTENT_PRESENCE | INTENT_MEMBERS | INTENT_MESSAGE_CONTENT,
    }
}

/// The bot joins with a managed role of its own.
fn add_bot(guild: &mut Guild, role: Id, position: i64, permissions: u64) {
    guild.put_role(Role {
        permissions,
        managed_by: Some(Manager::Bot(BOT)),
        ..Role::new(role, "Harbour Bot", position)
    });
    guild.put_member(Member::new(BOT, &[role]));
    guild.bot_present = true;
}

/// The n-th id made after another, a minute apart each.
const fn after(id: Id, n: u64) -> Id {
    Id(id.0 + ((n * 60_000) << 22))
}
