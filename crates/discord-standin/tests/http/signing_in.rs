//! Rows 1 to 5: the authorize page.

use discord_standin::seed::{CLIENT_ID, JONAS, MIRA, UNVERIFIED};

use super::support::*;

#[tokio::test]
async fn the_authorize_page_offers_everybody_and_says_that_it_is_a_demo() {
    let setup = setup().await;
    let page = setup.client.get(setup.authorize_url("identify guilds", &[])).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let html = page.text().await.unwrap();
    assert!(html.contains("local stand-in for Discord"));
    assert!(html.contains(&format!("id=\"user-{MIRA}\"")));
    assert!(html.contains("value=\"authorize\"") && html.contains("value=\"cancel\""));
    assert!(!html.contains("<script>"), "names are escaped");
}

#[tokio::test]
async fn authorizing_goes_back_with_a_code_and_the_state_byte_for_byte() {
    let setup = setup().await;
    let state = "&state=%7ea%2Bb+c%c3%a9";
    let url = setup.authorize_url("identify", &[]) + state;
    let there = location(&setup.decides(&url, MIRA, "authorize").await);
    assert!(there.starts_with(&format!("{REDIRECT}?code=")), "{there}");
    assert!(there.ends_with(state), "{there}");
    let bare = setup.authorize_url("identify", &[]);
    let there = location(&setup.decides(&bare, MIRA, "authorize").await);
    assert_eq!(query_of(&there, "state"), None);
}

#[tokio::test]
async fn cancelling_goes_back_with_access_denied() {
    let setup = setup().await;
    let url = setup.authorize_url("identify", &[("state", "s1")]);
    let there = location(&setup.decides(&url, MIRA, "cancel").await);
    let expected =
        "?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request&state=s1";
    assert_eq!(there, format!("{REDIRECT}{expected}"));
}

#[tokio::test]
async fn a_request_that_asks_wrongly_goes_back_with_the_reason() {
    let setup = setup().await;
    let id = CLIENT_ID.to_string();
    let no_type = [("client_id", id.as_str()), ("scope", "identify"), ("redirect_uri", REDIRECT)];
    let cases = [
        (setup.authorize_url("identify teapot", &[]), "invalid_scope"),
        (setup.query_url(no_type.iter()), "invalid_request"),
        (
            setup.authorize_url("identify", &[("code_challenge", CHALLENGE), ("code_challenge_method", "plain")]),
            "invalid_request",
        ),
        (setup.authorize_url("identify", &[("code_challenge", CHALLENGE)]), "invalid_request"),
    ];
    for (url, error) in cases {
        let response = setup.client.get(&url).send().await.unwrap();
        assert_eq!(response.status(), 302, "{url}");
        assert_eq!(query_of(&location(&response), "error").as_deref(), Some(error), "{url}");
    }
}

#[tokio::test]
async fn an_unknown_client_or_redirect_gets_a_page_and_no_redirect() {
    let setup = setup().await;
    let id = CLIENT_ID.to_string();
    let elsewhere = "http://evil.example/auth/callback";
    for (client, redirect) in [("1", REDIRECT), (id.as_str(), elsewhere)] {
        let pairs =
            [("response_type", "code"), ("client_id", client), ("scope", "identify"), ("redirect_uri", redirect)];
        let url = setup.query_url(pairs.iter());
        for response in [setup.client.get(&url).send().await.unwrap(), setup.decides(&url, MIRA, "authorize").await] {
            assert_eq!(response.status(), 400);
            assert!(response.headers().get("location").is_none());
            assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
        }
    }
}

#[tokio::test]
async fn a_registered_redirect_with_a_star_fits_any_port_and_nothing_else() {
    let setup = setup_with(|world| {
        world.application.redirect_uris = vec!["http://127.0.0.1:*/auth/callback".to_owned()];
    })
    .await;
    let page = setup.client.get(setup.authorize_url("identify", &[])).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let id = CLIENT_ID.to_string();
    let pairs = [
        ("response_type", "code"),
        ("client_id", id.as_str()),
        ("scope", "identify"),
        ("redirect_uri", "http://127.0.0.1:1/x/auth/callback"),
    ];
    let page = setup.client.get(setup.query_url(pairs.iter())).send().await.unwrap();
    assert_eq!(page.status(), 400);
}

#[tokio::test]
async fn prompt_none_skips_the_page_only_for_what_was_approved_before() {
    let setup = setup().await;
    let quiet = setup.authorize_url("identify guilds", &[("prompt", "none")]);
    let open = |url: String, user| {
        let cookie = format!("standin_user={user}");
        setup.client.get(url).header("Cookie", cookie).send()
    };
    assert_eq!(open(quiet.clone(), MIRA).await.unwrap().status(), 200, "nothing approved yet");
    let response = setup.decides(&setup.authorize_url("identify guilds", &[]), MIRA, "authorize").await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with(&format!("standin_user={MIRA};")), "{cookie}");
    let response = open(quiet.clone(), MIRA).await.unwrap();
    assert!(query_of(&location(&response), "code").is_some());
    assert_eq!(open(quiet.clone(), JONAS).await.unwrap().status(), 200, "somebody else");
    let more = setup.authorize_url("identify guilds email", &[("prompt", "none")]);
    assert_eq!(open(more, MIRA).await.unwrap().status(), 200, "one scope more");
    let asking = setup.authorize_url("identify guilds", &[]);
    assert_eq!(open(asking, MIRA).await.unwrap().status(), 200, "consent is the default");
    let bot = setup.authorize_url("identify bot", &[("prompt", "none")]);
    setup.standin.edit(|world| {
        world.approvals.entry(MIRA).or_default().insert("bot".to_owned());
    });
    assert_eq!(open(bot, MIRA).await.unwrap().status(), 200, "a bot always asks");
}

#[tokio::test]
async fn an_unverified_account_cannot_authorize() {
    let setup = setup().await;
    let url = setup.authorize_url("identify", &[]);
    assert_eq!(setup.decides(&url, UNVERIFIED, "authorize").await.status(), 403);
}

#[tokio::test]
async fn an_issuer_is_sent_if_the_world_says_so() {
    let setup = setup_with(|world| world.options.issuer = Some("https://discord.com".to_owned())).await;
    let url = setup.authorize_url("identify", &[("state", "s")]);
    let there = location(&setup.decides(&url, MIRA, "authorize").await);
    assert_eq!(query_of(&there, "iss").as_deref(), Some("https://discord.com"));
}
