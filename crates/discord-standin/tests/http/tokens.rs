//! Rows 6 to 10: codes, tokens, refresh, revocation.

use std::time::Duration;

use discord_standin::seed::{CLIENT_ID, CLIENT_SECRET, JONAS, MIRA};
use serde_json::json;

use super::support::*;

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let setup = setup().await;
    let code = setup.code(MIRA, "identify guilds", &[]).await;
    let (status, body) = answer(setup.exchange(&code, &[]).await).await;
    assert_eq!(status, 200);
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(604800)));
    assert_eq!(body["scope"], "guilds identify");
    let access = body["access_token"].as_str().unwrap();
    let (status, me) = setup.person_gets(access, "/users/@me").await;
    assert_eq!((status, &me["username"]), (200, &json!("mira.k")));
    let (status, body) = answer(setup.exchange(&code, &[]).await).await;
    assert_eq!(status, 400);
    assert_eq!(body, json!({"error": "invalid_grant", "error_description": "Invalid \"code\" in request."}));
}

#[tokio::test]
async fn the_token_endpoint_wants_a_form_a_client_and_a_post() {
    let setup = setup().await;
    let url = setup.url("/api/oauth2/token");
    let json_body = setup.client.post(&url).json(&json!({"grant_type": "refresh_token"}));
    let (status, body) = answer(json_body.send().await.unwrap()).await;
    assert_eq!((status, &body["error"]), (400, &json!("unsupported_grant_type")));
    let id = CLIENT_ID.to_string();
    let wrong = [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("client_secret", "x")];
    let (status, body) = answer(setup.token_call("", &wrong).await).await;
    assert_eq!((status, body), (401, json!({"error": "invalid_client"})));
    let basic = setup.client.post(&url).basic_auth(CLIENT_ID, Some("wrong")).form(&[("a", "b")]);
    assert_eq!(basic.send().await.unwrap().status(), 401);
    let no_type = [("client_id", id.as_str()), ("client_secret", CLIENT_SECRET)];
    let (status, body) = answer(setup.token_call("", &no_type).await).await;
    assert_eq!((status, &body["error"]), (400, &json!("unsupported_grant_type")));
    assert_eq!(setup.client.get(&url).send().await.unwrap().status(), 405);
}

#[tokio::test]
async fn a_code_ends_after_a_hundred_seconds() {
    let setup = setup().await;
    let code = setup.code(MIRA, "identify", &[]).await;
    setup.standin.edit(|world| world.advance(Duration::from_secs(101)));
    let (status, body) = answer(setup.exchange(&code, &[]).await).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn a_code_is_tied_to_its_redirect() {
    let setup = setup().await;
    let code = setup.code(MIRA, "identify", &[]).await;
    let other = [("redirect_uri", "http://127.0.0.1:8080/auth/callback")];
    let (status, body) = answer(setup.exchange(&code, &other).await).await;
    assert_eq!(status, 400);
    assert_eq!(body, json!({"error": "invalid_request", "error_description": "Invalid \"redirect_uri\" in request."}));
}

#[tokio::test]
async fn a_code_with_a_challenge_needs_its_verifier() {
    let setup = setup().await;
    let pkce = [("code_challenge", CHALLENGE), ("code_challenge_method", "S256")];
    let wrong = "x".repeat(43);
    let cases = [
        (Some(VERIFIER), 200, ""),
        (None, 400, "Missing"),
        (Some(wrong.as_str()), 400, "Invalid"),
        (Some("short"), 400, "Invalid"),
    ];
    for (verifier, expected, word) in cases {
        let code = setup.code(MIRA, "identify", &pkce).await;
        let more: Vec<_> = verifier.map(|verifier| ("code_verifier", verifier)).into_iter().collect();
        let (status, body) = answer(setup.exchange(&code, &more).await).await;
        assert_eq!(status, expected, "{verifier:?}");
        if expected == 400 {
            assert_eq!(body["error"], "invalid_request");
            let expected = format!("{word} \"code_verifier\" in request.");
            assert_eq!(body["error_description"], expected.as_str());
        }
    }
}

#[tokio::test]
async fn fewer_scopes_and_a_shorter_life_can_be_granted() {
    let setup = setup().await;
    setup.standin.edit(|world| {
        world.grant_only(&["identify"]);
        world.set_token_lifetime(5);
    });
    let code = setup.code(MIRA, "identify guilds", &[]).await;
    let (_, body) = answer(setup.exchange(&code, &[]).await).await;
    assert_eq!((&body["scope"], &body["expires_in"]), (&json!("identify"), &json!(5)));
    let access = body["access_token"].as_str().unwrap();
    assert_eq!(setup.person_gets(access, "/users/@me/guilds").await.0, 401);
    assert_eq!(setup.person_gets(access, "/users/@me").await.0, 200);
    setup.standin.edit(|world| world.advance(Duration::from_secs(6)));
    assert_eq!(setup.person_gets(access, "/users/@me").await.0, 401);
}

#[tokio::test]
async fn a_refresh_gives_a_new_pair_and_kills_the_old_one() {
    let setup = setup().await;
    let code = setup.code(MIRA, "identify", &[]).await;
    let (_, old) = answer(setup.exchange(&code, &[]).await).await;
    let refresh = old["refresh_token"].as_str().unwrap();
    let (status, new) = answer(setup.refresh(refresh).await).await;
    assert_eq!(status, 200);
    assert_eq!(new["scope"], "identify");
    assert_ne!((&new["access_token"], &new["refresh_token"]), (&old["access_token"], &old["refresh_token"]));
    let (status, body) = answer(setup.refresh(refresh).await).await;
    assert_eq!(status, 400);
    assert_eq!(body, json!({"error": "invalid_grant", "error_description": "Invalid \"refresh_token\" in request"}));
    let old = old["access_token"].as_str().unwrap();
    assert_eq!(setup.person_gets(old, "/users/@me").await.0, 401);
    let new = new["access_token"].as_str().unwrap();
    assert_eq!(setup.person_gets(new, "/users/@me").await.0, 200);
}

#[tokio::test]
async fn a_refresh_works_after_the_access_token_ended() {
    let setup = setup().await;
    let token = setup.standin.edit(|world| world.sign_in(MIRA, &["identify"]));
    setup.standin.edit(|world| world.advance(Duration::from_secs(604_801)));
    assert_eq!(setup.person_gets(&token.access, "/users/@me").await.0, 401);
    assert_eq!(setup.refresh(&token.refresh).await.status(), 200);
}

#[tokio::test]
async fn revoking_any_token_kills_all_of_that_person() {
    let setup = setup().await;
    let phone = setup.standin.edit(|world| world.sign_in(MIRA, &["identify"]));
    let desk = setup.standin.edit(|world| world.sign_in(MIRA, &["identify"]));
    let jonas = setup.standin.edit(|world| world.sign_in(JONAS, &["identify"]));
    let id = CLIENT_ID.to_string();
    let client = [("client_id", id.as_str()), ("client_secret", CLIENT_SECRET)];
    let form = [client[0], client[1], ("token", phone.refresh.as_str())];
    let (status, body) = answer(setup.token_call("/revoke", &form).await).await;
    assert_eq!((status, body), (200, json!({})));
    for token in [&phone, &desk] {
        assert_eq!(setup.person_gets(&token.access, "/users/@me").await.0, 401);
        assert_eq!(setup.refresh(&token.refresh).await.status(), 400);
    }
    assert_eq!(setup.person_gets(&jonas.access, "/users/@me").await.0, 200);
    let unknown = [client[0], client[1], ("token", "unknown")];
    assert_eq!(setup.token_call("/revoke", &unknown).await.status(), 200);
    assert_eq!(setup.token_call("/revoke", &client).await.status(), 400, "none is named");
    let nobody = [("token", "unknown")];
    assert_eq!(setup.token_call("/revoke", &nobody).await.status(), 401);
}
