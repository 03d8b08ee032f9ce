//! How many commands somebody may give, and how many a server gets.

use std::time::Duration;

use discord_standin::{Id, seed};
use guildhall::error::Trouble;

use super::{ending, on_the_stream, tries_to_give, tries_to_give_to};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_gives_ten_commands_a_minute_wherever_they_are() {
    let app = TestApp::start().await;
    for number in 0..10 {
        let guild = [seed::HARBOUR_CLUB, seed::ARCADE][number % 2].0;
        tries_to_give_to(&app, seed::MIRA, guild, ending(&number.to_string())).await.unwrap();
    }
    let (rows, sent) = (app.changes().await.0, on_the_stream(&app).await.len());
    let refused = tries_to_give(&app, seed::MIRA, ending("Nitro")).await.unwrap_err();
    assert!(matches!(refused.trouble, Trouble::TooMany { wait: 1..=61 }), "{refused:?}");
    assert_eq!((app.changes().await.0, on_the_stream(&app).await.len()), (rows, sent), "nothing was written");
    tries_to_give(&app, seed::AYLIN, ending("Nitro")).await.unwrap();
    app.clock.advance(Duration::from_secs(61));
    tries_to_give(&app, seed::MIRA, ending("Nitro")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_gets_twenty_commands_a_minute_from_whomever() {
    let app = TestApp::start().await;
    for number in 0..20_u64 {
        tries_to_give(&app, Id(900_000_000_000_000_000 + number), ending(&number.to_string())).await.unwrap();
    }
    let refused = tries_to_give(&app, seed::MIRA, ending("Nitro")).await.unwrap_err();
    assert!(matches!(refused.trouble, Trouble::TooMany { .. }), "{refused:?}");
    tries_to_give_to(&app, seed::MIRA, seed::ARCADE.0, ending("Nitro")).await.unwrap();
}
