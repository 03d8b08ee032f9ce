//! Ending in good order.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use guildhall::db::DatabaseUrl;

use super::place::Place;
use crate::support::app::{HARBOUR, eventually};
use crate::support::bot::Bot;
use crate::support::stream::OpenPage;
use crate::support::visitor::{edited, settings};

/// Somebody else who keeps all writers waiting until this is dropped.
enum Blockade {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Blockade {
    fn of(url: &DatabaseUrl) -> Self {
        match url {
            DatabaseUrl::Sqlite { path } => {
                let mut other = SqliteConnection::establish(path).unwrap();
                other.batch_execute("BEGIN IMMEDIATE").unwrap();
                Self::Sqlite(other)
            }
            DatabaseUrl::Postgres { url } => {
                let mut other = PgConnection::establish(url.as_str()).unwrap();
                other.batch_execute("BEGIN; LOCK TABLE settings IN EXCLUSIVE MODE").unwrap();
                Self::Postgres(other)
            }
        }
    }

    fn ends(&mut self) {
        match self {
            Self::Sqlite(other) => other.batch_execute("ROLLBACK").unwrap(),
            Self::Postgres(other) => other.batch_execute("ROLLBACK").unwrap(),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_in_hand_is_finished_and_open_pages_are_told() {
    let place = Place::make().await;
    let mut program = place.serves().await;
    let bot = Bot::listen(&place.redis, &place.prefix).await;
    let mut mira = place.mira().await;
    let page = OpenPage::opens(&mira, HARBOUR, None).await;
    let form = edited(mira.opens("music").await, &[("default_volume", "71")]);

    let mut blockade = Blockade::of(&place.database.url);
    let mut her_browser = mira.clone();
    let saving = tokio::spawn(async move { her_browser.post(&settings("music"), &form).await });
    // It has to be on its way: until then nothing shows that it is.
    tokio::time::sleep(Duration::from_millis(300)).await;
    program.is_told("TERM");
    assert_eq!(page.ends().await, "stopping", "at once, though a save is in hand");
    blockade.ends();
    let answer = saving.await.unwrap();
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert!(program.ends().await.success(), "{}", program.log());
    assert!(program.log().contains("stopped"), "{}", program.log());

    // Sent, or left for the next start: the bot hears of it.
    let _again = place.serves().await;
    let message = bot.messages(1).await.remove(0);
    assert_eq!(message["data"]["settings"]["defaultVolume"], 71);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_sent_is_sent_by_the_next_start() {
    let place = Place::with_own_redis().await;
    let mut program = place.serves().await;
    let mut mira = place.mira().await;
    place.redis.kill();
    assert_eq!(mira.saves("music", &[("default_volume", "72")]).await.status, 303);
    program.is_told("TERM");
    assert!(program.ends().await.success(), "{}", program.log());
    place.redis.restart().await;
    let bot = Bot::listen(&place.redis, "").await;
    let _again = place.serves().await;
    assert_eq!(bot.messages(1).await[0]["data"]["settings"]["defaultVolume"], 72);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balancer_has_time_to_see_that_nothing_new_is_wanted() {
    let mut place = Place::make().await;
    place.set("STOP_DELAY_SECONDS", "60");
    let mut program = place.serves().await;
    let mut mira = place.mira().await;
    program.is_told("TERM");
    eventually("it says that it is down", || async { program.readiness().await == (503, "down".into()) }).await;
    assert!(program.tells("/readyz").await.1.contains("\"closing\""));
    assert_eq!(mira.get("/healthz").await.status, 200);
    assert_eq!(mira.saves("music", &[("default_volume", "73")]).await.status, 303, "whoever comes is still served");
    // Whoever cannot wait says so again.
    program.is_told("TERM");
    assert!(program.ends().await.success(), "{}", program.log());
}
