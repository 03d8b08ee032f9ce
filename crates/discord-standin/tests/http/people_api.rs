//! Rows 11, 12 and 15: what a person's token may, and what changes between two requests.

use std::time::Duration;

use discord_standin::seed::{ARCADE, HARBOUR_CLUB, JONAS, LIBRARY, LIV, MIRA, WORKSHOP, roles};
use serde_json::json;

use super::support::*;

const UNAUTHORIZED: &str = r#"{"code":0,"message":"401: Unauthorized"}"#;

#[tokio::test]
async fn a_token_that_is_not_good_is_401_with_code_0() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify"]);
    setup.standin.edit(|world| world.revoke_all(MIRA));
    let no_header = setup.client.get(setup.url("/api/v10/users/@me")).send().await.unwrap();
    let revoked = setup.as_person(&token, "/users/@me").send().await.unwrap();
    let garbage = setup.as_person("garbage", "/users/@me").send().await.unwrap();
    for response in [no_header, revoked, garbage] {
        let (status, body) = answer(response).await;
        assert_eq!((status, body.to_string().as_str()), (401, UNAUTHORIZED));
    }
}

#[tokio::test]
async fn a_person_is_refused_where_a_scope_or_a_bot_is_needed() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify"]);
    let bot_only = format!("/guilds/{HARBOUR_CLUB}");
    let member = format!("/users/@me/guilds/{HARBOUR_CLUB}/member");
    for path in ["/users/@me/guilds", bot_only.as_str(), member.as_str()] {
        assert_eq!(setup.person_gets(&token, path).await.0, 401, "{path}");
    }
    setup.standin.edit(|world| world.options.missing_scope_is_403 = true);
    let (status, body) = setup.person_gets(&token, "/users/@me/guilds").await;
    assert_eq!((status, &body["code"]), (403, &json!(50026)));
}

#[tokio::test]
async fn a_persons_guild_list_has_their_rights_and_counts_only_when_asked() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify", "guilds", "guilds.members.read"]);
    let (status, list) = setup.person_gets(&token, "/users/@me/guilds").await;
    assert_eq!(status, 200);
    let club = find(&list, HARBOUR_CLUB).unwrap();
    assert_eq!((&club["owner"], &club["name"]), (&json!(true), &json!("Harbour Club")));
    assert!(club.get("approximate_member_count").is_none());
    let arcade = find(&list, ARCADE).unwrap();
    let bits: u64 = arcade["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!((arcade["owner"].as_bool(), bits & 0x28), (Some(false), 0x20));
    assert!(find(&list, WORKSHOP).is_some(), "the bot is not there, Mira is");
    assert!(find(&list, LIBRARY).is_none());
    let (_, list) = setup.person_gets(&token, "/users/@me/guilds?with_counts=true").await;
    assert_eq!(find(&list, HARBOUR_CLUB).unwrap()["approximate_member_count"], 8);
}

#[tokio::test]
async fn losing_rights_membership_or_ownership_shows_in_the_next_answer() {
    let setup = setup().await;
    let token = setup.token(JONAS, &["guilds", "guilds.members.read"]);
    let bits = async || {
        let (_, list) = setup.person_gets(&token, "/users/@me/guilds").await;
        let club = find(&list, HARBOUR_CLUB)?;
        Some((club["owner"].as_bool()?, club["permissions"].as_str()?.parse::<u64>().ok()?))
    };
    let before = bits().await.unwrap();
    assert_eq!((before.0, before.1 & 0x20), (false, 0x20));
    setup.standin.edit(|world| world.set_member_roles(HARBOUR_CLUB, JONAS, &[roles::MEMBER])).unwrap();
    assert_eq!(bits().await.unwrap().1 & 0x20, 0);
    setup.standin.edit(|world| world.set_owner(HARBOUR_CLUB, JONAS)).unwrap();
    assert!(bits().await.unwrap().0);
    setup.standin.edit(|world| world.set_owner(HARBOUR_CLUB, MIRA)).unwrap();
    setup.standin.edit(|world| world.remove_member(HARBOUR_CLUB, JONAS)).unwrap();
    assert_eq!(bits().await, None);
    let (status, body) = setup.person_gets(&token, &format!("/users/@me/guilds/{HARBOUR_CLUB}/member")).await;
    assert_eq!((status, &body["code"]), (404, &json!(10004)));
    let (status, body) = setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/members/{JONAS}")).await;
    assert_eq!((status, body), (404, json!({"message": "Unknown Member", "code": 10007})));
}

#[tokio::test]
async fn a_persons_own_membership_has_nick_roles_and_timeout() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["guilds.members.read"]);
    let path = format!("/users/@me/guilds/{HARBOUR_CLUB}/member");
    let (status, member) = setup.person_gets(&token, &path).await;
    assert_eq!((status, &member["nick"]), (200, &json!("Harbour Master")));
    assert!(member["communication_disabled_until"].is_null());
    let day = Duration::from_secs(86_400);
    setup.standin.edit(|world| world.time_out(HARBOUR_CLUB, MIRA, day)).unwrap();
    let (_, member) = setup.person_gets(&token, &path).await;
    assert!(member["communication_disabled_until"].as_str().unwrap().ends_with("+00:00"));
}

#[tokio::test]
async fn a_token_tells_its_scopes_and_a_bot_token_does_not() {
    let setup = setup().await;
    let token = setup.token(LIV, &["guilds"]);
    let (status, body) = setup.person_gets(&token, "/oauth2/@me").await;
    assert_eq!((status, &body["scopes"]), (200, &json!(["guilds"])));
    assert!(body.get("user").is_none());
    let token = setup.token(LIV, &["identify"]);
    let (_, body) = setup.person_gets(&token, "/oauth2/@me").await;
    assert_eq!(body["user"]["id"], LIV.to_string());
    assert_eq!(setup.bot_gets("/oauth2/@me").await.0, 401);
}

#[tokio::test]
async fn an_email_is_told_only_to_the_scope() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify"]);
    assert!(setup.person_gets(&token, "/users/@me").await.1.get("email").is_none());
    let token = setup.token(MIRA, &["identify", "email"]);
    assert!(setup.person_gets(&token, "/users/@me").await.1["email"].is_string());
}
