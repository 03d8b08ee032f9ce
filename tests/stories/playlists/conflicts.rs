//! Two people, one playlist: nothing is overwritten unseen, and nothing typed is lost.

use discord_standin::seed;

use super::{deeds, kept, makes, opens, sends};
use crate::support::TestApp;
use crate::support::visitor::edited;

const A: &str = "https://youtu.be/a";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_on_top_of_another_ones_shows_theirs_and_keeps_mine() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Mix", &[A]).await;
    let mine = edited(opens(&mut mira, &path).await, &[("name", "Mine"), ("tracks.0.title", "My title")]);
    let theirs = [("name", "Theirs"), ("tracks.0.title", "Their title")];
    assert_eq!(sends(&mut jonas, &path, &theirs).await.status, 303);
    let page = mira.post(&path, &mine).await;
    assert_eq!(page.status, 409);
    assert!(page.title().starts_with("Conflict: "), "{}", page.title());
    for part in ["Somebody else saved", "Theirs", "Their title"] {
        assert!(page.text("#conflict").contains(part), "{}", page.text("#conflict"));
    }
    assert_eq!(page.attributes("#f-name, #f-tracks-0-title", "value"), ["Mine", "My title"]);
    assert_eq!(kept(&app).await[0].name, "Theirs");
    // Knowing theirs, it is saved.
    assert_eq!(mira.post(&path, &page.form(&path)).await.status, 303);
    assert_eq!((kept(&app).await[0].name.as_str(), deeds(&app).await.len()), ("Mine", 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_saves_of_one_form_exactly_one_is_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[]).await;
    let form = opens(&mut mira, &path).await;
    let saves = (0..6).map(|number| {
        let (mut mira, path) = (mira.clone(), path.clone());
        let form = edited(form.clone(), &[("name", &format!("Mix {number}"))]);
        tokio::spawn(async move { mira.post(&path, &form).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        statuses.push(save.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409]);
    assert_eq!(deeds(&app).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_for_a_deleted_playlist_becomes_a_new_one() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Mix", &[A]).await;
    let mine = edited(opens(&mut mira, &path).await, &[("tracks.0.title", "My title")]);
    assert_eq!(sends(&mut jonas, &format!("{path}/deletion"), &[]).await.status, 303);
    let page = mira.post(&path, &mine).await;
    assert_eq!(page.status, 409);
    assert!(page.text("#conflict").contains("deleted this playlist"), "{}", page.main());
    let new = super::at(super::NEW);
    let answer = mira.post(&new, &page.form(&new)).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert_ne!(answer.location(), path);
    let rows = kept(&app).await;
    assert!(rows[0].deleted && rows[0].urls().is_empty() && !rows[1].deleted);
    assert_eq!((rows[1].name.as_str(), rows[1].urls()), ("Mix", vec![A.to_owned()]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_brought_meanwhile_waits_with_its_text() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Mix", &[A]).await;
    let import = format!("{path}/import");
    let mine = edited(opens(&mut mira, &import).await, &[("addresses", "https://youtu.be/b")]);
    assert_eq!(sends(&mut jonas, &path, &[("name", "Theirs")]).await.status, 303);
    let page = mira.post(&import, &mine).await;
    assert_eq!(page.status, 409);
    assert!(page.title().starts_with("Conflict: ") && page.has("#conflict"), "{}", page.title());
    assert_eq!(page.text("#f-addresses"), "https://youtu.be/b");
    assert_eq!(kept(&app).await[0].urls(), [A]);
    assert_eq!(mira.post(&import, &page.form(&import)).await.status, 303);
    let row = kept(&app).await.remove(0);
    assert_eq!((row.name.as_str(), row.urls().len()), ("Theirs", 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_has_just_changed_is_not_deleted_unseen_and_nothing_twice() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Mix", &[A]).await;
    let deletion = format!("{path}/deletion");
    let page = mira.get(&deletion).await;
    for part in ["Delete Mix?", "Harbour Club", "can no longer play"] {
        assert!(page.main().contains(part), "{}", page.main());
    }
    let yes = page.form(&deletion);
    assert_eq!(sends(&mut jonas, &path, &[("name", "Theirs")]).await.status, 303);
    let page = mira.post(&deletion, &yes).await;
    assert_eq!(page.status, 409);
    assert!(page.has("#conflict") && page.main().contains("Delete Theirs?"), "{}", page.main());
    let answer = mira.post(&deletion, &page.form(&deletion)).await;
    let list = mira.follows(&answer).await;
    assert!(list.text("#flash").contains("Theirs is deleted") && !list.has(".log-entry"), "{}", list.main());
    let row = kept(&app).await.remove(0);
    assert!(row.deleted && row.revision > row.sent_revision, "the bot is still to be told");
    let (did, before, after) = deeds(&app).await.pop().unwrap();
    assert_eq!((did.as_str(), &before["label"], after), ("playlist-delete", &"Theirs".into(), serde_json::Value::Null));
    assert_eq!(before["tracks"][0]["url"], A);
    // A second yes finds it done.
    let answer = jonas.post(&deletion, &edited(yes, &[("csrf_token", &jonas.clone().token().await)])).await;
    let list = jonas.follows(&answer).await;
    assert!(list.text("#flash").contains("was deleted already"), "{}", list.text("#flash"));
    assert_eq!(deeds(&app).await.len(), 3);
}
