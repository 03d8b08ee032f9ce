//! What is left of a server's settings when the bot has gone.

use std::time::Duration;

use discord_standin::seed::{HARBOUR_CLUB, WORKSHOP};
use serde_json::json;

use super::overview;
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::{edited, settings};

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
    assert_eq!(page.ways()[0], overview(HARBOUR_CLUB), "where it can be invited again");
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
