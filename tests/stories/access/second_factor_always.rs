//! An operator who asks for two-factor authentication of everybody: on servers that do not ask for it, too.

use discord_standin::seed::{ARCADE, HARBOUR_CLUB, JONAS, MIRA, SAM};
use guildhall::guilds::second_factor::SecondFactor;
use reqwest::Method;

use super::overview;
use super::second_factor::{is_refused_and_noted, says_what_to_do, without};
use crate::staff::{To, has_on};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::events;
use crate::support::visitor::{edited, settings};

async fn start() -> TestApp {
    TestApp::on(Stage { second_factor: SecondFactor::Always, ..Stage::default() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_is_always_asked_for_settings_are_shown_and_a_save_is_refused_and_noted() {
    events::listen();
    let mut app = TestApp::on(Stage { behind_proxy: true, ..Stage::default() }).await;
    let mut mira = without(&app, MIRA).await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303, "nobody asks for it yet");
    let typed = edited(mira.opens("music").await, &[("default_volume", "72")]);
    app.config.second_factor = SecondFactor::Always;
    app.restart().await;

    for place in [settings("music"), overview(HARBOUR_CLUB), format!("/guilds/{ARCADE}/settings/music")] {
        let page = mira.get(&place).await;
        says_what_to_do(&page);
        let note = page.text("#second-factor");
        assert!(note.contains("this dashboard asks for") && !note.contains("this server"), "{place}: {note}");
        assert!(!page.has(".save-bar"), "{place}: {}", page.main());
    }

    let page = is_refused_and_noted(&app, &mut mira, &typed).await;
    assert!(page.text("main h1").starts_with("This dashboard asks for"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_is_always_asked_for_whoever_has_a_second_factor_saves() {
    let app = start().await;
    has_on(&app, HARBOUR_CLUB, To::Person(SAM), ("music", true, true), None).await;
    for (person, volume) in [(MIRA, "61"), (JONAS, "62"), (SAM, "63")] {
        let mut visitor = app.signed_in(person).await;
        assert!(!visitor.get(&settings("music")).await.has("#second-factor"), "{person}");
        assert_eq!(visitor.saves("music", &[("default_volume", volume)]).await.status, 303, "{person}");
    }
    let mut sam = without(&app, SAM).await;
    says_what_to_do(&sam.get(&settings("music")).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_the_dashboard_asks_for_it_is_said_in_vietnamese_too() {
    let app = start().await;
    let mut mira = without(&app, MIRA).await;
    for (page, status) in [(settings("music"), 200), (format!("{}/reset", settings("music")), 403)] {
        let request = mira.request(Method::GET, &page).header("accept-language", "vi");
        let page = mira.send(request).await;
        assert_eq!(page.status, status);
        let words = page.main().to_lowercase();
        assert!(words.contains("trang quản trị này yêu cầu xác thực hai yếu tố"), "{words}");
        assert!(words.contains("đăng nhập lại") && !words.contains("máy chủ này yêu cầu"), "{words}");
    }
}
