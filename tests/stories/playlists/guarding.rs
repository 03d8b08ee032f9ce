//! Who finds a playlist: the people of its own server, while the bot is there.

use std::time::Duration;

use discord_standin::seed;

use super::{at, deeds, kept, makes, makes_on, opens, pairs};
use crate::support::TestApp;

const ACTS: [&str; 3] = ["", "/import", "/deletion"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_of_another_server_is_found_by_no_action() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let other = makes_on(&mut mira, seed::ARCADE, "Arcade", &["https://youtu.be/a"]).await;
    let id = other.rsplit('/').next().unwrap();
    let (before, here) = (kept(&app).await, at(&format!("/playlists/{id}")));
    for tail in ["", "/import", "/deletion", "/export", "/export?format=text"] {
        mira.get(&format!("{here}{tail}")).await.explains(404, "no such page");
    }
    for tail in ACTS {
        let form = opens(&mut mira, &format!("{other}{tail}")).await;
        let form = [form, pairs(&[("addresses", "https://youtu.be/b"), ("row", "add:tracks")])].concat();
        mira.post(&format!("{here}{tail}"), &form).await.explains(404, "no such page");
    }
    assert_eq!((kept(&app).await, deeds(&app).await.len()), (before, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_id_and_what_is_deleted_is_not_there() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[]).await;
    let token = mira.token().await;
    super::sends(&mut mira, &format!("{path}/deletion"), &[]).await;
    for gone in
        [path, at("/playlists/..%2f"), at("/playlists/1"), at("/playlists/0193595b-7d2e-7c41-9d8e-3f6a52b1c0de")]
    {
        for tail in ["", "/import", "/deletion", "/export"] {
            mira.get(&format!("{gone}{tail}")).await.explains(404, "no such page");
        }
        mira.post(&format!("{gone}/import"), &pairs(&[("csrf_token", &token)])).await.explains(404, "no such page");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_bot_is_away_playlists_are_shown_and_cannot_be_changed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &["https://youtu.be/a"]).await;
    let mut forms = Vec::new();
    for tail in ACTS {
        forms.push((tail, opens(&mut mira, &format!("{path}{tail}")).await));
    }
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    for page in
        [at("/playlists"), at("/playlists/new"), path.clone(), format!("{path}/import"), format!("{path}/deletion")]
    {
        let page = mira.get(&page).await;
        assert!(page.has("#absent-title") && !page.has("main .button-danger, main .save-bar"), "{}", page.main());
        assert!(!page.has(".settings .button-main"), "{}", page.main());
    }
    let before = kept(&app).await;
    for (tail, form) in forms {
        mira.post(&format!("{path}{tail}"), &form).await.explains(403, "bot is not");
    }
    assert_eq!((kept(&app).await, deeds(&app).await.len()), (before, 1));
}
