//! The bot's answers: taken in whenever they come, however they come, and never believed too much.

use config_sync::{Event, EventPublisher, GuildId};
use discord_standin::seed;
use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{comes_to, is_heard, saves, state_on};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

/// The revision that is stored for the music of the Harbour Club.
async fn revision(app: &TestApp) -> i64 {
    app.stored("music").await.unwrap().1
}

fn answer(kind: &str, revision: i64) -> Event {
    let data = json!({
        "module": "MUSIC", "revision": revision, "applicationId": seed::CLIENT_ID.to_string(), "botId": "b",
        "reason": "it is too loud",
    });
    Event::new(kind, GuildId(HARBOUR), data)
}

async fn publisher(app: &TestApp) -> EventPublisher {
    EventPublisher::new(&app.redis.url(), &app.prefix).unwrap()
}

async fn says(app: &TestApp, event: &Event) {
    let events = publisher(app).await;
    events.send(event).unwrap();
    assert!(events.flush(std::time::Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_answered_while_the_dashboard_was_down_is_taken_in_afterwards() {
    let mut app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    app.stop().await;
    says(&app, &answer("CONFIG_APPLIED", revision(&app).await)).await;
    app.restart().await;
    comes_to(&mira, "music", "live").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_only_publishes_its_answers_is_heard_too() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    bot.messages(1).await;
    let event = serde_json::to_vec(&answer("CONFIG_APPLIED", revision(&app).await)).unwrap();
    bot.shouts(&event).await;
    let page = comes_to(&mira, "music", "live").await;
    assert!(!page.text("#latest-music .delivery").contains(" ms"), "when it came to Redis is not known");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_answer_to_a_change_is_the_one_that_holds() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    let revision = revision(&app).await;
    says(&app, &answer("CONFIG_APPLIED", revision)).await;
    comes_to(&mira, "music", "live").await;
    let refusal = answer("CONFIG_REJECTED", revision);
    says(&app, &refusal).await;
    let page = comes_to(&mira, "music", "refused").await;
    assert!(page.text("#latest-music .delivery").contains("it is too loud"));
    says(&app, &answer("CONFIG_APPLIED", revision)).await;
    comes_to(&mira, "music", "live").await;
    // The refusal once more, with its own id: it was taken in already.
    says(&app, &refusal).await;
    says(&app, &Event::new("BOT_HEARTBEAT", GuildId(0), json!({"botId": "marker"}))).await;
    is_heard(&app).await;
    assert_eq!(state_on(&mira.get(&settings("music")).await, "music"), "live");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_true_changes_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "66")]).await;
    let revision = revision(&app).await;
    let with = |name: &str, value: Value| {
        let mut event = answer("CONFIG_APPLIED", revision);
        event.data.insert(name.to_owned(), value);
        event
    };
    for wrong in [
        with("revision", json!(revision + 1)),
        with("revision", json!(-5)),
        with("revision", json!("x")),
        with("module", json!("NOTHING")),
        with("applicationId", json!("1")),
        Event { guild_id: GuildId(seed::ARCADE.0), ..answer("CONFIG_APPLIED", revision) },
        Event { guild_id: GuildId(5), ..answer("CONFIG_APPLIED", revision) },
        Event { kind: "SOMETHING_NEW".into(), ..answer("", revision) },
    ] {
        says(&app, &wrong).await;
    }
    let mut connection = app.redis.connection().await.unwrap();
    let stream = format!("{}bot:events", app.prefix);
    for junk in ["", "{", "null", &"[".repeat(5_000), &"x".repeat(300_000)] {
        let _: String = connection.xadd(&stream, "*", &[("event", junk)]).await.unwrap();
    }
    let _: String = connection.xadd(&stream, "*", &[("nothing", "at all")]).await.unwrap();
    // What comes after all this is still taken in.
    says(&app, &Event::new("BOT_HEARTBEAT", GuildId(0), json!({"botId": "marker", "acks": true}))).await;
    is_heard(&app).await;
    assert_eq!(state_on(&mira.get(&settings("music")).await, "music"), "sent");
    says(&app, &answer("CONFIG_APPLIED", revision)).await;
    comes_to(&mira, "music", "live").await;
    eventually("every entry is acknowledged", || async {
        let mut connection = connection.clone();
        let pending: redis::streams::StreamPendingReply = connection.xpending(&stream, "guildhall").await.unwrap();
        pending.count() == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stream_is_read_on_when_redis_has_lost_it_with_its_readers() {
    let app = TestApp::with_own_redis().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "10")]).await;
    comes_to(&mira, "music", "live").await;
    let mut connection = app.redis.connection().await.unwrap();
    redis::cmd("FLUSHALL").exec_async(&mut connection).await.unwrap();
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    comes_to(&mira, "music", "live").await;
    app.redis.kill();
    app.redis.restart().await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    comes_to(&mira, "music", "live").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_bot_s_own_settings_are_taken_over_where_nothing_was_saved_yet() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let update = |module: &str, settings: Value| {
        let data = json!({"module": module, "settings": settings});
        Event::new("SETTINGS_UPDATE", GuildId(HARBOUR), data)
    };
    says(&app, &update("MUSIC", json!({"enabled": true, "defaultVolume": 33, "unknown": 1}))).await;
    let page = comes_to(&mira, "music", "live").await;
    let form = page.form(&settings("music"));
    assert!(form.contains(&("default_volume".to_owned(), "33".to_owned())), "{form:?}");
    assert!(page.text("#latest-music").contains("the bot itself"), "{}", page.text("#latest-music"));
    assert_eq!(bot.applied().last().unwrap().settings["defaultVolume"], 33, "and the bot has a revision for it");

    // What a person has saved is theirs, and what no form could say is not taken.
    says(&app, &update("MUSIC", json!({"defaultVolume": 44}))).await;
    says(&app, &update("TEMPVOICE", json!({"autoLockMinutes": -7}))).await;
    says(&app, &update("TEMPVOICE", json!("all"))).await;
    says(&app, &update("GIVEAWAY", json!({"enabled": "perhaps"}))).await;
    saves(&mut mira, "tickets", &[]).await;
    says(&app, &update("TICKETS", json!({}))).await;
    eventually("the last one is taken over", || async { app.stored("tickets").await.is_some() }).await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 33);
    assert_eq!((app.stored("tempvoice").await, app.stored("giveaway").await), (None, None));
}
