//! Servers without the bot: inviting it and coming back, and what is left when it has gone.

use std::time::Duration;

use discord_standin::seed::{self, HARBOUR_CLUB, WORKSHOP};
use serde_json::json;

use super::overview;
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{edited, settings};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_can_be_saved_for_a_server_without_the_bot() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let pairs = vec![("csrf_token".to_owned(), mira.token().await), ("default_volume".to_owned(), "70".to_owned())];
    let path = format!("{}/settings/music", overview(WORKSHOP));
    mira.post(&path, &pairs).await.explains(403, "bot is not on this server");
    mira.post(&format!("{path}/reset"), &pairs).await.explains(403, "bot is not on this server");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_outlive_the_bots_leaving_and_cannot_be_changed_until_it_is_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    let typed = edited(mira.opens("music").await, &[("default_volume", "71")]);
    app.discord.edit(|world| world.set_bot_present(HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(11));

    let page = mira.post(&settings("music"), &typed).await;
    page.explains(403, "bot is not on this server");
    let kept = page.form(&settings("music"));
    assert!(kept.contains(&("default_volume".to_owned(), "71".to_owned())), "{kept:?}");
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 70);
    assert_eq!(app.changes().await.0, 1);

    let invite = format!("{}/invite", overview(HARBOUR_CLUB));
    let home = mira.get(&overview(HARBOUR_CLUB)).await;
    assert_eq!(home.status, 200);
    assert!(home.attributes("main a", "href").contains(&invite), "{}", home.main());
    let form = mira.get(&settings("music")).await;
    assert_eq!(form.status, 200);
    assert!(form.attributes("main a", "href").contains(&invite));
    assert!(form.has("form.settings fieldset[disabled]") && !form.has(".save-bar"), "read-only");
    assert_eq!(form.attributes("input[name=default_volume]", "value"), ["70"], "what is set can be read");

    app.discord.edit(|world| world.set_bot_present(HARBOUR_CLUB, true)).unwrap();
    app.clock.advance(Duration::from_secs(4));
    let saved = mira.post(&settings("music"), &kept).await;
    assert_eq!(saved.status, 303, "what was typed can be sent again: {}", saved.body);
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 71);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bots_word_that_it_left_is_believed_at_once() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    app.discord.edit(|world| world.set_bot_present(HARBOUR_CLUB, false)).unwrap();
    bot.says("GUILD_LEAVE", HARBOUR_CLUB, json!({})).await;
    let gone = || async { mira.clone().get(&settings("music")).await.has("fieldset[disabled]") };
    eventually("the form is read-only", gone).await;
    app.discord.edit(|world| world.set_bot_present(HARBOUR_CLUB, true)).unwrap();
    bot.says("GUILD_JOIN", HARBOUR_CLUB, json!({})).await;
    let back = || async { !mira.clone().get(&settings("music")).await.has("fieldset[disabled]") };
    eventually("the form can be used", back).await;
}
