//! Discord in every kind of trouble: nobody is let in on a guess, nothing is half-written, and what was typed
//! can be sent again from the page that says so.

mod crowds;
mod parts;

use std::time::Duration;

use discord_standin::{Fault, FaultKind, RateLimitScope};
use serde_json::json;

use crate::support::app::{HARBOUR, TestApp};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

/// Longer than anything is kept: afterwards everything is asked anew.
const COLD: Duration = Duration::from_secs(2 * 60 * 60);

fn limited(retry_after: Option<f64>, html_1015: bool) -> FaultKind {
    FaultKind::RateLimited { scope: RateLimitScope::User, retry_after, html_1015 }
}

/// What can go wrong, and what a page calls it.
fn troubles() -> Vec<(FaultKind, &'static str)> {
    let away = "Discord does not answer";
    let wait = "Discord asks us to wait";
    let not_found = |code: u32, message: &str| FaultKind::NotFound { code, message: message.to_owned() };
    vec![
        (FaultKind::MissingAccess, away),
        (FaultKind::MissingPermissions, away),
        (not_found(10_004, "Unknown Guild"), away),
        (not_found(0, "404: Not Found"), away),
        (FaultKind::Status { status: 403, json: json!({"message": "internal network error", "code": 40_333}) }, away),
        (limited(Some(3600.0), false), wait),
        (limited(Some(30.5), false), wait),
        (limited(None, false), away),
        (limited(None, true), away),
        (FaultKind::ServerError, away),
        (FaultKind::BadGateway, away),
        (FaultKind::Unavailable, away),
        (FaultKind::Html, away),
        (FaultKind::TruncatedJson, away),
        (FaultKind::WrongTypes, away),
        (FaultKind::DelayHeaders { delay: Duration::from_secs(9) }, away),
        (FaultKind::DelayBody { delay: Duration::from_secs(9) }, away),
        (FaultKind::Reset, away),
        (FaultKind::Raw { status: 200, content_type: "application/json".into(), body: String::new() }, away),
        (FaultKind::Raw { status: 200, content_type: "application/json".into(), body: "null".into() }, away),
    ]
}

/// The form as typed, on a service whose answers of Discord about rights are too old for a write.
async fn about_to_save(app: &TestApp) -> (Visitor, Vec<(String, String)>) {
    let mut mira = app.mira().await;
    let typed = edited(mira.opens("music").await, &[("default_volume", "76")]);
    app.clock.advance(Duration::from_secs(11));
    (mira, typed)
}

/// Nothing is written; the page keeps every field as typed; sent from there, once all is well, it is saved.
async fn is_kept_and_saved_later(app: &TestApp, mira: &mut Visitor, typed: &[(String, String)], page: &Page) {
    assert!(page.keeps_form(&settings("music")), "{}", page.main());
    let kept = page.form(&settings("music"));
    assert_eq!(plain(&kept), plain(typed));
    assert_eq!((app.stored("music").await, app.changes().await), (None, (0, 0)));
    app.discord.clear_faults();
    app.clock.advance(COLD);
    let saved = mira.post(&settings("music"), &kept).await;
    assert_eq!(saved.status, 303, "{} {}", saved.title(), saved.main());
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 76);
    assert_eq!(app.changes().await.0, 1);
}

/// All but the token, with line ends as they are stored.
fn plain(form: &[(String, String)]) -> Vec<(String, String)> {
    let pairs = form.iter().filter(|(name, _)| name != "csrf_token");
    pairs.map(|(name, value)| (name.clone(), value.replace("\r\n", "\n"))).collect()
}

async fn saves_during(kind: FaultKind, words: &str) {
    let app = TestApp::start().await;
    let (mut mira, typed) = about_to_save(&app).await;
    app.discord.fault(Fault::at("/api/v10/guilds/", kind.clone()));
    let page = mira.post(&settings("music"), &typed).await;
    assert_eq!(page.status, 503, "{kind:?}: {} {}", page.title(), page.main());
    page.explains(503, words);
    is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
}

async fn opens_during(kind: FaultKind, words: &str) {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.clock.advance(COLD);
    app.discord.fault(Fault::at("/api/v10/guilds/", kind.clone()));
    let page = mira.get(&settings("music")).await;
    assert_eq!(page.status, 503, "{kind:?}: {} {}", page.title(), page.main());
    page.explains(503, words);
    assert_eq!(page.ways()[0], settings("music"), "to be tried again");
    app.discord.clear_faults();
    app.clock.advance(COLD);
    assert_eq!(mira.get(&settings("music")).await.status, 200, "{kind:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_during_any_trouble_is_kept_and_can_be_sent_again() {
    let all = troubles();
    for some in all.chunks(7) {
        futures_util::future::join_all(some.iter().map(|(kind, words)| saves_during(kind.clone(), words))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_opened_during_any_trouble_says_so_and_opens_afterwards() {
    let all = troubles();
    for some in all.chunks(7) {
        futures_util::future::join_all(some.iter().map(|(kind, words)| opens_during(kind.clone(), words))).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_port_refuses_nothing_is_lost() {
    let app = TestApp::start().await;
    let (mut mira, typed) = about_to_save(&app).await;
    app.discord.stop();
    let page = mira.post(&settings("music"), &typed).await;
    page.explains(503, "Discord does not answer");
    app.clock.advance(COLD);
    mira.get(&settings("music")).await.explains(503, "Discord does not answer");
    mira.get("/guilds").await.explains(503, "Discord does not answer");
    assert_eq!(mira.get("/").await.location(), "/guilds", "what needs no Discord works");
    app.discord.restart().await.unwrap();
    is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_with_the_lists_is_trouble_too() {
    for kind in
        [FaultKind::ServerError, FaultKind::Html, FaultKind::WrongTypes, FaultKind::Reset, FaultKind::Unauthorized]
    {
        let app = TestApp::start().await;
        let (mut mira, typed) = about_to_save(&app).await;
        app.clock.advance(COLD);
        app.discord.fault(Fault::at("/api/v10/", kind.clone()));
        let page = mira.post(&settings("music"), &typed).await;
        page.explains(503, if matches!(kind, FaultKind::Unauthorized) { "" } else { "Discord does not answer" });
        mira.get("/guilds").await.explains(503, "");
        is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_bot_token_is_the_operators_trouble_and_is_not_sent_again() {
    let app = TestApp::start().await;
    let (mut mira, typed) = about_to_save(&app).await;
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::Unauthorized));
    let page = mira.post(&settings("music"), &typed).await;
    page.explains(503, "not set up correctly");
    assert!(!page.body.contains("standin-bot-token"));
    app.discord.clear_requests();
    for _ in 0..5 {
        mira.post(&settings("music"), &typed).await.explains(503, "not set up correctly");
    }
    assert_eq!(app.discord_calls(), [""; 0], "ten thousand refusals would ban the address");
    is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_that_passes_by_itself_is_not_noticed() {
    for kind in [FaultKind::ServerError, FaultKind::BadGateway, FaultKind::Reset, limited(Some(0.2), false)] {
        let app = TestApp::start().await;
        let (mut mira, typed) = about_to_save(&app).await;
        app.discord.fault(Fault::at("/api/v10/guilds/", kind.clone()).times(1));
        let saved = mira.post(&settings("music"), &typed).await;
        assert_eq!(saved.status, 303, "{kind:?}: {}", saved.main());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wait_that_discord_names_is_passed_on_and_kept_to() {
    let app = TestApp::start().await;
    let (mut mira, typed) = about_to_save(&app).await;
    // Discord counts by route: this one only.
    app.discord.fault(Fault::at(&format!("/api/v10/guilds/{HARBOUR}$"), limited(Some(120.0), false)));
    let page = mira.post(&settings("music"), &typed).await;
    let wait: u64 = page.header("retry-after").parse().unwrap();
    assert!((115..=121).contains(&wait) && page.main().contains(&wait.to_string()), "{wait}: {}", page.main());
    app.discord.clear_faults();
    app.discord.clear_requests();
    mira.post(&settings("music"), &typed).await.explains(503, "Discord asks us to wait");
    let route = format!("GET /api/v10/guilds/{HARBOUR}");
    assert!(!app.discord_calls().contains(&route), "Discord is left in peace until then");
    is_kept_and_saved_later(&app, &mut mira, &typed, &page).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_while_discord_is_away_is_a_start() {
    let mut app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.discord.stop();
    app.restart().await;
    assert_eq!(mira.get("/readyz").await.body, "ok\n");
    mira.get("/guilds").await.explains(503, "Discord does not answer");
    app.discord.restart().await.unwrap();
    assert_eq!(mira.get("/guilds").await.status, 200);
}
