//! An open page follows its change to the bot by itself.

use std::time::Duration;

use demo::bot::Behaviour;
use discord_standin::seed;

use super::chromium::{Browser, Scripts};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::settings;

async fn shows(browser: &Browser, what: &str, state: &str, text: &str) {
    eventually(&format!("the page shows {what} as {state}: {text}"), || async {
        let page = browser.page().await;
        page.attributes(what, "data-state") == [state] && page.text(what).contains(text)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_goes_live_on_the_open_page_waits_while_the_bot_is_gone_and_goes_live_when_it_is_back() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    // Longer than the page after a save waits for the answer.
    bot.behave(Behaviour { takes: Duration::from_secs(2), ..Behaviour::default() });
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "66").await;
    mira.saves().await;
    mira.runs("window.sameDocument = true").await;
    shows(&mira, "#latest-music", "sent", "Sent to the bot").await;
    mira.writes("default_volume", "67").await;
    shows(&mira, "#latest-music", "live", "Live on the bot, 2").await;
    assert_eq!(mira.runs("return document.activeElement.name").await, "default_volume", "the focus stays");
    assert_eq!(mira.runs("return document.activeElement.value").await, "67", "and what is typed");
    eventually("it is announced", || async { mira.reads("#live-news").await.contains("Music: Live on the bot") }).await;

    bot.stop().await;
    mira.saves().await;
    mira.runs("window.sameDocument = true").await;
    app.clock.advance(Duration::from_secs(50));
    shows(&mira, "#bot-state", "offline", "The bot is offline since").await;
    shows(&mira, "#latest-music", "waiting-bot", "Waiting: the bot is offline").await;
    let _bot = app.example_bot();
    shows(&mira, "#latest-music", "live", "Live on the bot").await;
    shows(&mira, "#bot-state", "", "").await;
    assert_eq!(mira.runs("return window.sameDocument").await, true, "nothing was loaded anew");
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn live_updates_can_be_paused_and_the_choice_is_kept() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut other = app.mira().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    assert_eq!(mira.reads("#live-pause").await, "Pause live updates");
    mira.find("#live-pause").await.click().await.unwrap();
    assert_eq!(mira.reads("#live-pause").await, "Resume live updates");
    other.saves("music", &[("default_volume", "11")]).await;
    eventually("the bot has it", || async { bot.applied().len() == 1 }).await;
    mira.goes(&settings("tempvoice")).await;
    assert_eq!(mira.reads("#live-pause").await, "Resume live updates");
    other.saves("tempvoice", &[("auto_lock_minutes", "30")]).await;
    eventually("the bot has both", || async { bot.applied().len() == 2 }).await;
    assert_eq!(mira.page().await.attributes("#latest-tempvoice", "data-number"), ["0"], "the page stays as it is");
    mira.find("#live-pause").await.click().await.unwrap();
    mira.reloads().await;
    shows(&mira, "#latest-tempvoice", "live", "Live on the bot").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_form_says_that_somebody_else_has_saved_meanwhile() {
    let app = TestApp::start().await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "66").await;
    let hidden = "return document.getElementById('saved-meanwhile').hidden";
    assert_eq!(mira.runs(hidden).await, true);
    jonas.saves("music", &[("default_volume", "11")]).await;
    eventually("the page says so", || async { mira.runs(hidden).await == false }).await;
    assert!(mira.reads("#saved-meanwhile").await.contains("saved elsewhere since you opened this page"));
    assert_eq!(mira.runs("return document.activeElement.value").await, "66");
    mira.saves().await;
    assert!(mira.title().await.starts_with("Conflict:"), "{}", mira.title().await);
}
