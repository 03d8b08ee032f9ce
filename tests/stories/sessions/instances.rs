//! Several instances on one database: a session is the same on all of them.

use std::time::Duration;

use crate::support::TestApp;
use crate::support::visitor::{edited, settings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_of_one_instance_holds_on_another_and_ends_on_both() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut there = mira.clone();
    there.base = app.neighbour().await;
    assert!(there.is_signed_in().await);
    let typed = edited(mira.opens("music").await, &[("default_volume", "77")]);
    let saved = there.post(&settings("music"), &typed).await;
    assert_eq!(saved.status, 303, "a form of one is good on the other: {}", saved.body);
    let token = there.token().await;
    there.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    assert!(!mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn instances_renew_a_token_once_between_them() {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.set_token_lifetime(600));
    let mira = app.mira().await;
    let neighbour = app.neighbour().await;
    app.discord.edit(|world| {
        world.set_token_lifetime(604_800);
        world.advance(Duration::from_secs(3_600));
    });
    app.clock.advance(Duration::from_secs(3_600));
    app.discord.clear_requests();
    let mut tabs: Vec<_> = (0..8).map(|_| mira.clone()).collect();
    for tab in tabs.iter_mut().step_by(2) {
        tab.base = neighbour.clone();
    }
    let pages = futures_util::future::join_all(tabs.iter_mut().map(|tab| tab.get("/guilds"))).await;
    for page in pages {
        assert_eq!(page.status, 200, "{}", page.body);
    }
    let renewed = app.discord_calls().iter().filter(|call| call.ends_with("/oauth2/token")).count();
    assert_eq!(renewed, 1, "a second renewal would have ended the session");
}
