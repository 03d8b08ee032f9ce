//! The session's cookie: how it is sealed, and with which flags.

use discord_standin::seed;
use reqwest::header::{HeaderName, HeaderValue};

use crate::support::app::{Stage, TestApp};
use crate::support::page::Page;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_deployments_cookie_is_no_session() {
    let (app, other) = (TestApp::start().await, TestApp::start().await);
    let mut mira = other.mira().await;
    mira.base = app.url();
    assert!(!mira.is_signed_in().await);
    mira.cookies.insert("guildhall".to_owned(), "%%%".to_owned());
    assert!(!mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stored_opens_nothing() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let kept = app.kept_of_people().await;
    assert!(kept.contains("mira.k"), "the search looks at the right rows: {kept}");
    let secrets = app.discord.edit(|world| {
        let tokens = world.tokens.iter().flat_map(|token| [token.access.clone(), token.refresh.clone()]);
        tokens.chain(world.codes.iter().map(|code| code.code.clone())).collect::<Vec<_>>()
    });
    assert_eq!(secrets.len(), 3);
    for secret in secrets.iter().chain(mira.cookies.values()) {
        assert!(!kept.contains(secret.as_str()), "{secret} is stored");
    }
}

fn header((name, value): (&'static str, &'static str)) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// Every cookie that an answer sets is one that browsers take from this host alone.
fn are_ours_alone(page: &Page) {
    assert!(page.headers.contains_key("set-cookie"), "nothing is set");
    for cookie in page.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-guildhall"), "{cookie}");
        for flag in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(flag), "{cookie} lacks {flag}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_https_the_cookies_are_for_this_host_and_for_secure_lines_only() {
    let stage = Stage::default();
    let world = stage.world.clone().with_redirect("https://dash.example/auth/callback");
    let mut app = TestApp::on(Stage { world, ..stage }).await;
    let mut mira = app.visitor();
    app.config.public_url = "https://dash.example".parse().unwrap();
    app.restart().await;
    let get = |browser: &crate::support::visitor::Visitor, path: &str| {
        browser.request(reqwest::Method::GET, path).header("host", "dash.example")
    };
    let request = get(&mira, "/login");
    let away = mira.send(request).await;
    let address = away.location().to_owned();
    let here = std::mem::replace(&mut mira.base, "https://dash.example".to_owned());
    let callback = mira.decides(&address, seed::MIRA, "authorize").await;
    mira.base = here;
    let request = get(&mira, &callback);
    let back = mira.send(request).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, "/guilds"), "{}", back.body);
    for page in [&away, &back] {
        are_ours_alone(page);
    }
    assert!(mira.cookies.contains_key("__Host-guildhall"), "{:?}", mira.cookies.keys());
    assert_eq!(back.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
    let request = get(&mira, "/guilds");
    let guilds = mira.send(request).await;
    assert_eq!(guilds.status, 200);
    let token = guilds.attributes("form[action='/logout'] input[name=csrf_token]", "value").remove(0);
    let request = mira
        .request(reqwest::Method::POST, "/logout")
        .headers([("host", "dash.example"), ("origin", "https://dash.example")].map(header).into_iter().collect())
        .form(&[("csrf_token", token)]);
    let out = mira.send(request).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"), "{}", out.body);
    assert!(mira.cookies.contains_key("__Host-guildhall-flash"), "{:?}", mira.cookies.keys());
    let request = get(&mira, "/");
    let landing = mira.send(request).await;
    assert!(landing.text("#flash").contains("signed out"), "{}", landing.body);
    for page in [&out, &landing] {
        are_ours_alone(page);
    }
    assert!(mira.cookies.is_empty(), "{:?}", mira.cookies.keys());
    mira.get("/guilds").await.explains(421, "not served here");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_plain_http_on_this_machine_cookies_are_still_kept_from_scripts() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let back = mira.signs_in(seed::MIRA).await;
    let session = back.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let session = session.filter(|cookie| cookie.starts_with("guildhall=")).collect::<Vec<_>>();
    assert_eq!(session.len(), 1, "{session:?}");
    assert!(session[0].contains("HttpOnly") && session[0].contains("SameSite=Lax"), "{session:?}");
    assert!(!session[0].contains("Secure"), "a browser would not send it back: {session:?}");
}
