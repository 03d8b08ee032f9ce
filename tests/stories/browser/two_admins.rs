//! Two admins, one server, two browsers: nobody overwrites anybody, and what was can be had back.

use discord_standin::seed;

use super::chromium::{Browser, Scheme, Scripts};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

async fn admin(app: &TestApp, who: discord_standin::Id, scripts: Scripts) -> Browser {
    let browser = Browser::open(app, scripts).await;
    browser.goes("/").await;
    browser.signs_in(who).await;
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_edit_one_merges_and_saves_then_restores_the_first_version_and_the_bot_ends_with_exactly_that() {
    for scripts in [Scripts::On, Scripts::Off] {
        let app = TestApp::start().await;
        let bot = app.example_bot();
        is_heard(&app).await;
        let (mira, jonas) = (admin(&app, seed::MIRA, scripts).await, admin(&app, seed::JONAS, scripts).await);
        mira.goes(&settings("music")).await;
        mira.writes("default_volume", "30").await;
        mira.writes("max_track_minutes", "20").await;
        mira.saves().await;
        let first = app.stored("music").await.unwrap().0;

        mira.goes(&settings("music")).await;
        jonas.goes(&settings("music")).await;
        mira.writes("default_volume", "40").await;
        mira.writes("max_queue_size", "100").await;
        mira.saves().await;
        jonas.writes("default_volume", "50").await;
        jonas.writes("vote_skip_percent", "75").await;
        jonas.saves().await;
        assert!(jonas.title().await.starts_with("Conflict:"), "{}", jonas.title().await);
        for width in [360, 1280] {
            jonas.is(width, Scheme::Light).await;
            let wider = jonas.runs("return document.documentElement.scrollWidth > innerWidth").await;
            assert_eq!(wider, false, "at {width} px nothing stands beside the page");
        }

        // What both have changed is not chosen yet.
        jonas.presses("main form .button-main").await;
        assert!(jonas.title().await.starts_with("Error:"), "{}", jonas.title().await);
        jonas.has_focus_on("errors").await;
        jonas.find("[name='choice.default_volume'][value='theirs']").await.click().await.unwrap();
        jonas.presses("main form .button-main").await;
        assert!(jonas.title().await.starts_with("Saved:"), "{}", jonas.title().await);
        let merged = app.stored("music").await.unwrap().0;
        let of = |name: &str| merged[name].as_i64().unwrap();
        assert_eq!((of("defaultVolume"), of("maxQueueSize"), of("voteSkipPercent")), (40, 100, 75));

        jonas.goes(&format!("/guilds/{HARBOUR}/changes")).await;
        jonas.presses(".log-entry:last-of-type h2 a").await;
        if scripts == Scripts::On {
            jonas.uncovered("main a[href$='/restoration']").await.click().await.unwrap();
            eventually("it is asked", || async { jonas.is_asked().await }).await;
            jonas.presses("dialog.ask form .button-main").await;
        } else {
            jonas.presses("main a[href$='/restoration']").await;
            jonas.presses("main form .button-main").await;
        }
        assert!(jonas.title().await.starts_with("Saved:"), "{}", jonas.title().await);
        assert_eq!(app.stored("music").await.unwrap().0, first);
        eventually("the bot ends with exactly that", || async {
            bot.applied().last().is_some_and(|change| change.settings == first)
        })
        .await;
        assert_eq!(jonas.complaints().await, [""; 0]);
    }
}
