//! Row 16's role writes and the bot's writes to channels.

use discord_standin::seed::{HARBOUR_CLUB, SAM, channels, roles};
use serde_json::json;

use super::support::*;

#[tokio::test]
async fn roles_below_the_bots_own_can_be_given_and_taken() {
    let setup = setup().await;
    let sam = format!("/guilds/{HARBOUR_CLUB}/members/{SAM}");
    let path = format!("{sam}/roles/{}", roles::DJ);
    assert_eq!(setup.bot("PUT", &path).send().await.unwrap().status(), 204);
    assert_eq!(setup.bot_gets(&sam).await.1["roles"], json!([roles::MEMBER, roles::DJ]));
    assert_eq!(setup.bot("DELETE", &path).send().await.unwrap().status(), 204);
    assert_eq!(setup.bot_gets(&sam).await.1["roles"], json!([roles::MEMBER]));
}

#[tokio::test]
async fn roles_above_the_bot_and_managed_ones_cannot() {
    let setup = setup().await;
    let give = async |role: discord_standin::Id| {
        let path = format!("/guilds/{HARBOUR_CLUB}/members/{SAM}/roles/{role}");
        answer(setup.bot("PUT", &path).send().await.unwrap()).await
    };
    for role in [roles::ADMIN, roles::CAPTAIN, roles::BOOSTER, roles::SUBSCRIBER, roles::HARBOUR_BOT] {
        let (status, error) = give(role).await;
        assert_eq!((status, &error["code"]), (403, &json!(50013)), "{role}");
    }
    assert_eq!(give(HARBOUR_CLUB).await.1["code"], 50028);
    assert_eq!(give(discord_standin::Id(1)).await.1["code"], 10011);
    setup.standin.edit(|world| world.move_role(HARBOUR_CLUB, roles::DJ, 10)).unwrap();
    assert_eq!(give(roles::DJ).await.1["code"], 50013, "moved above the bot");
    setup.standin.edit(|world| world.move_role(HARBOUR_CLUB, roles::DJ, 9)).unwrap();
    assert_eq!(give(roles::DJ).await.0, 204, "on a tie the bot's lower id ranks higher");
    setup.standin.edit(|world| world.set_role_permissions(HARBOUR_CLUB, roles::HARBOUR_BOT, 0)).unwrap();
    assert_eq!(give(roles::DJ).await.1["code"], 50013, "no MANAGE_ROLES");
}

#[tokio::test]
async fn the_bot_makes_changes_and_deletes_channels() {
    let setup = setup().await;
    let body = json!({"name": "Mira's room", "type": 2, "parent_id": channels::TEMPORARY_ROOMS, "bitrate": 96000});
    let path = format!("/guilds/{HARBOUR_CLUB}/channels");
    let (status, room) = answer(setup.bot("POST", &path).json(&body).send().await.unwrap()).await;
    assert_eq!((status, &room["name"], &room["bitrate"]), (201, &json!("Mira's room"), &json!(96000)));
    let own = format!("/channels/{}", room["id"].as_str().unwrap());
    let change = setup.bot("PATCH", &own).json(&json!({"user_limit": 4})).send().await.unwrap();
    assert_eq!(answer(change).await.1["user_limit"], 4);
    let hide = json!({"type": 0, "deny": "1048576", "allow": "0"});
    let overwrite = setup.bot("PUT", &format!("{own}/permissions/{HARBOUR_CLUB}")).json(&hide);
    assert_eq!(overwrite.send().await.unwrap().status(), 204);
    let (_, seen) = setup.bot_gets(&own).await;
    assert_eq!(seen["permission_overwrites"][0]["deny"], "1048576");
    let text = json!({"name": "Ticket 12", "type": 0});
    let (_, text) = answer(setup.bot("POST", &path).json(&text).send().await.unwrap()).await;
    assert_eq!(text["name"], "ticket-12");
    let gone = format!("/channels/{}", text["id"].as_str().unwrap());
    assert_eq!(setup.bot("DELETE", &gone).send().await.unwrap().status(), 200);
    assert_eq!(setup.bot_gets(&gone).await.0, 404);
}

#[tokio::test]
async fn channel_limits_are_named_at_their_fields() {
    let setup = setup().await;
    let path = format!("/guilds/{HARBOUR_CLUB}/channels");
    let cases = [
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"type": 2}), "name"),
        (json!({"name": "loud", "type": 2, "bitrate": 128001}), "bitrate"),
        (json!({"name": "full", "type": 2, "user_limit": 100}), "user_limit"),
        (json!({"name": "lost", "parent_id": channels::GENERAL}), "parent_id"),
    ];
    for (body, field) in cases {
        let (status, error) = answer(setup.bot("POST", &path).json(&body).send().await.unwrap()).await;
        assert_eq!((status, &error["code"]), (400, &json!(50035)), "{field}");
        assert!(error["errors"][field]["_errors"].is_array(), "{field}: {error}");
    }
    for n in 0..3 {
        let body = json!({"name": format!("regatta {n}"), "parent_id": channels::ARCHIVE});
        let status = setup.bot("POST", &path).json(&body).send().await.unwrap().status();
        assert_eq!(status, if n < 2 { 201 } else { 400 }, "48 of 50, then 49, then full");
    }
}
