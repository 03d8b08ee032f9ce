//! Two people, one form: nothing is overwritten unseen.

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;

use super::{assert_refused_at, typed};
use crate::support::TestApp;
use crate::support::visitor::{edited, settings, without};

/// Two numbers of each module.
fn numbers(module: &str) -> (&'static str, &'static str) {
    match module {
        "tempvoice" => ("empty_grace_seconds", "auto_lock_minutes"),
        "giveaway" => ("default_winners", "max_rerolls"),
        "tickets" => ("cooldown_minutes", "anti_raid_threshold"),
        "music" => ("vote_skip_percent", "max_track_minutes"),
        other => panic!("which numbers of {other}?"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_first_saves_at_once_one_is_saved_and_one_is_a_conflict() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    for key in ModuleKey::ALL {
        let (name, (field, _)) = (key.as_str(), numbers(key.as_str()));
        let one = edited(mira.opens(name).await, &[(field, "8")]);
        let other = edited(jonas.opens(name).await, &[(field, "9")]);
        let path = settings(name);
        let (first, second) = tokio::join!(mira.post(&path, &one), jonas.post(&path, &other));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{name}");
        let (won, lost) = if first.status == 303 { (8, &second) } else { (9, &first) };
        assert!(lost.title().starts_with("Conflict:"), "{}", lost.title());
        let (stored, _) = app.stored(name).await.unwrap();
        assert_eq!(stored[guildhall::settings::fields::wire_name(field)], won, "{name}");
    }
    assert_eq!(app.changes().await.0, 4);
    assert_eq!(bot.messages(4).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_saves_of_the_same_form_exactly_one_is_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "10")]).await;
    let form = mira.opens("music").await;
    let saves = (11..19).map(|volume| {
        let (mut mira, form) = (mira.clone(), edited(form.clone(), &[("default_volume", &volume.to_string())]));
        tokio::spawn(async move { mira.post(&settings("music"), &form).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        statuses.push(save.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(app.changes().await.0, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_with_a_mistake_in_it_keeps_the_mistake_to_be_mended() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let opened = mira.opens("music").await;
    mira.saves("music", &[("default_volume", "10")]).await;
    let form = edited(opened, &[("max_queue_size", "many")]);
    let page = mira.post(&settings("music"), &form).await;
    assert_eq!(page.status, 409);
    assert!(page.main().contains("many"), "as it was typed: {}", page.main());
    let refused = mira.post(&settings("music"), &page.form(&settings("music"))).await;
    assert_refused_at(&refused, &["max_queue_size"]);
    let again = refused.form(&settings("music"));
    assert_eq!(typed(&again), typed(&edited(form, &[("default_volume", "10")])), "both are in it");
    assert_eq!(mira.post(&settings("music"), &edited(again, &[("max_queue_size", "70")])).await.status, 303);
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["defaultVolume"], &stored["maxQueueSize"]), (&10.into(), &70.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_of_what_somebody_has_just_changed_shows_it_first() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "10")]).await;
    let there = format!("{}/reset", settings("music"));
    let form = mira.get(&there).await.form(&there);
    mira.saves("music", &[("default_volume", "11")]).await;
    let page = mira.post(&there, &form).await;
    assert_eq!(page.status, 409);
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 11);
    // Its button sets back after all: it posts to where the reset was posted.
    let answer = mira.post(&there, &page.form(&there)).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_without_its_revision_or_with_nonsense_for_one_is_not_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "10")]);
    for form in [without(form.clone(), "revision"), edited(form.clone(), &[("revision", "latest")])] {
        let page = mira.post(&settings("music"), &form).await;
        assert_eq!(page.status, 422);
        assert!(page.text("#errors").contains("revision"), "{}", page.text("#errors"));
        assert_eq!(typed(&page.form(&settings("music"))), typed(&form));
    }
    assert_eq!(mira.post(&settings("music"), &edited(form, &[("revision", "-1")])).await.status, 409);
    assert_eq!(app.changes().await, (0, 0));
}
