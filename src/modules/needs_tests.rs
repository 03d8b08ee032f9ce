//! What holds for what every module needs of the bot: each channel says it, with all that goes with it, and no more.

use twilight_model::guild::Permissions;

use super::ALL;
use super::tests::every_field;
use crate::settings::fields::{Field, Kind, RoleUse};
use crate::settings::needs::{Fills, When};

#[test]
fn the_bot_is_asked_for_no_right_that_no_module_needs() {
    let all = ALL.iter().fold(Permissions::empty(), |sum, module| sum | module.needs.permissions());
    assert_eq!(all.bits(), 288_476_176);
    assert!(ALL.iter().all(|module| module.needs.must.contains(Permissions::VIEW_CHANNEL)));
}

#[test]
fn every_channel_that_can_be_chosen_says_what_the_bot_needs_there_and_nothing_else_does() {
    for module in &ALL {
        let fields: Vec<&Field> = module.fields().collect();
        let kind = |field: &Field| match field.kind {
            Kind::Channel { .. } | Kind::ChannelList { .. } => Some("channel"),
            Kind::Role { of: RoleUse::Ping, .. } | Kind::RoleList { of: RoleUse::Ping, .. } => Some("ping"),
            Kind::Switch => Some("switch"),
            Kind::Text { .. } => Some("text"),
            _ => None,
        };
        let named = |wanted: &'static str| {
            let of_kind =
                move |(path, field): (String, _)| (kind(field) == Some(wanted)).then(|| path.replace(".0", ""));
            every_field(&fields, "").filter_map(of_kind).collect::<Vec<String>>()
        };
        let mut places: Vec<&str> = module.needs.places.iter().map(|place| place.field).collect();
        let mut channels = named("channel");
        places.sort_unstable();
        channels.sort_unstable();
        assert_eq!(places, channels, "{:?}", module.key);
        let pings: Vec<&str> = module.needs.pings.iter().map(|ping| ping.field).collect();
        assert_eq!(pings, named("ping"), "{:?}", module.key);
        let others = module.needs.places.iter().filter_map(|place| match place.fills {
            Some(Fills::Into(other)) => Some(other),
            _ => None,
        });
        let asked = module.needs.pings.iter().filter_map(|ping| ping.channel);
        assert!(others.chain(asked).all(|name| channels.iter().any(|one| one == name)), "{:?}", module.key);
        let whens = module.needs.places.iter().map(|place| place.when);
        for when in whens.chain(module.needs.intents.iter().map(|(_, when)| *when)) {
            match when {
                When::Always => {}
                When::On(field) => assert!(named("switch").iter().any(|one| one == field), "{field}"),
                When::Says(field, _) => assert!(named("text").iter().any(|one| one == field), "{field}"),
            }
        }
    }
}

#[test]
fn what_needs_another_right_asks_for_it_too() {
    let whole = |all: Permissions| {
        assert!(all.is_empty() || all.contains(Permissions::VIEW_CHANNEL), "{all:?}");
        let sends = Permissions::EMBED_LINKS | Permissions::ATTACH_FILES;
        assert!(!all.intersects(sends) || all.contains(Permissions::SEND_MESSAGES), "{all:?}");
        let talks = Permissions::SPEAK | Permissions::MOVE_MEMBERS;
        assert!(!all.intersects(talks) || all.contains(Permissions::CONNECT), "{all:?}");
    };
    for module in &ALL {
        whole(module.needs.must);
        whole(module.needs.permissions());
        module.needs.places.iter().for_each(|place| whole(place.permissions()));
    }
}
