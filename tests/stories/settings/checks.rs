//! What a save would say, asked by a script while somebody fills in a form.

use discord_standin::seed;
use guildhall::settings::module::ModuleKey;
use guildhall::settings::view::element_id;
use seed::{channels, roles};

use super::{Pairs, error_at, leaves, module, warning_at, with};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::page::Page;
use crate::support::visitor::{settings, without};

fn check(module: &str) -> String {
    format!("{}/check", settings(module))
}

/// The ids of the fields of which something is said.
fn fields(page: &Page) -> Vec<String> {
    let mut ids = page.attributes("[data-notes]", "data-notes");
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_says_at_each_field_what_a_save_would_say_and_saves_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let bad = "\u{1}{no_such_placeholder}<b>";
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form = mira.opens(name).await;
        let paths: Vec<String> = leaves(module(name).fields(), "").into_iter().map(|(path, _)| path).collect();
        let wrong: Pairs = form
            .iter()
            .map(|(field, value)| (field.clone(), if paths.contains(field) { bad.to_owned() } else { value.clone() }))
            .collect();
        let (said, refused) = (mira.post(&check(name), &wrong).await, mira.post(&settings(name), &wrong).await);
        assert_eq!((said.status.as_u16(), refused.status.as_u16()), (200, 422), "{name}");
        assert_eq!(said.header("cache-control"), "no-store");
        assert!(fields(&said).len() > 10, "{name}: {:?}", fields(&said));
        for path in &paths {
            assert_eq!(error_at(&said, path), error_at(&refused, path), "{name}: {path}");
            assert_eq!(warning_at(&said, path), warning_at(&refused, path), "{name}: {path}");
            let listed = fields(&said).contains(&element_id(path));
            assert_eq!(listed, !(error_at(&said, path) + &warning_at(&said, path)).is_empty(), "{name}: {path}");
        }
        assert!(!said.has("b") && !said.has("html[lang]"), "a fragment, and what is typed is no markup");
        assert!(!mira.post(&check(name), &form).await.has(".tone-bad"), "{name}: nothing is wrong with what is saved");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_across_fields_rows_and_warnings_are_said_with_the_labels_of_their_fields() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = with(
        &mira.opens("giveaway").await,
        &[
            ("blocked_role_ids", &roles::MEMBER.to_string()),
            ("required_role_ids", &roles::MEMBER.to_string()),
            ("bonus_entries.3.role_id", &roles::DJ.to_string()),
            ("bonus_entries.3.entries", "99"),
        ],
    );
    let page = mira.post(&check("giveaway"), &form).await;
    assert_eq!(fields(&page), ["f-blocked-role-ids", "f-bonus-entries-0-entries"], "rows are numbered as on the page");
    let told = page.attributes("[data-notes=f-bonus-entries-0-entries]", "data-announce").remove(0);
    assert!(told.contains("Extra entries: ") && told.ends_with("1 to 10."), "{told}");

    let form = with(&mira.opens("music").await, &[("max_volume", "0"), ("default_volume", "0")]);
    let page = mira.post(&check("music"), &form).await;
    assert_ne!(warning_at(&page, "max_volume"), "");
    assert_eq!(error_at(&page, "max_volume"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_have_been_made_just_now_is_not_said_to_be_missing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("giveaway").await;
    let channel = app.discord.edit(|world| world.delete_channel(channels::GIVEAWAYS));
    channel.unwrap();
    app.clock.advance(std::time::Duration::from_secs(61));
    let form = with(&form, &[("default_channel_id", &channels::GIVEAWAYS.to_string()), ("button_emoji", ":new:")]);
    app.discord.clear_requests();
    assert_eq!(fields(&mira.post(&check("giveaway"), &form).await), [""; 0]);
    let page = mira.post(&settings("giveaway"), &form).await;
    assert_ne!(error_at(&page, "default_channel_id"), "", "the save has asked Discord");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_keeps_nothing_for_who_is_signed_out_or_has_no_token() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = with(&mira.opens("music").await, &[("default_volume", "33")]);
    let bare = mira.post(&check("music"), &without(form.clone(), "csrf_token")).await;
    assert_eq!(bare.status, 403);
    let token: Pairs = form.iter().filter(|(name, _)| name == "csrf_token").cloned().collect();
    let mut tab = mira.clone();
    mira.post("/logout", &token).await;
    let page = tab.post(&check("music"), &form).await;
    page.explains(401, "signed out");
    assert!(!page.has("input[name=default_volume]"), "{}", page.main());
    let mut again = app.mira().await;
    let page = again.get(&format!("{}?draft=1", settings("music"))).await;
    assert!(!page.main().contains("before you signed in again"), "a script's question is no draft");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn checks_have_a_limit_that_no_page_meets_and_nobody_sees() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let form = with(&mira.opens("music").await, &[("default_volume", "33")]);
    let mut seen = Vec::new();
    for _ in 0..40 {
        let page = mira.post(&check("music"), &form).await;
        assert!(page.status != 429 || !page.keeps_form(&check("music")), "nothing is sent back");
        seen.push(page.status.as_u16());
    }
    // Two a second for more than ten seconds.
    assert_eq!(seen[..25], [200; 25]);
    assert!(seen.contains(&429), "{seen:?}");
    let preview = format!("{}/preview", settings("music"));
    assert_eq!(mira.post(&preview, &form).await.status, 200, "previews are counted by themselves");
    assert_eq!(mira.post(&settings("music"), &form).await.status, 303, "and so are saves");
}
