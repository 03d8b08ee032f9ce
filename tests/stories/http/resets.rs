//! What holds for forms holds for the one that sets everything back, which has nothing typed in it.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, seed};

use crate::support::TestApp;
use crate::support::visitor::{Visitor, settings};

fn reset() -> String {
    format!("{}/reset", settings("music"))
}

/// Mira before the page that asks, with something to lose.
async fn asked(app: &TestApp) -> (Visitor, Vec<(String, String)>) {
    let mut mira = app.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    let form = mira.get(&reset()).await.form(&reset());
    (mira, form)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_after_the_session_ended_leaves_no_empty_draft() {
    let app = TestApp::start().await;
    let (mut mira, form) = asked(&app).await;
    mira.cookies.clear();
    let page = mira.post(&reset(), &form).await;
    page.explains(401, "signed out");
    assert!(!page.main().contains("kept"), "{}", page.main());
    assert_eq!(app.people().await.drafts, 0);
    mira.signs_in(seed::MIRA).await;
    let shown = mira.get(&format!("{}?draft=1", settings("music"))).await.form(&settings("music"));
    assert!(shown.contains(&("default_volume".to_owned(), "70".to_owned())), "{shown:?}");
    assert_eq!(app.changes().await.0, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_during_discords_trouble_can_be_sent_again() {
    let app = TestApp::start().await;
    let (mut mira, form) = asked(&app).await;
    app.clock.advance(Duration::from_secs(11));
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::ServerError));
    let page = mira.post(&reset(), &form).await;
    page.explains(503, "Discord does not answer");
    assert_eq!(app.changes().await.0, 1);
    app.discord.clear_faults();
    let done = mira.post(&reset(), &page.form(&reset())).await;
    assert_eq!(done.location(), settings("music"), "{}", done.body);
    assert_eq!(app.changes().await.0, 2);
    assert!(!mira.opens("music").await.contains(&("default_volume".to_owned(), "70".to_owned())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_that_somebody_forestalled_is_still_a_reset_when_it_is_meant() {
    let app = TestApp::start().await;
    let (mut mira, form) = asked(&app).await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    assert_eq!(jonas.saves("music", &[("default_volume", "75")]).await.status, 303);
    let page = mira.post(&reset(), &form).await;
    assert_eq!(page.status, 409, "{}", page.title());
    assert!(page.title().starts_with("Conflict:"), "{}", page.title());
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 75);
    let meant = mira.post(&reset(), &page.form(&reset())).await;
    assert_eq!(meant.location(), settings("music"), "{} {}", meant.title(), meant.main());
    assert!(!mira.opens("music").await.contains(&("default_volume".to_owned(), "75".to_owned())));
    assert_eq!(app.changes().await.0, 3);
}
