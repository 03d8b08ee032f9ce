//! What is kept for a time only.

use diesel::prelude::*;
use guildhall::commands::{Kind, NewCommand};
use guildhall::db::DbError;
use guildhall::happenings::{Left, forget_some};
use guildhall::ids::GuildId;
use guildhall::schema::{activities, commands, giveaways, put_aside_events, rooms, tickets, transcripts};
use serde_json::json;

use super::{CHANNEL, MIRA, event, tells};
use crate::commands::{ending, gives};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_are_forgotten_after_a_day_the_feed_after_a_month_and_giveaways_after_a_year() {
    let app = TestApp::start().await;
    let giveaway = json!({"giveawayId": "g", "prize": "P", "endTime": "2026-12-01T12:00:00Z"});
    let runs = json!({"giveawayId": "runs", "prize": "P", "endTime": "2026-12-01T12:00:00Z"});
    let room = json!({"channelId": CHANNEL, "ownerId": MIRA, "name": "Room"});
    tells(
        &app,
        &[
            event("GIVEAWAY_START", giveaway.clone()),
            event("GIVEAWAY_END", giveaway),
            event("GIVEAWAY_START", runs),
            event("VOICE_ROOM_CREATE", room.clone()),
            event("VOICE_ROOM_DELETE", room),
            event("TICKET_CREATE", json!({"ticketId": "t", "username": "x"})),
            event("TICKET_CLOSE", json!({"ticketId": "t"})),
            event("TICKET_TRANSCRIPT", json!({"ticketId": "t", "part": 1, "parts": 1, "messages": []})),
        ],
    )
    .await;
    let now = app.clock.now();
    // Activities, transcripts, rooms, giveaways, tickets that are left when so many days have passed.
    let left_after = |days: i64| {
        let db = app.parts.db.clone();
        async move {
            let forget = move |conn: &mut guildhall::db::Conn| {
                assert_eq!(forget_some(conn, now + days * DAY)?, Left::Nothing);
                Ok::<_, DbError>([
                    activities::table.count().get_result::<i64>(conn)?,
                    transcripts::table.count().get_result(conn)?,
                    rooms::table.count().get_result(conn)?,
                    giveaways::table.count().get_result(conn)?,
                    tickets::table.count().get_result(conn)?,
                ])
            };
            db.write(forget).await.unwrap()
        }
    };
    assert_eq!(left_after(0).await, [7, 1, 1, 2, 1]);
    assert_eq!(left_after(2).await, [7, 1, 0, 2, 1]);
    assert_eq!(left_after(31).await, [0, 1, 0, 2, 1]);
    assert_eq!(left_after(91).await, [0, 0, 0, 2, 1]);
    assert_eq!(left_after(366).await, [0, 0, 0, 1, 1], "what runs is kept, and so are tickets");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn questions_to_the_bot_are_forgotten_after_a_day_and_what_was_put_aside_after_a_month() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let question = NewCommand { kind: Kind::StateRequest, ..ending("nothing") };
    gives(&app, discord_standin::seed::MIRA, ending("Nitro")).await;
    let left_after = |days: i64| {
        let (db, question) = (app.parts.db.clone(), question.clone());
        async move {
            let forget = move |conn: &mut guildhall::db::Conn| {
                if days == 0 {
                    question.write_unlogged(conn, GuildId::new(HARBOUR), now)?;
                    let aside = (put_aside_events::entry_id.eq("1-1"), put_aside_events::body.eq("{}"));
                    let since = (put_aside_events::cause.eq("a fault"), put_aside_events::put_aside_at.eq(now));
                    diesel::insert_into(put_aside_events::table).values((aside, since)).execute(conn)?;
                }
                forget_some(conn, now + days * DAY)?;
                Ok::<_, DbError>([
                    commands::table.count().get_result::<i64>(conn)?,
                    put_aside_events::table.count().get_result(conn)?,
                ])
            };
            db.write(forget).await.unwrap()
        }
    };
    assert_eq!(left_after(0).await, [2, 1]);
    assert_eq!(left_after(2).await, [1, 1], "what somebody gave stays with its row of the log");
    assert_eq!(left_after(31).await, [1, 0]);
    assert_eq!(left_after(400).await, [1, 0]);
}
