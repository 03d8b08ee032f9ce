//! An open page whose session has ended: it shows nothing of anybody any more, and loses nothing that was typed.

use discord_standin::seed;
use guildhall::accounts::end_all_sessions;
use serde_json::json;

use super::accessible::{axe, violations};
use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

async fn signed_in(app: &TestApp) -> Browser {
    let mira = Browser::open(app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira
}

/// As from another device of hers.
async fn ends_it_elsewhere(app: &TestApp) {
    let mut phone = app.mira().await;
    let form = [("csrf_token".to_owned(), phone.token().await), ("session".to_owned(), "others".to_owned())];
    assert_eq!(phone.post("/account/sessions", &form).await.status, 303);
}

impl Browser {
    /// Everything that stands in the page.
    async fn holds(&self) -> String {
        self.runs("return document.documentElement.outerHTML").await.as_str().unwrap_or_default().to_owned()
    }

    async fn has_forgotten(&self) {
        eventually("the page forgets", || async { self.title().await == "You are signed out · Guildhall" }).await;
        let page = self.holds().await;
        for told in ["Harbour Club", "Mira", "/cdn/", "/guilds/"] {
            assert!(!page.contains(told), "{told} is still there: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_whose_session_has_ended_forgets_what_it_showed() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    mira.goes(&settings("music")).await;
    let page = mira.holds().await;
    assert!(["Harbour Club", "Mira", "/cdn/", "/guilds/"].iter().all(|told| page.contains(told)), "{page}");
    ends_it_elsewhere(&app).await;
    mira.has_forgotten().await;
    mira.has_focus_on("signed-out").await;
    assert!(mira.reads("main").await.contains("because you are signed out"), "{}", mira.reads("main").await);
    mira.runs(&axe()).await;
    assert_eq!(violations(&mira).await, [""; 0]);
    mira.client.active_element().await.unwrap().send_keys("/").await.unwrap();
    assert_eq!(mira.runs("return document.querySelector('dialog[open]')").await, json!(null));
    mira.presses("#signed-out a").await;
    mira.consents(seed::MIRA).await;
    assert_eq!(mira.place().await, settings("music"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_page_whose_session_has_ended_the_form_that_is_typed_in_stays_and_nothing_else() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "47").await;
    ends_it_elsewhere(&app).await;
    eventually("the page says so", || async { mira.title().await == "You are signed out · Guildhall" }).await;
    mira.has_focus_on("signed-out").await;
    for gone in [".person", "nav", "#palette", "#live", "#delivery", "#ended"] {
        let count = format!("return document.querySelectorAll('{gone}').length");
        assert_eq!(mira.runs(&count).await, json!(0), "{gone}");
    }
    let said = mira.reads("#signed-out").await;
    assert!(said.contains("stays here until you close the page") && said.contains("copy it"), "{said}");
    assert_eq!(mira.control("default_volume").await.prop("value").await.unwrap().unwrap(), "47");
    assert!(mira.asks_before_leaving().await);
    mira.saves().await;
    assert!(mira.reads("main").await.contains("what you typed is kept"), "{}", mira.reads("main").await);
    mira.signs_in(seed::MIRA).await;
    assert_eq!(mira.unsaved().await, "1 unsaved change");
    assert_eq!(mira.control("default_volume").await.prop("value").await.unwrap().unwrap(), "47");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_without_a_stream_asks_whether_its_session_holds_when_somebody_looks_again() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    let looks = "document.dispatchEvent(new Event('visibilitychange'))";
    let comes_back = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))";
    for look in [looks, comes_back] {
        mira.goes("/account").await;
        mira.runs(look).await;
        eventually("it is seen", || async {
            mira.runs("return document.documentElement.className.includes('is-unsure')").await == json!(false)
        })
        .await;
        assert!(mira.holds().await.contains("Mira"), "her session holds");
        end_all_sessions(&app.parts.db, seed::MIRA.to_string().parse().unwrap()).await.unwrap();
        mira.runs(look).await;
        mira.has_forgotten().await;
        mira.presses("#signed-out a").await;
        mira.consents(seed::MIRA).await;
        assert_eq!(mira.place().await, "/account");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn going_back_after_signing_out_shows_nothing_of_before() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    for path in ["/account".to_owned(), format!("/guilds/{HARBOUR}")] {
        mira.goes(&path).await;
    }
    mira.presses("form[action='/logout'] button").await;
    for _ in 0..2 {
        mira.leaves(|| async { mira.client.back().await }).await;
        let page = mira.holds().await;
        assert!(!page.contains("Harbour Club") && !page.contains("action=\"/logout\""), "{page}");
    }
}
