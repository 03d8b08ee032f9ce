//! Making a panel: page by page in a draft, saved whole.

use discord_standin::seed::{self, channels, emojis, roles};
use serde_json::json;

use super::*;
use crate::support::app::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_is_made_page_by_page_and_saved_whole() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let list = mira.get(&panels()).await;
    assert!(list.main().contains("No panel yet") && list.has("a[href$='/panels/new']"), "{}", list.main());
    assert!(list.has("nav a[aria-current=page][href$='/panels']"));

    let new = at("new");
    let page = presses(&mut mira, &new, &[("name", "Help desk"), ("color", "#14b8a6")], "add:categories").await;
    let category = page.location().to_owned();
    assert_eq!(category, format!("{new}/categories/new"));
    let form = edited(
        opens(&mut mira, &category).await,
        &[
            ("name", "Billing"),
            ("emoji", ":party:"),
            ("description", "Money matters"),
            ("category_id", &channels::SUPPORT.to_string()),
            ("ping_role_ids", &roles::SUPPORT.to_string()),
            ("row", "add:questions"),
        ],
    );
    let page = mira.post(&category, &form).await;
    assert_eq!(page.status, 200, "{}", page.main());
    assert!(page.text(".notice.tone-note").contains("saved"), "{}", page.main());
    let form = edited(
        page.form(&category),
        &[
            ("questions.0.label", "Which order?"),
            ("questions.0.style", "select"),
            ("questions.0.options", "The first\r\nThe second"),
        ],
    );
    let kept = mira.post(&category, &form).await;
    assert_eq!((kept.status.as_u16(), kept.location()), (303, new.as_str()), "{}", kept.main());
    let page = mira.follows(&kept).await;
    assert!(page.text("#flash").contains("Billing") && page.text("#flash").contains("not saved"));
    assert_eq!(page.attributes("input[name=name]", "value"), ["Help desk"], "what was typed before is still there");
    assert!(page.text("#f-categories-0").contains("One question"), "{}", page.main());
    assert_eq!(app.changes().await.0, 0, "nothing is saved");
    let again = mira.get(&new).await;
    assert!(again.main().contains("have not saved yet"), "the draft is offered: {}", again.main());
    assert!(mira.get(&panels()).await.main().contains("Go on with the new panel"));

    let saved = mira.post(&new, &again.form(&new)).await;
    let id = saved.location().rsplit('/').next().unwrap().to_owned();
    let page = mira.follows(&saved).await;
    assert!(
        page.title().starts_with("Saved:") && page.text("#flash").contains("saved. The bot has it"),
        "{}",
        page.title()
    );
    assert!(!page.main().contains("not saved yet"), "{}", page.main());

    let held = held(&app, &id).await.unwrap();
    assert_eq!((&held["id"], &held["name"]), (&json!(id), &json!("Help desk")));
    assert!(held["revision"].as_i64().unwrap() > 0);
    assert_eq!(held["embed"]["color"], "#14b8a6");
    assert_eq!((&held["componentType"], &held["buttonStyle"]), (&json!("BUTTONS"), &json!("PRIMARY")));
    let category = &held["categories"][0];
    assert_eq!(category["emoji"], json!(format!("<a:party:{}>", emojis::PARTY)));
    assert_eq!(category["pingRoleIds"], json!([roles::SUPPORT.to_string()]));
    assert_eq!(category["categoryId"], json!(channels::SUPPORT.to_string()));
    assert_eq!(category["namingTemplate"], "ticket-{number}");
    assert_eq!(
        category["questions"][0],
        json!({"label": "Which order?", "style": "SELECT", "required": true, "placeholder": "", "minLength": 0,
               "maxLength": 1000, "options": ["The first", "The second"]})
    );
    let log = log(&app).await;
    assert_eq!((log.len(), log[0].0.as_str(), &log[0].1), (1, "panel-create", &None));
    assert_eq!(log[0].2.as_ref().unwrap()["label"], "Help desk");
    let list = mira.get(&panels()).await;
    assert!(list.main().contains("Help desk") && list.main().contains("Billing") && list.main().contains("Not posted"));
    assert_eq!(list.attributes("#panels", "data-live"), ["panels"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn categories_are_edited_moved_and_removed_and_nothing_changes_before_the_save() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let path = at(&id);
    for name in ["Second", "Third"] {
        assert_eq!(adds(&mut mira, &path, &[("name", name)]).await.status, 303, "{name}");
    }
    let names = |page: &Page| page.texts("#f-categories h3");
    let page = presses(&mut mira, &path, &[("title", "Changed")], "up:categories.2").await;
    assert_eq!(
        (page.status.as_u16(), names(&page)),
        (200, vec!["Billing".to_owned(), "Third".into(), "Second".into()])
    );
    assert_eq!(page.attributes("input[name=title]", "value"), ["Changed"]);
    let page = presses(&mut mira, &path, &[], "remove:categories.0").await;
    assert_eq!(names(&page), ["Third", "Second"]);
    let page = presses(&mut mira, &path, &[], "down:categories.0").await;
    assert_eq!(names(&page), ["Second", "Third"]);
    for nonsense in ["down:categories.1", "up:categories.0", "remove:categories.7", "edit:nothing", "", "add:"] {
        let page = presses(&mut mira, &path, &[], nonsense).await;
        assert_eq!(
            (page.status.as_u16(), names(&page)),
            (200, vec!["Second".to_owned(), "Third".into()]),
            "{nonsense}"
        );
    }
    let edit = presses(&mut mira, &path, &[], "edit:categories.1").await;
    let there = edit.location().to_owned();
    assert_eq!(there, format!("{path}/categories/2"));
    let form = opens(&mut mira, &there).await;
    assert!(form.contains(&("name".into(), "Third".into())));
    // Another tab moves it before this one is kept: it is still the one that changes.
    presses(&mut mira, &path, &[], "up:categories.1").await;
    let kept = mira.post(&there, &edited(form, &[("name", "Last")])).await;
    assert_eq!(names(&mira.follows(&kept).await), ["Last", "Second"]);
    let before = held(&app, &id).await.unwrap();
    assert_eq!(before["categories"].as_array().unwrap().len(), 1, "the bot knows nothing of it yet");
    assert_eq!(saves(&mut mira, &id, &[]).await.status, 303);
    let after = held(&app, &id).await.unwrap();
    assert_eq!(after["categories"][0]["name"], "Last");
    assert_eq!(after["embed"]["title"], "Changed");
    assert!(after["revision"].as_i64() > before["revision"].as_i64());
    assert_eq!(log(&app).await[1].0, "panel-update");
    assert_eq!(mira.get(&format!("{path}/categories/9")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_its_persons_own_and_can_be_discarded() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let id = makes(&mut mira, "Help").await;
    adds(&mut mira, &at(&id), &[("name", "Mine")]).await;
    assert!(mira.get(&at(&id)).await.main().contains("have not saved yet"));
    assert!(!jonas.get(&at(&id)).await.main().contains("Mine"), "nobody else sees it");
    let there = format!("{}/discarding", at(&id));
    let asked = mira.get(&there).await;
    assert!(asked.main().contains("Help") && asked.main().contains("Harbour Club"), "{}", asked.main());
    let gone = mira.post(&there, &asked.form(&there)).await;
    assert_eq!((gone.status.as_u16(), gone.location()), (303, at(&id).as_str()));
    let page = mira.follows(&gone).await;
    assert!(!page.main().contains("Mine") && page.main().contains("Billing"), "{}", page.main());
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_kept_for_a_day() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    adds(&mut mira, &at("new"), &[("name", "Mine")]).await;
    app.clock.advance(std::time::Duration::from_secs(24 * 60 * 60 - 60));
    assert!(mira.get(&at("new")).await.main().contains("Mine"));
    app.clock.advance(std::time::Duration::from_secs(120));
    assert!(!mira.get(&at("new")).await.main().contains("Mine"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saving_what_is_so_already_saves_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let answer = saves(&mut mira, &id, &[]).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("Nothing to save"));
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_preview_shows_the_panel_as_discord_would() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let path = format!("{}/preview", at(&id));
    let shows = async |mira: &mut Visitor, edits: &[(&str, &str)]| {
        let form = edited(opens(mira, &at(&id)).await, edits);
        mira.post(&path, &form).await
    };
    let page = shows(&mut mira, &[("title", "Ask us"), ("image_url", "https://example.com/a.png")]).await;
    assert_eq!(page.status, 200, "{}", page.main());
    assert!(page.text(".preview .embed-title").contains("Ask us"));
    assert_eq!(page.texts(".preview .offer-button"), ["Billing"]);
    assert!(page.text(".preview .remote").contains("example.com") && !page.has(".preview img"), "nothing is loaded");
    assert!(!page.has(".preview button, .preview select, .preview a"), "nothing of it takes the focus");
    let page = shows(&mut mira, &[("component_type", "select"), ("select_placeholder", "What is it?")]).await;
    assert!(page.text(".preview .offer-select").contains("What is it?"), "{}", page.main());
    let page = shows(&mut mira, &[("name", "")]).await;
    assert!(page.has(".preview"), "its name is not in the message");
    assert!(page.form(&at(&id)).contains(&("name".into(), String::new())), "and is nothing but what was typed");
    let page = shows(&mut mira, &[("color", "blue")]).await;
    assert_eq!((page.status.as_u16(), page.has(".preview")), (200, false));
    assert!(!mira.get(&at(&id)).await.main().contains("have not saved yet"), "a preview keeps nothing");
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_panel_is_gone_here_and_for_the_bot() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let there = format!("{}/deletion", at(&id));
    let asked = mira.get(&there).await;
    assert!(asked.main().contains("Help") && asked.main().contains("Harbour Club"), "{}", asked.main());
    assert!(!asked.main().contains("removes its message"), "it is not posted");
    let form = asked.form(&there);
    assert_eq!(saves(&mut mira, &id, &[("title", "Meanwhile")]).await.status, 303);
    let answer = mira.post(&there, &form).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("nothing was deleted"));
    let form = mira.get(&there).await.form(&there);
    let gone = mira.post(&there, &form).await;
    assert_eq!((gone.status.as_u16(), gone.location()), (303, panels().as_str()));
    assert!(mira.follows(&gone).await.main().contains("No panel yet"));
    eventually("the bot's copy is gone", || async { held(&app, &id).await.is_none() }).await;
    let log = log(&app).await;
    assert_eq!((log[2].0.as_str(), &log[2].2), ("panel-delete", &None));
    for tail in ["", "/deletion", "/categories/1", "/removal"] {
        assert_eq!(mira.get(&format!("{}{tail}", at(&id))).await.status, 404, "{tail}");
    }
    assert_eq!(makes(&mut mira, "Help").await.len(), 36, "its name is free again");
}
