//! Files made to do harm: each ends in a page that says what is wrong, and nothing of it is saved or kept.

use discord_standin::seed::{self, channels, roles};
use serde_json::json;

use super::{changed, confirms, exported, there, uploads, uploads_with};
use crate::support::TestApp;
use crate::support::visitor::edited;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_megabytes_are_not_read() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    let large = vec![b' '; 20 * 1024 * 1024];
    let page = uploads_with(&mut mira, &there("import"), &[("csrf_token", &token)], &large).await;
    page.explains(413, "too much");
    assert!(page.main().contains("a file 2 MiB"), "{}", page.main());
    assert_eq!(page.ways()[0], there("import"), "back to where a file is chosen");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_levels_are_refused_at_the_seventeenth() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let levels = 10_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(levels), close.repeat(levels));
        let page = uploads(&mut mira, &deep).await;
        assert_eq!(page.status, 422);
        assert!(page.text("#errors").contains("deeper than 16 levels"), "{}", page.main());
        // Never closed, it is no better.
        assert_eq!(uploads(&mut mira, &open.repeat(levels)).await.status, 422);
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_from_the_future_is_refused_as_such() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = exported(&mut mira, "").await;
    let future = changed(&file, |file| file["version"] = json!(99));
    let page = uploads(&mut mira, &future).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("Known is version 1"), "{}", page.main());
    let shape = changed(&file, |file| file["modules"]["MUSIC"]["schema"] = json!(99));
    let page = uploads(&mut mira, &shape).await;
    assert!(page.text("#errors").contains("another shape"), "{}", page.main());
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_stands_twice_is_refused_at_every_depth() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let file = exported(&mut mira, "?module=music").await;
    for (once, twice) in [
        ("\"version\"", "\"version\": 1, \"version\""),
        ("\"modules\"", "\"modules\": {}, \"modules\""),
        ("\"defaultVolume\"", "\"defaultVolume\": 1, \"defaultVolume\""),
        ("\"title\"", "\"title\": \"x\", \"title\""),
    ] {
        assert!(file.contains(once));
        let page = uploads(&mut mira, &file.replacen(once, twice, 1)).await;
        assert_eq!(page.status, 422, "{once}");
        assert!(page.text("#errors").contains("stands twice"), "{once}: {}", page.main());
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_another_server_are_the_persons_to_choose_for_and_cannot_be_forced() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    // All of it is the Harbour Club's; it is brought to the Arcade, which she manages too.
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        let music = &mut file["modules"]["MUSIC"]["settings"];
        music["requestChannelId"] = json!(channels::MOD_LOG.to_string());
        music["djRoleIds"] = json!([roles::DJ.to_string()]);
        music["djOnly"] = json!(true);
    });
    let import = format!("/guilds/{}/settings/import", seed::ARCADE);
    let form = mira.get(&import).await.form(&import);
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let preview = uploads_with(&mut mira, &import, &fields, file.as_bytes()).await;
    assert_eq!(preview.status, 200, "{}", preview.main());
    assert!(preview.has("#choices"), "{}", preview.main());
    let mut form = preview.form(&import);
    let choices: Vec<String> = preview.attributes("[aria-labelledby=choices] select", "name");
    assert_eq!(choices.len(), 2, "{choices:?}");
    for name in &choices {
        for theirs in [channels::MOD_LOG.to_string(), roles::DJ.to_string(), seed::HARBOUR_CLUB.to_string()] {
            form = edited(form, &[(name, &theirs)]);
            let answer = mira.post(&import, &form).await;
            assert_eq!(answer.status, 422, "{name} {theirs}: {}", answer.main());
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn templates_beyond_discords_limits_are_refused_and_the_limit_is_named() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let plain = exported(&mut mira, "?module=music").await;
    let embed = |part: &str, value: serde_json::Value| {
        changed(&plain, |file| {
            file["modules"]["MUSIC"]["settings"]["nowPlayingMessage"]["embed"][part] = value;
        })
    };
    let field = json!({"name": "n".repeat(256), "value": "v".repeat(1024), "inline": true});
    for (file, said) in [
        (embed("title", json!("t".repeat(257))), "256"),
        (embed("description", json!("d".repeat(4097))), "4,096"),
        (embed("fields", json!(vec![field.clone(); 26])), "at most 10"),
        (embed("fields", json!(vec![field; 5])), "6,000"),
    ] {
        let page = uploads(&mut mira, &file).await;
        // What is only too much in all is seen by the judge, and stops the module on its preview.
        let refused = if page.status == 200 { confirms(&mut mira, &page).await } else { page };
        assert_eq!(refused.status, 422, "{said}: {}", refused.main());
        assert!(refused.main().contains(said), "{said}: {}", refused.main());
    }
    assert_eq!(app.changes().await, (0, 0));
}
