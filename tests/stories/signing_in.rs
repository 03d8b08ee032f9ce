//! From "Sign in" to Discord and back, and every way that can come to nothing.

mod refusals;
mod return_to;

use discord_standin::seed;

use crate::support::app::{Stage, TestApp};
use crate::support::page::Page;
use crate::support::records::People;
use crate::support::visitor::Visitor;

/// That nobody is signed in and nothing was kept of who tried.
async fn nothing_happened(app: &TestApp, visitor: &mut Visitor) {
    assert_eq!(app.people().await, People::default());
    assert!(!visitor.is_signed_in().await);
}

/// The page of a sign-in that came to nothing, with the way to try again.
fn tells_to_try_again(page: &Page, status: u16, words: &str) {
    page.explains(status, words);
    assert_eq!(page.ways()[0], "/login", "{words}");
    assert_eq!(page.header("cache-control"), "no-store");
}

/// The pairs of a callback's query.
fn answer_of(callback: &str) -> Vec<(String, String)> {
    let (_, query) = callback.split_once('?').unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn callback_with(pairs: &[(String, String)]) -> String {
    format!("/auth/callback?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// A callback's address with another value for a parameter.
fn changed(callback: &str, name: &str, value: &str) -> String {
    let mut pairs = answer_of(callback);
    pairs.retain(|(key, _)| key != name);
    pairs.push((name.to_owned(), value.to_owned()));
    callback_with(&pairs)
}

fn lacking(callback: &str, name: &str) -> String {
    let mut pairs = answer_of(callback);
    pairs.retain(|(key, _)| key != name);
    callback_with(&pairs)
}

fn tries(visitor: &Visitor) -> usize {
    visitor.cookies.keys().filter(|name| name.contains("login")).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_signs_in_and_sees_their_servers() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let landing = mira.get("/").await;
    assert_eq!(landing.status, 200);
    assert!(landing.has("main a[href='/login']"));

    let away = mira.get("/login").await;
    assert_eq!(away.status, 303);
    let discord = away.location().to_owned();
    assert!(discord.starts_with(&format!("{}/oauth2/authorize?", app.discord.url())), "{discord}");
    for part in ["scope=identify%20guilds", "code_challenge_method=S256", "response_type=code"] {
        assert!(discord.contains(part), "{discord}");
    }

    let callback = mira.decides(&discord, seed::MIRA, "authorize").await;
    let back = mira.get(&callback).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, "/guilds"));
    assert_eq!(tries(&mira), 0, "the try's cookie has done its work");
    let servers = mira.follows(&back).await;
    assert!(servers.main().contains("Harbour Club"), "{}", servers.main());
    assert!(servers.text("header").contains("Mira"), "{}", servers.text("header"));
    assert_eq!(app.people().await, People { users: 1, sessions: 1, tokens: 1, drafts: 0 });
    assert_eq!(mira.get("/").await.location(), "/guilds", "the start page is for others");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_tabs_sign_in_at_once_and_finish_in_the_other_order() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let (first, second) = (mira.get("/login?return_to=/guilds").await, mira.get("/login?return_to=/account").await);
    assert_eq!(tries(&mira), 2);
    for (tab, page) in [(second, "/account"), (first, "/guilds")] {
        let callback = mira.decides(tab.location(), seed::MIRA, "authorize").await;
        let back = mira.get(&callback).await;
        assert_eq!((back.status.as_u16(), back.location()), (303, page), "{}", back.body);
    }
    assert!(mira.is_signed_in().await);
    assert_eq!(app.people().await.sessions, 1, "the second sign-in ended the session of the first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_begins_and_never_comes_back_collects_no_cookies() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    for _ in 0..12 {
        mira.get("/login").await;
    }
    assert_eq!(tries(&mira), 5);
    mira.signs_in(seed::MIRA).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_sign_in_ends_the_session_it_replaces() {
    let app = TestApp::start().await;
    let mut browser = app.mira().await;
    let mut before = browser.clone();
    browser.signs_in(seed::JONAS).await;
    let servers = browser.get("/guilds").await;
    assert!(servers.text("header").contains("Jonas"));
    assert!(!before.is_signed_in().await, "the cookie of the session before is worth nothing");
    assert_eq!(app.people().await.sessions, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_browsers_of_one_person_stay_signed_in_beside_each_other() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    assert!(desk.is_signed_in().await && phone.is_signed_in().await);
    assert_eq!(app.people().await, People { users: 1, sessions: 2, tokens: 1, drafts: 0 });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_twenty_first_try_in_ten_minutes_has_to_wait() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    for _ in 0..20 {
        assert_eq!(app.visitor().get("/login").await.status, 303);
    }
    let mut mira = app.visitor();
    let refused = mira.get("/login").await;
    refused.explains(429, "a lot in a short time");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!(refused.main().contains(&wait.to_string()), "{}", refused.main());
    assert_eq!(tries(&mira), 0);
    app.clock.advance(std::time::Duration::from_secs(wait));
    mira.signs_in(seed::MIRA).await;
}
