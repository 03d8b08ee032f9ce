//! Ids that are not known here: found by name, chosen by hand, or left empty.

use discord_standin::seed::{channels, emojis, roles};
use serde_json::json;

use super::{changed, confirms, exported, there, uploads};
use crate::support::TestApp;
use crate::support::visitor::edited;

const ELSEWHERE: &str = "999999999999999999";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_the_same_name_and_kind_here_takes_the_place() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (text, list, dj, emoji) =
        ("900000000000000001", "900000000000000002", "900000000000000003", "900000000000000004");
    let file = changed(&exported(&mut mira, "?module=music&module=giveaway").await, |file| {
        let music = &mut file["modules"]["MUSIC"]["settings"];
        music["requestChannelId"] = json!(text);
        music["voiceChannelIds"] = json!([list]);
        music["djRoleIds"] = json!([dj]);
        file["modules"]["GIVEAWAY"]["settings"]["buttonEmoji"] = json!(format!("<:party:{emoji}>"));
        file["names"] = json!({
            "channels": {text: {"name": "Music", "kind": "text"}, list: {"name": "Music bar", "kind": "voice"}},
            "roles": {dj: {"name": "DJ"}},
            "emojis": {emoji: {"name": "party"}},
        });
    });
    let preview = uploads(&mut mira, &file).await;
    assert!(preview.text("#choices").contains("4 names"), "{}", preview.main());
    assert_eq!(confirms(&mut mira, &preview).await.status, 303);
    let music = app.stored("music").await.unwrap().0;
    assert_eq!(music["requestChannelId"], channels::MUSIC.to_string());
    assert_eq!(music["voiceChannelIds"], json!([channels::MUSIC_BAR.to_string()]));
    assert_eq!(music["djRoleIds"], json!([roles::DJ.to_string()]));
    let giveaway = app.stored("giveaway").await.unwrap().0;
    assert_eq!(giveaway["buttonEmoji"], format!("<a:party:{}>", emojis::PARTY));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_found_is_chosen_by_hand_or_left_empty() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        let music = &mut file["modules"]["MUSIC"]["settings"];
        music["requestChannelId"] = json!(ELSEWHERE);
        music["djRoleIds"] = json!([ELSEWHERE]);
        music["defaultVolume"] = json!(7);
        file["names"]["channels"] = json!({ELSEWHERE: {"name": "jukebox", "kind": "text"}});
    });
    let preview = uploads(&mut mira, &file).await;
    assert!(preview.main().contains("jukebox") && preview.main().contains(ELSEWHERE), "{}", preview.main());
    let (field, general) = (format!("as.channel.{ELSEWHERE}"), channels::GENERAL.to_string());
    let chosen = edited(preview.form(&there("import")), &[(&field, &general)]);
    let shown = mira.post(&there("import"), &edited(chosen.clone(), &[("do", "show")])).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text("section[data-module=music] table").contains("general"), "{}", shown.main());
    assert_eq!(app.changes().await.0, 0);
    assert_eq!(confirms(&mut mira, &shown).await.status, 303);
    let music = app.stored("music").await.unwrap().0;
    assert_eq!((music["requestChannelId"].as_str(), &music["djRoleIds"]), (Some(general.as_str()), &json!([])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_empty_has_to_be_chosen_and_only_from_what_fits() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "?module=tempvoice").await, |file| {
        file["modules"]["TEMPVOICE"]["settings"]["creators"] = json!([{
            "creatorChannelId": ELSEWHERE, "categoryId": channels::VOICE_ROOMS.to_string(),
            "nameTemplate": "Room", "userLimit": 0, "privacy": "open",
        }]);
    });
    let preview = uploads(&mut mira, &file).await;
    let answer = confirms(&mut mira, &preview).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text("section[data-module=tempvoice] .tone-bad").contains("Choose one"), "{}", answer.main());
    let field = format!("as.channel.{ELSEWHERE}");
    for wrong in [channels::GENERAL.to_string(), channels::CAPTAINS_TABLE.to_string(), "12".into(), "'; --".into()] {
        let form = edited(preview.form(&there("import")), &[(&field, &wrong)]);
        assert_eq!(mira.post(&there("import"), &form).await.status, 422, "{wrong}");
    }
    assert_eq!(app.changes().await, (0, 0));
    let form = edited(preview.form(&there("import")), &[(&field, &channels::LOBBY.to_string())]);
    assert_eq!(mira.post(&there("import"), &form).await.status, 303);
    let stored = app.stored("tempvoice").await.unwrap().0;
    assert_eq!(stored["creators"][0]["creatorChannelId"], channels::LOBBY.to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_channel_that_is_stored_here_already_may_stay() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let general = channels::GENERAL.to_string();
    assert_eq!(mira.saves("music", &[("request_channel_id", &general)]).await.status, 303);
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(7);
    });
    app.discord.edit(|world| world.delete_channel(channels::GENERAL)).unwrap();
    app.clock.advance(std::time::Duration::from_secs(300));
    let preview = uploads(&mut mira, &file).await;
    assert_eq!(confirms(&mut mira, &preview).await.status, 303);
    let music = app.stored("music").await.unwrap().0;
    assert_eq!(
        (music["requestChannelId"].as_str(), music["defaultVolume"].as_i64()),
        (Some(general.as_str()), Some(7))
    );
}
