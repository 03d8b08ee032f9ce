//! Open pages: what they hear, when they end, what a reconnect brings.

use std::time::Duration;

use demo::bot::Behaviour;
use discord_standin::seed;
use serde_json::json;

use super::{is_heard, saves};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::stream::OpenPage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_hears_of_a_change_until_it_is_live() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    bot.behave(Behaviour { takes: Duration::from_millis(300), ..Behaviour::default() });
    let (mut mira, aylin) = (app.mira().await, app.signed_in(seed::AYLIN).await);
    let (hers, other) = (OpenPage::opens(&mira, HARBOUR, None).await, OpenPage::opens(&aylin, HARBOUR, None).await);
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    for page in [&hers, &other] {
        page.shows("music", "live").await;
        let states: Vec<String> =
            page.heard().iter().filter(|one| one.event == "changes").map(|one| one.data.clone()).collect();
        assert!(states.iter().any(|data| data.contains("data-state=\"sent\"")), "it was sent before: {states:?}");
        assert!(states.last().unwrap().contains("Live on the bot"));
    }
    let elsewhere = seed::ARCADE.0;
    let jonas = app.signed_in(seed::JONAS).await;
    let his = OpenPage::opens(&jonas, elsewhere, None).await;
    saves(&mut mira, "music", &[("default_volume", "67")]).await;
    eventually("her page hears of the second", || async { hers.heard().len() > other.heard().len() - 1 }).await;
    hers.shows("music", "live").await;
    assert!(his.heard().iter().all(|one| one.event != "changes"), "another server's changes are not told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_was_away_catches_up_by_the_last_event_it_heard() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let page = OpenPage::opens(&mira, HARBOUR, None).await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    page.shows("music", "live").await;
    let last = page.heard().iter().rev().find_map(|one| one.id.clone()).unwrap();
    drop(page);
    saves(&mut mira, "tempvoice", &[("auto_lock_minutes", "30")]).await;
    super::comes_to(&mira, "tempvoice", "live").await;
    let page = OpenPage::opens(&mira, HARBOUR, Some(&last)).await;
    page.shows("tempvoice", "live").await;
    assert_eq!(page.bot().as_deref(), Some(""), "and what holds of the bot");

    app.clock.advance(Duration::from_secs(60));
    let page = OpenPage::opens(&mira, HARBOUR, None).await;
    eventually("the page was greeted", || async { page.bot().is_some() }).await;
    assert_eq!(page.state_of("music"), None, "who missed nothing is told nothing");
    for strange in ["", "x", "-1", "99999999999999999999", "999999999999999"] {
        drop(OpenPage::opens(&mira, HARBOUR, Some(strange)).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_hears_that_the_bot_has_gone_and_is_back() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let page = OpenPage::opens(&mira, HARBOUR, None).await;
    bot.stop().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    page.shows("music", "sent").await;
    app.clock.advance(Duration::from_secs(50));
    eventually("the page says the bot is offline", || async { page.bot().as_deref() == Some("offline") }).await;
    page.shows("music", "waiting-bot").await;
    let _bot = app.example_bot();
    page.shows("music", "live").await;
    eventually("the page says no more of it", || async { page.bot().as_deref() == Some("") }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_rights_of_who_looks_and_says_so() {
    let app = TestApp::start().await;
    let jonas = app.signed_in(seed::JONAS).await;
    let page = OpenPage::opens(&jonas, HARBOUR, None).await;
    let bot = app.bot().await;
    app.discord.edit(|world| world.set_member_roles(seed::HARBOUR_CLUB, seed::JONAS, &[]).unwrap());
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "member", "userId": seed::JONAS.to_string()})).await;
    assert_eq!(page.ends().await, "rights");
    assert!(page.heard().pop().unwrap().data.contains("may not open this server any more"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_are_asked_again_every_minute_without_the_bot_saying_anything() {
    let app = TestApp::start().await;
    let (jonas, mira) = (app.signed_in(seed::JONAS).await, app.mira().await);
    let (his, hers) = (OpenPage::opens(&jonas, HARBOUR, None).await, OpenPage::opens(&mira, HARBOUR, None).await);
    app.discord.edit(|world| world.set_member_roles(seed::HARBOUR_CLUB, seed::JONAS, &[]).unwrap());
    app.clock.advance(Duration::from_secs(61));
    assert_eq!(his.ends().await, "rights");
    assert!(!hers.has_ended());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_when_its_session_does_and_others_go_on() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let elsewhere = app.mira().await;
    let (page, other) = (OpenPage::opens(&mira, HARBOUR, None).await, OpenPage::opens(&elsewhere, HARBOUR, None).await);
    let token = mira.token().await;
    mira.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    assert_eq!(page.ends().await, "session");
    assert!(!other.has_ended(), "another session of the same person");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_holds_five_streams_and_a_sixth_ends_the_oldest() {
    let app = TestApp::start().await;
    let (mira, jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let his = OpenPage::opens(&jonas, HARBOUR, None).await;
    let mut held = Vec::new();
    for _ in 0..6 {
        held.push(OpenPage::opens(&mira, HARBOUR, None).await);
    }
    assert_eq!(held[0].ends().await, "many");
    assert!(held[1..].iter().all(|page| !page.has_ended()) && !his.has_ended());
    // A browser that goes from page to page leaves streams behind, and is never refused for it.
    for _ in 0..12 {
        drop(OpenPage::opens(&mira, HARBOUR, None).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_the_service_does_not_wait_for_open_pages() {
    let mut app = TestApp::start().await;
    let mira = app.mira().await;
    let page = OpenPage::opens(&mira, HARBOUR, None).await;
    app.stop().await;
    assert_eq!(page.ends().await, "stopping");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_for_who_may_see_the_page_and_not_held_back_by_compression() {
    let app = TestApp::start().await;
    let sam = app.signed_in(seed::SAM).await;
    assert_eq!(OpenPage::asks(&sam, HARBOUR, None).await.status(), 403);
    assert_eq!(OpenPage::asks(&app.visitor(), HARBOUR, None).await.status(), 303);
    let mira = app.mira().await;
    let request = mira.request(reqwest::Method::GET, &format!("/guilds/{HARBOUR}/live"));
    let answer = request.header("accept-encoding", "br, gzip").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["cache-control"]), (200, &"no-store".parse().unwrap()));
    assert!(answer.headers().get("content-encoding").is_none_or(|coding| coding == "identity"));
}
