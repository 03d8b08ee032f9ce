//! STATE: all that is open now.

use guildhall::happenings::Activity;
use serde_json::json;

use super::{CHANNEL, MIRA, event, rows, tells};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_has_ended_what_is_new_is_there_and_a_later_sign_opens_again() {
    let app = TestApp::start().await;
    let ticket = |id: &str| json!({"ticketId": id, "channelId": CHANNEL, "userId": MIRA, "username": "mira.k"});
    let room = |id: &str| json!({"channelId": id, "ownerId": MIRA, "name": "Room", "members": 2});
    let giveaway = |id: &str| json!({"giveawayId": id, "prize": "P", "endTime": "2026-12-01T12:00:00Z"});
    let (gone, new) = ("816370501973721190", "816370501973721191");
    tells(
        &app,
        &[
            event("TICKET_CREATE", ticket("gone")),
            event("TICKET_CREATE", ticket("stays")),
            event("VOICE_ROOM_CREATE", room(gone)),
            event("GIVEAWAY_START", giveaway("gone")),
        ],
    )
    .await;
    let listed = json!({
        "tickets": ["stays", ticket("new"), {"nothing": 1}, 7.5],
        "rooms": [room(new)],
        "giveaways": [giveaway("new"), "unknown"],
    });
    tells(&app, &[event("STATE", listed.clone())]).await;
    let db = &app.parts.db;
    let ticket_state = |id: &'static str| async move { rows::ticket(db, HARBOUR, id).await.unwrap().state };
    assert_eq!((ticket_state("gone").await, ticket_state("stays").await), ("closed".into(), "open".into()));
    assert_eq!(ticket_state("new").await, "open");
    assert_eq!(rows::ticket(db, HARBOUR, "gone").await.unwrap().entry_ms, 0, "nobody said that it was closed");
    assert!(rows::room(db, HARBOUR, gone).await.unwrap().closed_at.is_some());
    assert_eq!(rows::room(db, HARBOUR, new).await.unwrap().members, Some(2));
    assert_eq!(rows::giveaway(db, HARBOUR, "gone").await.unwrap().state, "ended");
    assert_eq!(rows::giveaway(db, HARBOUR, "new").await.unwrap().state, "running");
    assert_eq!(rows::giveaway(db, HARBOUR, "unknown").await, None, "a bare id of what is not known is no giveaway");
    let ended = Activity::EndedUnwatched { giveaways: 1, tickets: 1, rooms: 1 };
    assert_eq!(rows::feed(db, HARBOUR).await.last(), Some(&ended));

    // It was there after all.
    tells(&app, &[event("TICKET_CLAIM", json!({"ticketId": "gone", "claimerName": "jonas"}))]).await;
    assert_eq!(ticket_state("gone").await, "claimed");
    // Lists that are not there say nothing.
    tells(&app, &[event("STATE", json!({"rooms": []}))]).await;
    assert_eq!(ticket_state("gone").await, "claimed");
    assert!(rows::room(db, HARBOUR, new).await.unwrap().closed_at.is_some());
    let confirmed = db.run(|conn| {
        use diesel::prelude::*;
        use guildhall::schema::confirmations::dsl::*;
        let row = confirmations.filter(guild_id.eq(HARBOUR.cast_signed())).select(confirmed_at);
        Ok::<_, guildhall::db::DbError>(row.first::<i64>(conn)?)
    });
    assert!(confirmed.await.unwrap() > 0);
}
