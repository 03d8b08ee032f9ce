//! Names and titles that want to be markup, to turn the page around or to burst a line.

use super::{at, kept, sends};
use crate::support::TestApp;
use crate::support::page::Page;

const MARKUP: &str = "\"'><img src=x onerror=alert(1)></textarea><script>";

fn is_harmless(page: &Page) {
    for wanted in ["<img src=x", "</textarea><script", "\"'><img"] {
        assert!(!page.body.contains(wanted), "{wanted} on {}", page.title());
    }
    let outside = page.texts("main h1, main h2, main li, main p, #flash, title").join(" ");
    assert!(!outside.contains('\u{202e}'), "{outside}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_name_and_title_stay_text_on_every_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let name = format!("{MARKUP}\u{202e}{}", "W".repeat(40));
    let title = format!("{MARKUP}\u{202e}{}", "W".repeat(190));
    let url = "https://youtu.be/a?b=%22%3E<script>\"'";
    let edits = [("name", name.as_str()), ("tracks.0.title", &title), ("tracks.0.url", url), ("tracks.0.seconds", "1")];
    let answer = sends(&mut mira, &at(super::NEW), &edits).await;
    let path = answer.location().to_owned();
    is_harmless(&mira.follows(&answer).await);
    let row = kept(&app).await.remove(0);
    assert_eq!((row.name.as_str(), row.tracks()[0]["title"].as_str()), (name.as_str(), Some(title.as_str())));
    assert!(!row.urls()[0].contains(['<', '"']), "{:?}", row.urls());
    for page in [at("/playlists"), path.clone(), format!("{path}/import"), format!("{path}/deletion")] {
        let page = mira.get(&page).await;
        assert_eq!(page.status, 200);
        is_harmless(&page);
    }
    let stale = sends(&mut mira, &path, &[("revision", "1"), ("tracks.0.seconds", "2")]).await;
    assert_eq!(stale.status, 409);
    is_harmless(&stale);
    let refused = sends(&mut mira, &format!("{path}/import"), &[("addresses", &name)]).await;
    assert_eq!(refused.status, 422);
    is_harmless(&refused);
    let file = mira.get(&format!("{path}/export?format=text")).await;
    assert_eq!(file.body.lines().count(), 1);
    let gone = sends(&mut mira, &format!("{path}/deletion"), &[]).await;
    is_harmless(&mira.follows(&gone).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn control_characters_are_refused_in_every_text() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (field, value) in
        [("name", "a\0b"), ("name", "a\nb"), ("tracks.0.title", "a\u{1b}b"), ("tracks.0.url", "https://youtu.be/a\0")]
    {
        let rest = [
            ("name", "Mix"),
            ("tracks.0.title", ""),
            ("tracks.0.url", "https://youtu.be/a"),
            ("tracks.0.seconds", "0"),
        ];
        let edits: Vec<(&str, &str)> =
            rest.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = sends(&mut mira, &at(super::NEW), &edits).await;
        assert_eq!(page.status, 422, "{field}: {value:?}");
    }
    assert!(kept(&app).await.is_empty());
}
