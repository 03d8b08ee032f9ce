//! Making and changing a playlist by its form.

use discord_standin::seed;

use super::{NEW, at, deeds, kept, makes, opens, pairs, said, sends};
use crate::support::TestApp;
use crate::support::visitor::{edited, without};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_is_made_listed_and_sent() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let empty = mira.get(&at("/playlists")).await;
    assert!(empty.main().contains("no playlists yet"), "{}", empty.main());
    let rows = [
        ("name", " Harbour nights "),
        ("tracks.0.title", "Tide"),
        ("tracks.0.url", "https://YouTu.be/tide"),
        ("tracks.0.seconds", "185"),
        ("tracks.1.title", ""),
        ("tracks.1.url", "https://harbour.bandcamp.com/track/gulls"),
        ("tracks.1.seconds", " "),
    ];
    let answer = sends(&mut mira, &at(NEW), &rows).await;
    let page = mira.follows(&answer).await;
    assert!(page.title().starts_with("Saved: "), "{}", page.title());
    assert!(said(&page, "#flash").contains("Harbour nights is created"), "{}", said(&page, "#flash"));
    let list = mira.get(&at("/playlists")).await;
    assert_eq!(list.attributes("#playlists .log-entry h3 a", "href"), [answer.location()]);
    assert_eq!(list.attributes("#playlists", "data-live"), ["music"]);
    let line = list.text("#playlists .log-entry");
    for part in ["Harbour nights", "Shared", "2 tracks", "3:05 long, and one track of unknown length", "Mira"] {
        assert!(line.contains(part), "{line} lacks {part}");
    }
    let stored = kept(&app).await.remove(0);
    assert_eq!((stored.name.as_str(), stored.shared, stored.deleted), ("Harbour nights", true, false));
    let track = |title: &str, url: &str, seconds: Option<i64>| serde_json::json!({"title": title, "url": url, "seconds": seconds});
    let tracks = [
        track("Tide", "https://youtu.be/tide", Some(185)),
        track("", "https://harbour.bandcamp.com/track/gulls", None),
    ];
    assert_eq!(stored.tracks(), serde_json::json!(tracks));
    let log = deeds(&app).await;
    let (did, before, after) = &log[0];
    assert_eq!((log.len(), did.as_str(), before), (1, "playlist-create", &serde_json::Value::Null));
    assert_eq!((&after["label"], &after["tracks"]), (&"Harbour nights".into(), &stored.tracks()));
    assert!(answer.location().ends_with(after["id"].as_str().unwrap()));
    assert_eq!(stored.revision, stored.sent_revision, "the bot has it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_is_renamed_and_made_its_owners_own_with_both_sides_in_the_log() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let path = makes(&mut mira, "Old", &["https://youtu.be/a"]).await;
    let first = kept(&app).await.remove(0);
    let form = without(edited(opens(&mut jonas, &path).await, &[("name", "New")]), "shared");
    let page = jonas.post(&path, &form).await;
    let page = jonas.follows(&page).await;
    assert!(said(&page, "#flash").contains("New is saved") && page.main().contains("Made by"), "{}", page.main());
    let second = kept(&app).await.remove(0);
    assert_eq!((second.name.as_str(), second.shared, second.tracks()), ("New", false, first.tracks()));
    assert!(second.revision > first.revision && second.sent_revision == second.revision);
    let (did, before, after) = deeds(&app).await.remove(1);
    assert_eq!(did, "playlist-update");
    assert_eq!((&before["name"], &after["name"], &after["shared"]), (&"Old".into(), &"New".into(), &false.into()));
    let line = jonas.get(&at("/playlists")).await.text("#playlists .log-entry");
    assert!(line.contains("Own") && line.contains("Mira"), "the owner stays: {line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saving_what_is_there_already_writes_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Same", &["https://youtu.be/a"]).await;
    let before = kept(&app).await;
    let page = sends(&mut mira, &path, &[]).await;
    let page = mira.follows(&page).await;
    assert!(said(&page, "#flash").contains("Nothing to save"), "{}", said(&page, "#flash"));
    assert_eq!((kept(&app).await, deeds(&app).await.len()), (before, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_is_wrong_is_said_at_its_field_and_all_that_was_typed_is_kept() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (name, title) = ("n".repeat(101), "t".repeat(257));
    let wrong = [
        ("name", name.as_str(), "Shorten this to 100"),
        ("tracks.0.title", &title, "Shorten this to 256"),
        ("tracks.0.url", "http://youtu.be/a", "starts with https://"),
        ("tracks.0.seconds", "86401", "from 0 to 86,400"),
        ("tracks.1.url", "https://radio.example/a", "radio.example is not a site"),
        ("tracks.1.seconds", "3:20", "whole number"),
        ("tracks.2.url", "", "Type the track's address"),
        ("tracks.3.url", "https://user@youtu.be/a", "starts with https://"),
        ("tracks.4.url", "https://youtu.be:8443/a", "not a site"),
        ("tracks.5.url", "javascript:alert(1)", "starts with https://"),
        ("tracks.6.url", "https://bandcamp.com/a", "not a site"),
    ];
    let mut edits: Vec<(&str, &str)> = wrong.iter().map(|(field, value, _)| (*field, *value)).collect();
    let rest: Vec<String> =
        (1..7).flat_map(|row| [format!("tracks.{row}.title"), format!("tracks.{row}.seconds")]).collect();
    let missing = rest.iter().filter(|field| !wrong.iter().any(|(known, ..)| known == field));
    edits.extend(missing.map(|field| (field.as_str(), "7")));
    let page = sends(&mut mira, &at(NEW), &edits).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    let links = page.attributes("#errors a", "href");
    assert_eq!(links.len(), wrong.len(), "{:?}", page.texts("#errors li"));
    for (field, value, why) in wrong {
        let id = format!("f-{}", field.replace(['.', '_'], "-"));
        assert!(links.contains(&format!("#{id}")), "{field}");
        let note = said(&page, &format!("#{id}-error"));
        assert!(note.to_lowercase().contains(&why.to_lowercase()), "{field}: {note:?}");
        assert_eq!(page.attributes(&format!("#{id}"), "value"), [value], "{field}");
        assert_eq!(page.attributes(&format!("#{id}"), "aria-invalid"), ["true"], "{field}");
    }
    assert_eq!((kept(&app).await.len(), deeds(&app).await.len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_there_once_however_it_is_written_and_free_again_after_a_deletion() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let first = makes(&mut mira, "Straße é", &[]).await;
    for same in ["Straße é", "  STRASSE E\u{301} ", "strasse é"] {
        let page = sends(&mut mira, &at(NEW), &[("name", same)]).await;
        assert_eq!(page.status, 422, "{same}");
        assert!(said(&page, "#f-name-error").contains("Another playlist"), "{}", page.main());
    }
    let second = makes(&mut mira, "Other", &[]).await;
    assert_eq!(sends(&mut mira, &second, &[("name", "straße é")]).await.status, 422);
    assert_eq!(sends(&mut mira, &first, &[("name", "STRASSE é")]).await.status, 303, "its own name");
    assert_eq!(sends(&mut mira, &format!("{first}/deletion"), &[]).await.status, 303);
    assert_eq!(sends(&mut mira, &second, &[("name", "straße é")]).await.status, 303);
    super::makes_on(&mut mira, seed::ARCADE, "Straße é", &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_that_take_one_name_at_once_one_is_made_and_the_others_are_told() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(opens(&mut mira, &at(NEW)).await, &[("name", "Rush")]);
    let saves = (0..6).map(|_| {
        let (mut mira, form) = (mira.clone(), form.clone());
        tokio::spawn(async move { mira.post(&at(NEW), &form).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        statuses.push(save.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422, 422, 422, 422, 422]);
    assert_eq!((kept(&app).await.len(), deeds(&app).await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_without_its_revision_or_with_a_field_twice_saves_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "One", &[]).await;
    let form = without(edited(opens(&mut mira, &path).await, &[("name", "Two")]), "revision");
    let page = mira.post(&path, &form).await;
    assert_eq!(page.status, 422);
    assert!(page.has("#errors") && page.attributes("#f-name", "value") == ["Two"], "{}", page.main());
    let twice = [opens(&mut mira, &path).await, pairs(&[("name", "Two")])].concat();
    mira.post(&path, &twice).await.explains(400, "cannot be understood");
    assert_eq!(kept(&app).await[0].name, "One");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_track_that_was_saved_stays_when_its_site_is_no_longer_allowed() {
    let mut app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &["https://a.bandcamp.com/x", "https://youtu.be/y"]).await;
    app.config.music_hosts = "youtu.be".parse().unwrap();
    app.restart().await;
    let page = mira.get(&path).await;
    assert!(said(&page, "#f-tracks-0-url-warning").contains("not a site"), "{}", page.main());
    let form = edited(page.form(&path), &[("row", "up:tracks.1")]);
    let moved = without(mira.post(&path, &form).await.form(&path), "row");
    let page = mira.post(&path, &edited(moved, &[("name", "Mix 2")])).await;
    assert_eq!(page.status, 303, "{:?}", page.texts("#errors li"));
    assert_eq!(kept(&app).await[0].urls(), ["https://youtu.be/y", "https://a.bandcamp.com/x"]);
    let page = sends(&mut mira, &path, &[("tracks.1.url", "https://a.bandcamp.com/z")]).await;
    assert_eq!(page.status, 422, "what is changed is judged");
}
