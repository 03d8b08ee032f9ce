//! Copying to another server: the same preview without a file, and the target's guard each time anew.

use discord_standin::seed;
use serde_json::Value;

use super::there;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

/// Asks for a copy of these modules to a server.
async fn asks(visitor: &mut Visitor, target: &str, modules: &[&str]) -> Page {
    let page = visitor.get(&there("copy")).await;
    let token = page.form(&there("copy")).into_iter().find(|(name, _)| name == "csrf_token").unwrap();
    let mut form = vec![token, ("target".to_owned(), target.to_owned())];
    form.extend(modules.iter().map(|module| ("module".to_owned(), (*module).to_owned())));
    visitor.post(&there("copy"), &form).await
}

/// What is stored for a module of the Arcade.
async fn stored_there(app: &TestApp, key: &'static str) -> Option<Value> {
    use diesel::prelude::*;
    use guildhall::schema::settings::dsl::*;
    let found = app.parts.db.run(move |conn| {
        let row = settings.find((seed::ARCADE.0.cast_signed(), key));
        Ok::<_, guildhall::db::DbError>(row.select(body).first::<String>(conn).optional()?)
    });
    found.await.unwrap().map(|text| serde_json::from_str(&text).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_are_copied_to_another_server_with_what_has_the_same_name_there() {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.channel_mut(seed::channels::GENERAL).unwrap().name = "chat".into());
    let mut mira = app.mira().await;
    let general = seed::channels::GENERAL.to_string();
    let saved = mira.saves("music", &[("default_volume", "33"), ("request_channel_id", &general)]).await;
    assert_eq!(saved.status, 303);
    let page = mira.get(&there("copy")).await;
    let offered = page.attributes("#target option", "value");
    assert!(offered.contains(&seed::ARCADE.to_string()), "{offered:?}");
    for not in [seed::HARBOUR_CLUB, seed::LIBRARY, seed::WORKSHOP] {
        assert!(!offered.contains(&not.to_string()), "{not} is offered");
    }
    let preview = asks(&mut mira, &seed::ARCADE.to_string(), &["music"]).await;
    assert_eq!(preview.status, 200, "{}", preview.main());
    assert!(preview.main().contains("Pixel Arcade") && preview.main().contains("Harbour Club"), "{}", preview.main());
    let answer = mira.post(&there("copy"), &preview.form(&there("copy"))).await;
    assert_eq!(answer.location(), format!("/guilds/{}", seed::ARCADE), "{}", answer.main());
    let copied = stored_there(&app, "music").await.unwrap();
    let chat = mira.get(&format!("/guilds/{}/settings/music", seed::ARCADE)).await;
    let chosen = chat.attributes("#f-request-channel-id option[selected]", "value");
    assert_eq!(copied["defaultVolume"], 33);
    assert_eq!(copied["requestChannelId"].as_str().map(str::to_owned), chosen.first().cloned());
    assert!(chat.texts("#f-request-channel-id option[selected]")[0].contains("chat"));
    let log = mira.get(&format!("/guilds/{}/changes", seed::ARCADE)).await;
    assert_eq!(log.texts(".log-entry").len(), 1, "the change belongs to the target");
    assert_eq!(app.changes().await.0, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_managed_is_refused_like_one_that_is_not_there() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (target, status) in [
        (seed::LIBRARY.to_string(), 403),
        ("999999999999999999".into(), 403),
        ("arcade".into(), 403),
        (seed::WORKSHOP.to_string(), 403),
        (seed::HARBOUR_CLUB.to_string(), 422),
        (String::new(), 422),
    ] {
        let page = asks(&mut mira, &target, &["music"]).await;
        assert_eq!(page.status, status, "{target}: {}", page.main());
    }
    let page = asks(&mut mira, &seed::ARCADE.to_string(), &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("at least one module"), "{}", page.main());
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_no_longer_manages_the_target_cannot_say_yes() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "33")]).await;
    let preview = asks(&mut mira, &seed::ARCADE.to_string(), &["music"]).await;
    assert_eq!(preview.status, 200, "{}", preview.main());
    let form = preview.form(&there("copy"));
    // A yes for another server than the one that was shown finds nothing.
    let tiny = edited(form.clone(), &[("target", &seed::TINY.to_string())]);
    assert!(mira.post(&there("copy"), &tiny).await.main().contains("too old"));
    // Nor does the same yes as if it were a file's.
    let import = format!("/guilds/{}/settings/import", seed::ARCADE);
    assert!(mira.post(&import, &form).await.main().contains("too old"));
    app.discord.edit(|world| world.set_member_roles(seed::ARCADE, seed::MIRA, &[])).unwrap();
    app.clock.advance(std::time::Duration::from_secs(11));
    mira.post(&there("copy"), &form).await.explains(403, "cannot manage this server");
    assert_eq!(app.changes().await.0, 1);
    assert!(stored_there(&app, "music").await.is_none());
}
