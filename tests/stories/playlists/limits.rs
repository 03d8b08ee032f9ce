//! As many and as long as they may be, and one more.

use super::{NEW, at, kept, makes, opens, sends};
use crate::support::TestApp;
use crate::support::visitor::edited;

fn list(count: usize) -> String {
    (0..count).map(|number| format!("https://www.youtube.com/watch?v=abcdefghij{number}\n")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_tracks_are_brought_shown_and_saved_again_and_no_more_are_taken() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Full", &["https://youtu.be/a"]).await;
    let import = format!("{path}/import");
    let page = sends(&mut mira, &import, &[("addresses", &list(500))]).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("it would have 501"), "{}", page.text("#errors"));
    let page = sends(&mut mira, &import, &[("addresses", &list(499))]).await;
    assert_eq!(page.status, 303, "{:?}", page.texts("#errors li"));
    let page = mira.get(&path).await;
    assert!(!page.has("button[value='add:tracks']"), "it is full");
    let mut form = page.form(&path);
    for (name, value) in &mut form {
        if name.ends_with(".title") {
            *value = "x".repeat(256);
        }
    }
    let answer = mira.post(&path, &form).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let row = kept(&app).await.remove(0);
    assert_eq!((row.urls().len(), row.tracks()[499]["title"].as_str().unwrap().len()), (500, 256));
    let full = opens(&mut mira, &path).await;
    let one = |field: &str, value: &str| (format!("tracks.500.{field}"), value.to_owned());
    let more = [full, vec![one("title", ""), one("url", "https://youtu.be/a"), one("seconds", "0")]].concat();
    let page = mira.post(&path, &more).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("at most 500"), "{}", page.text("#errors"));
    assert!(page.has("#track-500"), "what was typed is kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tracks_whose_form_could_not_be_sent_again_are_refused() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Long", &["https://youtu.be/a"]).await;
    let url = format!("https://youtu.be/{}", "a".repeat(1990));
    let page = sends(&mut mira, &format!("{path}/import"), &[("addresses", &format!("{url}\n").repeat(480))]).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("too long together"), "{}", page.text("#errors"));
    let mut form = opens(&mut mira, &path).await;
    for row in 1..480 {
        let of = |field: &str, value: &str| (format!("tracks.{row}.{field}"), value.to_owned());
        form.extend([of("title", ""), of("url", &url), of("seconds", "")]);
    }
    let page = mira.post(&path, &form).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#f-tracks-error").contains("too long together"), "{}", page.text("#errors"));
    assert_eq!(kept(&app).await[0].urls().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_has_a_hundred_playlists_and_no_more() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = opens(&mut mira, &at(NEW)).await;
    for number in 0..100 {
        let page = mira.post(&at(NEW), &edited(form.clone(), &[("name", &format!("Mix {number}"))])).await;
        assert_eq!(page.status, 303, "{number}: {}", page.main());
    }
    let page = mira.post(&at(NEW), &edited(form, &[("name", "One more")])).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("100 playlists already"), "{}", page.text("#errors"));
    assert_eq!(page.attributes("#f-name", "value"), ["One more"]);
    let list = mira.get(&at("/playlists")).await;
    assert_eq!(list.texts("#playlists .log-entry").len(), 100);
    assert!(!list.has("a[href$='/playlists/new']") && list.main().contains("as many as a server can have"));
    // Changing one is no matter of the count.
    let one = list.attributes("#playlists .log-entry h2 a", "href").remove(0);
    assert_eq!(sends(&mut mira, &one, &[("name", "Other")]).await.status, 303);
}
