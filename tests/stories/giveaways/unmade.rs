//! One that the bot refused, or was never told of: it does not stay planned.

use demo::bot::Behaviour;
use discord_standin::seed::channels;

use super::{at, list, sends, stored};
use crate::commands::{comes_to, tries_again};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::Visitor;

/// Plans one; gives its id and the page of its command.
async fn plans(mira: &mut Visitor, prize: &str) -> (String, String) {
    let channel = channels::GIVEAWAYS.to_string();
    let all = [("channel_id", channel.as_str()), ("prize", prize)];
    let made = sends(mira, &format!("{}/new", list()), &list(), &all).await;
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let page = mira.get(&at(&id, "")).await;
    let path = page.attributes(".command a[href*='/commands/']", "href").pop().unwrap();
    (id, path)
}

async fn is_stored(app: &TestApp, id: &str, state: &str) {
    eventually(&format!("{id} is {state}"), || async { stored(app, id).await.0 == state }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_did_not_begin_is_not_planned_any_more_until_it_is_tried_again() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    let bot = app.example_bot();
    bot.behave(Behaviour { refuses: Some("missing_permissions".into()), ..Behaviour::default() });
    let (refused, _) = plans(&mut mira, "A boat trip").await;
    is_stored(&app, &refused, "cancelled").await;
    let page = mira.get(&at(&refused, "")).await;
    assert_eq!(page.text("h1"), "A boat trip Never started");
    assert!(page.text(".command").contains("lacks a permission"), "{}", page.text(".command"));
    let planned = mira.get(&format!("{}?state=scheduled", list())).await;
    assert!(planned.main().contains("No giveaway is planned"), "{}", planned.main());
    let over = mira.get(&format!("{}?state=cancelled", list())).await;
    assert!(over.text(".log-entry").contains("Never started; given up"), "{}", over.text(".log-entry"));
    drop(bot);

    app.redis.kill();
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    let (late, path) = plans(&mut mira, "A lighthouse").await;
    assert_eq!(stored(&app, &late).await.0, "scheduled");
    app.clock.advance(std::time::Duration::from_secs(121));
    is_stored(&app, &late, "cancelled").await;
    app.redis.restart().await;
    eventually("the connection is back", || async { app.parts.relay.health().lost_since().is_none() }).await;
    let _bot = app.example_bot();
    let answer = tries_again(&mut mira, &path).await;
    comes_to(&mira, answer.location(), "done").await;
    is_stored(&app, &late, "scheduled").await;
    assert_eq!(mira.get(&at(&late, "")).await.text("h1"), "A lighthouse Planned");
}
