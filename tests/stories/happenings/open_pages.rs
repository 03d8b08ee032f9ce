//! Open pages are told which of their lists have changed, in few frames.

use serde_json::json;

use super::{MIRA, event, tells, writes};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::stream::OpenPage;

fn topics(page: &OpenPage) -> Vec<String> {
    page.heard().into_iter().filter(|one| one.event == "topics").map(|one| one.data).collect()
}

fn notices(page: &OpenPage) -> String {
    page.heard().into_iter().filter(|one| one.event == "notices").map(|one| one.data).collect()
}

/// A stream whose beginning is over: what it is told from now on is new.
async fn opens(app: &TestApp, visitor: &crate::support::visitor::Visitor) -> OpenPage {
    app.clock.advance(std::time::Duration::from_secs(10));
    let page = OpenPage::opens(visitor, HARBOUR, None).await;
    eventually("the page was greeted", || async { page.bot().is_some() }).await;
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_told_the_names_of_its_lists_and_what_concerns_it() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let page = opens(&app, &mira).await;
    assert_eq!(topics(&page), [""; 0]);
    let opened = json!({"ticketId": "t", "userId": MIRA, "username": "<b>mira</b>", "number": 7});
    tells(&app, &[event("TICKET_CREATE", opened)]).await;
    eventually("it is told", || async { notices(&page).contains("ticket #7") }).await;
    assert!(
        topics(&page).iter().any(|names| names == "activity tickets" || names == "tickets activity"),
        "{page:?}",
        page = topics(&page)
    );
    assert!(notices(&page).contains("&#60;b&#62;mira"), "{}", notices(&page));
    assert!(notices(&page).contains("data-list=\"tickets\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_events_is_few_frames() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let page = opens(&app, &mira).await;
    let entries = |n: i64| event("GIVEAWAY_ENTRY", json!({"giveawayId": "g", "entries": n}));
    let burst: Vec<_> = (1..=1_000).map(entries).collect();
    writes(&app, &burst).await;
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "last", "username": "x"}))]).await;
    eventually("the last is told", || async { topics(&page).iter().any(|names| names.contains("tickets")) }).await;
    let told = topics(&page).len();
    assert!(told < 100, "{told} frames for a thousand events");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_was_away_learns_which_lists_have_changed_meanwhile() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let page = opens(&app, &mira).await;
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "t", "username": "x"}))]).await;
    eventually("it is told", || async { !topics(&page).is_empty() }).await;
    let last = page.heard().iter().rev().find_map(|one| one.id.clone()).unwrap();
    drop(page);
    app.clock.advance(std::time::Duration::from_secs(60));
    tells(&app, &[event("TRACK_START", json!({"title": "Song"}))]).await;
    let page = OpenPage::opens(&mira, HARBOUR, Some(&last)).await;
    eventually("it learns what it missed", || async { topics(&page).iter().any(|names| names.contains("music")) })
        .await;
    // Before this instance began: it cannot know.
    let page = OpenPage::opens(&mira, HARBOUR, Some("5")).await;
    eventually("it is to look at all", || async { topics(&page) == ["*"] }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_another_instance_is_told_too() {
    let app = TestApp::start().await;
    let elsewhere = app.neighbour().await;
    let mut aylin = crate::support::visitor::Visitor::new(&elsewhere);
    aylin.signs_in(discord_standin::seed::MIRA).await;
    let page = opens(&app, &aylin).await;
    let mira = app.mira().await;
    let own = opens(&app, &mira).await;
    for n in 0..4 {
        tells(&app, &[event("TRACK_START", json!({"title": format!("Song {n}")}))]).await;
    }
    for page in [&page, &own] {
        eventually("both are told", || async { topics(page).iter().any(|names| names.contains("music")) }).await;
    }
}
