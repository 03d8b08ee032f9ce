use std::collections::HashMap;

use serde_json::json;

use super::super::fake::{Fake, Reply, json as answer, text};
use super::*;
use crate::discord::cache::Fetched;
use crate::discord::{PartialGuild, User};

fn pair(access: &str, refresh: Option<&str>) -> Reply {
    answer(
        200,
        json!({"access_token": access, "token_type": "Bearer", "expires_in": 604_800, "refresh_token": refresh,
               "scope": "guilds identify", "guild": {"id": "816370501973721107"}}),
    )
}

fn oauth_error(status: u16, error: &str) -> Reply {
    answer(status, json!({"error": error, "error_description": "Some words, with or without a dot"}))
}

fn pairs(query: &str) -> HashMap<String, String> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[tokio::test]
async fn people_are_sent_to_discord_with_state_and_challenge() {
    let fake = Fake::nobody().await;
    let (one, other) = (fake.discord.authorize_url(), fake.discord.authorize_url());
    assert_ne!(one.state, other.state);
    assert_eq!(one.url.path(), "/oauth2/authorize");
    let query = one.url.query().unwrap();
    assert!(query.contains("scope=identify%20guilds"), "{query}");
    let sent = pairs(query);
    assert_eq!(sent["response_type"], "code");
    assert_eq!(sent["client_id"], "1279772747366797316");
    assert_eq!(sent["redirect_uri"], "http://127.0.0.1:8080/auth/callback");
    assert_eq!(sent["state"], one.state);
    assert_eq!(sent["code_challenge_method"], "S256");
    let verifier = PkceCodeVerifier::new(one.verifier.expose_secret().to_owned());
    assert_eq!(sent["code_challenge"], PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str());
    assert!(!query.contains(one.verifier.expose_secret()));
    assert!(!format!("{one:?}").contains(one.verifier.expose_secret()));
}

#[tokio::test]
async fn an_invitation_names_the_server_and_comes_back_to_us() {
    let fake = Fake::nobody().await;
    let permissions = Permissions::from_bits_retain(288_738_384);
    let one = fake.discord.invite_url(Some(GuildId::new(816_370_501_973_721_107)), permissions);
    let url = &one.url;
    assert!(url.query().unwrap().contains("scope=bot%20applications.commands%20identify"));
    let sent = pairs(url.query().unwrap());
    assert_eq!(sent["state"], one.state);
    let verifier = PkceCodeVerifier::new(one.verifier.expose_secret().to_owned());
    assert_eq!(sent["code_challenge"], PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str());
    assert_eq!(sent["code_challenge_method"], "S256");
    assert_eq!(sent["permissions"], "288738384");
    assert_eq!(sent["response_type"], "code");
    assert_eq!((&*sent["guild_id"], &*sent["disable_guild_select"]), ("816370501973721107", "true"));
    let anywhere = fake.discord.invite_url(None, permissions).url;
    assert!(!pairs(anywhere.query().unwrap()).contains_key("disable_guild_select"));
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let fake = Fake::start(|_, _| pair("access-1", Some("refresh-1"))).await;
    let tokens = fake.discord.exchange("the-code", &secret("the-verifier")).await.unwrap();
    assert_eq!((tokens.access.expose_secret(), tokens.refresh.expose_secret()), ("access-1", "refresh-1"));
    assert_eq!(tokens.expires_in, Duration::from_secs(604_800));
    assert!(tokens.suffice());
    let asked = &fake.asked()[0];
    assert_eq!(asked.line, "POST /api/v10/oauth2/token");
    assert!(asked.headers["authorization"].starts_with("Basic "));
    let sent = pairs(&asked.body);
    assert_eq!((&*sent["grant_type"], &*sent["code"]), ("authorization_code", "the-code"));
    assert_eq!(sent["code_verifier"], "the-verifier");
    assert_eq!(sent["redirect_uri"], "http://127.0.0.1:8080/auth/callback");
    assert!(!format!("{tokens:?}").contains("access-1"));
}

#[tokio::test]
async fn fewer_scopes_than_asked_for_do_not_suffice() {
    let fake = Fake::start(|_, _| {
        answer(200, json!({"access_token": "a", "token_type": "Bearer", "refresh_token": "r", "scope": "identify"}))
    })
    .await;
    let tokens = fake.discord.exchange("c", &secret("v")).await.unwrap();
    assert!(!tokens.suffice());
}

#[tokio::test]
async fn a_refused_code_is_told_from_our_fault_and_from_an_outage() {
    type Cause = fn(&SignInTrouble) -> bool;
    let refused: Cause = |trouble| *trouble == SignInTrouble::Refused;
    let ours: Cause = |trouble| *trouble == SignInTrouble::Misconfigured;
    let away: Cause = |trouble| matches!(trouble, SignInTrouble::Unavailable(_));
    let cases: [(fn() -> Reply, Cause); 11] = [
        (|| oauth_error(400, "invalid_grant"), refused),
        (|| oauth_error(400, "invalid_request"), refused),
        (|| oauth_error(401, "invalid_client"), ours),
        (|| oauth_error(400, "invalid_client"), ours),
        (|| oauth_error(500, "invalid_grant"), away),
        (|| oauth_error(400, "server_error"), away),
        (|| answer(429, json!({"message": "You are being rate limited.", "retry_after": 5})), away),
        (|| text(502, "text/html", ""), away),
        (|| text(200, "text/html", "<html>secret-access</html>"), away),
        (|| answer(200, json!({"access_token": "secret-access", "token_type": "Bearer"})), away),
        (|| text(302, "text/html", "").with("location", "/"), away),
    ];
    for (nth, (reply, is)) in cases.into_iter().enumerate() {
        let fake = Fake::start(move |_, _| reply()).await;
        let trouble = fake.discord.exchange("c", &secret("v")).await.unwrap_err();
        assert!(is(&trouble), "case {nth}: {trouble:?}");
        assert!(!format!("{trouble:?} {trouble}").contains("secret-access"), "case {nth}");
        assert_eq!(fake.asked().len(), 1, "a code is sent once");
    }
    let slow = Fake::start_impatient(|_, _| pair("a", Some("r")).late(Duration::from_secs(5))).await;
    assert!(away(&slow.discord.exchange("c", &secret("v")).await.unwrap_err()));
}

#[tokio::test]
async fn a_refresh_brings_a_new_pair_or_keeps_the_old_token() {
    let fake =
        Fake::start(|_, nth| if nth == 0 { pair("access-2", Some("refresh-2")) } else { pair("access-3", None) }).await;
    let tokens = fake.discord.refresh(&secret("refresh-1")).await.unwrap();
    assert_eq!(tokens.refresh.expose_secret(), "refresh-2");
    let sent = pairs(&fake.asked()[0].body);
    assert_eq!((&*sent["grant_type"], &*sent["refresh_token"]), ("refresh_token", "refresh-1"));
    let tokens = fake.discord.refresh(&tokens.refresh).await.unwrap();
    assert_eq!((tokens.access.expose_secret(), tokens.refresh.expose_secret()), ("access-3", "refresh-2"));
}

#[tokio::test]
async fn only_discords_own_word_ends_a_session() {
    let trouble = async |reply: fn() -> Reply| {
        let fake = Fake::start(move |_, _| reply()).await;
        fake.discord.refresh(&secret("r")).await.unwrap_err()
    };
    assert_eq!(trouble(|| oauth_error(400, "invalid_grant")).await, RefreshTrouble::Dead);
    assert_eq!(trouble(|| oauth_error(401, "invalid_client")).await, RefreshTrouble::Misconfigured);
    for reply in [
        (|| oauth_error(400, "invalid_request")) as fn() -> Reply,
        || oauth_error(503, "invalid_grant"),
        || text(429, "text/html", "error code: 1015"),
        || text(400, "text/html", "invalid_grant"),
    ] {
        assert!(matches!(trouble(reply).await, RefreshTrouble::Unavailable(_)));
    }
}

#[tokio::test]
async fn tokens_are_taken_back() {
    let fake = Fake::start(|_, nth| if nth == 0 { answer(200, json!({})) } else { text(500, "text/html", "") }).await;
    fake.discord.revoke(&secret("access-1")).await.unwrap();
    let asked = &fake.asked()[0];
    assert_eq!(asked.line, "POST /api/v10/oauth2/token/revoke");
    assert_eq!(pairs(&asked.body)["token"], "access-1");
    assert!(asked.headers["authorization"].starts_with("Basic "));
    assert!(matches!(fake.discord.revoke(&secret("access-1")).await, Err(DiscordError::Unavailable(_))));
}

#[tokio::test]
async fn a_persons_servers_are_asked_for_once_a_minute_and_again_once_in_ten_seconds() {
    let fake = Fake::start(|_, _| {
        answer(200, json!([{"id": "816370501973721107", "name": "Harbour Club", "owner": true, "permissions": "0"}]))
    })
    .await;
    let user: User = serde_json::from_value(json!({"id": "445518183798022151"})).unwrap();
    let access = secret("access");
    let ask = async || -> Fetched<Vec<PartialGuild>> {
        fake.discord.guilds_of(user.id, &access, Discord::GUILDS_OF_MAX_AGE).await.unwrap()
    };
    assert!(ask().await[0].manageable());
    ask().await;
    fake.discord.guilds_of_again(user.id, &access).await.unwrap();
    assert_eq!(fake.asked().len(), 1);
    fake.clock.advance(Duration::from_secs(11));
    ask().await;
    assert_eq!(fake.asked().len(), 1);
    fake.discord.guilds_of_again(user.id, &access).await.unwrap();
    fake.discord.guilds_of_again(user.id, &access).await.unwrap();
    assert_eq!(fake.asked().len(), 2);
    fake.discord.forget_user(user.id);
    ask().await;
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test]
async fn questions_may_be_asked_from_any_task() {
    fn may_move(_: impl Future + Send) {}
    let fake = Fake::nobody().await;
    let (discord, token) = (&fake.discord, secret("t"));
    may_move(discord.exchange("c", &token));
    may_move(discord.refresh(&token));
    may_move(discord.revoke(&token));
    may_move(discord.snapshot(GuildId::new(816_370_501_973_721_107), Duration::ZERO));
    may_move(discord.self_check(&[]));
}
