//! An open page whose session has ended: it shows nothing of anybody any more, and loses nothing that was typed.

use discord_standin::{Id, seed};
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

const LOOKS: &str = "document.dispatchEvent(new Event('visibilitychange'))";
const COMES_BACK: &str = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))";

impl Browser {
    /// Somebody signs in in another tab, which takes the place of the session there was.
    async fn signs_in_beside(&self, person: Id) {
        let here = self.client.window().await.unwrap();
        let other = self.client.new_window(true).await.unwrap().handle;
        self.client.switch_to_window(other).await.unwrap();
        self.goes("/login").await;
        self.consents(person).await;
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(here).await.unwrap();
    }

    /// Whether this is so in the page.
    async fn holds_true(&self, script: &str) -> bool {
        self.runs(&format!("return Boolean({script})")).await == json!(true)
    }

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
    for look in [LOOKS, COMES_BACK] {
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
async fn a_page_forgets_all_that_it_showed_once_somebody_else_has_signed_in() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    for look in [LOOKS, COMES_BACK] {
        mira.goes(&settings("music")).await;
        mira.writes("default_volume", "47").await;
        mira.signs_in_beside(seed::AYLIN).await;
        // Her stream may have said that nobody is signed in, before somebody else was: then what she typed was left.
        mira.runs(look).await;
        let is_said = "document.getElementById('signed-out')?.textContent.includes('somebody else has signed in')";
        eventually("it is said", || mira.holds_true(is_said)).await;
        mira.has_forgotten().await;
        assert!(mira.holds_true("!document.querySelector('form')").await, "not even what she typed: {look}");
        mira.presses("#signed-out a").await;
        mira.consents(seed::MIRA).await;
        assert_eq!(mira.place().await, settings("music"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_comes_anew_once_its_person_has_signed_in_anew() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    for look in [LOOKS, COMES_BACK] {
        mira.goes("/account").await;
        mira.runs("window.isOfBefore = true").await;
        mira.signs_in_beside(seed::MIRA).await;
        mira.runs(look).await;
        let is_anew = "!window.isOfBefore && document.readyState === 'complete'";
        eventually("the page comes anew", || mira.holds_true(is_anew)).await;
        assert!(mira.holds().await.contains("Mira"), "{look}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_in_anew_keeps_what_they_typed_and_sends_it_twice() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "47").await;
    mira.signs_in_beside(seed::MIRA).await;
    // As its stream says it.
    mira.runs("document.dispatchEvent(new CustomEvent('guildhall:ended'))").await;
    let is_said = "document.getElementById('signed-anew') && !document.querySelector('.is-unsure')";
    eventually("the page says so", || mira.holds_true(is_said)).await;
    let said = mira.reads("#signed-anew").await;
    assert!(said.contains("You have signed in anew") && said.contains("once more"), "{said}");
    assert!(mira.holds().await.contains("Harbour Club"), "the page is still hers");
    assert_eq!(mira.control("default_volume").await.prop("value").await.unwrap().unwrap(), "47");
    mira.saves().await;
    assert!(mira.reads("main").await.contains("Send it again"), "{}", mira.reads("main").await);
    mira.presses("form.again button").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 47);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_be_asked_shows_nothing_until_somebody_asks_again() {
    let app = TestApp::start().await;
    let mira = signed_in(&app).await;
    mira.goes("/account").await;
    mira.runs("window.asks = window.fetch; window.fetch = () => Promise.reject(new TypeError('nobody there'))").await;
    mira.runs(COMES_BACK).await;
    eventually("it says so", || mira.holds_true("document.getElementById('unsure')")).await;
    assert!(mira.reads("#unsure").await.contains("cannot be asked"), "{}", mira.reads("#unsure").await);
    assert!(mira.holds_true("getComputedStyle(document.getElementById('main')).visibility === 'hidden'").await);
    mira.runs("window.fetch = window.asks").await;
    mira.find("#unsure button").await.click().await.unwrap();
    let is_shown = "!document.getElementById('unsure') && !document.querySelector('.is-unsure')";
    eventually("the page is shown", || mira.holds_true(is_shown)).await;
    assert!(!mira.reads("main").await.is_empty());
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
