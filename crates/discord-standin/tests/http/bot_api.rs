//! Rows 13, 14 and 16: what the bot token reads.

use discord_standin::seed::{
    AYLIN, BOT, BOT_TOKEN, CLIENT_ID, HARBOUR_CLUB, LIV, MIRA, TINY, WORKSHOP, channels, roles,
};
use serde_json::json;

use super::support::*;

#[tokio::test]
async fn a_wrong_bot_token_is_401_on_every_route() {
    let setup = setup().await;
    setup.standin.edit(|world| world.application.bot_token = "another".to_owned());
    assert_ne!(BOT_TOKEN, "another");
    let club = format!("/guilds/{HARBOUR_CLUB}");
    let paths = [
        "/users/@me".to_owned(),
        "/users/@me/guilds".to_owned(),
        "/applications/@me".to_owned(),
        "/voice/regions".to_owned(),
        format!("{club}/channels"),
        format!("{club}/roles"),
        format!("{club}/emojis"),
        format!("{club}/regions"),
        format!("{club}/members/{MIRA}"),
        format!("/channels/{}", channels::GENERAL),
        club,
    ];
    for path in paths {
        let (status, body) = setup.bot_gets(&path).await;
        assert_eq!((status, &body["code"]), (401, &json!(0)), "{path}");
    }
}

#[tokio::test]
async fn a_guild_without_the_bot_is_refused_and_left_out_of_its_list() {
    let setup = setup().await;
    for guild in [WORKSHOP, HARBOUR_CLUB] {
        setup.standin.edit(|world| world.set_bot_present(guild, false)).unwrap();
        let (status, body) = setup.bot_gets(&format!("/guilds/{guild}")).await;
        assert_eq!((status, body), (404, json!({"message": "Unknown Guild", "code": 10004})));
        for below in ["channels", "roles", "emojis", "regions", &format!("members/{MIRA}")] {
            let (status, body) = setup.bot_gets(&format!("/guilds/{guild}/{below}")).await;
            assert_eq!((status, body), (403, json!({"message": "Missing Access", "code": 50001})));
        }
        let (_, list) = setup.bot_gets("/users/@me/guilds").await;
        assert!(find(&list, guild).is_none());
    }
    setup.standin.edit(|world| world.set_bot_present(HARBOUR_CLUB, true)).unwrap();
    let (_, member) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/members/{BOT}")).await;
    assert_eq!(member["roles"], json!([roles::HARBOUR_BOT]), "it comes back with its roles");
}

#[tokio::test]
async fn the_bots_guilds_are_paged_and_carry_its_own_rights() {
    let setup = setup().await;
    let probe = format!("/users/@me/guilds?after={}&limit=1", HARBOUR_CLUB.0 - 1);
    let (_, list) = setup.bot_gets(&probe).await;
    assert_eq!(list[0]["id"], HARBOUR_CLUB.to_string());
    assert_eq!(list[0]["owner"], false);
    let bits: u64 = list[0]["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(bits & 286262288, 286262288);
    let (mut all, mut last) = (Vec::new(), "0".to_owned());
    loop {
        let (_, page) = setup.bot_gets(&format!("/users/@me/guilds?after={last}&limit=20")).await;
        let Some(end) = page.as_array().unwrap().last() else {
            break;
        };
        last = end["id"].as_str().unwrap().to_owned();
        all.extend(page.as_array().unwrap().clone());
    }
    assert_eq!(all.len(), 55);
    let (_, page) = setup.bot_gets(&format!("/users/@me/guilds?before={HARBOUR_CLUB}&limit=1")).await;
    assert!(page[0]["id"].as_str().unwrap() < HARBOUR_CLUB.to_string().as_str());
    assert_eq!(setup.bot_gets("/users/@me/guilds?limit=201").await.0, 400);
}

#[tokio::test]
async fn a_guild_comes_with_its_roles_and_emojis() {
    let setup = setup().await;
    let (status, guild) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}")).await;
    assert_eq!(status, 200);
    assert_eq!((&guild["owner_id"], &guild["premium_tier"]), (&json!(MIRA), &json!(1)));
    assert!(guild.get("owner").is_none() && guild.get("approximate_member_count").is_none());
    let (_, roles_alone) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/roles")).await;
    let (_, emojis_alone) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/emojis")).await;
    assert_eq!((&guild["roles"], &guild["emojis"]), (&roles_alone, &emojis_alone));
    assert_eq!(find(&roles_alone, HARBOUR_CLUB).unwrap()["name"], "@everyone");
    let (_, counted) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}?with_counts=true")).await;
    assert_eq!(counted["approximate_member_count"], 8);
    let (_, counts) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/roles/member-counts")).await;
    assert_eq!(counts[roles::ADMIN.to_string()], 1);
    assert!(counts.get(HARBOUR_CLUB.to_string()).is_none());
}

#[tokio::test]
async fn the_channel_list_leaves_out_what_the_bot_cannot_see() {
    let setup = setup().await;
    let path = format!("/guilds/{HARBOUR_CLUB}/channels");
    let (_, list) = setup.bot_gets(&path).await;
    assert!(find(&list, channels::STAFF_ROOM).is_some(), "its role lets it in");
    assert!(find(&list, channels::CAPTAINS_TABLE).is_none());
    let archived = list.as_array().unwrap().iter();
    let archived = archived.filter(|channel| channel["parent_id"] == json!(channels::ARCHIVE));
    assert_eq!(archived.count(), 48);
    assert_eq!(setup.bot_gets(&format!("/guilds/{TINY}/channels")).await.1, json!([]));
    setup.standin.edit(|world| world.hide_channel(channels::VOICE_ROOMS)).unwrap();
    let (_, list) = setup.bot_gets(&path).await;
    assert!(find(&list, channels::VOICE_ROOMS).is_some(), "a category shows if a child does");
    setup.standin.edit(|world| world.options.hide_unviewable_channels = false);
    assert!(find(&setup.bot_gets(&path).await.1, channels::CAPTAINS_TABLE).is_some());
}

#[tokio::test]
async fn a_channel_that_is_deleted_or_hidden_goes_from_the_list_and_says_why() {
    let setup = setup().await;
    let list = format!("/guilds/{HARBOUR_CLUB}/channels");
    let general = format!("/channels/{}", channels::GENERAL);
    assert_eq!(setup.bot_gets(&general).await.1["name"], "general");
    setup.standin.edit(|world| world.hide_channel(channels::GENERAL)).unwrap();
    let (status, body) = setup.bot_gets(&general).await;
    assert_eq!((status, &body["code"]), (403, &json!(50001)));
    assert!(find(&setup.bot_gets(&list).await.1, channels::GENERAL).is_none());
    setup.standin.edit(|world| world.show_channel(channels::GENERAL)).unwrap();
    assert_eq!(setup.bot_gets(&general).await.0, 200);
    setup.standin.edit(|world| world.delete_channel(channels::GENERAL)).unwrap();
    let (status, body) = setup.bot_gets(&general).await;
    assert_eq!((status, &body["code"]), (404, &json!(10003)));
    let gone = setup.standin.edit(|world| world.delete_channel(channels::GENERAL));
    assert!(gone.is_err(), "an edit that finds nothing says so");
}

#[tokio::test]
async fn members_are_found_the_bot_among_them_and_strangers_are_told_apart() {
    let setup = setup().await;
    let members = format!("/guilds/{HARBOUR_CLUB}/members");
    let (status, aylin) = setup.bot_gets(&format!("{members}/{AYLIN}")).await;
    assert_eq!((status, &aylin["roles"][0]), (200, &json!(roles::ADMIN)));
    let (_, bot) = setup.bot_gets(&format!("{members}/{BOT}")).await;
    assert_eq!((&bot["user"]["bot"], &bot["roles"]), (&json!(true), &json!([roles::HARBOUR_BOT])));
    assert_eq!(setup.bot_gets(&format!("{members}/{LIV}")).await.1["code"], 10007);
    assert_eq!(setup.bot_gets(&format!("{members}/99999999999999999")).await.1["code"], 10013);
    let (status, body) = setup.bot_gets(&format!("{members}/nobody")).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    assert_eq!(body["errors"]["user_id"]["_errors"][0]["code"], "NUMBER_TYPE_COERCE");
}

#[tokio::test]
async fn good_answers_show_the_quota_that_is_left() {
    let setup = setup().await;
    let response = setup.bot("GET", "/users/@me").send().await.unwrap();
    assert_eq!(response.headers()["x-ratelimit-remaining"], "49");
    assert!(response.headers().contains_key("x-ratelimit-bucket"));
}

#[tokio::test]
async fn the_application_and_the_regions_are_told_to_the_bot() {
    let setup = setup().await;
    let (status, app) = setup.bot_gets("/applications/@me").await;
    assert_eq!((status, &app["id"], &app["bot_public"]), (200, &json!(CLIENT_ID), &json!(true)));
    assert_eq!(app["bot"]["id"], json!(BOT));
    assert_eq!(setup.bot_gets("/oauth2/applications/@me").await.1["id"], app["id"]);
    let (_, regions) = setup.bot_gets("/voice/regions").await;
    assert!(regions.as_array().unwrap().iter().any(|region| region["id"] == "rotterdam"));
    let arcade = format!("/guilds/{}/regions", discord_standin::seed::ARCADE);
    let (_, vip) = setup.bot_gets(&arcade).await;
    assert!(vip.as_array().unwrap().len() > regions.as_array().unwrap().len());
    assert_eq!(setup.bot_gets("/teapots").await.1, json!({"message": "404: Not Found", "code": 0}));
    let wrong = setup.bot("DELETE", "/users/@me").send().await.unwrap();
    assert_eq!(wrong.status(), 405);
}
