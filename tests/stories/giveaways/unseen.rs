//! A giveaway in a channel that somebody cannot see: they are not told where it is, and the bot writes nothing there
//! for them.

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};

use super::{at, commands, insert, list, sends};
use crate::support::TestApp;
use crate::support::app::Stage;

const MESSAGE: &str = "1300000000000000001";

/// Sam manages the Harbour Club and does not see the mod log, where each of these is.
async fn with_hidden_ones(states: &[&str]) -> TestApp {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let channel = channels::MOD_LOG.to_string();
    let hidden = [("channel_id", channel.as_str()), ("message_id", MESSAGE)];
    for state in states {
        insert(&app, state, state, &hidden).await;
    }
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_says_where_a_giveaway_is_only_to_who_sees_that_channel() {
    let app = with_hidden_ones(&["running"]).await;
    insert(&app, "open", "running", &[("channel_id", &channels::GENERAL.to_string())]).await;
    let (hidden, open) = (channels::MOD_LOG.to_string(), channels::GENERAL.to_string());
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    for format in ["csv", "json"] {
        let path = format!("{}/export?format={format}&state=running", list());
        let whole = mira.get(&path).await.body;
        assert!(whole.contains(&hidden) && whole.contains(MESSAGE) && whole.contains(&open), "{whole}");
        let theirs = sam.get(&path).await.body;
        assert!(!theirs.contains(&hidden) && !theirs.contains(MESSAGE) && theirs.contains(&open), "{theirs}");
    }
    let rows: serde_json::Value =
        serde_json::from_str(&sam.get(&format!("{}/export?format=json&state=running", list())).await.body).unwrap();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "running").unwrap();
    assert!(row["channel_id"].is_null() && row["message_id"].is_null(), "{row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_in_a_channel_that_somebody_cannot_see_is_left_alone_by_them() {
    let app = with_hidden_ones(&["scheduled", "running", "ended"]).await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    let token = sam.token().await;
    for (state, act) in [
        ("running", "/ending"),
        ("running", "/cancellation"),
        ("scheduled", "/cancellation"),
        ("ended", "/reroll"),
        ("scheduled", "/edit"),
        ("running", "/edit"),
    ] {
        let path = at(state, act);
        let form = [("csrf_token", token.as_str()), ("count", "1"), ("prize", "Theirs"), ("revision", "0")];
        let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
        for page in [sam.get(&path).await, sam.post(&path, &form).await] {
            assert_eq!(page.status, 403, "{path}: {}", page.main());
            assert!(page.main().contains("a channel that you cannot see"), "{path}: {}", page.main());
            assert!(!page.body.contains("mod-log"), "{path}");
        }
        let page = sam.get(&at(state, "")).await;
        assert!(!page.has(&format!("main a[href='{path}']")), "{path}: nothing is offered that is refused");
        assert!(mira.get(&at(state, "")).await.has(&format!("main a[href='{path}']")), "{path}");
    }
    assert!(commands(&app).await.is_empty());
    let answer = sends(&mut mira, &at("running", "/ending"), &at("running", "/ending"), &[]).await;
    assert_eq!((answer.status.as_u16(), commands(&app).await.len()), (303, 1), "who sees it may");
}
