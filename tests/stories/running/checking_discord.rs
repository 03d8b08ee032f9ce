//! `guildhall check`: Discord, and the clock.

use discord_standin::seed;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::checking::finds;
use super::place::Place;
use crate::support::redis::shared;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_that_discord_refuses_are_told_apart_and_not_repeated() {
    let mut place = Place::make().await;
    place.set("DISCORD_BOT_TOKEN", "a-token-nobody-gave");
    finds(&place, &["Discord", "refuses DISCORD_BOT_TOKEN"]).await;
    assert!(!place.runs(&["check"]).await.said.contains("a-token-nobody-gave"));

    let mut place = Place::make().await;
    place.set("DISCORD_CLIENT_SECRET", "a-secret-nobody-gave");
    finds(&place, &["Discord", "refuses DISCORD_CLIENT_SECRET"]).await;
    assert!(!place.runs(&["check"]).await.said.contains("a-secret-nobody-gave"));

    let mut place = Place::make().await;
    place.set("DISCORD_CLIENT_ID", "816370501973721107");
    finds(&place, &["Discord", "belongs to the application", "Copy both"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_discord_does_not_know_is_told_as_it_has_to_be_typed() {
    let place =
        Place::with(seed::world().with_redirect("https://elsewhere.example/auth/callback"), shared().await).await;
    let address = format!("{}/auth/callback", place.url());
    finds(&place, &["Discord", "is not registered", &address]).await;
}

/// Something that answers whatever it is asked with an old date.
async fn a_discord_of_long_ago() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = "HTTP/1.1 200 OK\r\nDate: Tue, 01 Jan 2019 00:00:00 GMT\r\nContent-Type: application/json\r\n\
                              Content-Length: 2\r\nConnection: close\r\n\r\n{}";
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_wrong_is_told() {
    let mut place = Place::make().await;
    place.set("DISCORD_URL", a_discord_of_long_ago().await);
    finds(&place, &["clock", "ahead of Discord's", "NTP"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discord_that_is_away_is_no_reason_to_say_nothing_else() {
    let mut place = Place::make().await;
    place.set("DISCORD_URL", "http://127.0.0.1:1");
    finds(&place, &["Discord", "set-up is not checked"]).await;
    let said = place.runs(&["check"]).await.said;
    assert!(
        said.contains("all rights") && said.contains("can be written") || said.contains("is not there yet"),
        "{said}"
    );
}
