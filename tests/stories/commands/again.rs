//! Trying again: the very same command while it is in time, a new one afterwards, and never twice done.

use std::time::Duration;

use discord_standin::seed;
use discord_standin::seed::channels;
use guildhall::commands::{Kind, NewCommand};

use super::{comes_to, ending, gives, on_the_stream, state_on, tries_again};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_silent_may_be_told_again_and_does_it_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.clock.advance(Duration::from_secs(31));
    let page = comes_to(&mira, &path, "no-answer").await;
    assert!(page.text("#command-now .command").contains("We do not know whether the bot did it"));
    assert!(page.main().contains("does not do it a second time"), "{}", page.main());
    let answer = tries_again(&mut mira, &path).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, path.as_str()));
    let page = mira.follows(&answer).await;
    assert!(page.text("#flash").contains("sent to the bot once more"), "{}", page.text("#flash"));
    assert_eq!(state_on(&page), "sent");
    let sent = on_the_stream(&app).await;
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "the very same");

    let bot = app.example_bot();
    comes_to(&mira, &path, "done").await;
    assert_eq!(bot.obeyed().iter().map(|one| one.envelope.command_id).collect::<Vec<_>>(), [issued.id]);
    // Who looks at an old page has nothing to try again.
    let token = mira.token().await;
    let answer = mira.post(&format!("{path}/again"), &[("csrf_token".to_owned(), token)]).await;
    let page = mira.follows(&answer).await;
    assert!(page.text("#flash").contains("The bot has answered meanwhile"), "{}", page.text("#flash"));
    assert_eq!(on_the_stream(&app).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_two_minutes_trying_again_gives_a_new_command_that_says_the_first_may_have_happened() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (issued, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.clock.advance(Duration::from_secs(121));
    let page = comes_to(&mira, &path, "no-answer").await;
    assert!(page.main().contains("The first one may have happened"), "{}", page.main());
    let answer = tries_again(&mut mira, &path).await;
    let new_path = answer.location().to_owned();
    assert_ne!(new_path, path);
    let page = mira.follows(&answer).await;
    assert!(page.main().contains("says an earlier command again, which may have happened"), "{}", page.main());
    assert!(page.has(&format!("main a[href='{path}']")));
    let sent = on_the_stream(&app).await;
    assert_eq!((sent.len(), &sent[1]["giveawayId"]), (2, &sent[0]["giveawayId"]));
    assert_ne!(sent[1]["commandId"], issued.id.to_string());
    // The first one leads to it, and cannot be tried again beside it.
    let page = mira.get(&path).await;
    assert!(page.has(&format!("main a[href='{new_path}']")) && !page.has("form[action$='/again']"), "{}", page.main());
    let token = mira.token().await;
    let answer = mira.post(&format!("{path}/again"), &[("csrf_token".to_owned(), token)]).await;
    assert_eq!(answer.location(), new_path);
    assert_eq!(on_the_stream(&app).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_was_never_sent_is_given_anew_without_a_warning() {
    let app = TestApp::with_own_redis().await;
    let mut mira = app.mira().await;
    app.redis.kill();
    eventually("the loss is noticed", || async { app.parts.relay.health().lost_since().is_some() }).await;
    let (_, path) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.clock.advance(Duration::from_secs(121));
    let page = comes_to(&mira, &path, "expired").await;
    assert!(page.main().contains("The first one was never sent"), "{}", page.main());
    app.redis.restart().await;
    let bot = app.example_bot();
    eventually("the connection is back", || async { app.parts.relay.health().lost_since().is_none() }).await;
    let answer = tries_again(&mut mira, &path).await;
    let page = comes_to(&mira, answer.location(), "done").await;
    assert!(page.main().contains("which was never sent"), "{}", page.main());
    assert_eq!(bot.obeyed().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_judged_for_one_admin_is_not_given_again_by_another() {
    let app = TestApp::start().await;
    let (mut mira, mut aylin) = (app.mira().await, app.signed_in(seed::AYLIN).await);
    let posting = NewCommand {
        kind: Kind::TicketPanel,
        channel: Some(channels::GENERAL.to_string().parse().unwrap()),
        ..ending("a panel")
    };
    let (_, posting) = gives(&app, seed::MIRA, posting).await;
    let (_, plain) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.clock.advance(Duration::from_secs(31));
    let page = comes_to(&aylin, &posting, "no-answer").await;
    assert!(!page.has("form[action$='/again']") && page.main().contains("Only who gave this"), "{}", page.main());
    let token = aylin.token().await;
    let answer = aylin.post(&format!("{posting}/again"), &[("csrf_token".to_owned(), token)]).await;
    assert!(aylin.follows(&answer).await.text("#flash").contains("Only who gave this"));
    assert_eq!(on_the_stream(&app).await.len(), 2);
    assert_eq!(tries_again(&mut aylin, &plain).await.status, 303);
    assert_eq!(tries_again(&mut mira, &posting).await.status, 303);
    assert_eq!(on_the_stream(&app).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_of_another_server_is_nobody_s_page_here() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let issued = super::tries_to_give_to(&app, seed::JONAS, seed::ARCADE.0, ending("Nitro")).await.unwrap();
    app.clock.advance(Duration::from_secs(31));
    let token = mira.token().await;
    for id in [issued.id.to_string(), uuid::Uuid::now_v7().to_string(), "x".to_owned()] {
        let path = format!("/guilds/{HARBOUR}/commands/{id}");
        mira.get(&path).await.explains(404, "no such page");
        let answer = mira.post(&format!("{path}/again"), &[("csrf_token".to_owned(), token.clone())]).await;
        answer.explains(404, "no such page");
    }
    assert_eq!(on_the_stream(&app).await.len(), 1);
}
