//! Discord's tokens run out and are renewed without anybody noticing, or the session ends politely.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, seed};

use crate::support::TestApp;
use crate::support::visitor::{Visitor, edited, settings};

const TOKEN: &str = "/api/v10/oauth2/token";
/// Longer than any list is kept.
const LATER: Duration = Duration::from_secs(3_600);

fn refreshes(app: &TestApp) -> usize {
    app.discord_calls().iter().filter(|call| **call == format!("POST {TOKEN}")).count()
}

/// Mira, whose access token has run out.
async fn with_old_token(app: &TestApp) -> Visitor {
    app.discord.edit(|world| world.set_token_lifetime(600));
    let mira = app.mira().await;
    app.discord.edit(|world| {
        world.set_token_lifetime(604_800);
        world.advance(LATER);
    });
    app.clock.advance(LATER);
    app.discord.clear_requests();
    mira
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_has_run_out_is_renewed_once_however_many_pages_load() {
    let app = TestApp::start().await;
    let mira = with_old_token(&app).await;
    let mut tabs: Vec<_> = (0..8).map(|_| mira.clone()).collect();
    let pages = futures_util::future::join_all(tabs.iter_mut().map(|tab| tab.get("/guilds"))).await;
    for page in pages {
        assert_eq!(page.status, 200, "{}", page.body);
    }
    assert_eq!(refreshes(&app), 1);
    // The new pair is the stored one: it serves after the next hour, too, and after a restart.
    app.clock.advance(LATER);
    app.discord.edit(|world| world.advance(LATER));
    assert_eq!(mira.clone().get("/guilds").await.status, 200);
    assert_eq!(refreshes(&app), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_discord_refuses_early_is_renewed_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.clock.advance(Duration::from_secs(700));
    app.discord.clear_requests();
    app.discord.fault(Fault::at("/api/v10/users/@me/guilds$", FaultKind::Unauthorized).times(1));
    assert_eq!(mira.get("/guilds").await.status, 200);
    assert_eq!(refreshes(&app), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_took_the_access_back_at_discord_is_signed_out_politely() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    let form = desk.opens("music").await;
    app.discord.edit(|world| world.revoke_all(seed::MIRA));
    app.clock.advance(LATER);
    let page = desk.get("/guilds").await;
    page.explains(401, "signed out");
    assert_eq!(page.ways()[0], "/login?return_to=%2Fguilds");
    assert!(!page.has("form[action='/logout']"), "who is signed out is not offered to sign out");
    assert!(!desk.is_signed_in().await && !phone.is_signed_in().await);
    assert_eq!(app.people().await.sessions + app.people().await.tokens, 0);

    // What was typed meanwhile waits for its owner.
    let typed = edited(form, &[("default_volume", "71")]);
    let page = desk.post(&settings("music"), &typed).await;
    page.explains(401, "signed out");
    assert_eq!(app.changes().await, (0, 0));
    let away = desk.get(&page.ways()[0]).await;
    let callback = desk.decides(away.location(), seed::MIRA, "authorize").await;
    let back = desk.get(&callback).await;
    let kept = desk.follows(&back).await.form(&settings("music"));
    assert!(kept.contains(&("default_volume".to_owned(), "71".to_owned())), "{kept:?}");
    let saved = desk.post(&settings("music"), &kept).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_during_which_the_access_turns_out_to_be_gone_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let typed = edited(mira.opens("music").await, &[("default_volume", "72")]);
    app.discord.edit(|world| world.revoke_all(seed::MIRA));
    app.clock.advance(LATER);
    let page = mira.post(&settings("music"), &typed).await;
    page.explains(401, "signed out");
    assert!(page.main().contains("kept"), "{}", page.main());
    assert_eq!(app.changes().await, (0, 0));
    assert_eq!(app.people().await.drafts, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_discord_is_away_at_a_renewal_the_session_stays() {
    let app = TestApp::start().await;
    let mut mira = with_old_token(&app).await;
    for kind in [FaultKind::ServerError, FaultKind::Html, FaultKind::Reset, FaultKind::BadGateway] {
        app.discord.fault(Fault::at(TOKEN, kind.clone()));
        let page = mira.get("/guilds?q=harbour").await;
        page.explains(503, "Discord does not answer");
        assert_eq!(page.ways()[0], "/guilds?q=harbour");
        app.discord.clear_faults();
    }
    assert_eq!(app.people().await.sessions, 1);
    assert_eq!(mira.get("/guilds").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewal_that_fails_on_the_operators_secret_ends_no_session() {
    let app = TestApp::start().await;
    let mut mira = with_old_token(&app).await;
    let secret = app.discord.edit(|world| std::mem::replace(&mut world.application.client_secret, "x".to_owned()));
    mira.get("/guilds").await.explains(503, "not set up correctly");
    app.discord.edit(|world| world.application.client_secret = secret);
    assert_eq!(mira.get("/guilds").await.status, 200);
}
