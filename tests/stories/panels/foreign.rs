//! Panels of other servers, servers without the bot, and names that want to be something else.

use discord_standin::seed;

use super::*;

const MARKUP: &str = "\"'><img src=x onerror=alert(1)>\u{202e}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_of_another_server_is_nowhere_to_be_found() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let elsewhere = |tail: &str| format!("/guilds/{}/panels/{id}{tail}", seed::HOSTILE);
    for tail in ["", "/categories/1", "/categories/new", "/discarding", "/deletion", "/removal"] {
        let page = mira.get(&elsewhere(tail)).await;
        page.explains(404, "");
        assert!(!page.body.contains("Billing"), "{tail}");
    }
    let token = mira.token().await;
    let form: Pairs = vec![
        ("csrf_token".into(), token),
        ("name".into(), "Mine now".into()),
        ("channel_id".into(), general()),
        ("revision".into(), "1".into()),
    ];
    for tail in ["", "/preview", "/categories/1", "/categories/new", "/discarding", "/deletion", "/posting", "/removal"]
    {
        assert_eq!(mira.post(&elsewhere(tail), &form).await.status, 404, "{tail}");
    }
    for strange in ["0", "..", "%00", "new/categories/0", "new/categories/-1", "new/deletion", "new/removal"] {
        assert_eq!(mira.get(&at(strange)).await.status, 404, "{strange}");
    }
    assert_eq!(log(&app).await.len(), 1);
    assert_eq!(held(&app, &id).await.unwrap()["name"], "Help");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_bot_panels_can_be_read_and_nothing_changed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let id = makes(&mut mira, "Help").await;
    let form = opens(&mut mira, &at(&id)).await;
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(std::time::Duration::from_secs(61));
    for path in [panels(), at(&id), format!("{}/categories/1", at(&id))] {
        let page = mira.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.main().contains("not on this server"), "{path}: {}", page.main());
        let forms = page.has("form.settings");
        assert_eq!(page.has("form.settings fieldset[disabled]") && !page.has(".save-bar"), forms, "{path}");
        assert!(!page.has("a[href$='/panels/new'], a[href$='/deletion'], form[action$='/posting']"), "{path}");
    }
    assert_eq!(mira.post(&at(&id), &form).await.status, 403);
    assert_eq!(log(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_becomes_markup_on_any_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let name = format!("{MARKUP}{}", "W".repeat(40));
    let new = at("new");
    let kept = adds(&mut mira, &new, &[("name", &name), ("description", MARKUP)]).await;
    let mut pages = vec![mira.follows(&kept).await];
    let form = edited(
        opens(&mut mira, &new).await,
        &[
            ("name", &name),
            ("title", MARKUP),
            ("description", MARKUP),
            ("footer", MARKUP),
            ("select_placeholder", MARKUP),
        ],
    );
    pages.push(mira.post(&format!("{new}/preview"), &form).await);
    let saved = mira.post(&new, &form).await;
    let path = saved.location().to_owned();
    pages.push(mira.follows(&saved).await);
    for tail in ["", "/categories/1", "/discarding", "/deletion", "/removal"] {
        pages.push(mira.get(&format!("{path}{tail}")).await);
    }
    pages.push(mira.get(&panels()).await);
    let mut jonas = app.signed_in(seed::JONAS).await;
    let mine = edited(opens(&mut mira, &path).await, &[("title", &format!("{MARKUP} mine"))]);
    let theirs = edited(opens(&mut jonas, &path).await, &[("title", &format!("{MARKUP} theirs"))]);
    jonas.post(&path, &theirs).await;
    let conflict = mira.post(&path, &mine).await;
    assert_eq!(conflict.status, 409);
    pages.push(conflict);
    for page in &pages {
        assert!(!page.body.contains("<img src=x"), "{}", page.title());
        let texts = page.texts("title, h1, h2, h3, p, li, td, dd, legend, a");
        assert!(texts.iter().all(|text| !text.contains('\u{202e}')), "{}", page.title());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_category_of_another_panel_or_server_is_never_taken_over() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (ours, other) = (makes(&mut mira, "Help").await, makes(&mut mira, "Other").await);
    let category = |panel: &Value| panel["categories"][0]["id"].as_str().unwrap().to_owned();
    let (own, sister) = (category(&held(&app, &ours).await.unwrap()), category(&held(&app, &other).await.unwrap()));
    let stranger = uuid::Uuid::now_v7().to_string();
    let path = at(&ours);
    for foreign in [&sister, &stranger] {
        for (there, name) in [("categories/1", "Taken"), ("categories/new", "Taken again")] {
            let address = format!("{path}/{there}");
            let named = format!("{name} {}", &foreign[24..]);
            let form = edited(opens(&mut mira, &address).await, &[("category", foreign), ("name", &named)]);
            // Sent twice, as by a double click: it is one category all the same.
            for _ in 0..2 {
                let kept = mira.post(&address, &form).await;
                assert_eq!((kept.status.as_u16(), kept.location()), (303, path.as_str()), "{}", kept.main());
            }
        }
    }
    assert_eq!(saves(&mut mira, &ours, &[]).await.status, 303);
    let panel = held(&app, &ours).await.unwrap();
    let ids: Vec<&str> =
        panel["categories"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(!ids.contains(&sister.as_str()) && !ids.contains(&stranger.as_str()), "{ids:?}");
    assert_eq!((ids.len(), ids[0]), (3, own.as_str()), "{panel}");
    assert_eq!(held(&app, &other).await.unwrap()["categories"][0]["name"], "Billing");
}
