//! The switches over HTTP.

use discord_standin::{
    Id,
    seed::{HARBOUR_CLUB, JONAS, MIRA, SAM, TINY, WORKSHOP, channels, roles},
};
use serde_json::{Value, json};

use super::support::*;

async fn control(setup: &Setup, method: &str, path: &str, body: Value) -> (u16, Value) {
    let url = setup.url(&format!("/control{path}"));
    let request = setup.client.request(method.parse().unwrap(), url);
    let request = if body.is_null() { request } else { request.body(body.to_string()) };
    answer(request.send().await.unwrap()).await
}

#[tokio::test]
async fn faults_and_requests_are_reached_over_http() {
    let setup = setup().await;
    let fault = json!({"method": "GET", "path": "/api/v10/users/@me$", "kind": "rate_limited",
        "scope": "user", "retry_after": 0.5, "times": 1});
    assert_eq!(control(&setup, "POST", "/faults", fault).await.0, 204);
    let delay = json!({"path": "/nowhere", "kind": "delay_body", "ms": 5});
    assert_eq!(control(&setup, "POST", "/faults", delay).await.0, 204);
    let (_, armed) = control(&setup, "GET", "/faults", Value::Null).await;
    assert_eq!((armed[0]["kind"].as_str(), armed[1]["ms"].as_u64()), (Some("rate_limited"), Some(5)));
    assert_eq!(setup.bot_gets("/users/@me").await.0, 429);
    let (_, seen) = control(&setup, "GET", "/requests", Value::Null).await;
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["status"]), (1, &json!(429)));
    control(&setup, "DELETE", "/requests", Value::Null).await;
    control(&setup, "DELETE", "/faults", Value::Null).await;
    assert_eq!(control(&setup, "GET", "/requests", Value::Null).await.1, json!([]));
    let wrong = control(&setup, "POST", "/faults", json!({"path": "/", "kind": "teapot"})).await;
    assert_eq!(wrong.0, 400);
    assert!(wrong.1["error"].as_str().unwrap().contains("teapot"));
}

#[tokio::test]
async fn members_roles_and_owners_are_changed_over_http() {
    let setup = setup().await;
    let member = format!("/guilds/{HARBOUR_CLUB}/members/{JONAS}");
    let change = json!({"roles": [roles::MEMBER], "nick": "J"});
    assert_eq!(control(&setup, "POST", &member, change).await.0, 204);
    let (_, jonas) = setup.bot_gets(&member).await;
    assert_eq!((&jonas["roles"], &jonas["nick"]), (&json!([roles::MEMBER]), &json!("J")));
    control(&setup, "DELETE", &member, Value::Null).await;
    assert_eq!(setup.bot_gets(&member).await.0, 404);
    control(&setup, "POST", &member, json!({"timeout_seconds": 60})).await;
    assert!(setup.bot_gets(&member).await.1["communication_disabled_until"].is_string());
    let guild = format!("/guilds/{HARBOUR_CLUB}");
    control(&setup, "PATCH", &guild, json!({"owner_id": SAM, "premium_tier": 2})).await;
    let (_, shown) = setup.bot_gets(&guild).await;
    assert_eq!((&shown["owner_id"], &shown["premium_tier"]), (&json!(SAM), &json!(2)));
    let role = format!("{guild}/roles/{}", roles::DJ);
    control(&setup, "PATCH", &role, json!({"position": 20})).await;
    control(&setup, "DELETE", &format!("{guild}/roles/{}", roles::SUPPORT), Value::Null).await;
    let (_, all) = setup.bot_gets(&format!("{guild}/roles")).await;
    assert_eq!(find(&all, roles::DJ).unwrap()["position"], 20);
    assert!(find(&all, roles::SUPPORT).is_none());
    assert_eq!(control(&setup, "PATCH", &format!("{guild}/roles/1"), json!({})).await.0, 404);
}

#[tokio::test]
async fn channels_come_hide_and_go_over_http() {
    let setup = setup().await;
    let list = format!("/guilds/{HARBOUR_CLUB}/channels");
    let body = json!({"type": 0, "name": "brand-new", "parent_id": channels::COMMUNITY});
    let (status, made) = control(&setup, "POST", &list, body).await;
    assert_eq!(status, 201);
    let id: Id = made["id"].as_str().unwrap().parse().unwrap();
    assert!(find(&setup.bot_gets(&list).await.1, id).is_some());
    control(&setup, "PUT", &format!("/channels/{id}/visible"), json!(false)).await;
    assert!(find(&setup.bot_gets(&list).await.1, id).is_none());
    control(&setup, "PUT", &format!("/channels/{id}/visible"), json!(true)).await;
    assert!(find(&setup.bot_gets(&list).await.1, id).is_some());
    control(&setup, "DELETE", &format!("/channels/{id}"), Value::Null).await;
    assert_eq!(setup.bot_gets(&format!("/channels/{id}")).await.0, 404);
}

#[tokio::test]
async fn guilds_people_and_the_bots_presence_are_changed_over_http() {
    let setup = setup().await;
    control(&setup, "PUT", &format!("/guilds/{WORKSHOP}/bot"), json!(true)).await;
    assert_eq!(setup.bot_gets(&format!("/guilds/{WORKSHOP}")).await.0, 200);
    control(&setup, "DELETE", &format!("/guilds/{TINY}"), Value::Null).await;
    assert_eq!(setup.bot_gets(&format!("/guilds/{TINY}")).await.0, 404);
    let (_, user) = control(&setup, "POST", "/users", json!({"username": "newcomer"})).await;
    let guild = json!({"name": "Newcomers", "owner_id": user["id"]});
    let (_, guild) = control(&setup, "POST", "/guilds", guild).await;
    let scopes = json!({"scopes": ["guilds"]});
    let tokens = format!("/users/{}/tokens", user["id"].as_str().unwrap());
    let (_, token) = control(&setup, "POST", &tokens, scopes).await;
    let access = token["access_token"].as_str().unwrap();
    let (_, list) = setup.person_gets(access, "/users/@me/guilds").await;
    assert_eq!(list[0]["id"], guild["id"]);
    control(&setup, "DELETE", &tokens, Value::Null).await;
    assert_eq!(setup.person_gets(access, "/users/@me/guilds").await.0, 401);
}

#[tokio::test]
async fn a_second_factor_is_turned_off_and_asked_for_over_http() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify"]);
    let (own, guild) = (format!("/users/{MIRA}"), format!("/guilds/{HARBOUR_CLUB}"));
    assert_eq!(setup.person_gets(&token, "/users/@me").await.1["mfa_enabled"], true);
    assert_eq!(control(&setup, "PATCH", &own, json!({"mfa_enabled": false})).await.0, 204);
    assert_eq!(setup.person_gets(&token, "/users/@me").await.1["mfa_enabled"], false);
    assert_eq!(setup.bot_gets(&guild).await.1["mfa_level"], 0);
    assert_eq!(control(&setup, "PATCH", &guild, json!({"mfa_level": 1})).await.0, 204);
    assert_eq!(setup.bot_gets(&guild).await.1["mfa_level"], 1);
    assert_eq!(control(&setup, "PATCH", "/users/1", json!({"mfa_enabled": true})).await.0, 404);
}

#[tokio::test]
async fn time_options_and_reset_work_over_http() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify"]);
    control(&setup, "POST", "/time", json!({"seconds": 604_801})).await;
    assert_eq!(setup.person_gets(&token, "/users/@me").await.0, 401);
    control(&setup, "PATCH", "/options", json!({"token_lifetime": 5})).await;
    assert_eq!(control(&setup, "PATCH", "/options", json!({"no_such": 5})).await.0, 400);
    control(&setup, "PATCH", "/application", json!({"bot_public": false})).await;
    let (_, state) = control(&setup, "GET", "/state", Value::Null).await;
    assert_eq!(state["options"]["token_lifetime"], 5);
    assert_eq!(state["application"]["bot_public"], false);
    assert_eq!(control(&setup, "POST", "/reset", Value::Null).await.0, 204);
    let (_, state) = control(&setup, "GET", "/state", Value::Null).await;
    assert_eq!(state["options"]["token_lifetime"], 604_800);
    assert_eq!(state["guilds"][HARBOUR_CLUB.to_string()]["name"], "Harbour Club");
}
