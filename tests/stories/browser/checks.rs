//! What is wrong with a field is said once somebody has left it, never while they type, and goes when it is mended.

use discord_standin::seed::{self, channels, roles};
use fantoccini::key::Key;
use serde_json::json;

use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::settings;

impl Browser {
    /// What the page says is wrong at a field.
    async fn wrong(&self, id: &str) -> String {
        let script = format!("return document.getElementById('{id}-error')?.innerText ?? ''");
        self.runs(&script).await.as_str().unwrap_or_default().to_owned()
    }

    async fn becomes_wrong(&self, id: &str) {
        eventually(&format!("{id} is wrong"), || async { !self.wrong(id).await.is_empty() }).await;
        let script = format!(
            "const one = document.getElementById('{id}'); \
             return [one.getAttribute('aria-invalid'), one.getAttribute('aria-describedby').split(' ').includes('{id}-error')]"
        );
        assert_eq!(self.runs(&script).await, json!(["true", true]), "{id}");
    }

    async fn becomes_right(&self, id: &str) {
        eventually(&format!("{id} is right"), || async { self.wrong(id).await.is_empty() }).await;
        let script = format!(
            "const one = document.getElementById('{id}'); \
             return [one.getAttribute('aria-invalid'), (one.getAttribute('aria-describedby') ?? '').includes('-error')]"
        );
        assert_eq!(self.runs(&script).await, json!([null, false]), "{id}");
    }

    /// Puts something else into a field without leaving it, which clearing it would.
    async fn retypes(&self, name: &str, text: &str) {
        let field = self.control(name).await;
        field.send_keys(&(Key::Control + "a")).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// How often the page has asked about its form.
    async fn questions(&self) -> u64 {
        let script =
            "return performance.getEntriesByType('resource').filter(one => one.name.endsWith('/check')).length";
        self.runs(script).await.as_u64().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_comes_after_leaving_never_while_typing_and_goes_when_mended() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    let tab = char::from(Key::Tab).to_string();
    mira.retypes("default_volume", "200").await;
    // Longer than the script's pause: still nobody has left the field.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!((mira.wrong("f-default-volume").await.as_str(), mira.questions().await), ("", 0));
    mira.hits(&tab).await;
    mira.becomes_wrong("f-default-volume").await;
    assert!(mira.wrong("f-default-volume").await.contains("150"), "{}", mira.wrong("f-default-volume").await);
    eventually("it is said", || async {
        let said = mira.runs("return document.getElementById('live-news').textContent").await;
        said == json!("Volume at the start: This must be from 0 to 150.")
    })
    .await;
    assert_eq!(mira.questions().await, 1);

    // Mended while typing, without leaving; and wrong again, which is not said before leaving.
    mira.retypes("default_volume", "40").await;
    mira.becomes_right("f-default-volume").await;
    mira.control("default_volume").await.send_keys("0").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(mira.wrong("f-default-volume").await, "");
    mira.hits(&tab).await;
    mira.becomes_wrong("f-default-volume").await;
    mira.retypes("default_volume", "40").await;
    mira.becomes_right("f-default-volume").await;

    // A rule across fields is said at its own field, when that is left; and mended by the other one.
    mira.switches("dj_only", true).await;
    mira.hits(&tab).await;
    mira.ticks("dj_role_ids", roles::DJ).await;
    mira.ticks("dj_role_ids", roles::DJ).await;
    mira.control("default_volume").await.click().await.unwrap();
    mira.becomes_wrong("f-dj-role-ids").await;
    mira.switches("dj_only", false).await;
    mira.hits(&tab).await;
    mira.becomes_right("f-dj-role-ids").await;

    // What nobody has touched is not judged, and nothing of it is in the way of a save.
    let before = mira.questions().await;
    mira.hits(&tab.repeat(5)).await;
    assert_eq!(mira.questions().await, before);
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_rows_and_messages_too_and_the_summary_leads_into_closed_parts() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("giveaway")).await;
    mira.rows("add:bonus_entries").await;
    mira.retypes("bonus_entries.0.entries", "99").await;
    mira.retypes("winner_dm.content", "{nobody}").await;
    mira.becomes_wrong("f-bonus-entries-0-entries").await;
    mira.control("button_text").await.click().await.unwrap();
    mira.becomes_wrong("f-winner-dm-content").await;
    assert_eq!(mira.wrong("f-bonus-entries-0-role-id").await, "", "nobody was there");

    mira.saves().await;
    mira.has_focus_on("errors").await;
    mira.runs("for (const one of document.querySelectorAll('details')) one.open = false").await;
    for id in ["f-winner-dm-content", "f-bonus-entries-0-entries", "f-bonus-entries-0-role-id"] {
        mira.find(&format!("#errors a[href='#{id}']")).await.click().await.unwrap();
        mira.has_focus_on(id).await;
    }
    mira.chooses("bonus_entries.0.role_id", roles::DJ).await;
    mira.retypes("bonus_entries.0.entries", "3").await;
    mira.retypes("winner_dm.content", "{prize}").await;
    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    for id in ["f-winner-dm-content", "f-bonus-entries-0-entries", "f-bonus-entries-0-role-id"] {
        mira.becomes_right(id).await;
    }
    // No answer: nothing is said, and nothing is lost.
    let offline = "window.unanswered = 0; \
         window.fetch = () => { unanswered += 1; return Promise.reject(new Error('offline')) }";
    mira.runs(offline).await;
    mira.retypes("default_winners", "many").await;
    mira.control("button_text").await.click().await.unwrap();
    eventually("it was asked", || async { mira.runs("return unanswered > 0").await == json!(true) }).await;
    assert_eq!(mira.wrong("f-default-winners").await, "");
    mira.retypes("default_winners", "2").await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    assert_eq!(mira.complaints().await, [""; 0]);
}
