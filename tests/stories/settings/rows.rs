//! Lists of rows without a script: buttons that post the form, which comes back changed and unsaved.

use discord_standin::seed;
use guildhall::modules;
use guildhall::settings::module::ModuleKey;
use scraper::{Html, Selector};
use seed::{channels, roles};

use super::full::entries;
use super::{Pairs, replaced, typed, with};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

/// Presses a button of a list, and gives the form as it comes back.
async fn press(visitor: &mut Visitor, name: &str, form: &[(String, String)], button: &str) -> (Page, Pairs) {
    let mut form = form.to_vec();
    form.push(("row".to_owned(), button.to_owned()));
    let page = visitor.post(&settings(name), &form).await;
    assert_eq!(page.status, 200, "{button}: {}", page.main());
    assert!(page.main().contains("Nothing is saved yet"), "{}", page.main());
    assert!(!page.has("#errors"), "nobody asked for a judgement yet");
    let form = page.form(&settings(name));
    (page, form)
}

fn of<'f>(form: &'f [(String, String)], name: &str) -> &'f str {
    form.iter().find(|(field, _)| field == name).map_or("(absent)", |(_, value)| value)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_added_filled_moved_and_removed_while_everything_typed_stays() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let opened = with(&mira.opens("giveaway").await, &[("button_text", ""), ("claim_hours", "lots")]);
    let (page, form) = press(&mut mira, "giveaway", &opened, "add:bonus_entries").await;
    assert_eq!((of(&form, "bonus_entries.0.role_id"), of(&form, "bonus_entries.0.entries")), ("", "1"));
    assert_eq!((of(&form, "button_text"), of(&form, "claim_hours")), ("", "lots"), "what is wrong is kept too");
    assert!(!page.has("button[value=\"up:bonus_entries.0\"]"), "a row alone cannot move");

    let (_, form) = press(&mut mira, "giveaway", &form, "add:bonus_entries").await;
    let (dj, member) = (roles::DJ.to_string(), roles::MEMBER.to_string());
    let form = with(
        &form,
        &[
            ("bonus_entries.0.role_id", &dj),
            ("bonus_entries.0.entries", "3"),
            ("bonus_entries.1.role_id", &member),
            ("bonus_entries.1.entries", "x"),
        ],
    );
    let (page, moved) = press(&mut mira, "giveaway", &form, "up:bonus_entries.1").await;
    assert_eq!((of(&moved, "bonus_entries.0.role_id"), of(&moved, "bonus_entries.0.entries")), (member.as_str(), "x"));
    assert_eq!((of(&moved, "bonus_entries.1.role_id"), of(&moved, "bonus_entries.1.entries")), (dj.as_str(), "3"));
    assert!(page.has("button[value=\"down:bonus_entries.0\"]") && page.has("button[value=\"up:bonus_entries.1\"]"));
    let (_, back) = press(&mut mira, "giveaway", &moved, "down:bonus_entries.0").await;
    assert_eq!(typed(&back), typed(&form));
    let (_, fewer) = press(&mut mira, "giveaway", &back, "remove:bonus_entries.1").await;
    assert_eq!(
        (of(&fewer, "bonus_entries.0.role_id"), of(&fewer, "bonus_entries.1.role_id")),
        (dj.as_str(), "(absent)")
    );
    let (_, none) = press(&mut mira, "giveaway", &fewer, "remove:bonus_entries.0").await;
    assert_eq!(typed(&none), typed(&opened), "as it was before");
    assert_eq!(app.changes().await, (0, 0));

    let good = with(&fewer, &[("button_text", "Go"), ("claim_hours", "1")]);
    assert_eq!(mira.post(&settings("giveaway"), &good).await.status, 303);
    assert_eq!(
        app.stored("giveaway").await.unwrap().0["bonusEntries"],
        serde_json::json!([{"roleId": dj, "entries": 3}])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_row_of_each_list_begins_as_it_should() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tempvoice").await;
    let (_, form) = press(&mut mira, "tempvoice", &form, "add:creators").await;
    assert_eq!(of(&form, "creators.0.name_template"), "{user}'s room");
    assert_eq!((of(&form, "creators.0.user_limit"), of(&form, "creators.0.privacy")), ("0", "open"));
    assert_eq!((of(&form, "creators.0.creator_channel_id"), of(&form, "creators.0.category_id")), ("", ""));
    for key in ModuleKey::ALL {
        for template in modules::module(key).fields().filter(|field| field.parts().is_some()) {
            let (name, list) = (key.as_str(), format!("{}.embed.fields", template.name));
            let form = mira.opens(name).await;
            let (_, form) = press(&mut mira, name, &form, &format!("add:{list}")).await;
            assert_eq!((of(&form, &format!("{list}.0.name")), of(&form, &format!("{list}.0.value"))), ("", ""));
            assert_eq!(of(&form, &format!("{list}.0.inline")), "(absent)", "{list}: a new box is not ticked");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_list_takes_no_more_and_nonsense_does_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut form = mira.opens("tempvoice").await;
    for row in 0..10 {
        let page;
        (page, form) = press(&mut mira, "tempvoice", &form, "add:creators").await;
        assert_eq!(page.has("button[value=\"add:creators\"]"), row < 9, "{row}");
    }
    for nonsense in [
        "add:creators",
        "up:creators.0",
        "down:creators.9",
        "remove:creators.10",
        "remove:creators",
        "add:enabled",
        "",
        "add:",
        "explode:creators.1",
        "up:creators.18446744073709551616",
        "add:creators.0",
    ] {
        let (_, after) = press(&mut mira, "tempvoice", &form, nonsense).await;
        assert_eq!(typed(&after), typed(&form), "{nonsense}");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_with_gaps_in_their_numbers_are_taken_in_their_order() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tempvoice").await;
    let row = |number: &str, channel: discord_standin::Id| -> Pairs {
        let pairs = [
            ("creator_channel_id", channel.to_string()),
            ("category_id", channels::VOICE_ROOMS.to_string()),
            ("name_template", "{user}".to_owned()),
            ("user_limit", "0".to_owned()),
            ("privacy", "open".to_owned()),
        ];
        pairs.into_iter().map(|(name, value)| (format!("creators.{number}.{name}"), value)).collect()
    };
    let rows = [row("9", channels::LOUNGE), row("2", channels::LOBBY), row("100", channels::MUSIC_BAR)].concat();
    let answer = mira.post(&settings("tempvoice"), &replaced(&form, "creators", &rows)).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let stored = app.stored("tempvoice").await.unwrap().0;
    let order: Vec<&str> = (0..3).map(|row| stored["creators"][row]["creatorChannelId"].as_str().unwrap()).collect();
    assert_eq!(order, [channels::LOBBY, channels::LOUNGE, channels::MUSIC_BAR].map(|id| id.to_string()));
}

/// Text, name and `formaction` of a form's first button that submits it.
fn first_button(page: &Page, action: &str) -> (String, Option<String>, Option<String>) {
    let html = Html::parse_document(&page.body);
    let forms = Selector::parse("form").unwrap();
    let buttons =
        Selector::parse("button:not([type]), button[type=submit], input[type=submit], input[type=image]").unwrap();
    let form = html.select(&forms).find(|form| form.attr("action") == Some(action)).unwrap();
    let button = form.select(&buttons).next().unwrap();
    let owned = |name: &str| button.attr(name).map(str::to_owned);
    (button.text().collect::<String>().trim().to_owned(), owned("name"), owned("formaction"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enter_in_a_field_presses_save_on_every_state_of_the_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let (name, path) = (key.as_str(), settings(key.as_str()));
        let opened = mira.opens(name).await;
        let full = entries(name).iter().fold(opened.clone(), |form, entry| replaced(&form, entry.field, &entry.pairs));
        let mut rows = full.clone();
        rows.push(("row".to_owned(), "none".to_owned()));
        let mut wrong = full.clone();
        wrong.retain(|(field, _)| field != "revision");
        let mut stale = full;
        stale.push(("schema".to_owned(), "99".to_owned()));
        stale.retain(|(field, value)| field != "schema" || value == "99");
        for page in [
            mira.get(&path).await,
            mira.post(&path, &rows).await,
            mira.post(&path, &wrong).await,
            mira.post(&path, &stale).await,
            mira.post(&format!("{path}/preview"), &opened).await,
        ] {
            assert_eq!(first_button(&page, &path), ("Save".to_owned(), None, None), "{}", page.title());
        }
    }
}
