//! What was typed survives: a session that ended, a page opened before an update.

use std::time::Duration;

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;

use super::{Pairs, replaced, typed, with};
use crate::support::TestApp;
use crate::support::visitor::{Visitor, edited, settings, without};

/// The same browser before and after signing out in another tab.
async fn signed_out_elsewhere(visitor: &Visitor, form: &[(String, String)]) -> Visitor {
    let before = visitor.clone();
    let token: Pairs = form.iter().filter(|(name, _)| name == "csrf_token").cloned().collect();
    let answer = visitor.clone().post("/logout", &token).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    before
}

fn draft_of(module: &str) -> String {
    format!("{}?draft=1", settings(module))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_when_the_session_had_ended_is_there_after_signing_in() {
    let app = TestApp::start().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let mira = app.mira().await;
        let mut tab = mira.clone();
        let form = tab.opens(name).await;
        let (field, _) = form.iter().rfind(|(_, value)| value.parse::<u32>().is_ok()).cloned().unwrap();
        let form = edited(form, &[(&field, "nine"), ("enabled", "on")]);
        let mut tab = signed_out_elsewhere(&mira, &form).await;
        let page = tab.post(&settings(name), &form).await;
        assert_eq!(page.status, 401);
        assert!(page.main().contains("what you typed is kept"), "{}", page.main());

        let login = page.attributes("main a[href^=\"/login\"]", "href").remove(0);
        let mut again = app.visitor();
        let to_discord = again.get(&login).await;
        let callback = again.decides(to_discord.location(), seed::MIRA, "authorize").await;
        let answer = again.get(&callback).await;
        assert_eq!(answer.location(), draft_of(name), "straight back to the form");
        let page = again.get(answer.location()).await;
        assert_eq!(typed(&page.form(&settings(name))), typed(&form), "{name}");
        assert!(page.main().contains("not saved yet"), "{}", page.main());
        assert!(!page.title().starts_with("Saved:"));
        assert_eq!(app.stored(name).await, None);

        let other = app.signed_in(seed::JONAS).await.get(&draft_of(name)).await;
        assert!(!other.main().contains("before you signed in again"), "nobody else sees it");
        let stored = again.opens(name).await;
        assert_ne!(typed(&stored), typed(&form), "without asking for it, the page shows what is stored");

        let mended = edited(page.form(&settings(name)), &[(&field, "1"), ("enabled", "")]);
        let mended = replaced(&mended, "enabled", &[]);
        assert_eq!(again.post(&settings(name), &mended).await.status, 303, "{name}: a draft can be saved");
    }
    assert_eq!(app.changes().await.0, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_gone_once_it_is_saved_and_after_an_hour() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let form = edited(mira.clone().opens("music").await, &[("default_volume", "33")]);
    let mut tab = signed_out_elsewhere(&mira, &form).await;
    assert_eq!(tab.post(&settings("music"), &form).await.status, 401);
    let mut again = app.mira().await;
    let page = again.get(&draft_of("music")).await;
    let answer = again.post(&settings("music"), &page.form(&settings("music"))).await;
    assert_eq!(answer.status, 303);
    let page = again.get(&draft_of("music")).await;
    assert!(!page.main().contains("before you signed in again"), "it is saved: there is no draft any more");

    assert_eq!(tab.post(&settings("music"), &form).await.status, 401);
    app.clock.advance(Duration::from_secs(61 * 60));
    let page = again.get(&draft_of("music")).await;
    assert!(!page.main().contains("before you signed in again"), "an hour is over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_not_ours_keeps_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "33")]);
    let mut stranger = app.visitor();
    let foreign = TestApp::start().await;
    let theirs = foreign.mira().await.opens("music").await;
    let token = |form: &[(String, String)]| form.iter().find(|(name, _)| name == "csrf_token").unwrap().1.clone();
    let mut bent = token(&form);
    let last = bent.pop().unwrap();
    bent.push(if last == 'A' { 'B' } else { 'A' });
    for token in [bent.as_str(), &token(&theirs), "", "x", &"A".repeat(150)] {
        let page = stranger.post(&settings("music"), &with(&form, &[("csrf_token", token)])).await;
        assert_eq!(page.status, 401);
        assert!(!page.main().contains("kept"), "{}", page.main());
    }
    let page = stranger.post(&settings("music"), &without(form.clone(), "csrf_token")).await;
    assert_eq!(page.status, 401);
    assert!(!mira.get(&draft_of("music")).await.main().contains("before you signed in again"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_for_a_draft_is_not_said_to_be_kept() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let form = edited(mira.clone().opens("music").await, &[("now_playing_message.content", &"x".repeat(300 * 1024))]);
    let mut tab = signed_out_elsewhere(&mira, &form).await;
    let page = tab.post(&settings("music"), &form).await;
    assert_eq!(page.status, 401);
    assert!(!page.main().contains("is kept"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_before_an_update_comes_back_with_what_was_typed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form = with(&mira.opens(name).await, &[("schema", "99")]);
        let page = mira.post(&settings(name), &form).await;
        assert_eq!(page.status, 422, "{name}");
        let back = page.form(&settings(name));
        assert_eq!(typed(&back), typed(&form));
        let schema = back.iter().find(|(name, _)| name == "schema").unwrap();
        assert_ne!(schema.1, "99", "it can be saved now");
        assert!(page.main().contains("updated"), "{}", page.main());
    }
    let form = edited(mira.opens("music").await, &[("default_volume", "20")]);
    let stale = with(&form, &[("schema", "99")]);
    mira.post(&settings("music"), &stale).await;
    assert_eq!(app.changes().await, (0, 0));
    assert_eq!(mira.post(&settings("music"), &without(form, "schema")).await.status, 303, "a script need not know it");
}
