//! What somebody has changed and not saved: it is counted, shown, kept from being lost, and can be taken back.

use discord_standin::seed::{self, channels, roles};
use guildhall::accounts::end_all_sessions;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::settings;

impl Browser {
    /// What the bar says; nothing while it stands at the form's end like any button.
    pub async fn unsaved(&self) -> String {
        let bar = self.find(".save-bar .unsaved").await;
        if bar.is_displayed().await.unwrap() { bar.text().await.unwrap() } else { String::new() }
    }

    /// Whether the browser would ask somebody who goes away.
    pub async fn asks_before_leaving(&self) -> bool {
        let script = "const leaves = new Event('beforeunload', {cancelable: true}); \
             dispatchEvent(leaves); return leaves.defaultPrevented";
        self.runs(script).await == json!(true)
    }

    /// The ids of the fields that are marked as changed.
    async fn marked(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('.changed')].map(one => { \
             const field = one.closest('.field, .ledger'); return field.id || (field.querySelector('.picker input[id^=f-]') ?? field.querySelector('.field-entry [id^=f-]')).id })";
        serde_json::from_value(self.runs(script).await).unwrap()
    }

    /// What is read aloud of a field after its name.
    async fn described(&self, id: &str) -> String {
        let script = "return (document.getElementById('ID').getAttribute('aria-describedby') ?? '').split(' ') \
             .map(one => document.getElementById(one)?.textContent ?? one).join(' ')";
        self.runs(&script.replace("ID", id)).await.as_str().unwrap().to_owned()
    }

    async fn clicks(&self, css: &str) {
        let button = self.find(css).await;
        self.brings(&button).await;
        button.click().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_is_counted_marked_and_taken_back_and_nobody_leaves_it_unasked() {
    let app = TestApp::start().await;
    app.mira().await.saves("giveaway", &[("required_role_ids", &roles::DJ.to_string())]).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("giveaway")).await;
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("", false));
    let sticks = "return getComputedStyle(document.querySelector('.save-bar')).position === 'sticky'";
    assert_eq!(mira.runs(sticks).await, json!(false));

    mira.writes("button_text", "Join").await;
    assert_eq!(mira.unsaved().await, "1 unsaved change");
    assert!(mira.described("f-button-text").await.contains("Changed"), "it is heard where it is seen");
    assert_eq!((mira.asks_before_leaving().await, mira.runs(sticks).await), (true, json!(true)));
    eventually("it is said once", || async {
        mira.runs("return document.getElementById('live-news').textContent").await
            == json!("There are unsaved changes. Save or discard them at the end of the form.")
    })
    .await;
    mira.ticks("required_role_ids", roles::MEMBER).await;
    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    mira.switches("dm_winners", false).await;
    mira.writes("start_message.content", "Line one").await;
    assert_eq!(mira.unsaved().await, "5 unsaved changes");
    for id in ["f-default-channel-id", "f-dm-winners", "f-start-message-content"] {
        assert!(mira.described(id).await.contains("Changed"), "{id}");
    }
    let marked = ["f-button-text", "f-default-channel-id", "f-required-role-ids", "f-dm-winners", "f-start-message"];
    let mut all = mira.marked().await;
    all.sort();
    let mut wanted = marked.map(str::to_owned).to_vec();
    wanted.push("f-start-message-content".into());
    wanted.sort();
    assert_eq!(all, wanted, "also at the closed part that it stands in");
    // Low windows and large writing have no room for it.
    mira.devtools(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 360, "height": 400, "deviceScaleFactor": 1, "mobile": true}),
    )
    .await;
    assert_eq!(mira.runs(sticks).await, json!(false));
    mira.is(1280, Scheme::Light).await;

    mira.writes("button_text", "Enter").await;
    mira.ticks("required_role_ids", roles::MEMBER).await;
    mira.chooses("default_channel_id", "").await;
    mira.switches("dm_winners", true).await;
    mira.writes("start_message.content", "x").await;
    mira.control("start_message.content").await.send_keys("\u{e003}").await.unwrap();
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("", false));
    assert_eq!(mira.marked().await, [""; 0]);
    for id in ["f-button-text", "f-default-channel-id", "f-dm-winners"] {
        assert!(!mira.described(id).await.contains("hanged"), "{id}");
    }

    // A button of a row takes along what was typed; removing a row that is saved is one change.
    mira.writes("button_text", "Join").await;
    mira.rows("add:bonus_entries").await;
    assert_eq!(mira.unsaved().await, "2 unsaved changes");
    mira.chooses("bonus_entries.0.role_id", roles::BOOSTER).await;
    mira.writes("bonus_entries.0.entries", "3").await;
    assert_eq!(mira.unsaved().await, "2 unsaved changes");
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("", false));
    mira.rows("remove:bonus_entries.0").await;
    assert_eq!(
        (mira.unsaved().await.as_str(), mira.marked().await),
        ("1 unsaved change", vec!["f-bonus-entries".into()])
    );

    // Back to what is saved, and once more to what was typed.
    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    mira.ticks("required_role_ids", roles::MEMBER).await;
    mira.switches("dm_winners", false).await;
    mira.clicks("[data-unsaved=discard]").await;
    eventually("all is back", || async { mira.unsaved().await == "Back to what is saved." }).await;
    mira.stands_now("bonus_entries.0.entries", json!("3")).await;
    mira.stands_now("default_channel_id", json!("")).await;
    assert!(mira.control("dm_winners").await.is_selected().await.unwrap());
    assert!(!mira.asks_before_leaving().await);
    mira.clicks("[data-unsaved=undo]").await;
    assert_eq!(mira.unsaved().await, "4 unsaved changes");
    mira.stands_now("default_channel_id", json!(channels::GIVEAWAYS.to_string())).await;
    mira.clicks("[data-unsaved=discard]").await;
    eventually("all is back", || async { mira.unsaved().await == "Back to what is saved." }).await;
    mira.saves().await;
    assert!(mira.reads("#flash").await.contains("Nothing"), "{}", mira.reads("#flash").await);
    assert_eq!(mira.complaints().await, [""; 0]);
}

impl Browser {
    async fn stands_now(&self, name: &str, value: serde_json::Value) {
        let script = format!("return document.querySelector('form.settings [name=\"{name}\"]').value");
        assert_eq!(self.runs(&script).await, value, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_counted_against_what_is_saved_after_an_error_a_conflict_and_a_session_that_ended() {
    let app = TestApp::start().await;
    app.mira().await.saves("music", &[("default_volume", "20"), ("autoplay", "on")]).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "loud").await;
    mira.writes("max_queue_size", "70").await;
    mira.switches("autoplay", false).await;
    mira.ticks("dj_role_ids", roles::DJ).await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Error:"), "{}", mira.title().await);
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("4 unsaved changes", true));
    mira.writes("max_queue_size", "500").await;
    mira.ticks("dj_role_ids", roles::DJ).await;
    assert_eq!(mira.unsaved().await, "2 unsaved changes");
    assert_eq!(mira.marked().await, ["f-default-volume", "f-autoplay"]);
    mira.clicks("[data-unsaved=discard]").await;
    eventually("all is back", || async { mira.unsaved().await == "Back to what is saved." }).await;
    mira.stands_now("default_volume", json!("20")).await;
    assert!(mira.control("autoplay").await.is_selected().await.unwrap());
    assert!(!mira.find("#errors").await.is_displayed().await.unwrap(), "what was wrong is gone with it");
    mira.clicks("[data-unsaved=undo]").await;
    mira.stands_now("default_volume", json!("loud")).await;
    assert!(mira.find("#errors").await.is_displayed().await.unwrap());

    // The page with both sides is not left unasked either, but for the way it offers.
    mira.writes("default_volume", "30").await;
    app.signed_in(seed::JONAS).await.saves("music", &[("max_queue_size", "88")]).await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Conflict:"), "{}", mira.title().await);
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("2 unsaved changes", true));
    for (side, said) in [("-theirs", "1 unsaved change"), ("", "2 unsaved changes")] {
        mira.clicks(&format!("#f-choice-default-volume{side}")).await;
        assert_eq!(mira.unsaved().await, said);
    }
    mira.presses("main form .button-main").await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("", false));

    mira.writes("default_volume", "33").await;
    mira.writes("vote_skip_percent", "60").await;
    end_all_sessions(&app.parts.db, seed::MIRA.to_string().parse().unwrap()).await.unwrap();
    mira.saves().await;
    assert!(mira.reads("main").await.contains("what you typed is kept"), "{}", mira.reads("main").await);
    mira.signs_in(seed::MIRA).await;
    assert_eq!((mira.unsaved().await.as_str(), mira.asks_before_leaving().await), ("2 unsaved changes", true));
    mira.writes("vote_skip_percent", "50").await;
    assert_eq!(mira.unsaved().await, "1 unsaved change");
    mira.saves().await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 33);

    // A person's own choices; the zone that the page proposes by itself is none of them.
    mira.goes("/account/preferences").await;
    assert!(!mira.asks_before_leaving().await);
    let chooses = "const theme = document.querySelector('form.settings select[name=theme]'); \
         theme.selectedIndex = (theme.selectedIndex + 1) % theme.options.length; \
         theme.dispatchEvent(new Event('change', {bubbles: true}))";
    mira.runs(chooses).await;
    assert!(mira.asks_before_leaving().await);
    assert_eq!(mira.complaints().await, [""; 0]);
}
