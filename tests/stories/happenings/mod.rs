//! What happens on the servers: the bot's events become rows, whatever the order they come in and whatever they hold.

mod fuzz;
mod giveaways;
mod hostile;
mod open_pages;
mod pages;
mod retention;
mod rooms;
mod rows;
mod state;
mod tickets;
mod unreadable;

use config_sync::{Event, EventPublisher, GuildId};
use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema::taken_events;
use redis::AsyncCommands as _;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

const MIRA: &str = "204255221017214976";
const JONAS: &str = "204255221017214977";
const CHANNEL: &str = "816370501973721199";

pub fn event(kind: &str, data: Value) -> Event {
    Event::new(kind, GuildId(HARBOUR), data)
}

/// A room that is open in the Harbour Club.
pub async fn is_open(app: &TestApp, channel: &str) {
    let data = serde_json::json!({"channelId": channel, "ownerId": MIRA, "name": "Room"});
    tells(app, &[event("VOICE_ROOM_CREATE", data)]).await;
}

/// The bot says these, in this order, on the stream and the channel; waits until they are taken in.
pub async fn tells(app: &TestApp, events: &[Event]) {
    let publisher = EventPublisher::new(&app.redis.url(), &app.prefix).unwrap();
    for event in events {
        publisher.send(event).unwrap();
    }
    assert!(publisher.flush(std::time::Duration::from_secs(10)).await);
    are_taken(app, events).await;
}

/// Puts these on the stream only, each as it is, and waits until they are taken in.
async fn writes(app: &TestApp, events: &[Event]) {
    adds(app, events).await;
    are_taken(app, events).await;
}

async fn adds(app: &TestApp, events: &[Event]) {
    let mut connection = app.redis.connection().await.unwrap();
    for event in events {
        let text = serde_json::to_string(event).unwrap();
        let stream = format!("{}bot:events", app.prefix);
        let _: String = connection.xadd(&stream, "*", &[("event", text)]).await.unwrap();
    }
}

async fn are_taken(app: &TestApp, events: &[Event]) {
    let ids: Vec<String> = events.iter().map(|event| event.id.to_string()).collect();
    eventually("the events are taken in", || async {
        let ids = ids.clone();
        let known = app.parts.db.run(move |conn| {
            let known = taken_events::table.filter(taken_events::id.eq_any(&ids)).count();
            Ok::<_, DbError>(known.get_result::<i64>(conn)?)
        });
        usize::try_from(known.await.unwrap()).unwrap() == events.len()
    })
    .await;
}
