//! Inviting the bot to a server, and coming back to it by oneself.

use std::time::Duration;

use discord_standin::seed::{self, ARCADE, JONAS, TINY, WORKSHOP};
use discord_standin::{Fault, FaultKind};

use super::overview;
use crate::support::TestApp;
use crate::support::visitor::Visitor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_is_invited_and_its_server_is_there_at_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let servers = mira.get("/guilds").await;
    let invitable = "section.group-invite .card-link";
    assert!(servers.attributes(invitable, "href").contains(&overview(WORKSHOP)));
    let page = mira.get(&overview(WORKSHOP)).await;
    assert_eq!(page.status, 200);
    assert!(page.title().starts_with("Add the bot to"), "{}", page.title());
    let invite = format!("{}/invite", overview(WORKSHOP));
    assert!(page.attributes("main a", "href").contains(&invite));

    let away = mira.get(&invite).await;
    let discord = away.location().to_owned();
    for part in ["scope=bot%20applications.commands%20identify", &format!("guild_id={WORKSHOP}"), "permissions="] {
        assert!(discord.contains(part), "{discord}");
    }
    let callback = mira.decides(&discord, seed::MIRA, "authorize").await;
    let back = mira.get(&callback).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, overview(WORKSHOP).as_str()), "{}", back.body);
    let there = mira.follows(&back).await;
    assert!(!there.title().starts_with("Add the bot to"), "{}", there.title());
    let music = format!("{}/settings/music", overview(WORKSHOP));
    assert!(there.attributes("main a", "href").contains(&music), "{}", there.main());
    assert_eq!(mira.get(&music).await.status, 200);
    let servers = mira.get("/guilds").await;
    assert!(!servers.attributes(invitable, "href").contains(&overview(WORKSHOP)), "the list knows it, too");
    assert_eq!(app.people().await.sessions, 1, "the session went on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_that_is_cancelled_leads_back_and_says_so() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let away = mira.get(&format!("{}/invite", overview(WORKSHOP))).await;
    let callback = mira.decides(away.location(), seed::MIRA, "cancel").await;
    let back = mira.get(&callback).await;
    assert_eq!(back.location(), overview(WORKSHOP));
    let page = mira.follows(&back).await;
    assert!(page.title().starts_with("Add the bot to"), "{}", page.title());
    assert!(page.text("#flash").contains("cancelled"), "{}", page.main());
    assert!(mira.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_who_manages_a_server_gets_its_invitation() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    sam.get(&format!("{}/invite", overview(WORKSHOP))).await.explains(403, "cannot manage");
}

/// Up to Discord's yes for the Workshop: the callback's address, not yet visited.
async fn invites(mira: &mut Visitor) -> String {
    let away = mira.get(&format!("{}/invite", overview(WORKSHOP))).await;
    mira.decides(away.location(), seed::MIRA, "authorize").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_adds_the_bot_in_another_way_only_has_to_look_again() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&overview(WORKSHOP)).await;
    assert!(page.attributes("main a", "href").contains(&overview(WORKSHOP)), "check again: {}", page.main());
    app.discord.edit(|world| world.install_bot(WORKSHOP, seed::BOT_PERMISSIONS)).unwrap();
    app.clock.advance(Duration::from_secs(4));
    let page = mira.get(&overview(WORKSHOP)).await;
    assert!(!page.title().starts_with("Add the bot to"), "{}", page.title());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_an_invitation_leads_is_not_the_addresss_to_say() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let callback = invites(&mut mira).await.replace(&format!("guild_id={WORKSHOP}"), &format!("guild_id={TINY}"));
    let mut stranger = app.visitor();
    stranger.get(&callback).await.explains(400, "not started here");
    assert_eq!(mira.get(&callback).await.location(), overview(WORKSHOP));
    mira.get(&callback).await.explains(400, "already used");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_that_discord_does_not_confirm_still_leads_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let callback = invites(&mut mira).await;
    app.discord.fault(Fault::at("/api/v10/oauth2/token", FaultKind::ServerError).times(1));
    let back = mira.get(&callback).await;
    assert_eq!((back.status.as_u16(), back.location()), (303, overview(WORKSHOP).as_str()));
    let page = mira.follows(&back).await;
    assert!(page.text("#flash").contains("did not confirm"), "{}", page.main());
    assert!(!page.title().starts_with("Add the bot to"), "the bot is there all the same: {}", page.title());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_by_another_account_signs_nobody_over() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let away = mira.get(&format!("{}/invite", overview(ARCADE))).await;
    let callback = mira.decides(away.location(), JONAS, "authorize").await;
    let back = mira.get(&callback).await;
    assert_eq!(back.status, 303, "{}", back.body);
    assert!(back.location().starts_with("/login?return_to="), "{}", back.location());
    assert!(mira.get("/guilds").await.text("header").contains("Mira"), "nobody was signed over");
    assert_eq!(app.people().await.tokens, 1, "tokens that ask for less than a sign-in are not kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_that_outlives_the_session_asks_to_sign_in_first() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let callback = invites(&mut mira).await;
    let token = mira.token().await;
    mira.post("/logout", &[("csrf_token".to_owned(), token)]).await;
    let back = mira.get(&callback).await;
    let away = mira.follows(&back).await;
    let callback = mira.decides(away.location(), seed::MIRA, "authorize").await;
    let there = mira.get(&callback).await;
    assert_eq!(there.location(), overview(WORKSHOP));
    assert!(!mira.follows(&there).await.title().starts_with("Add the bot to"));
}
