//! Nothing that comes from Redis is trusted.

use config_sync::{Event, GuildId};
use discord_standin::seed;
use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{CHANNEL, MIRA, adds, event, rows, tells, writes};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lacks_what_it_must_say_or_cannot_be_changes_nothing_and_the_rest_goes_on() {
    let app = TestApp::start().await;
    let mut wrong = Vec::new();
    for kind in [
        "GIVEAWAY_START",
        "GIVEAWAY_ENTRY",
        "GIVEAWAY_END",
        "TICKET_CREATE",
        "TICKET_CLAIM",
        "TICKET_CLOSE",
        "TICKET_TRANSCRIPT",
        "TICKET_RATING",
        "VOICE_ROOM_CREATE",
        "VOICE_ROOM_DELETE",
        "TRACK_START",
        "STATE",
        "MEMBER_JOIN",
        "SETTINGS_UPDATE",
        "COMMAND_RESULT",
    ] {
        for data in [
            json!({}),
            json!({"giveawayId": "a b", "ticketId": {}, "channelId": "12", "title": 5}),
            json!({"giveawayId": ["x"], "ticketId": "../../x", "channelId": 816_370_501_973_721_199_u64}),
            json!({"giveawayId": null, "ticketId": "x".repeat(65), "channelId": true, "tickets": 5, "rooms": "all"}),
        ] {
            wrong.push(event(kind, data));
        }
    }
    let far = |at: Value| json!({"giveawayId": "far", "prize": "P", "endTime": at});
    wrong.push(event("GIVEAWAY_START", far(json!("2999-01-01T00:00:00Z"))));
    wrong.push(event("GIVEAWAY_START", far(json!(i64::MAX))));
    wrong.push(event("TICKET_CREATE", json!({"ticketId": "nobody"})));
    wrong.push(Event { guild_id: GuildId(0), ..event("TICKET_CREATE", json!({"ticketId": "x", "username": "x"})) });
    adds(&app, &[event("SOMETHING_NEW", json!({"ticketId": "x", "username": "x"}))]).await;
    writes(&app, &wrong).await;
    let good = json!({"ticketId": "good", "username": "x".repeat(5_000), "number": 5e300, "createdAt": "2999-01-01T00:00:00Z"});
    tells(&app, &[event("TICKET_CREATE", good)]).await;
    let ticket = rows::ticket(&app.parts.db, HARBOUR, "good").await.unwrap();
    assert_eq!((ticket.opener_name.len(), ticket.number), (100, None));
    let feed = rows::feed(&app.parts.db, HARBOUR).await;
    assert_eq!(feed.len(), 1, "only the good one happened: {feed:?}");
    assert_eq!(rows::giveaway(&app.parts.db, HARBOUR, "far").await, None);
    let mut connection = app.redis.connection().await.unwrap();
    let pending: redis::streams::StreamPendingReply =
        connection.xpending(format!("{}bot:events", app.prefix), "guildhall").await.unwrap();
    assert_eq!(pending.count(), 0, "every entry is acknowledged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_dated_far_ahead_is_refused() {
    let app = TestApp::start().await;
    let mut ahead = event("TICKET_CREATE", json!({"ticketId": "ahead", "username": "x"}));
    ahead.timestamp += 2 * 24 * 60 * 60 * 1000;
    let mut connection = app.redis.connection().await.unwrap();
    let text = serde_json::to_string(&ahead).unwrap();
    let _: String = connection.xadd(format!("{}bot:events", app.prefix), "*", &[("event", text)]).await.unwrap();
    tells(&app, &[event("TICKET_CREATE", json!({"ticketId": "now", "username": "x"}))]).await;
    assert_eq!(rows::ticket(&app.parts.db, HARBOUR, "ahead").await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_id_on_two_servers_is_two_things_and_neither_tells_the_other() {
    let app = TestApp::start().await;
    let other = seed::ARCADE.0;
    let at = |guild: u64, kind: &str, data: Value| Event { guild_id: GuildId(guild), ..event(kind, data) };
    let ticket = json!({"ticketId": "t", "username": "x"});
    let room = json!({"channelId": CHANNEL, "ownerId": MIRA, "name": "Room"});
    tells(
        &app,
        &[
            at(HARBOUR, "TICKET_CREATE", ticket.clone()),
            at(other, "TICKET_CREATE", ticket),
            at(HARBOUR, "VOICE_ROOM_CREATE", room),
            at(other, "TICKET_CLOSE", json!({"ticketId": "t"})),
            at(other, "VOICE_ROOM_DELETE", json!({"channelId": CHANNEL})),
            at(other, "STATE", json!({"tickets": [], "rooms": [], "giveaways": []})),
        ],
    )
    .await;
    let db = &app.parts.db;
    assert_eq!(rows::ticket(db, HARBOUR, "t").await.unwrap().state, "open");
    assert_eq!(rows::ticket(db, other, "t").await.unwrap().state, "closed");
    assert_eq!(rows::room(db, HARBOUR, CHANNEL).await.unwrap().closed_at, None);
}
