//! Each state a change can be in, as a page shows it.

use std::time::Duration;

use demo::bot::Behaviour;

use super::{comes_to, is_heard, saves, state_on};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_is_live_on_the_bot_and_the_page_says_so_with_milliseconds() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    let page = comes_to(&mira, "music", "live").await;
    let line = page.text("#latest-music .delivery");
    assert!(line.starts_with("Live on the bot, ") && line.contains(" ms"), "{line}");
    assert!(page.has("#latest-music .delivery time[datetime]"));
    assert!(!line.contains("Check again"), "{line}");
    let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert_eq!(state_on(&overview, "music"), "live");
    assert!(!overview.has("#bot-state .notice"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_after_a_save_waits_a_moment_for_the_answer() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    // Once is chance; the answer takes a few milliseconds and is waited for up to four hundred.
    let mut live = 0;
    for volume in ["11", "12", "13", "14", "15"] {
        let page = saves(&mut mira, "music", &[("default_volume", volume)]).await;
        live += usize::from(state_on(&page, "music") == "live");
    }
    assert!(live >= 1, "nobody saw it live at once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_refuses_is_said_with_its_reason_and_a_way_back() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    comes_to(&mira, "music", "live").await;
    bot.behave(Behaviour { refuses: Some("no such <b>voice</b> \u{202e}server".into()), ..Behaviour::default() });
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    let page = comes_to(&mira, "music", "refused").await;
    let line = page.text("#latest-music .delivery");
    assert!(
        line.contains("The bot refused this change: \u{2068}no such <b>voice</b> \u{fffd}server\u{2069}"),
        "{line}"
    );
    let back = page.attributes("#latest-music .delivery a", "href");
    assert!(back[0].ends_with("/restoration"), "{back:?}");

    // The first change of a module that is refused has no version before it: back to the defaults.
    saves(&mut mira, "tempvoice", &[("auto_lock_minutes", "30")]).await;
    let page = comes_to(&mira, "tempvoice", "refused").await;
    assert!(page.attributes("#latest-tempvoice .delivery a", "href")[0].ends_with("/settings/tempvoice/reset"));

    bot.behave(Behaviour::default());
    saves(&mut mira, "music", &[("default_volume", "31")]).await;
    comes_to(&mira, "music", "live").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_does_not_report_back_is_not_waited_for() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    bot.messages(1).await;
    let page = comes_to(&mira, "music", "sent-unreported").await;
    let line = page.text("#latest-music .delivery");
    assert!(line.starts_with("Sent (this bot does not report back)"), "{line}");
    assert!(!page.has("#bot-state .notice"), "and it is not said to be offline");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_missed_beats_and_the_page_says_the_bot_is_offline_until_it_is_back() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "10")]).await;
    comes_to(&mira, "music", "live").await;
    bot.stop().await;

    app.clock.advance(Duration::from_secs(16));
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let page = comes_to(&mira, "music", "sent").await;
    assert!(!page.has("#bot-state .notice"), "one missed beat says nothing");
    let line = page.text("#latest-music .delivery");
    assert!(line.contains("As of ") && line.contains("Check again"), "{line}");

    app.clock.advance(Duration::from_secs(35));
    let page = comes_to(&mira, "music", "waiting-bot").await;
    assert!(page.text("#latest-music .delivery").contains("Waiting: the bot is offline since "));
    let banner = page.text("#bot-state");
    assert!(banner.contains("The bot is offline since ") && banner.contains("changes are kept"), "{banner}");

    let _bot = app.example_bot();
    let page = comes_to(&mira, "music", "live").await;
    assert!(!page.has("#bot-state .notice"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_connection_is_lost_the_page_says_since_when_and_afterwards_all_goes_live() {
    let app = TestApp::with_own_redis().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    app.redis.kill();
    let page = saves(&mut mira, "music", &[("default_volume", "10")]).await;
    assert!(page.text("#flash").contains("as soon as the connection to it is back"), "{}", page.text("#flash"));
    let page = comes_to(&mira, "music", "waiting-connection").await;
    assert!(page.text("#latest-music .delivery").contains("the connection to the bot is lost since "));
    assert!(page.text("#bot-state").contains("The connection to the bot is lost since "));
    app.clock.advance(Duration::from_secs(120));
    let page = comes_to(&mira, "music", "waiting-connection").await;
    assert!(!page.text("#bot-state").contains("offline"), "who cannot listen does not call the bot offline");
    app.redis.restart().await;
    let page = comes_to(&mira, "music", "live").await;
    assert!(!page.has("#bot-state .notice"), "{}", page.text("#bot-state"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_a_newer_one_stood_for_is_replaced() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    // Longer than three saves take on a machine that is busy.
    bot.behave(Behaviour { takes: Duration::from_secs(5), ..Behaviour::default() });
    let mut mira = app.mira().await;
    for volume in ["1", "2", "3"] {
        mira.saves("music", &[("default_volume", volume)]).await;
    }
    eventually("the bot has applied the first", || async { !bot.applied().is_empty() }).await;
    comes_to(&mira, "music", "live").await;
    eventually("each change is settled", || async { unsettled(&app).await == 0 }).await;
    let applied: Vec<_> = bot.applied().iter().map(|change| change.settings["defaultVolume"].clone()).collect();
    assert_eq!(applied, [1, 3], "the second waited while the first was applied, and the third stood for it");
}

async fn unsettled(app: &TestApp) -> i64 {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let count = app.parts.db.run(|conn| {
        let open = changes.filter(applied_at.is_null().and(superseded.eq(false)));
        Ok::<i64, guildhall::db::DbError>(open.count().get_result(conn)?)
    });
    count.await.unwrap()
}
