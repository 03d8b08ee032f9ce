//! Taking back at Discord what was given there by signing in.

use std::time::Duration;

use discord_standin::{Fault, FaultKind, seed};

use crate::giveaways::sends;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::stream::OpenPage;
use crate::support::visitor::Visitor;

const DISCONNECTION: &str = "/account/disconnection";
const REVOKE: &str = "/api/v10/oauth2/token/revoke";

async fn disconnects(visitor: &mut Visitor) -> Page {
    sends(visitor, DISCONNECTION, DISCONNECTION, &[]).await
}

/// Tokens that still open something at Discord.
fn living(app: &TestApp) -> usize {
    app.discord.edit(|world| world.tokens.iter().filter(|token| !token.dead).count())
}

fn revocations(app: &TestApp) -> usize {
    app.discord_calls().iter().filter(|call| **call == format!("POST {REVOKE}")).count()
}

async fn signs_out(visitor: &mut Visitor) {
    let token = visitor.token().await;
    let out = visitor.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disconnecting_takes_the_access_back_at_discord_and_signs_out_everywhere() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    let mut jonas = app.signed_in(seed::JONAS).await;
    let page = OpenPage::opens(&phone, HARBOUR, None).await;
    assert!(desk.get("/account").await.has("a[href='/account/disconnection'][data-dialog]"));
    assert!(desk.get(DISCONNECTION).await.main().contains("signed out in every browser"));
    assert_eq!((app.people().await.sessions, revocations(&app)), (3, 0), "asking does nothing");

    let out = disconnects(&mut desk).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(desk.follows(&out).await.text("#flash").contains("Discord has taken the access back"));
    assert_eq!(page.ends().await, "session");
    assert!(!desk.is_signed_in().await && !phone.is_signed_in().await && jonas.is_signed_in().await);
    assert_eq!((living(&app), revocations(&app)), (1, 1), "Jonas' is not touched");
    let left = app.people().await;
    assert_eq!((left.sessions, left.tokens, left.users), (1, 1, 2), "the account itself stays");
    desk.signs_in(seed::MIRA).await;
    assert!(desk.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_discord_is_away_all_is_deleted_here_and_people_are_told_what_to_do_there() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.discord.fault(Fault::at(REVOKE, FaultKind::ServerError));
    let out = disconnects(&mut mira).await;
    let landing = mira.follows(&out).await;
    assert!(landing.text("#flash").contains("Authorized Apps"), "{}", landing.main());
    assert!(!mira.is_signed_in().await);
    let left = app.people().await;
    assert_eq!((left.sessions, left.tokens), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_of_the_last_browser_leaves_no_token_and_of_another_one_does() {
    let app = TestApp::start().await;
    let (mut desk, mut phone) = (app.mira().await, app.mira().await);
    app.clock.advance(Duration::from_secs(120));
    signs_out(&mut desk).await;
    assert_eq!((app.people().await.tokens, revocations(&app)), (1, 0));
    assert!(phone.is_signed_in().await);
    signs_out(&mut phone).await;
    assert_eq!((app.people().await.tokens, revocations(&app), living(&app)), (0, 1, 0));
    phone.signs_in(seed::MIRA).await;
    assert!(phone.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_beside_a_sign_in_that_is_under_way_does_not_take_its_tokens() {
    let app = TestApp::start().await;
    let mut desk = app.mira().await;
    // Whoever has come back from Discord a moment ago may be about to get a session.
    signs_out(&mut desk).await;
    assert_eq!((app.people().await.tokens, revocations(&app)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_is_away_keeps_nobody_from_signing_out() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    app.clock.advance(Duration::from_secs(120));
    for kind in [FaultKind::ServerError, FaultKind::Reset] {
        app.discord.clear_faults();
        app.discord.fault(Fault::at(REVOKE, kind));
        mira.signs_in(seed::MIRA).await;
        app.clock.advance(Duration::from_secs(120));
        signs_out(&mut mira).await;
        assert!(!mira.is_signed_in().await);
        assert_eq!(app.people().await.tokens, 0);
    }
}
