//! What the bot answers: believed once, of its own server alone, and found when its event was lost.

use std::time::Duration;

use config_sync::{Event, EventPublisher, GuildId};
use discord_standin::seed;
use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{comes_to, ending, gives, state_on};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::stream::OpenPage;

async fn says(app: &TestApp, guild: u64, data: Value) {
    let events = EventPublisher::new(&app.redis.url(), &app.prefix).unwrap();
    events.send(&Event::new("COMMAND_RESULT", GuildId(guild), data)).unwrap();
    assert!(events.flush(Duration::from_secs(10)).await);
}

/// Everything that was said before has been taken in.
async fn all_is_taken(app: &TestApp) {
    let events = EventPublisher::new(&app.redis.url(), &app.prefix).unwrap();
    let ready = json!({ "botId": "marker", "acks": true });
    events.send(&Event::new("BOT_HEARTBEAT", GuildId(0), ready)).unwrap();
    is_heard(app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_is_kept_until_the_bot_has_answered_and_no_longer() {
    use diesel::prelude::*;
    use guildhall::schema::commands;
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let mut new = ending("Nitro");
    new.fields.insert("secretPrize".to_owned(), json!("code-4711"));
    let kept = || async {
        let read = app.parts.db.run(|conn| {
            let bodies: Vec<String> = commands::table.select(commands::body).load(conn)?;
            Ok::<_, guildhall::db::DbError>(bodies.join("\n"))
        });
        read.await.unwrap()
    };
    for (ok, state) in [(true, "done"), (false, "failed")] {
        let (issued, path) = gives(&app, seed::MIRA, new.clone()).await;
        assert!(kept().await.contains("code-4711"), "it may have to be sent again");
        says(&app, HARBOUR, json!({ "commandId": issued.id, "ok": ok, "error": "not_found" })).await;
        comes_to(&mira, &path, state).await;
        let kept = kept().await;
        assert!(!kept.contains("code-4711") && kept.contains("g1"), "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_answer_of_the_server_s_own_bot_is_the_one_that_holds() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    let id = issued.id;
    let other = uuid::Uuid::now_v7();
    for (guild, data) in [
        (seed::ARCADE.0, json!({ "commandId": id, "ok": true })),
        (5, json!({ "commandId": id, "ok": true })),
        (HARBOUR, json!({ "commandId": other, "ok": true })),
        (HARBOUR, json!({ "commandId": id })),
        (HARBOUR, json!({ "commandId": id, "ok": "yes" })),
        (HARBOUR, json!({ "commandId": "x", "ok": true })),
        (HARBOUR, json!({ "commandId": id, "ok": true, "applicationId": "1" })),
    ] {
        says(&app, guild, data).await;
    }
    all_is_taken(&app).await;
    assert_eq!(state_on(&mira.get(&path).await), "sent");
    // Ids that are none lead nowhere.
    says(&app, HARBOUR, json!({ "commandId": id, "ok": true, "channelId": "../../x", "messageId": "1" })).await;
    let page = comes_to(&mira, &path, "done").await;
    assert!(!page.has("#command-now .command a"), "{}", page.main());
    says(&app, HARBOUR, json!({ "commandId": id, "ok": false, "error": "too late" })).await;
    let (next, next_path) = gives(&app, seed::MIRA, ending("Hat")).await;
    says(&app, HARBOUR, json!({ "commandId": next.id, "ok": false, "error": "not_found" })).await;
    comes_to(&mira, &next_path, "failed").await;
    assert_eq!(state_on(&mira.get(&path).await), "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_whose_event_was_lost_is_found_where_the_bot_keeps_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    let record = json!({ "botId": "b", "at": 1, "result": { "ok": true, "channelId": "816370501973721200",
                         "messageId": "816370501973721300", "more": 1 } });
    let key = format!("{}bot:command:{}", app.prefix, issued.id);
    let _: () = app.redis.connection().await.unwrap().set(key, record.to_string()).await.unwrap();
    assert_eq!(state_on(&mira.get(&path).await), "sent");
    app.clock.advance(Duration::from_secs(31));
    let page = comes_to(&mira, &path, "done").await;
    let link = page.attributes("#command-now .command a", "href").remove(0);
    assert!(link.ends_with("/816370501973721200/816370501973721300"), "{link}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_page_is_told_of_the_answer_and_of_the_silence() {
    let app = TestApp::start().await;
    let mira = app.mira().await;
    let open = OpenPage::opens(&mira, HARBOUR, None).await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    let news = || open.heard().iter().filter(|one| one.event == "topics" && one.data.contains("commands")).count();
    crate::support::app::eventually("the page is told that it is sent", || async { news() >= 1 }).await;
    let before = news();
    app.clock.advance(Duration::from_secs(31));
    crate::support::app::eventually("the page is told of the silence", || async { news() > before }).await;
    assert_eq!(state_on(&mira.clone().get(&path).await), "no-answer");
    let before = news();
    says(&app, HARBOUR, json!({ "commandId": issued.id, "ok": true })).await;
    crate::support::app::eventually("the page is told of the answer", || async { news() > before }).await;
    comes_to(&mira, &path, "done").await;
}
