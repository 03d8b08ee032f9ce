//! What holds for every module's page alike, whatever it is about.

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;

use super::{assert_refused_at, typed};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::page::Page;
use crate::support::visitor::{edited, settings};

/// A number that every page can change, with a legal and an illegal value.
fn number_of(module: &str) -> &'static str {
    match module {
        "tempvoice" => "empty_grace_seconds",
        "giveaway" => "default_winners",
        "tickets" => "cooldown_minutes",
        "music" => "vote_skip_percent",
        other => panic!("which number of {other}?"),
    }
}

fn value(page: &Page, module: &str, field: &str) -> String {
    let form = page.form(&settings(module));
    form.into_iter().find(|(name, _)| name == field).unwrap().1
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_module_is_for_managers_alone() {
    let app = TestApp::start().await;
    let (mut mira, mut liv, mut sam, mut nobody) =
        (app.mira().await, app.signed_in(seed::LIV).await, app.signed_in(seed::SAM).await, app.visitor());
    for key in ModuleKey::ALL {
        let path = settings(key.as_str());
        let form = mira.opens(key.as_str()).await;
        for tail in ["", "/reset"] {
            let there = format!("{path}{tail}");
            assert_eq!(mira.get(&there).await.status, 200, "{there}");
            let answer = nobody.get(&there).await;
            assert_eq!((answer.status.as_u16(), answer.location().starts_with("/login?return_to=")), (303, true));
            assert_eq!(liv.get(&there).await.status, 403, "a stranger: {there}");
            assert_eq!(sam.get(&there).await.status, 403, "a member: {there}");
        }
        for tail in ["", "/preview", "/reset"] {
            let there = format!("{path}{tail}");
            assert_eq!(nobody.post(&there, &form).await.status, 401, "{there}");
            assert_eq!(liv.post(&there, &form).await.status, 403, "{there}");
            assert_eq!(sam.post(&there, &form).await.status, 403, "{there}");
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_form_comes_back_with_everything_typed_and_nothing_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let (name, field) = (key.as_str(), number_of(key.as_str()));
        let mut form = edited(mira.opens(name).await, &[(field, "100000000"), ("enabled", "on")]);
        if let Some(pair) = form.iter_mut().find(|(name, _)| name.ends_with("color")) {
            pair.1 = "teal".to_owned();
        }
        let page = mira.post(&settings(name), &form).await;
        assert_refused_at(&page, &[field]);
        assert_eq!(typed(&page.form(&settings(name))), typed(&form), "{name}");
        assert!(page.has("#errors[autofocus]"), "{name}: the summary takes the focus");
        assert!(page.title().contains("Harbour Club"), "{}", page.title());
        assert_eq!(page.title().matches("Guildhall").count(), 1, "{}", page.title());
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_save_is_one_row_one_message_and_a_page_that_says_so() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for (turn, key) in ModuleKey::ALL.into_iter().enumerate() {
        let (name, field) = (key.as_str(), number_of(key.as_str()));
        let answer = mira.saves(name, &[(field, "7")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, settings(name).as_str()), "{}", answer.body);
        let page = mira.follows(&answer).await;
        assert!(page.title().starts_with("Saved:"), "{}", page.title());
        assert!(page.text("#flash").contains("Sent to the bot"), "{}", page.text("#flash"));
        assert!(page.has("#flash[autofocus][tabindex=\"-1\"]"));
        assert_eq!(value(&page, name, field), "7");
        assert!(page.text("#delivery").contains("Mira"), "who changed it: {}", page.text("#delivery"));
        assert!(!mira.get(&settings(name)).await.has("#flash"), "a flash is shown once");

        bot.messages(turn + 1).await;
        let heard = bot.heard();
        assert_eq!(heard.len(), 2 * (turn + 1), "one message, on two channels");
        let own = format!("bot:config:{name}");
        let bytes = |channel: &str| heard.iter().rev().find(|(one, _)| one == channel).map(|(_, bytes)| bytes.clone());
        assert_eq!(bytes(&own).unwrap(), bytes("bot:config:update").unwrap(), "the same bytes");

        // The same again changes nothing.
        let answer = mira.saves(name, &[]).await;
        let page = mira.follows(&answer).await;
        assert!(page.text("#flash").starts_with("Nothing to save"), "{}", page.text("#flash"));
        assert!(!page.title().starts_with("Saved:"), "{}", page.title());
        assert_eq!(app.changes().await.0, i64::try_from(turn + 1).unwrap());
    }
    eventually("all are marked as sent", || async { app.changes().await == (4, 4) }).await;
    assert_eq!(bot.heard().len(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_asks_first_and_the_next_save_is_a_first_one() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for (turn, key) in ModuleKey::ALL.into_iter().enumerate() {
        let (name, field) = (key.as_str(), number_of(key.as_str()));
        let before = mira.opens(name).await;
        mira.saves(name, &[(field, "7")]).await;
        mira.saves(name, &[(field, "8")]).await;
        let there = format!("{}/reset", settings(name));
        let page = mira.get(&there).await;
        assert!(page.main().contains("Harbour Club"), "it names the server: {}", page.main());
        assert_eq!(page.texts("tbody tr").len(), 1, "one setting changes: {}", page.main());
        let answer = mira.post(&there, &page.form(&there)).await;
        let page = mira.follows(&answer).await;
        assert!(page.text("#flash").contains("back to its defaults"), "{}", page.text("#flash"));
        assert_eq!(typed(&page.form(&settings(name))), typed(&before), "{name}");

        let page = mira.get(&there).await;
        assert!(page.texts("tbody tr").is_empty(), "nothing is left to set back");
        mira.saves(name, &[(field, "9")]).await;
        let messages = bot.messages(4 * (turn + 1)).await;
        let said: Vec<&str> = messages[4 * turn..].iter().map(|one| one["action"].as_str().unwrap()).collect();
        assert_eq!(said, ["create", "update", "delete", "create"], "{name}");
        let revisions: Vec<i64> =
            messages[4 * turn..].iter().map(|one| one["data"]["revision"].as_i64().unwrap()).collect();
        assert!(revisions.is_sorted_by(|one, next| one < next), "{revisions:?}");
        let defaults = (super::module(name).defaults)();
        assert_eq!(messages[4 * turn + 2]["data"]["settings"], defaults, "{name}: a reset carries the defaults");
    }
    assert_eq!(app.changes().await.0, 16);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_of_what_was_never_changed_does_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut form = mira.opens("music").await;
    form.retain(|(name, _)| name == "csrf_token" || name == "revision");
    let answer = mira.post(&format!("{}/reset", settings("music")), &form).await;
    assert!(mira.follows(&answer).await.text("#flash").starts_with("Nothing to reset"));
    assert_eq!(app.changes().await, (0, 0));
}
