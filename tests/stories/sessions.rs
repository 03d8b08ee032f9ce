//! How long somebody stays signed in, and what ends it.

mod cookies;
mod instances;
mod keys;
mod tokens;

use std::time::Duration;

use discord_standin::seed;
use reqwest::Method;

use crate::support::TestApp;
use crate::support::visitor::{edited, settings};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn token_only(token: &str) -> Vec<(String, String)> {
    vec![("csrf_token".to_owned(), token.to_owned())]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_service_signs_nobody_out() {
    let mut app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    app.restart().await;
    assert!(mira.is_signed_in().await);
    let saved = mira.post(&settings("music"), &edited(form, &[("default_volume", "70")])).await;
    assert_eq!(saved.status, 303, "a form from before the restart is still good: {}", saved.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_redis_people_stay_signed_in_and_others_sign_in() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.kill();
    assert_eq!(mira.get(&settings("music")).await.status, 200);
    let mut jonas = app.signed_in(seed::JONAS).await;
    assert_eq!(jonas.get(&settings("music")).await.status, 200);
    assert_eq!(jonas.get("/readyz").await.body, "degraded\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_week_without_a_visit_ends_a_session() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.clock.advance(DAY * 7 - Duration::from_secs(60));
    assert!(mira.is_signed_in().await, "not a minute before");
    app.clock.advance(DAY * 6);
    assert!(mira.is_signed_in().await, "a visit counts");
    app.clock.advance(DAY * 7 + Duration::from_secs(1));
    assert!(!mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_days_end_a_session_however_much_it_is_used() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for day in (5..30).step_by(5) {
        app.clock.advance(DAY * 5);
        assert!(mira.is_signed_in().await, "day {day}");
    }
    app.clock.advance(DAY * 5);
    assert!(!mira.is_signed_in().await);
    mira.signs_in(seed::MIRA).await;
    assert!(mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_ends_the_session_for_good() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut elsewhere = app.mira().await;
    let mut copy = mira.clone();
    let token = mira.token().await;
    let out = mira.post("/logout", &token_only(&token)).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    let landing = mira.follows(&out).await;
    assert!(landing.main().contains("signed out"), "{}", landing.main());
    assert!(!mira.get("/").await.main().contains("signed out"), "it is said once");
    assert!(!mira.is_signed_in().await);
    // Somebody who kept the cookie has nothing, before and after another sign-in.
    assert!(!copy.is_signed_in().await);
    mira.signs_in(seed::MIRA).await;
    assert!(!copy.is_signed_in().await);
    assert!(elsewhere.is_signed_in().await, "the other browser stays");
    assert_eq!(app.people().await.sessions, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_signed_out_by_another_site() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    mira.post("/logout", &[]).await.explains(403, "too old");
    mira.post("/logout", &token_only("x")).await.explains(403, "too old");
    let foreign =
        mira.request(Method::POST, "/logout").header("origin", "https://evil.example").form(&[("csrf_token", &token)]);
    mira.send(foreign).await.explains(403, "too old");
    mira.get("/logout").await.explains(405, "cannot do that");
    assert!(mira.is_signed_in().await);
    let mut stranger = app.visitor();
    stranger.post("/logout", &token_only(&token)).await.explains(401, "signed out");
    assert!(mira.is_signed_in().await, "a token alone is no session");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_are_under_way_do_not_bring_a_session_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    app.clock.advance(Duration::from_secs(120));
    let mut tabs: Vec<_> = (0..8).map(|_| mira.clone()).collect();
    let loading = tabs.iter_mut().map(|tab| tab.get("/guilds"));
    let (out, pages) = tokio::join!(
        {
            let mut mira = mira.clone();
            async move { mira.post("/logout", &token_only(&token)).await }
        },
        futures_util::future::join_all(loading)
    );
    assert_eq!(out.status, 303);
    // One that had begun may find that its access is gone, too.
    assert!(pages.iter().all(|page| [200, 303, 401].contains(&page.status.as_u16())));
    for tab in &mut tabs {
        assert!(!tab.is_signed_in().await);
    }
    assert_eq!(app.people().await.sessions, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_twenty_first_browser_ends_the_session_unused_for_longest() {
    let app = TestApp::start().await;
    let mut first = app.mira().await;
    for _ in 1..20 {
        app.mira().await;
    }
    app.clock.advance(Duration::from_secs(120));
    assert!(first.is_signed_in().await);
    app.mira().await;
    assert_eq!(app.people().await.sessions, 20);
    assert!(first.is_signed_in().await, "it was used");
}
