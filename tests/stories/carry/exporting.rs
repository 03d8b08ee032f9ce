//! Exporting: one file, with what this person may know and nothing else, the same for what is set alike.

use std::time::Duration;

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, emojis, roles};
use guildhall::settings::module::ModuleKey;
use serde_json::Value;

use super::{exported, fills_everything, json, there};
use crate::support::TestApp;
use crate::support::app::Stage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_holds_every_module_and_the_names_behind_its_ids() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    fills_everything(&mut mira).await;
    let page = mira.get(&there("export")).await;
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(
        page.header("content-disposition"),
        format!("attachment; filename=\"guildhall-{}.json\"", seed::HARBOUR_CLUB)
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let file = json(&page.body);
    assert_eq!((file["guildhall"].as_str(), file["version"].as_i64()), (Some("settings"), Some(1)));
    for key in ModuleKey::ALL {
        let module = &file["modules"][key.wire_name().to_string()];
        assert_eq!(module["settings"], app.stored(key.as_str()).await.unwrap().0, "{key:?}");
        assert_eq!(module["schema"], 1);
    }
    let names = &file["names"];
    assert_eq!(names["channels"][channels::TICKETS.to_string()]["kind"], "category");
    assert_eq!(names["channels"][channels::MUSIC.to_string()]["name"], "music");
    assert_eq!(names["roles"][roles::DJ.to_string()]["name"], "DJ");
    assert_eq!(names["emojis"][emojis::PARTY.to_string()]["name"], "party");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn some_modules_can_be_chosen_and_one_never_saved_is_there_with_its_defaults() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "20")]).await;
    let file = json(&exported(&mut mira, "?module=music&module=giveaway").await);
    let modules = file["modules"].as_object().unwrap();
    assert_eq!(modules.keys().collect::<Vec<_>>(), ["GIVEAWAY", "MUSIC"]);
    assert_eq!(modules["MUSIC"]["settings"]["defaultVolume"], 20);
    assert_eq!(modules["GIVEAWAY"]["settings"]["buttonText"], "Enter");
    mira.get(&there("export?module=weather")).await.explains(400, "cannot be understood");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_of_a_channel_that_the_person_cannot_see_is_not_told() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let log = channels::MOD_LOG.to_string();
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let saved = mira.saves("tickets", &[("log_channel_id", &log)]).await;
    assert_eq!(saved.status, 303, "{:?}", saved.texts("#errors li"));
    let (hers, his) = (exported(&mut mira, "").await, exported(&mut sam, "").await);
    assert_eq!(json(&hers)["names"]["channels"][&log]["name"], "mod-log");
    assert_eq!(json(&his)["names"]["channels"][&log], Value::Null);
    assert_eq!(json(&his)["modules"]["TICKETS"]["settings"]["logChannelId"], log, "as it stands in the form");
    assert!(!his.contains("mod-log"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_five_in_ten_minutes_the_next_one_waits_whichever_instance_is_asked() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    for _ in 0..5 {
        exported(&mut mira, "").await;
    }
    let page = mira.get(&there("export")).await;
    page.explains(429, "a lot");
    assert!(page.header("retry-after").parse::<u64>().unwrap() > 500);
    let mut jonas = app.signed_in(seed::JONAS).await;
    exported(&mut jonas, "").await;
    app.clock.advance(Duration::from_secs(600));
    exported(&mut mira, "").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_bot_is_away_what_is_kept_can_be_taken_along_without_names() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let music = channels::MUSIC.to_string();
    assert_eq!(mira.saves("music", &[("request_channel_id", &music)]).await.status, 303);
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    let file = json(&exported(&mut mira, "").await);
    assert_eq!(file["modules"]["MUSIC"]["settings"]["requestChannelId"], music);
    assert_eq!(file["names"]["channels"], serde_json::json!({}));
    let page = mira.get(&there("import")).await;
    assert!(page.main().contains("nothing can be imported") && !page.has("input[type=file]"), "{}", page.main());
}
