//! In which words a change is told: every setting of every module, and no id in any of them.

use guildhall::settings::module::ModuleKey;

use super::{compared, log, opens, saves};
use crate::settings::full::entries;
use crate::settings::{module, replaced};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::settings;

/// No text of the main part holds a run of digits as long as Discord's ids are.
fn assert_no_ids(page: &Page) {
    let text = page.main();
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    assert!(longest < 15, "an id on {}: {text}", page.title());
    assert!(!text.contains("camelCase") && !text.contains("null"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_setting_of_every_module_is_told_by_its_label_and_in_words() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let words = guildhall::web::words::Words::default();
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form =
            entries(name).iter().fold(mira.opens(name).await, |form, entry| replaced(&form, entry.field, &entry.pairs));
        assert_eq!(mira.post(&settings(name), &form).await.status, 303, "{name}");
        let list = mira.get(&log()).await;
        assert_no_ids(&list);
        assert!(list.text(".log-facts").contains("more settings"), "{}", list.text(".log-facts"));
        let page = opens(&mut mira, 0).await;
        assert_no_ids(&page);
        assert!(!page.has(".unchanged"), "everything has changed");
        let labels: Vec<String> = compared(&page).into_iter().map(|(label, ..)| label).collect();
        for field in module(name).fields() {
            let label = words.t(&field.words(name));
            let told = labels.iter().any(|told| *told == label || told.starts_with(&format!("{label}: ")));
            let rows = matches!(field.kind, guildhall::settings::fields::Kind::Rows { .. });
            assert!(told || rows, "{name} {}: {labels:?}", field.name);
        }
        for (label, before, after) in compared(&page) {
            assert!(!label.is_empty() && !before.is_empty() && !after.is_empty(), "{label}: {before} / {after}");
            assert!(!label.contains(&format!("{name}-")) && !after.contains(&format!("{name}-")), "{label}: {after}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_rows_and_messages_are_summed_up_in_the_list() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    use discord_standin::seed::{channels, roles};
    saves(
        &mut mira,
        "tempvoice",
        &[
            ("creators.0.creator_channel_id", &channels::LOBBY.to_string()),
            ("creators.0.category_id", &channels::TEMPORARY_ROOMS.to_string()),
            ("creators.0.name_template", "{user}'s cabin"),
            ("creators.0.user_limit", "0"),
            ("creators.0.privacy", "open"),
        ],
    )
    .await;
    let facts = |page: &Page| page.texts(".log-entry:first-child .log-facts li");
    assert_eq!(facts(&mira.get(&log()).await), ["Creator 1 : added"]);
    saves(&mut mira, "tempvoice", &[("creators.0.user_limit", "5")]).await;
    assert_eq!(facts(&mira.get(&log()).await), ["Creator 1: Places in a room from 0 members → to 5 members"]);
    saves(&mut mira, "tempvoice", &[("log_channel_id", &channels::GENERAL.to_string())]).await;
    assert_eq!(facts(&mira.get(&log()).await), ["Log channel from None → to general"]);

    saves(&mut mira, "music", &[("dj_role_ids", &roles::DJ.to_string())]).await;
    let said = facts(&mira.get(&log()).await);
    assert!(said[0].ends_with("added: DJ"), "{said:?}");
    saves(&mut mira, "tickets", &[("welcome_message.content", "Hi")]).await;
    let said = facts(&mira.get(&log()).await);
    assert!(said[0].ends_with("message changed"), "{said:?}");
    saves(&mut mira, "tickets", &[("naming_template", &"x{number}".repeat(9))]).await;
    assert_eq!(facts(&mira.get(&log()).await).len(), 1);
}
