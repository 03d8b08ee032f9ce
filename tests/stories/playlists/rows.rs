//! The buttons of the tracks: each posts the same form, which comes back changed and unsaved.

use super::{at, kept, makes, opens, said};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, without};

const THREE: [&str; 3] = ["https://youtu.be/a", "https://youtu.be/b", "https://youtu.be/c"];

async fn presses(mira: &mut Visitor, path: &str, form: &[(String, String)], button: &str) -> Page {
    mira.post(path, &edited(form.to_vec(), &[("row", button)])).await
}

/// The last letters of the addresses on a page, in their order.
fn order(page: &Page) -> String {
    let urls = page.attributes("input[name$='.url']", "value");
    urls.iter().map(|url| url.chars().last().unwrap_or('-')).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tracks_are_added_removed_and_moved_without_being_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Order", &THREE).await;
    let before = kept(&app).await;
    let form = edited(opens(&mut mira, &path).await, &[("name", "Typed"), ("move_from", "3"), ("move_to", "1")]);
    let expected = [
        ("up:tracks.2", "acb"),
        ("down:tracks.0", "bac"),
        ("remove:tracks.1", "ac"),
        ("add:tracks", "abc-"),
        ("move:tracks", "cab"),
        ("up:tracks.0", "abc"),
        ("remove:tracks.9", "abc"),
        ("nonsense", "abc"),
    ];
    for (button, wanted) in expected {
        let page = presses(&mut mira, &path, &form, button).await;
        assert_eq!((page.status.as_u16(), order(&page)), (200, wanted.to_owned()), "{button}");
        assert!(page.main().contains("Nothing is saved yet"), "{}", page.main());
        assert_eq!(page.attributes("#f-name", "value"), ["Typed"], "{button}");
    }
    assert_eq!(kept(&app).await, before);
    let moved = without(presses(&mut mira, &path, &form, "move:tracks").await.form(&path), "row");
    assert_eq!(mira.post(&path, &moved).await.status, 303);
    assert_eq!(kept(&app).await[0].urls(), [THREE[2], THREE[0], THREE[1]]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_to_nowhere_is_refused_with_what_was_typed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Order", &THREE).await;
    for (from, to) in [("4", "1"), ("1", "0"), ("", "2"), ("x", "y")] {
        let form = edited(opens(&mut mira, &path).await, &[("move_from", from), ("move_to", to)]);
        let page = presses(&mut mira, &path, &form, "move:tracks").await;
        assert_eq!((page.status.as_u16(), order(&page)), (422, "abc".to_owned()), "{from} {to}");
        assert!(said(&page, "#errors").contains("both from 1 to 3"), "{}", said(&page, "#errors"));
        assert_eq!(page.attributes("#move-from, #move-to", "value"), [from, to]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_button_saves_and_each_other_one_leads_back_to_its_row() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Order", &THREE).await;
    let page = mira.get(&path).await;
    assert!(page.text("form.settings button").contains("Save"), "Enter saves");
    let buttons = page.attributes("form.settings button[name=row]", "value");
    let targets = page.attributes("form.settings button[name=row]", "formaction");
    assert_eq!(buttons.len(), targets.len());
    let target = |button: &str| {
        let place = buttons.iter().position(|one| one == button).unwrap();
        targets[place].strip_prefix(&path).unwrap().to_owned()
    };
    assert_eq!(target("down:tracks.0"), "#track-1");
    assert_eq!(target("up:tracks.2"), "#track-1");
    assert_eq!(target("add:tracks"), "#track-3");
    assert_eq!(target("remove:tracks.1"), "#f-tracks");
    let added = presses(&mut mira, &path, &page.form(&path), "add:tracks").await;
    assert_eq!(added.attributes("#track-3 input", "value"), ["", "", ""]);
    let new = mira.get(&at(super::NEW)).await;
    assert!(!new.has("#move-from"), "there is nothing to move yet");
}
