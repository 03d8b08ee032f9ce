//! From "given" to "done", or to why not.

use std::time::Duration;

use demo::bot::Behaviour;
use discord_standin::seed;
use discord_standin::seed::channels;
use futures_util::StreamExt as _;
use guildhall::commands::{Kind, NewCommand};
use guildhall::settings::module::ModuleKey;
use guildhall::web::words::Words;
use serde_json::{Value, json};

use super::{comes_to, ending, gives, on_the_stream, state_on};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

fn panel(channel: discord_standin::Id) -> NewCommand {
    NewCommand {
        kind: Kind::SendPanel,
        module: ModuleKey::TempVoice,
        about: channel.to_string(),
        label: "#general".to_owned(),
        channel: Some(channel.to_string().parse().unwrap()),
        fields: json!({ "panelType": "voice" }).as_object().unwrap().clone(),
        repeats: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_is_done_and_its_page_links_to_the_message() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mira = app.mira().await;
    let (issued, path) = gives(&app, seed::MIRA, panel(channels::GENERAL)).await;
    assert!(issued.sent, "{issued:?}");
    let flash = Words::default().say(&issued.flash(&Words::default()).message);
    assert!(flash.contains("Sending the control panel to \u{2068}#general\u{2069}: sent to the bot"), "{flash}");
    let page = comes_to(&mira, &path, "done").await;
    let message = app.discord.edit(|world| world.messages.last().unwrap().id);
    let address = format!("https://discord.com/channels/{HARBOUR}/{}/{message}", channels::GENERAL);
    assert_eq!(page.attributes("#command-now .command a", "href"), [address]);
    assert!(page.attributes("#command-now .command a", "rel")[0].contains("noopener"));
    assert!(page.title().contains("Sending the control panel to") && page.title().contains("Harbour Club"));
    assert!(!page.has("form[action$='/again']") && !page.main().contains("Check again"), "{}", page.main());
    assert_eq!(bot.obeyed().len(), 1);
    assert!(super::in_the_log(&mira, &issued).await.contains("Done"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_bytes_go_on_the_channel_and_on_the_stream_in_one_round_trip() {
    let app = TestApp::start().await;
    let client = redis::Client::open(app.redis.url()).unwrap();
    let mut subscription = client.get_async_pubsub().await.unwrap();
    subscription.subscribe(format!("{}dashboard:commands", app.prefix)).await.unwrap();
    gives(&app, seed::MIRA, ending("Nitro")).await;
    let trips = app.parts.relay.publisher().round_trips();
    let (issued, _) = gives(&app, seed::MIRA, ending("Hat")).await;
    let spent = app.parts.relay.publisher().round_trips() - trips;
    // The publisher's own look, once a second, may fall in between.
    assert!((1..=4).contains(&spent), "{spent}");
    let mut messages = subscription.into_on_message();
    let _nitro = messages.next().await.unwrap();
    let heard: Value = serde_json::from_slice(messages.next().await.unwrap().get_payload_bytes()).unwrap();
    assert_eq!(
        on_the_stream(&app).await,
        [serde_json::from_slice::<Value>(_nitro.get_payload_bytes()).unwrap(), heard.clone()]
    );
    let given = heard["timestamp"].as_i64().unwrap();
    let expected = json!({
        "type": "GIVEAWAY_END", "guildId": HARBOUR.to_string(), "commandId": issued.id, "giveawayId": "g1",
        "userId": seed::MIRA.to_string(), "timestamp": given, "expiresAt": given + 120_000,
    });
    assert_eq!(heard, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_is_not_done_because_it_was_sent() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    bot.behave(Behaviour { takes: Duration::from_secs(1), ..Behaviour::default() });
    let mut mira = app.mira().await;
    let (_, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    let page = mira.get(&path).await;
    assert_eq!(state_on(&page), "sent");
    let line = page.text("#command-now .command");
    assert!(line.starts_with("Sent to the bot, which has not answered yet"), "{line}");
    assert!(line.contains("As of ") && line.contains("Check again"), "{line}");
    assert!(!page.has("form[action$='/again']"), "it is not silent for long enough");
    comes_to(&mira, &path, "done").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_the_bot_could_not_do_it_is_said_in_plain_words_with_what_to_do() {
    let app = TestApp::start().await;
    let bot = app.example_bot();
    is_heard(&app).await;
    let mira = app.mira().await;
    let (_, path) = gives(&app, seed::MIRA, panel(channels::CAPTAINS_TABLE)).await;
    let page = comes_to(&mira, &path, "failed").await;
    let line = page.text("#command-now .command");
    assert!(line.contains("The bot has not done it") && !line.contains('_'), "{line}");
    assert!(line.contains("let the bot see it") || line.contains("Give the bot"), "what to do: {line}");

    bot.behave(Behaviour { refuses: Some("my <b>own</b> \u{202e}words".into()), ..Behaviour::default() });
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    let page = comes_to(&mira, &path, "failed").await;
    let line = page.text("#command-now .command");
    assert!(line.contains("The bot could not do it: \u{2068}my <b>own</b> \u{fffd}words\u{2069}"), "{line}");
    assert!(super::in_the_log(&mira, &issued).await.contains("words"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_sent_in_time_is_never_sent() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.kill();
    // Until the loss is noticed, nobody can say whether something got through.
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    assert!(!issued.sent);
    let flash = Words::default().say(&issued.flash(&Words::default()).message);
    assert!(flash.contains("as soon as the connection to the bot is back"), "{flash}");
    let page = mira.get(&path).await;
    assert_eq!(state_on(&page), "waiting-connection", "{}", page.main());
    app.clock.advance(Duration::from_secs(121));
    let page = mira.get(&path).await;
    assert_eq!(state_on(&page), "expired", "at once, though nothing has written it down yet");
    assert!(page.text("#command-now .command").contains("The bot has not done it, and will not"));

    app.redis.restart().await;
    let _bot = app.example_bot();
    let (_, later) = gives(&app, seed::MIRA, ending("Hat")).await;
    comes_to(&mira, &later, "done").await;
    let sent = on_the_stream(&app).await;
    assert!(sent.iter().all(|one| one["commandId"] != issued.id.to_string()), "{sent:?}");
    assert_eq!(state_on(&mira.get(&path).await), "expired");
    assert!(!super::in_the_log(&mira, &issued).await.contains("on its way"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_for_the_connection_is_sent_when_it_is_back_in_time() {
    let app = TestApp::with_own_redis().await;
    let mira = app.mira().await;
    app.redis.kill();
    let (_, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.redis.restart().await;
    let bot = app.example_bot();
    comes_to(&mira, &path, "done").await;
    assert_eq!(bot.obeyed().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_does_not_answer_holds_nobody_up() {
    let app = TestApp::with_own_redis().await;
    let mira = app.mira().await;
    gives(&app, seed::MIRA, ending("Hat")).await;
    app.redis.freeze();
    let giving = gives(&app, seed::MIRA, ending("Nitro"));
    let (issued, path) = tokio::time::timeout(Duration::from_secs(5), giving).await.expect("it is not held up");
    assert!(!issued.sent);
    app.redis.thaw();
    let bot = app.example_bot();
    comes_to(&mira, &path, "done").await;
    let times = bot.obeyed().iter().filter(|one| one.envelope.command_id == issued.id).count();
    assert_eq!(times, 1, "however often it was sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dashboard_that_starts_again_sends_what_was_left() {
    let mut app = TestApp::with_own_redis().await;
    app.redis.kill();
    let (_, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.stop().await;
    app.redis.restart().await;
    app.restart().await;
    let _bot = app.example_bot();
    let mira = app.mira().await;
    comes_to(&mira, &path, "done").await;
}
