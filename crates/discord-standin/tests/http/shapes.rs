//! Row 23: data a client must be able to stand.

use discord_standin::{
    Id,
    permissions::EVERYDAY,
    seed::{ADA, HARBOUR_CLUB, HOSTILE, NOOR, OLD_TIMER, SCRIPT, channels, emojis, roles},
    world::{Channel, Role},
};
use serde_json::{Value, json};

use super::support::*;

#[tokio::test]
async fn a_person_may_be_in_two_hundred_guilds_of_which_some_are_hers() {
    let setup = setup().await;
    setup.standin.edit(|world| world.remove_member(HOSTILE, ADA)).unwrap();
    let token = setup.token(ADA, &["guilds"]);
    let (_, list) = setup.person_gets(&token, "/users/@me/guilds").await;
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 200);
    let manageable = list.iter().filter(|guild| {
        let bits: u64 = guild["permissions"].as_str().unwrap().parse().unwrap();
        guild["owner"] == true || bits & 0x28 != 0
    });
    assert_eq!(manageable.count(), 80);
}

#[tokio::test]
async fn a_guild_may_have_five_hundred_channels_and_two_hundred_and_fifty_roles() {
    let setup = setup().await;
    setup.standin.edit(|world| {
        let guild = world.guild_mut(HARBOUR_CLUB).unwrap();
        for n in 0..(500 - guild.channels.len() as u64) {
            guild.put_channel(Channel::new(Id(900_000_000_000_000_000 + n), 0, "one-of-many"));
        }
        for n in 0..(250 - guild.roles.len() as u64) {
            guild.put_role(Role::new(Id(910_000_000_000_000_000 + n), "One of many", 1));
        }
        world.options.hide_unviewable_channels = false;
    });
    let (_, all) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/channels")).await;
    assert_eq!(all.as_array().unwrap().len(), 500);
    let (_, all) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/roles")).await;
    assert_eq!(all.as_array().unwrap().len(), 250);
}

#[tokio::test]
async fn ids_and_permissions_are_strings_and_unknown_fields_and_types_occur() {
    let setup = setup().await;
    let (_, guild) = setup.bot_gets(&format!("/guilds/{HOSTILE}")).await;
    assert!(guild["id"].is_string() && guild["icon"].is_null());
    assert!(guild["field_of_tomorrow"].is_object());
    let everyone = find(&guild["roles"], HOSTILE).unwrap();
    assert_eq!(everyone["permissions"], (EVERYDAY | (1 << 60)).to_string());
    let (_, all) = setup.bot_gets(&format!("/guilds/{HOSTILE}/channels")).await;
    let all = all.as_array().unwrap();
    assert!(all.iter().any(|channel| channel["type"] == 99));
    let sparse = all.iter().find(|channel| channel["name"] == "sparse").unwrap();
    assert!(sparse.get("parent_id").is_none() && sparse.get("permission_overwrites").is_none());
    for (name, list) in [("channel", all), ("role", guild["roles"].as_array().unwrap())] {
        let has = |part: &str| list.iter().any(|item| item["name"].as_str().unwrap().contains(part));
        assert!(has("\u{202e}") && has("Donaudampfschifffahrt"), "{name}");
    }
    assert!(guild["name"].as_str().unwrap().contains("<script>"));
    setup.standin.edit(|world| world.options.unknown_fields = false);
    let (_, guild) = setup.bot_gets(&format!("/guilds/{HOSTILE}")).await;
    assert!(guild.get("field_of_tomorrow").is_none());
}

#[tokio::test]
async fn people_have_odd_names_and_old_discriminators() {
    let setup = setup().await;
    let who = async |user| {
        let token = setup.token(user, &["identify"]);
        setup.person_gets(&token, "/users/@me").await.1
    };
    assert_eq!(who(OLD_TIMER).await["discriminator"], "0420");
    assert!(who(OLD_TIMER).await["global_name"].is_null());
    assert!(who(SCRIPT).await["username"].as_str().unwrap().contains("<script>"));
    assert!(who(NOOR).await["global_name"].as_str().unwrap().contains('⚓'));
}

#[tokio::test]
async fn role_tags_that_mean_true_are_present_with_null() {
    let setup = setup().await;
    let (_, all) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/roles")).await;
    let tags = |role: Id| find(&all, role).unwrap().get("tags").cloned();
    assert_eq!(tags(roles::BOOSTER), Some(json!({"premium_subscriber": null})));
    assert!(tags(roles::HARBOUR_BOT).unwrap()["bot_id"].is_string());
    assert_eq!(tags(roles::MODERATOR), None);
    assert_eq!(find(&all, roles::BOOSTER).unwrap()["managed"], true);
}

#[tokio::test]
async fn emojis_may_be_animated_unavailable_or_for_some_roles() {
    let setup = setup().await;
    let (_, all) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/emojis")).await;
    assert_eq!(all.as_array().unwrap().len(), 6);
    assert_eq!(find(&all, emojis::PARTY).unwrap()["animated"], true);
    assert_eq!(find(&all, emojis::LIGHTHOUSE).unwrap()["available"], false);
    assert_eq!(find(&all, emojis::FOGHORN).unwrap()["roles"], json!([roles::MODERATOR]));
}

#[tokio::test]
async fn a_channel_has_the_fields_of_its_type() {
    let setup = setup().await;
    let (_, all) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/channels")).await;
    let lobby = find(&all, channels::LOBBY).unwrap();
    assert_eq!((&lobby["bitrate"], &lobby["user_limit"]), (&json!(64000), &json!(0)));
    assert_eq!((&lobby["rtc_region"], &lobby["parent_id"]), (&Value::Null, &json!(channels::VOICE_ROOMS)));
    let general = find(&all, channels::GENERAL).unwrap();
    assert!(general.get("bitrate").is_none() && general.get("topic").is_some());
    let kinds = |kind: u64| all.as_array().unwrap().iter().filter(|c| c["type"] == kind).count();
    for kind in [0, 2, 4, 5, 13, 15, 16, 99] {
        assert!(kinds(kind) > 0, "{kind}");
    }
}
