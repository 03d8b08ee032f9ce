//! A message sent by the bot as a test, before anything is saved.

use std::time::Duration;

use demo::bot::Behaviour;
use discord_standin::seed;
use serde_json::{Value, json};

use super::{error_at, replaced, typed, with};
use crate::commands::{comes_to, on_the_stream};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage, eventually};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const WELCOME: &str = "welcome_message";

async fn tests(visitor: &mut Visitor, form: &[(String, String)], edits: &[(&str, &str)]) -> Page {
    visitor.post(&format!("{}/test", settings("tickets")), &with(form, edits)).await
}

/// The address of the command that a page tells of.
fn command(page: &Page) -> String {
    page.attributes("#sent a", "href").pop().unwrap_or_else(|| panic!("{}", page.main()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_comes_to_who_asks_filled_with_examples_and_nothing_is_saved() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    let edits = [
        ("welcome_message.content", "Hello **{user}**"),
        ("welcome_message.embed.title", "Ticket {ticket}"),
        ("max_open_per_user", "many"),
        ("test", WELCOME),
    ];
    let page = tests(&mut mira, &form, &edits).await;
    assert_eq!(page.status, 200, "{}", page.main());
    assert!(page.has("#sent[autofocus][role=status]"), "{}", page.main());
    let kept = page.form(&settings("tickets"));
    let sent = with(&form, &edits[..3]);
    assert_eq!(typed(&kept), typed(&sent), "what was typed stays, wrong as it is");
    assert!(error_at(&page, "max_open_per_user").is_empty(), "what is wrong elsewhere is not asked for now");
    assert!(page.has("#f-welcome-message details[open]"), "the message stays open");

    let path = command(&page);
    assert!(page.has(&format!("#sent .command[data-from='{path}']")), "an open page looks there");
    let done = comes_to(&mira, &path, "done").await;
    assert!(done.main().contains("In a new ticket"), "which message it was: {}", done.main());
    let message = app.discord.edit(|world| world.messages.last().unwrap().clone());
    assert_eq!(app.discord.edit(|world| world.direct_with(message.channel_id)), Some(seed::MIRA));
    assert_eq!(message.body["content"], "Hello **\\@Mira**");
    assert_eq!(message.body["embeds"][0]["title"], "Ticket 0042");
    let address = format!("https://discord.com/channels/@me/{}/{}", message.channel_id, message.id);
    assert_eq!(done.attributes("#command-now .command a", "href"), [address]);
    assert_eq!(app.stored("tickets").await, None);
    assert!(bot.applied().is_empty());
    let told = on_the_stream(&app).await.into_iter().find(|one| one["type"] == "SEND_TEST").unwrap();
    assert_eq!((&told["module"], &told["name"]), (&json!("TICKETS"), &json!("welcomeMessage")));
    assert_eq!(told["userId"], seed::MIRA.to_string());
    assert_eq!(told["examples"]["user"], "@Mira");
    assert!(told["template"]["embed"]["color"].as_str().is_some_and(|color| color.starts_with('#')), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_a_test_did_not_come_is_said_on_its_page() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    app.discord.edit(|world| world.closed_to_direct.insert(seed::MIRA));
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    let failed = comes_to(&mira, &command(&page), "failed").await;
    assert!(failed.main().contains("direct messages"), "{}", failed.main());

    bot.behave(Behaviour { refuses: Some("not today".into()), ..Behaviour::default() });
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    let failed = comes_to(&mira, &command(&page), "failed").await;
    assert!(failed.main().contains("not today"), "{}", failed.main());

    bot.stop().await;
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    let path = command(&page);
    app.clock.advance(Duration::from_secs(31));
    comes_to(&mira, &path, "no-answer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_in_the_message_is_said_and_nothing_is_sent() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    let wrong = [("welcome_message.content", "{nobody}"), ("test", WELCOME)];
    let page = tests(&mut mira, &form, &wrong).await;
    assert_eq!(page.status, 422);
    assert!(!error_at(&page, "welcome_message.content").is_empty());
    assert!(page.main().contains("Nothing was sent"), "{}", page.main());
    let part = mira.fetches(&format!("{}/test", settings("tickets")), &with(&form, &wrong)).await;
    assert_eq!((part.status.as_u16(), part.attributes("#not-sent a", "href").len()), (422, 1), "{}", part.body);
    assert!(!part.has("main"), "a script gets the part alone");

    let off = replaced(&form, "welcome_message.enabled", &[]);
    for (form, wanted) in [(&off, WELCOME), (&form, "max_open_per_user"), (&form, "no_such_message"), (&form, "")] {
        let page = tests(&mut mira, form, &[("test", wanted)]).await;
        assert_eq!(page.status, 422, "{wanted}");
        assert!(page.main().contains("Nothing was sent"), "{wanted}: {}", page.main());
        assert_eq!(typed(&page.form(&settings("tickets"))), typed(form), "{wanted}");
    }
    assert_eq!(app.changes().await.0, 0);
    assert!(on_the_stream(&app).await.iter().all(|one: &Value| one["type"] != "SEND_TEST"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tests_are_offered_where_a_bot_takes_them() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    let button = "button[name=test][value=welcome_message]";
    assert!(!mira.get(&settings("tickets")).await.has(button), "no bot has reported itself");
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    assert_eq!(page.status, 422);
    assert_eq!(app.changes().await.0, 0);
    let _bot = app.example_bot();
    is_heard(&app).await;
    let page = mira.get(&settings("tickets")).await;
    assert!(page.has(button) && !mira.get(&settings("tempvoice")).await.has("button[name=test]"));
    let first = page.attributes("form.settings button", "name");
    assert!(first.is_empty() || first[0] != "test", "Enter in a field saves");

    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    assert!(!mira.get(&settings("tickets")).await.has(button), "the bot is gone");
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    assert!(page.status.is_client_error(), "{}", page.status);
    assert_eq!(app.changes().await.0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_tests_a_minute_and_what_was_typed_survives_the_eleventh() {
    let app = TestApp::on(Stage::default()).await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut mira = app.mira().await;
    let form = with(&mira.opens("tickets").await, &[("welcome_message.content", "Eleven"), ("test", WELCOME)]);
    for _ in 0..10 {
        let part = mira.fetches(&format!("{}/test", settings("tickets")), &form).await;
        assert_eq!(part.status, 200, "{}", part.body);
        assert!(part.has("#sent[role=status]") && !part.body.contains("autofocus"), "{}", part.body);
    }
    let page = tests(&mut mira, &form, &[]).await;
    assert_eq!(page.status, 429);
    let again = format!("/guilds/{HARBOUR}/settings/tickets/test");
    assert!(page.keeps_form(&again) && page.body.contains("Eleven"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_whose_protocol_knows_no_tests_is_not_asked_for_one_and_the_page_says_why() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    let button = "button[name=test][value=welcome_message]";
    let beat = |protocol: Value| {
        let mut said = json!({"applicationId": seed::BOT.to_string(), "botId": "old", "shardCount": 1, "acks": true});
        said["protocol"] = protocol;
        said
    };
    bot.says("BOT_READY", discord_standin::Id(0), beat(json!(0))).await;
    is_heard(&app).await;
    let page = mira.get(&settings("tickets")).await;
    assert!(!page.has(button), "{}", page.main());
    assert!(page.text("#f-welcome-message .template-end").contains("cannot send tests yet"), "{}", page.main());
    let form = page.form(&settings("tickets"));
    let page = tests(&mut mira, &form, &[("test", WELCOME)]).await;
    assert_eq!(page.status, 422);
    assert!(page.main().contains("cannot send tests yet") && page.main().contains("Nothing was sent"));
    assert_eq!(app.changes().await.0, 0);

    bot.says("BOT_HEARTBEAT", discord_standin::Id(0), beat(json!(1))).await;
    eventually("it has been brought up to date", || {
        let mut mira = mira.clone();
        async move { mira.get(&settings("tickets")).await.has(button) }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_that_could_not_be_sent_in_time_is_never_sent_and_says_so() {
    let app = TestApp::with_own_redis().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    bot.stop().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    app.redis.kill();
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    let page = tests(&mut mira, &form, &[("welcome_message.content", "Too late"), ("test", WELCOME)]).await;
    assert_eq!(page.status, 200, "{}", page.main());
    assert!(page.text("#sent").contains("as soon as the connection to the bot is back"), "{}", page.main());
    let path = command(&page);
    app.clock.advance(Duration::from_secs(121));
    let page = mira.get(&path).await;
    assert!(page.text("#command-now .command").contains("The bot has not done it, and will not"), "{}", page.main());
    app.redis.restart().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let later = tests(&mut mira, &form, &[("welcome_message.content", "In time"), ("test", WELCOME)]).await;
    comes_to(&mira, &command(&later), "done").await;
    let sent = app.discord.edit(|world| world.messages.iter().map(|one| one.body.to_string()).collect::<String>());
    assert!(sent.contains("In time") && !sent.contains("Too late"), "{sent}");
}
