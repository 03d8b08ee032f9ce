//! What a panel may not be: every limit, with everything typed kept.

use discord_standin::seed::{self, channels, roles};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_limit_of_a_panel_is_said_at_its_field_and_what_was_typed_is_kept() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let long = |count: usize| "x".repeat(count);
    let wrong: Vec<(&str, String, &str)> = vec![
        ("name", String::new(), "Type something"),
        ("name", long(81), "80"),
        ("title", long(257), "256"),
        ("description", long(4097), "4096"),
        ("footer", long(2049), "2048"),
        ("color", "red".into(), "#rrggbb"),
        ("image_url", "http://example.com/a.png".into(), "https://"),
        ("thumbnail_url", "javascript:alert(1)".into(), "https://"),
        ("component_type", "carousel".into(), "Choose one"),
        ("button_style", "link".into(), "Choose one"),
        ("select_placeholder", long(151), "150"),
    ];
    for (field, value, words) in wrong {
        let page = saves(&mut mira, &id, &[(field, &value)]).await;
        let said = errors(&page);
        assert!(said.len() == 1 && said[0].replace(',', "").contains(words), "{field}: {said:?}");
        let element = format!("f-{}", field.replace('_', "-"));
        assert!(
            page.has(&format!("#{element}-error")) && page.has(&format!("#errors a[href='#{element}']")),
            "{field}"
        );
        let kept = page.form(&at(&id));
        let known = kept.iter().any(|(name, text)| name == field && *text == value);
        assert!(known || field == "component_type" || field == "button_style", "{field}");
        let there = format!("{}/discarding", at(&id));
        let form = mira.get(&there).await.form(&there);
        mira.post(&there, &form).await;
    }
    let (text, footer) = (long(4000), long(2000));
    let page = saves(&mut mira, &id, &[("title", "x"), ("description", &text), ("footer", &footer)]).await;
    assert!(errors(&page)[0].contains("6,000"));
    let page = saves(&mut mira, &id, &[("title", ""), ("description", ""), ("footer", "")]).await;
    assert!(errors(&page)[0].contains("title, a text or an image"));
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_limit_of_a_category_is_said_at_its_field() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let long = |count: usize| "x".repeat(count);
    let there = format!("{}/categories/new", at(&id));
    let wrong: Vec<(&str, String, &str)> = vec![
        ("name", String::new(), "Type something"),
        ("name", long(81), "80"),
        ("name", " BILLING ".into(), "this name"),
        ("description", long(101), "100"),
        ("emoji", "x".into(), ""),
        ("emoji", "<:gone:930194370152497999>".into(), ""),
        ("category_id", channels::GENERAL.to_string(), "kind"),
        ("category_id", "816370565387403999".into(), "deleted"),
        ("naming_template", long(101), "100"),
        ("naming_template", "help".into(), "{number}"),
        ("naming_template", "{nobody}".into(), "{nobody}"),
        ("ping_role_ids", "817301662241787999".into(), ""),
    ];
    for (field, value, words) in wrong {
        let form = edited(opens(&mut mira, &there).await, &[("name", "New"), (field, &value)]);
        let page = mira.post(&there, &form).await;
        let said = errors(&page);
        assert!(said.len() == 1 && said[0].replace(',', "").contains(words), "{field}={value}: {said:?}");
        assert!(page.has(&format!("#f-{}-error", field.replace('_', "-"))), "{field}={value}");
    }
    let mut form = opens(&mut mira, &there).await;
    form.extend((0..11_u64).map(|n| ("ping_role_ids".to_owned(), (817_301_662_241_787_900 + n).to_string())));
    assert!(errors(&mira.post(&there, &form).await).iter().any(|said| said.contains("at most 10")));
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_limit_of_a_question_is_said_at_its_field() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let there = format!("{}/categories/new", at("new"));
    let question: Pairs = [
        ("label", "What?"),
        ("style", "short"),
        ("placeholder", ""),
        ("min_length", "0"),
        ("max_length", "100"),
        ("options", ""),
    ]
    .map(|(name, value)| (format!("questions.0.{name}"), value.to_owned()))
    .into();
    let asks = async |mira: &mut Visitor, edits: &[(&str, &str)]| {
        let mut form = edited(opens(mira, &there).await, &[("name", "Help")]);
        let edits: Vec<(String, &str)> =
            edits.iter().map(|(name, value)| (format!("questions.0.{name}"), *value)).collect();
        let edits: Vec<(&str, &str)> = edits.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        form.extend(edited(question.clone(), &edits));
        mira.post(&there, &form).await
    };
    let (options, label) = ("o\n".repeat(26), "x".repeat(46));
    for (edits, field, words) in [
        (vec![("label", "")], "label", "Type something"),
        (vec![("label", label.as_str())], "label", "45"),
        (vec![("style", "essay")], "style", "Choose one"),
        (vec![("min_length", "4001")], "min_length", "4000"),
        (vec![("max_length", "-1")], "max_length", "4000"),
        (vec![("min_length", "101")], "min_length", "100"),
        (vec![("style", "select"), ("options", "one")], "options", "two"),
        (vec![("style", "select"), ("options", "one\none")], "options", "twice"),
        (vec![("style", "select"), ("options", options.as_str())], "options", "25"),
    ] {
        let page = asks(&mut mira, &edits).await;
        let said = errors(&page);
        assert!(said.len() == 1 && said[0].replace(',', "").contains(words), "{edits:?}: {said:?}");
        assert!(page.has(&format!("#f-questions-0-{}-error", field.replace('_', "-"))), "{edits:?}");
    }
    assert_eq!(asks(&mut mira, &[("style", "select"), ("options", "one\ntwo")]).await.status, 303);
    let mut form = edited(opens(&mut mira, &there).await, &[("name", "Too many")]);
    for n in 0..6 {
        form.extend(question.iter().map(|(name, value)| (name.replace(".0.", &format!(".{n}.")), value.clone())));
    }
    assert!(errors(&mira.post(&there, &form).await)[0].contains("at most 5"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_needs_a_category_and_a_name_of_its_own() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    makes(&mut mira, "Straße").await;
    let form = edited(opens(&mut mira, &at("new")).await, &[("name", "strasse ")]);
    let page = mira.post(&at("new"), &form).await;
    let said = errors(&page);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|one| one.contains("this name")) && said.iter().any(|one| one.contains("Add a category")));
    let kept = mira.get(&at("new")).await;
    assert_eq!(kept.attributes("input[name=name]", "value"), ["strasse "], "what was refused is in the draft");
    for _ in 0..25 {
        let name = uuid::Uuid::new_v4().to_string();
        assert_eq!(adds(&mut mira, &at("new"), &[("name", &name)]).await.status, 303);
    }
    let full = mira.get(&at("new")).await;
    assert!(!full.has("button[value='add:categories']") && full.main().contains("The list is full"));
    let there = format!("{}/categories/new", at("new"));
    let form = edited(opens(&mut mira, &there).await, &[("name", "One more")]);
    assert!(errors(&mira.post(&there, &form).await)[0].contains("25"));
    let form = edited(opens(&mut mira, &at("new")).await, &[("name", "Many")]);
    let saved = mira.post(&at("new"), &form).await;
    assert_eq!(saved.status, 303, "{}", saved.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_is_pinged_only_by_who_may_and_a_stored_one_that_vanished_only_warns() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let host = roles::EVENT_HOST.to_string();
    let there = format!("{}/categories/new", at("new"));
    let form = edited(opens(&mut jonas, &there).await, &[("name", "Events"), ("ping_role_ids", &host)]);
    assert!(errors(&jonas.post(&there, &form).await)[0].contains("Event Host"));
    let id = makes(&mut mira, "Help").await;
    assert_eq!(adds(&mut mira, &at(&id), &[("name", "Events"), ("ping_role_ids", &host)]).await.status, 303);
    assert_eq!(saves(&mut mira, &id, &[]).await.status, 303);
    // It came back unchanged: whoever saves is not asked again.
    assert_eq!(saves(&mut jonas, &id, &[("title", "By Jonas")]).await.status, 303);
    app.discord.edit(|world| world.delete_role(seed::HARBOUR_CLUB, roles::EVENT_HOST)).unwrap();
    app.clock.advance(std::time::Duration::from_secs(61));
    let page = mira.get(&at(&id)).await;
    assert!(page.text(".notice.tone-warning").contains("deleted"), "{}", page.main());
    assert_eq!(saves(&mut mira, &id, &[("title", "Still saves")]).await.status, 303);
}
