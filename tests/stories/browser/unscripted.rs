//! What goes otherwise than planned, with scripts switched off: rows, resets, conflicts, ended sessions, errors.

use discord_standin::seed::{self, roles};
use fantoccini::Locator;
use guildhall::accounts::end_all_sessions;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use crate::support::TestApp;
use crate::support::visitor::settings;

async fn mira(app: &TestApp) -> Browser {
    let mira = Browser::open(app, Scripts::Off).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_come_go_and_move_and_keep_what_was_typed() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("giveaway")).await;
    mira.writes("button_text", "Not lost").await;
    for (row, role) in [roles::MEMBER, roles::SUPPORT, roles::DJ].into_iter().enumerate() {
        mira.rows("add:bonus_entries").await;
        mira.chooses(&format!("bonus_entries.{row}.role_id"), role).await;
        mira.writes(&format!("bonus_entries.{row}.entries"), &format!("{}", row + 2)).await;
    }
    assert!(mira.reads("main").await.contains("Nothing is saved yet"));
    mira.rows("up:bonus_entries.2").await;
    mira.rows("down:bonus_entries.0").await;
    mira.rows("remove:bonus_entries.2").await;
    assert_eq!(app.stored("giveaway").await, None);
    mira.saves().await;
    let (stored, _) = app.stored("giveaway").await.unwrap();
    let rows = json!([{"roleId": roles::DJ, "entries": 4}, {"roleId": roles::MEMBER, "entries": 2}]);
    assert_eq!((&stored["bonusEntries"], &stored["buttonText"]), (&rows, &json!("Not lost")));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_is_asked_first_and_says_what_would_change() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "20").await;
    mira.saves().await;

    mira.presses(&format!("a[href='{}/reset']", settings("music"))).await;
    let asked = mira.reads("main").await;
    for words in ["Music", "Harbour Club", "20", "50"] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    mira.presses(&format!("main a[href='{}']", settings("music"))).await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 20);

    mira.presses(&format!("a[href='{}/reset']", settings("music"))).await;
    mira.presses("button.button-danger").await;
    mira.has_focus_on("flash").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 50);
    mira.stands(&settings("music"), &[("default_volume", "50".into())]).await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_meets_somebody_elses_save() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "20").await;
    mira.saves().await;
    mira.presses(&format!("a[href='{}/reset']", settings("music"))).await;
    app.signed_in(seed::JONAS).await.saves("music", &[("max_queue_size", "77")]).await;

    mira.presses("button.button-danger").await;
    assert!(mira.title().await.starts_with("Conflict:"), "{}", mira.title().await);
    assert_eq!(app.stored("music").await.unwrap().0["maxQueueSize"], 77);
    mira.presses("main form .button-main").await;
    mira.has_focus_on("flash").await;
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["maxQueueSize"], &stored["defaultVolume"]), (&json!(500), &json!(50)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_at_once_see_both_sides_and_what_each_changed_is_saved() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "33").await;
    app.signed_in(seed::JONAS).await.saves("music", &[("max_queue_size", "77")]).await;

    mira.saves().await;
    assert!(mira.title().await.starts_with("Conflict:"), "{}", mira.title().await);
    assert!(mira.focus().await.contains("Look at what differs"), "the notice has the focus: {}", mira.focus().await);
    let both = mira.reads("main").await;
    for words in ["Jonas", "33", "77", "Harbour Club"] {
        assert!(both.contains(words), "{words}: {both}");
    }
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 50);

    mira.presses("main form .button-main").await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["defaultVolume"], &stored["maxQueueSize"]), (&json!(33), &json!(77)));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_outlives_the_session() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("giveaway")).await;
    mira.writes("default_winners", "7").await;
    mira.rows("add:bonus_entries").await;
    mira.chooses("bonus_entries.0.role_id", roles::DJ).await;
    mira.writes("start_message.content", "Typed with care,\nand long").await;
    end_all_sessions(&app.parts.db, seed::MIRA.to_string().parse().unwrap()).await.unwrap();

    mira.saves().await;
    assert!(mira.reads("main").await.contains("what you typed is kept"), "{}", mira.reads("main").await);
    assert_eq!(app.stored("giveaway").await, None);
    mira.signs_in(seed::MIRA).await;
    assert!(mira.reads("main").await.contains("It is not saved yet"), "{}", mira.reads("main").await);
    mira.stands(
        &settings("giveaway"),
        &[
            ("default_winners", "7".into()),
            ("bonus_entries.0.role_id", roles::DJ.to_string()),
            ("start_message.content", "Typed with care,\r\nand long".into()),
        ],
    )
    .await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    let (stored, _) = app.stored("giveaway").await.unwrap();
    assert_eq!((&stored["defaultWinners"], &stored["bonusEntries"][0]["roleId"]), (&json!(7), &json!(roles::DJ)));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_are_found_at_the_top_and_lead_to_their_fields() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "loud").await;
    mira.writes("now_playing_message.embed.url", "http://example.com").await;
    mira.switches("dj_only", true).await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Error:"), "{}", mira.title().await);
    mira.has_focus_on("errors").await;
    let links = mira.client.find_all(Locator::Css("#errors a")).await.unwrap();
    assert_eq!(links.len(), 3, "{}", mira.reads("#errors").await);
    for id in ["f-default-volume", "f-now-playing-message-embed-url", "f-dj-role-ids"] {
        mira.find(&format!("#errors a[href='#{id}']")).await.click().await.unwrap();
        mira.has_focus_on(id).await;
        let note = mira.find(&format!("#{id}-error")).await;
        assert!(note.is_displayed().await.unwrap(), "the words at {id}");
    }
    mira.stands(&settings("music"), &[("default_volume", "loud".into()), ("dj_only", "on".into())]).await;
    mira.writes("default_volume", "40").await;
    mira.writes("now_playing_message.embed.url", "https://example.com").await;
    mira.ticks("dj_role_ids", roles::DJ).await;
    mira.saves().await;
    mira.has_focus_on("flash").await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_phone_the_menu_opens_and_leads_on() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.is(360, Scheme::Dark).await;
    mira.goes(&settings("music")).await;
    let link = mira.find(&format!("nav.server a[href='{}']", settings("tickets"))).await;
    assert!(!link.is_displayed().await.unwrap());
    mira.find("button.button-menu").await.click().await.unwrap();
    assert!(link.is_displayed().await.unwrap());
    mira.presses(&format!("nav.server a[href='{}']", settings("tickets"))).await;
    assert_eq!(mira.reads("h1").await.lines().next(), Some("Tickets"));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_is_seen_at_once_and_saves_nothing() {
    let app = TestApp::start().await;
    let mira = mira(&app).await;
    mira.goes(&settings("music")).await;
    mira.writes("now_playing_message.embed.title", "Now: {title} <b>").await;
    mira.writes("default_volume", "12").await;
    mira.previews("now_playing_message").await;
    mira.has_focus_on("f-now-playing-message-preview").await;
    assert!(mira.reads("figure.preview").await.contains("Now: Clair de Lune <b>"));
    assert_eq!(app.stored("music").await, None);
    mira.stands(&settings("music"), &[("default_volume", "12".into())]).await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    assert_eq!(mira.complaints().await, [""; 0]);
}
