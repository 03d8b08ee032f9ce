//! Importing: a preview that changes nothing, then all modules in one step, or none.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::prelude::*;
use discord_standin::seed::{self, roles};
use serde_json::json;

use super::{changed, confirms, differing, exported, fills_everything, json, there, uploads, uploads_with};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::visitor::{edited, without};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_imported_elsewhere_and_exported_again_is_the_same_file() {
    let (old, new) = (TestApp::start().await, TestApp::start().await);
    let bot = new.bot().await;
    let (mut there_mira, mut mira) = (old.mira().await, new.mira().await);
    fills_everything(&mut there_mira).await;
    let file = exported(&mut there_mira, "").await;
    let preview = uploads(&mut mira, &file).await;
    assert_eq!(differing(&preview).len(), 4, "{}", preview.main());
    assert!(!preview.has("#choices"), "everything is known here: {}", preview.main());
    assert_eq!(new.changes().await.0, 0, "a preview changes nothing");
    let answer = confirms(&mut mira, &preview).await;
    assert_eq!(answer.location(), format!("/guilds/{HARBOUR}"), "{}", answer.main());
    let shown = mira.follows(&answer).await;
    assert!(shown.title().starts_with("Saved:"), "{}", shown.title());
    assert!(shown.text("#flash").contains("4 modules"), "{}", shown.text("#flash"));
    assert_eq!(exported(&mut mira, "").await, file);
    assert_eq!(bot.messages(4).await.len(), 4, "the bot has heard of each");
    let batches = batches(&new).await;
    assert_eq!((batches.len(), batches.iter().collect::<BTreeSet<_>>().len()), (4, 1), "one batch");
    let again = uploads(&mut mira, &file).await;
    assert!(again.main().contains("nothing to import"), "{}", again.main());
}

/// The batch of each change.
async fn batches(app: &TestApp) -> Vec<String> {
    use guildhall::schema::changes::dsl::*;
    let found = app
        .parts
        .db
        .run(|conn| Ok::<_, guildhall::db::DbError>(changes.select(batch_id).load::<Option<String>>(conn)?));
    found.await.unwrap().into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stored_already_is_left_out_and_a_module_can_be_left_out() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "").await, |file| {
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(33);
        file["modules"]["TICKETS"]["settings"]["maxOpenPerUser"] = json!(9);
    });
    let preview = uploads(&mut mira, &file).await;
    assert_eq!(differing(&preview), ["tickets", "music"]);
    assert!(preview.has("form[data-typed]") && preview.has("script[src*=form]"), "leaving it asks");
    let form = preview.form(&there("import"));
    let one: Vec<_> = form.iter().filter(|pair| *pair != &("module".into(), "tickets".into())).cloned().collect();
    assert_eq!(mira.post(&there("import"), &one).await.status, 303);
    assert_eq!(app.changes().await.0, 1);
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 33);
    assert!(app.stored("tickets").await.is_none());
    // What was said yes to is gone: it cannot be sent twice.
    let again = mira.post(&there("import"), &one).await;
    assert_eq!(again.status, 422);
    assert!(again.main().contains("too old"), "{}", again.main());

    let preview = uploads(&mut mira, &file).await;
    let none = without(preview.form(&there("import")), "module");
    let page = mira.post(&there("import"), &none).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#said").contains("at least one module"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_bad_module_keeps_all_of_them_out() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "").await, |file| {
        file["modules"]["GIVEAWAY"]["settings"]["buttonText"] = json!("Join");
        file["modules"]["MUSIC"]["settings"]["djOnly"] = json!(true);
    });
    let preview = uploads(&mut mira, &file).await;
    assert!(preview.text("#errors").contains("Music"), "said before the yes: {}", preview.main());
    let answer = confirms(&mut mira, &preview).await;
    assert_eq!(answer.status, 422);
    assert!(answer.title().starts_with("Error:"), "{}", answer.title());
    let wrong = answer.text("section[data-module=music] .tone-bad");
    assert!(wrong.contains("DJ roles") && wrong.contains("Choose a DJ role"), "{wrong}");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn if_somebody_has_saved_since_the_preview_nothing_is_written() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let file = changed(&exported(&mut mira, "").await, |file| {
        file["modules"]["GIVEAWAY"]["settings"]["buttonText"] = json!("Join");
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(33);
    });
    let preview = uploads(&mut mira, &file).await;
    assert_eq!(jonas.saves("music", &[("default_volume", "44")]).await.status, 303);
    let answer = confirms(&mut mira, &preview).await;
    assert_eq!(answer.status, 409);
    assert!(answer.title().starts_with("Conflict:"), "{}", answer.title());
    assert!(answer.text("section[data-module=music] table").contains("44"), "{}", answer.main());
    assert_eq!(app.changes().await.0, 1, "only what he saved");
    let stored = app.stored("music").await.unwrap().0;
    assert_eq!(stored["defaultVolume"], 44);
    // Having seen it, she may go on.
    let done = mira.post(&there("import"), &answer.form(&there("import"))).await;
    assert_eq!(done.status, 303, "{}", done.main());
    assert_eq!(app.changes().await.0, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_say_yes_at_once_one_is_told_and_nothing_is_half_written() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let file = |volume: u32, text: &str| json!({"volume": volume, "text": text});
    let plain = exported(&mut mira, "?module=music&module=giveaway").await;
    let make = |wanted: &serde_json::Value| {
        changed(&plain, |file| {
            file["modules"]["MUSIC"]["settings"]["defaultVolume"] = wanted["volume"].clone();
            file["modules"]["GIVEAWAY"]["settings"]["buttonText"] = wanted["text"].clone();
        })
    };
    let hers = uploads(&mut mira, &make(&file(11, "hers"))).await;
    let his = uploads(&mut jonas, &make(&file(22, "his"))).await;
    let (one, other) = tokio::join!(confirms(&mut mira, &hers), confirms(&mut jonas, &his));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(app.changes().await.0, 2);
    let (music, giveaway) = (app.stored("music").await.unwrap().0, app.stored("giveaway").await.unwrap().0);
    let pair = (music["defaultVolume"].as_i64().unwrap(), giveaway["buttonText"].as_str().unwrap().to_owned());
    assert!([(11, "hers".to_owned()), (22, "his".to_owned())].contains(&pair), "{pair:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_above_the_persons_own_is_refused_though_the_file_has_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let admin = roles::ADMIN.to_string();
    let file = changed(&exported(&mut mira, "?module=tempvoice").await, |file| {
        file["modules"]["TEMPVOICE"]["settings"]["voiceRoleId"] = json!(admin);
    });
    let mut jonas = app.signed_in(seed::JONAS).await;
    let preview = uploads(&mut jonas, &file).await;
    let answer = confirms(&mut jonas, &preview).await;
    assert_eq!(answer.status, 422, "{}", answer.main());
    assert!(answer.text("section[data-module=tempvoice] .tone-bad").contains("Role"), "{}", answer.main());
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_without_our_token_or_from_elsewhere_or_compressed_is_refused() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = exported(&mut mira, "").await;
    uploads_with(&mut mira, &there("import"), &[], file.as_bytes()).await.explains(403, "too old");
    let token = app.signed_in(seed::JONAS).await.token().await;
    uploads_with(&mut mira, &there("import"), &[("csrf_token", &token)], file.as_bytes())
        .await
        .explains(403, "too old");
    let token = mira.token().await;
    let request = mira
        .request(reqwest::Method::POST, &there("import"))
        .header("content-type", "multipart/form-data; boundary=x")
        .header("content-encoding", "gzip")
        .header("origin", mira.base.clone())
        .body("--x--\r\n");
    mira.send(request).await.explains(415, "unknown form");
    let mut sam = app.signed_in(seed::SAM).await;
    let theirs = sam.token().await;
    let page = uploads_with(&mut sam, &there("import"), &[("csrf_token", &theirs)], file.as_bytes()).await;
    page.explains(403, "cannot manage");
    // No other form takes a file.
    let music = there("music");
    uploads_with(&mut mira, &music, &[("csrf_token", &token)], b"{}").await.explains(415, "unknown form");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_is_good_for_an_hour_and_for_its_own_person_and_server() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(33);
    });
    let form = uploads(&mut mira, &file).await.form(&there("import"));
    let token = jonas.token().await;
    let stolen = edited(form.clone(), &[("csrf_token", &token)]);
    assert!(jonas.post(&there("import"), &stolen).await.main().contains("too old"));
    let elsewhere = format!("/guilds/{}/settings/import", seed::ARCADE);
    assert!(mira.post(&elsewhere, &form).await.main().contains("too old"));
    // A newer preview takes the place of the older one.
    let newer = uploads(&mut mira, &file).await.form(&there("import"));
    assert!(mira.post(&there("import"), &form).await.main().contains("too old"));
    app.clock.advance(Duration::from_secs(3_601));
    assert!(mira.post(&there("import"), &newer).await.main().contains("too old"));
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_count_with_exports_and_a_yes_does_not() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let file = exported(&mut mira, "").await;
    for volume in 1..=4 {
        let file = changed(&file, |file| file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(volume));
        let preview = uploads(&mut mira, &file).await;
        assert_eq!(confirms(&mut mira, &preview).await.status, 303);
    }
    uploads(&mut mira, &file).await.explains(429, "a lot");
    assert_eq!(json(&file)["version"], 1);
}
