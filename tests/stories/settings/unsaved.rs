//! What of a form differs from what is saved: whatever the page shows, it says what is saved instead.

use std::collections::BTreeMap;

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;
use seed::{channels, roles};

use super::{Pairs, full, leaves, module, replaced, with};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

type Saved = BTreeMap<String, Vec<(String, String)>>;

/// What the page says is saved of the settings that it shows otherwise.
fn saved_by(page: &Page) -> Saved {
    let said = page.attributes("form.settings", "data-saved").remove(0);
    serde_json::from_str(&said).unwrap()
}

fn names(page: &Page) -> Vec<String> {
    saved_by(page).into_keys().collect()
}

/// How many changes a person without script reads of; none: the bar says nothing.
fn counted(page: &Page) -> String {
    page.text(".save-bar .unsaved:not([hidden])")
}

fn pair(name: &str, value: impl ToString) -> Vec<(String, String)> {
    vec![(name.to_owned(), value.to_string())]
}

async fn posts(visitor: &mut Visitor, module: &str, status: u16, edits: &[(&str, &str)]) -> Page {
    let form = with(&visitor.opens(module).await, edits);
    let page = visitor.post(&settings(module), &form).await;
    assert_eq!(page.status, status, "{}", page.main());
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_says_of_every_setting_it_shows_otherwise_what_is_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let fresh = mira.get(&settings(name)).await;
        assert_eq!((saved_by(&fresh), counted(&fresh)), (Saved::new(), String::new()), "{name}");
        assert!(fresh.has(".save-bar [data-unsaved=discard][hidden]") && !fresh.has(".is-changed"), "{name}");

        let form = full::entries(name)
            .iter()
            .fold(fresh.form(&settings(name)), |form, entry| replaced(&form, entry.field, &entry.pairs));
        let page = mira.post(&settings(name), &with(&form, &[("schema", "99")])).await;
        assert_eq!(page.status, 422, "{name}");
        let typed = page.form(&settings(name));
        let before = fresh.form(&settings(name));
        // A list of rows is one setting, and so is each part of a message.
        let of = |form: &[(String, String)], path: &str| {
            let is_of =
                |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            let mut pairs: Pairs = form.iter().filter(|(name, _)| is_of(name)).cloned().collect();
            pairs.sort();
            pairs
        };
        let mut settings: Vec<String> = leaves(module(name).fields(), "")
            .into_iter()
            .map(|(path, _)| path.split(".0.").next().unwrap().to_owned())
            .filter(|path| of(&typed, path) != of(&before, path))
            .collect();
        settings.sort();
        settings.dedup();
        assert!(settings.len() > 10, "{settings:?}");
        assert_eq!(names(&page), settings, "{name}");
        for (setting, mut pairs) in saved_by(&page) {
            pairs.sort();
            assert_eq!(pairs, of(&before, &setting), "{name}: {setting}");
        }
        assert_eq!(counted(&page), format!("{} unsaved changes", settings.len()));
        assert!(page.has("form.settings.is-changed"), "{name}");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_counted_against_what_is_saved_now_by_whomever() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "20"), ("max_queue_size", "77")]).await;
    let opened = mira.opens("music").await;
    let page = posts(&mut mira, "music", 422, &[("default_volume", "loud")]).await;
    assert_eq!(saved_by(&page), Saved::from([("default_volume".into(), pair("default_volume", 20))]));
    assert_eq!(counted(&page), "1 unsaved change");

    app.signed_in(seed::JONAS).await.saves("music", &[("max_queue_size", "88")]).await;
    let revision = app.stored("music").await.unwrap().1;
    let page = mira.post(&settings("music"), &edited(opened.clone(), &[("schema", "99")])).await;
    assert_eq!(saved_by(&page), Saved::from([("max_queue_size".into(), pair("max_queue_size", 88))]));
    assert_eq!(page.attributes("form.settings", "data-revision"), [revision.to_string()]);
    let own = |form: &[(String, String)]| form.iter().find(|(name, _)| name == "revision").cloned();
    assert_eq!(own(&page.form(&settings("music"))), own(&opened), "the form is still one of what was opened");

    let (form, member) = (mira.opens("giveaway").await, roles::MEMBER.to_string());
    let form = with(&form, &[("blocked_role_ids", &member), ("default_channel_id", &channels::GIVEAWAYS.to_string())]);
    let there = format!("{}/preview", settings("giveaway"));
    let page = mira.post(&there, &with(&form, &[("preview", "start_message")])).await;
    assert_eq!(names(&page), ["blocked_role_ids", "default_channel_id"], "a preview saves nothing");
    assert_eq!(saved_by(&page)["blocked_role_ids"], [], "nothing was chosen");
    let page = mira.post(&settings("giveaway"), &with(&form, &[("row", "add:bonus_entries")])).await;
    assert_eq!(names(&page), ["blocked_role_ids", "bonus_entries", "default_channel_id"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_restored_or_comes_back_after_signing_in_differs_from_what_is_saved_too() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "33"), ("autoplay", "on")]);
    let token: Pairs = form.iter().filter(|(name, _)| name == "csrf_token").cloned().collect();
    let mut tab = mira.clone();
    mira.post("/logout", &token).await;
    assert_eq!(tab.post(&settings("music"), &form).await.status, 401);
    let page = app.mira().await.get(&format!("{}?draft=1", settings("music"))).await;
    assert_eq!(names(&page), ["autoplay", "default_volume"]);
    assert_eq!(counted(&page), "2 unsaved changes");
    assert_eq!(page.attributes("[data-unsaved=discard]", "href"), [settings("music")], "the way back without script");
}
