//! The forms that are not a module's settings: what they say is not saved, and what a check says at their fields.

use discord_standin::seed;

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};
use crate::{giveaways, panels, playlists};

/// A form: its page, where it posts, where a check of it posts, a field to get wrong and what to put there.
struct Form {
    page: String,
    action: String,
    check: String,
    field: &'static str,
    wrong: &'static str,
    /// A setting with nothing wrong in it.
    other: &'static str,
}

/// Longer than any name.
const LONG: &str =
    "A name of more than a hundred letters, which is more than a name of anything at all may be long, on any page";

fn at(tail: &str) -> String {
    format!("/guilds/{HARBOUR}{tail}")
}

fn form(page: &str, field: &'static str, wrong: &'static str, other: &'static str) -> Form {
    let page = at(page);
    let check = format!("{page}/check");
    Form { action: page.clone(), page, check, field, wrong, other }
}

async fn forms(app: &TestApp, mira: &mut Visitor) -> Vec<Form> {
    giveaways::insert(app, "g-1", "running", &[("prize", "Hat")]).await;
    let panel = panels::makes(mira, "Help desk").await;
    let playlist = playlists::makes(mira, "Mix", &["https://youtu.be/a"]).await;
    let playlist = playlist.split_once("/playlists").unwrap().1;
    let new = form("/giveaways/new", "winners", "many", "notes");
    vec![
        Form { action: at("/giveaways"), check: at("/giveaways/check"), ..new },
        form("/giveaways/g-1/edit", "winners", "21", "notes"),
        form("/panels/new", "color", "red", "footer"),
        form(&format!("/panels/{panel}"), "color", "red", "footer"),
        form(&format!("/panels/{panel}/categories/1"), "name", "", "description"),
        form("/playlists/new", "name", LONG, "tracks.0.url"),
        form(&format!("/playlists{playlist}"), "tracks.0.url", "http://nowhere.example", "name"),
        form("/rooms/panel", "color", "red", "title"),
        form("/player/panel", "channel_id", "816370501973721199", "title"),
    ]
}

fn saved_names(page: &Page) -> Vec<String> {
    let said = page.attributes("form[data-saved]", "data-saved");
    assert_eq!(said.len(), 1, "{}", page.title());
    let saved: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&said[0]).unwrap();
    saved.into_iter().map(|(name, _)| name).collect()
}

fn setting(field: &str) -> &str {
    field.split(".0.").next().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_form_says_what_is_not_saved_and_is_checked_at_its_fields_and_nothing_comes_of_that() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let all = forms(&app, &mut mira).await;
    let before = app.changes().await.0;
    for Form { page, action, check, field, wrong, other } in all {
        let fresh = mira.get(&page).await;
        assert_eq!(fresh.status, 200, "{page}");
        assert_eq!(saved_names(&fresh), [""; 0], "{page}");
        assert!(fresh.has(".save-bar .unsaved[hidden]"), "{page}");
        assert_eq!(fresh.attributes("form[data-check]", "data-check"), std::slice::from_ref(&check), "{page}");
        let mut typed = edited(fresh.form(&action), &[(field, wrong), (other, "https://youtu.be/b")]);
        if page.ends_with("/playlists/new") {
            typed.extend([("tracks.0.title".into(), String::new()), ("tracks.0.seconds".into(), String::new())]);
        }

        app.discord.clear_requests();
        let checked = mira.post(&check, &typed).await;
        assert_eq!(checked.status, 200, "{check}: {}", checked.main());
        let id = guildhall::settings::view::element_id(field);
        assert_eq!(app.discord_calls(), [""; 0], "{check}");
        let said = checked.text(&format!("#{id}-error"));
        if field == "channel_id" {
            // It may have been made just now.
            assert_eq!(said, "", "{check}");
        } else {
            assert_ne!(said, "", "{check}: {}", checked.body);
        }
        assert!(!checked.has(&format!("#{}-error", guildhall::settings::view::element_id(other))), "{check}");
        assert_eq!(saved_names(&mira.get(&page).await), [""; 0], "{check}: nothing is kept");

        let refused = mira.post(&action, &typed).await;
        assert_eq!(refused.status, 422, "{action}: {}", refused.main());
        assert!(refused.title().starts_with("Error:"), "{}", refused.title());
        assert!(refused.attributes("#errors a", "href").contains(&format!("#{id}")), "{action}: {}", refused.main());
        if !said.is_empty() {
            assert_eq!(refused.text(&format!("#{id}-error")), said, "{action}: the same words");
        }
        let mut changed = vec![setting(field), setting(other)];
        changed.sort_unstable();
        assert_eq!(saved_names(&refused), changed, "{action}");
        assert_eq!(refused.text(".save-bar .unsaved:not([hidden])"), "2 unsaved changes", "{action}");
    }
    assert_eq!(app.changes().await.0, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_of_a_panel_is_counted_against_the_panel_and_dropped_only_after_a_question() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = panels::makes(&mut mira, "Help desk").await;
    panels::adds(&mut mira, &panels::at(&id), &[("name", "Refunds")]).await;
    let page = mira.get(&panels::at(&id)).await;
    assert_eq!(saved_names(&page), ["categories"]);
    assert_eq!(page.text(".save-bar .unsaved:not([hidden])"), "1 unsaved change");
    let discard = page.attributes("[data-unsaved=discard][data-dialog]", "href");
    assert_eq!(discard, [format!("{}/discarding", panels::at(&id))]);
    assert!(page.has("form[data-kept]"), "leaving loses nothing of a draft");
    let theirs = app.signed_in(seed::JONAS).await.get(&panels::at(&id)).await;
    assert_eq!(saved_names(&theirs), [""; 0], "a draft is one person's");
}
