//! Questions before what cannot be undone: in a dialog, by keyboard alone; as a page when that cannot be.

use discord_standin::seed;
use fantoccini::key::Key;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::settings;
use crate::tickets::closing::given;
use crate::tickets::{has_tickets, ticket, tickets};
use crate::{panels, playlists};

impl Browser {
    /// Whether a dialog is there, and the focus within it.
    pub async fn is_asked(&self) -> bool {
        let script = "const one = document.querySelector('dialog.ask[open]'); \
             return Boolean(one && one.contains(document.activeElement))";
        self.runs(script).await == json!(true)
    }

    /// Opens the dialog of a link by keyboard.
    pub async fn asks(&self, link: &str) {
        self.tabs_to(link).await;
        self.enters_in_place().await;
        eventually("the dialog has the focus", || async { self.is_asked().await }).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_is_asked_in_a_dialog_answered_by_keyboard_and_on_its_page_when_that_fails() {
    let app = TestApp::start().await;
    app.mira().await.saves("music", &[("default_volume", "20")]).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    let link = format!("a[href='{}/reset']", settings("music"));

    mira.asks(&link).await;
    assert_eq!(mira.focus().await, "dialog-title");
    let asked = mira.reads("dialog.ask").await;
    for words in ["Set Music back to the defaults?", "Harbour Club", "20", "50"] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    let named = "const one = document.querySelector('dialog.ask'); \
         return document.getElementById(one.getAttribute('aria-labelledby')).textContent";
    assert_eq!(mira.runs(named).await, json!("Set Music back to the defaults?"));
    let twice =
        "const ids = [...document.querySelectorAll('[id]')].map(one => one.id); return ids.length - new Set(ids).size";
    assert_eq!(mira.runs(twice).await, json!(0), "no id stands there twice");
    for (width, scheme) in [(360, Scheme::Dark), (1280, Scheme::Light)] {
        mira.is(width, scheme).await;
        let wider = "const one = document.querySelector('dialog.ask'); return one.scrollWidth > one.clientWidth";
        assert_eq!(mira.runs(wider).await, json!(false), "{width}");
    }
    mira.hits(&char::from(Key::Escape).to_string()).await;
    eventually("the focus is back", || async {
        mira.runs(&format!("return document.activeElement.matches(\"{link}\")")).await == json!(true)
    })
    .await;
    assert!(!mira.is_asked().await);

    // The way out that the page offers closes the dialog and leaves everything where it is.
    mira.writes("max_queue_size", "77").await;
    mira.asks(&link).await;
    mira.tabs_to("dialog.ask a[data-keep]").await;
    mira.enters_in_place().await;
    eventually("it is closed", || async { !mira.is_asked().await }).await;
    assert_eq!(mira.unsaved().await, "1 unsaved change");
    mira.asks(&link).await;
    mira.tabs_to("dialog.ask .button-danger").await;
    mira.enters().await;
    mira.has_focus_on("flash").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 50);

    // Whatever the answer is, if it is no question that can be put in a dialog, its page comes.
    mira.runs("window.fetch = () => Promise.reject(new Error('offline'))").await;
    mira.follows(&link).await;
    assert_eq!(mira.place().await, format!("{}/reset", settings("music")));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_of_a_question_is_filled_in_there_and_what_was_typed_below_holds_nobody_up() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "open")]).await;
    let mut visitor = app.mira().await;
    let panel = panels::makes(&mut visitor, "Help desk").await;
    panels::adds(&mut visitor, &panels::at(&panel), &[("name", "Refunds")]).await;
    let playlist = playlists::makes(&mut visitor, "Mix", &["https://youtu.be/a"]).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;

    mira.goes(&format!("{}/t-1", tickets())).await;
    mira.asks("a[href$='/closing']").await;
    mira.types("dialog.ask textarea", "Solved on the phone").await;
    mira.tabs_to("dialog.ask .button-danger").await;
    mira.enters().await;
    mira.has_focus_on("flash").await;
    assert_eq!(given(&app).await[0].1["reason"], "Solved on the phone");

    // A draft is dropped after a question, by the bar as well; the saved panel is there again.
    mira.goes(&panels::at(&panel)).await;
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("1 unsaved change", false));
    mira.writes("name", "Another desk").await;
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("2 unsaved changes", true));
    mira.uncovered("[data-unsaved=discard]").await.click().await.unwrap();
    eventually("the dialog has the focus", || async { mira.is_asked().await }).await;
    mira.tabs_to("dialog.ask .button-danger").await;
    mira.enters().await;
    assert_eq!((mira.unsaved().await.as_str(), mira.place().await), ("", panels::at(&panel)));
    assert!(!mira.reads("main").await.contains("Refunds"));

    mira.goes(&playlist).await;
    mira.writes("name", "Another mix").await;
    mira.asks("a[href$='/deletion']").await;
    mira.tabs_to("dialog.ask .button-danger").await;
    mira.enters().await;
    mira.has_focus_on("flash").await;
    assert_eq!(mira.place().await, playlists::at("/playlists"));
    assert_eq!(mira.complaints().await, [""; 0]);
}
