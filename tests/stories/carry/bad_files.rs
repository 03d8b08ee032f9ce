//! Files that are not as they must be: every flaw is named with its place, and nothing is kept.

use serde_json::{Value, json};

use super::{changed, exported, there, uploads};
use crate::support::TestApp;
use crate::support::visitor::Visitor;

/// What the page says of a file that is refused.
async fn refused(mira: &mut Visitor, file: &str) -> String {
    let page = uploads(mira, file).await;
    assert_eq!(page.status, 422, "{}", page.main());
    assert!(page.title().starts_with("Error:"), "{}", page.title());
    assert!(page.has(&format!("form[action='{}']", there("import"))), "another file can be chosen at once");
    page.text("#errors")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_file_of_ours_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = exported(&mut mira, "").await;
    let with = |field: &str, value: Value| changed(&file, |file| file[field] = value);
    let deep = file.replacen("{", &format!("{{\"x\": {}{},", "[".repeat(17), "]".repeat(17)), 1);
    for (file, said) in [
        ("", "Choose a file"),
        ("hello", "not JSON"),
        (&file[..file.len() / 2], "not JSON"),
        (&deep, "deeper than 16"),
        (r#"{"guildhall": "settings", "guildhall": "x"}"#, "stands twice"),
        ("[]", "no file of settings"),
        (r#"{"guildhall": "something"}"#, "no file of settings"),
        (&with("version", json!(2)), "version"),
        (&with("version", json!("1")), "version"),
        (&with("exportedAt", json!(1)), "exportedAt : There is no such field"),
        (&with("modules", json!({})), "no module"),
        (&with("modules", json!([])), "object"),
        (&with("names", json!({"channels": {}})), "names"),
    ] {
        let answer = refused(&mut mira, file).await;
        assert!(answer.contains(said), "{said}: {answer}");
    }
    let large = format!("{}{}", " ".repeat(2 * 1024 * 1024), file);
    uploads(&mut mira, &large).await.explains(413, "too much");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_flaw_in_the_settings_is_named_at_once_with_its_place_and_value() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "").await, |file| {
        let modules = file["modules"].as_object_mut().unwrap();
        modules.insert("WEATHER".into(), json!({}));
        let music = modules["MUSIC"]["settings"].as_object_mut().unwrap();
        music.insert("loudness".into(), json!(11));
        music.remove("maxVolume");
        music["defaultVolume"] = json!("loud");
        music["djOnly"] = json!("yes");
        music["djRoleIds"] = json!(vec!["1"; 100_000]);
        music["nowPlayingMessage"]["embed"]["title"] = json!(7);
        modules["TICKETS"]["schema"] = json!(2);
        let giveaway = &mut modules["GIVEAWAY"]["settings"];
        giveaway["defaultWinners"] = json!(21);
        giveaway["color"] = json!("red");
        giveaway["startMessage"]["content"] = json!("{nobody}");
        giveaway["requiredRoleMode"] = json!("some");
        giveaway["pingRoleId"] = json!("12");
        giveaway["bonusEntries"] = json!([{"roleId": null, "entries": 1}]);
        modules["TEMPVOICE"]["settings"]["creators"] = json!([{"creatorChannelId": 5}]);
    });
    let answer = refused(&mut mira, &file).await;
    for said in [
        "modules.WEATHER : There is no such module",
        "modules.MUSIC.settings.loudness : There is no such field",
        "modules.MUSIC.settings.maxVolume : This field is missing",
        "modules.MUSIC.settings.defaultVolume : This must be a whole number. It says: loud",
        "modules.MUSIC.settings.djOnly : This must be true or false. It says: yes",
        "modules.MUSIC.settings.djRoleIds : There can be at most 10",
        "modules.MUSIC.settings.nowPlayingMessage.embed.title : This must be a text. It says: 7",
        "modules.TICKETS.schema : The settings have another shape",
        "modules.GIVEAWAY.settings.defaultWinners : This must be from 1 to 20. It says: 21",
        "modules.GIVEAWAY.settings.color",
        "modules.GIVEAWAY.settings.startMessage.content : {nobody} is not known here",
        "modules.GIVEAWAY.settings.requiredRoleMode",
        "modules.GIVEAWAY.settings.pingRoleId",
        "modules.GIVEAWAY.settings.bonusEntries.0.roleId : Choose one",
        "modules.TEMPVOICE.settings.creators.0.creatorChannelId : This must be an id",
        "modules.TEMPVOICE.settings.creators.0.nameTemplate : This field is missing",
    ] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_thousands_of_flaws_the_first_are_named_and_the_rest_counted() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        let music = file["modules"]["MUSIC"]["settings"].as_object_mut().unwrap();
        music.extend((0..20_000).map(|n| (format!("x{n}"), json!(n))));
    });
    let answer = refused(&mut mira, &file).await;
    assert!(answer.contains("and 19,950 more places"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_texts_in_a_file_are_shown_as_text() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let markup = "\"'><img src=x onerror=alert(1)>\u{202e}";
    let bad = changed(&exported(&mut mira, "").await, |file| {
        file[markup] = json!(markup);
        file["modules"][markup] = json!({});
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(markup);
    });
    let good = changed(&exported(&mut mira, "").await, |file| {
        let id = "999999999999999999";
        file["modules"]["GIVEAWAY"]["settings"]["buttonText"] = json!(markup);
        file["modules"]["GIVEAWAY"]["settings"]["buttonEmoji"] = json!(format!("<:nope:{id}>"));
        file["modules"]["MUSIC"]["settings"]["requestChannelId"] = json!(id);
        file["modules"]["MUSIC"]["settings"]["djRoleIds"] = json!([id]);
        file["names"] = json!({"channels": {id: {"name": markup, "kind": markup}}, "roles": {id: {"name": markup}}, "emojis": {id: {"name": markup}}});
    });
    for (file, status) in [(bad, 422), (good, 200)] {
        let page = uploads(&mut mira, &file).await;
        assert_eq!(page.status, status, "{}", page.main());
        assert!(page.main().contains("<img src=x"), "shown as text: {}", page.main());
        assert!(!page.body.contains("<img src=x") && !page.main().contains('\u{202e}'));
    }
}
