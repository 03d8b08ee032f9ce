//! Two admins at one panel: nothing is overwritten unseen.

use discord_standin::seed;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_saves_second_sees_both_sides_and_loses_nothing() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let id = makes(&mut mira, "Help").await;
    adds(&mut mira, &at(&id), &[("name", "Mine")]).await;
    let form = edited(opens(&mut mira, &at(&id)).await, &[("title", "By Mira")]);
    assert_eq!(saves(&mut jonas, &id, &[("title", "By Jonas")]).await.status, 303);

    let page = mira.post(&at(&id), &form).await;
    assert_eq!(page.status, 409, "{}", page.main());
    assert!(page.title().starts_with("Conflict:"), "{}", page.title());
    for side in ["By Mira", "By Jonas", "Mine"] {
        assert!(page.main().contains(side), "{side}: {}", page.main());
    }
    assert_eq!(held(&app, &id).await.unwrap()["embed"]["title"], "By Jonas", "nothing is overwritten");
    let mine = mira.get(&at(&id)).await;
    assert!(mine.main().contains("Mine") && mine.body.contains("By Mira"), "the draft is kept");
    assert_eq!(mira.post(&at(&id), &mine.form(&at(&id))).await.status, 409, "and still is about the older one");

    let saved = mira.post(&at(&id), &page.form(&at(&id))).await;
    assert_eq!(saved.status, 303, "{}", saved.main());
    let held = held(&app, &id).await.unwrap();
    assert_eq!((&held["embed"]["title"], &held["categories"][1]["name"]), (&"By Mira".into(), &"Mine".into()));
    let log = log(&app).await;
    assert_eq!(log[2].1.as_ref().unwrap()["title"], "By Jonas", "what was replaced is in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_after_yet_another_one_is_asked_about_again() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let id = makes(&mut mira, "Help").await;
    let form = edited(opens(&mut mira, &at(&id)).await, &[("title", "By Mira")]);
    saves(&mut jonas, &id, &[("title", "One")]).await;
    let page = mira.post(&at(&id), &form).await;
    saves(&mut jonas, &id, &[("title", "Two")]).await;
    let again = mira.post(&at(&id), &page.form(&at(&id))).await;
    assert_eq!(again.status, 409);
    assert!(again.main().contains("Two"), "{}", again.main());
    for revision in ["", "latest", "99999999999999"] {
        let form = edited(form.clone(), &[("revision", revision)]);
        assert_ne!(mira.post(&at(&id), &form).await.status, 303, "{revision:?}");
    }
    assert_eq!(log(&app).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_panels_of_one_name_at_once_are_one_and_a_refusal() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    adds(&mut mira, &at("new"), &[("name", "A")]).await;
    adds(&mut jonas, &at("new"), &[("name", "B")]).await;
    let one = edited(opens(&mut mira, &at("new")).await, &[("name", "Help")]);
    let other = edited(opens(&mut jonas, &at("new")).await, &[("name", "HELP")]);
    let path = at("new");
    let (one, other) = tokio::join!(mira.post(&path, &one), jonas.post(&path, &other));
    let mut both = [one.status.as_u16(), other.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 422]);
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_what_somebody_deleted_is_told() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let id = makes(&mut mira, "Help").await;
    let form = opens(&mut mira, &at(&id)).await;
    let there = format!("{}/deletion", at(&id));
    let asked = jonas.get(&there).await.form(&there);
    assert_eq!(jonas.post(&there, &asked).await.status, 303);
    assert_eq!(mira.post(&at(&id), &form).await.status, 404);
    assert_eq!(log(&app).await.len(), 2);
}
