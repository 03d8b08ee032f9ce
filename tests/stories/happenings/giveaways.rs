//! Giveaways: each event, in order and out of order; those that were made in the dashboard.

use config_sync::Event;
use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::happenings::Activity;
use guildhall::schema::giveaways;
use serde_json::{Value, json};

use super::{CHANNEL, JONAS, MIRA, event, rows, tells, writes};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

fn start(id: &str) -> Event {
    let data = json!({"giveawayId": id, "prize": "Nitro", "endTime": "2026-12-01T12:00:00Z", "winners": 1,
        "hostId": MIRA, "channelId": CHANNEL, "messageId": "1200000000000000001"});
    event("GIVEAWAY_START", data)
}

fn about(kind: &str, id: &str, more: Value) -> Event {
    let mut event = event(kind, more);
    event.data.insert("giveawayId".into(), json!(id));
    event
}

fn end(id: &str, winner: &str) -> Event {
    about("GIVEAWAY_END", id, json!({"prize": "Nitro", "winnerIds": [winner]}))
}

fn reroll(id: &str, winner: &str) -> Event {
    about("GIVEAWAY_REROLL", id, json!({"winnerIds": [winner]}))
}

fn list(ids: &[&str]) -> String {
    serde_json::to_string(ids).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_giveaway_runs_is_entered_changed_ended_and_drawn_again() {
    let app = TestApp::start().await;
    let row = || async { rows::giveaway(&app.parts.db, HARBOUR, "g").await.unwrap() };
    tells(&app, &[start("g")]).await;
    let entries = |n: i64| about("GIVEAWAY_ENTRY", "g", json!({"entries": n, "userId": JONAS}));
    tells(&app, &[entries(3), entries(2)]).await;
    let running = row().await;
    assert_eq!((running.state.as_str(), running.prize.as_str(), running.entries), ("running", "Nitro", 3));
    tells(&app, &[about("GIVEAWAY_UPDATE", "g", json!({"prize": "Two Nitros", "winners": 2, "entries": 1}))]).await;
    let changed = row().await;
    assert_eq!((changed.prize.as_str(), changed.winners, changed.entries), ("Two Nitros", 2, 1));
    tells(&app, &[end("g", MIRA), reroll("g", JONAS)]).await;
    let ended = row().await;
    assert_eq!((ended.state.as_str(), ended.prize.as_str()), ("ended", "Two Nitros"));
    assert_eq!((ended.winner_ids, ended.earlier_winner_ids), (list(&[JONAS]), list(&[MIRA])));
    let (id, prize) = ("g".to_owned(), "Two Nitros".to_owned());
    let feed = [
        Activity::GiveawayStarted { id: id.clone(), prize: "Nitro".into() },
        Activity::GiveawayEnded { id: id.clone(), prize: prize.clone(), winners: 1 },
        Activity::GiveawayRerolled { id, prize, winners: 1 },
    ];
    assert_eq!(rows::feed(&app.parts.db, HARBOUR).await, feed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_before_its_start_stays_ended_and_is_completed() {
    let app = TestApp::start().await;
    writes(&app, &[reroll("a", JONAS), end("a", MIRA), start("a")]).await;
    let numbered = [reroll("b", JONAS).numbered(3), start("b").numbered(1), end("b", MIRA).numbered(2)];
    writes(&app, &numbered).await;
    for id in ["a", "b"] {
        let row = rows::giveaway(&app.parts.db, HARBOUR, id).await.unwrap();
        assert_eq!((row.state.as_str(), row.prize.as_str()), ("ended", "Nitro"), "{id}");
        assert_eq!((row.winner_ids, row.earlier_winner_ids), (list(&[JONAS]), list(&[MIRA])), "{id}");
    }
    let cancel = about("GIVEAWAY_CANCEL", "c", json!({"reason": "a mistake"}));
    writes(&app, &[start("c"), cancel, about("GIVEAWAY_ENTRY", "c", json!({"entries": 7}))]).await;
    let row = rows::giveaway(&app.parts.db, HARBOUR, "c").await.unwrap();
    assert_eq!((row.state.as_str(), row.reason.as_deref(), row.entries), ("cancelled", Some("a mistake"), 7));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_was_made_in_the_dashboard_is_completed_and_keeps_what_its_form_holds() {
    let app = TestApp::start().await;
    let (now, made) = (app.clock.now(), r#"{"prize":"Secret party","notes":"keep"}"#);
    app.parts
        .db
        .run(move |conn| {
            use giveaways::*;
            let row = (
                (guild_id.eq(HARBOUR.cast_signed()), id.eq("ours"), state.eq("scheduled"), prize.eq("Party")),
                (prize_folded.eq("party"), winners.eq(3), entries.eq(0_i64), starts_at.eq(now), ends_at.eq(now)),
                (winner_ids.eq("[]"), earlier_winner_ids.eq("[]"), body.eq(made), revision.eq(9_i64)),
                (entry_ms.eq(0_i64), seen_at.eq(0_i64), touched_at.eq(now)),
            );
            Ok::<_, DbError>(diesel::insert_into(table).values(row).execute(conn)?)
        })
        .await
        .unwrap();
    // The bot has never spoken of it: a list without it does not end it.
    tells(&app, &[event("STATE", json!({"giveaways": []}))]).await;
    assert_eq!(rows::giveaway(&app.parts.db, HARBOUR, "ours").await.unwrap().state, "scheduled");
    tells(&app, &[start("ours"), about("GIVEAWAY_ENTRY", "ours", json!({"entries": 5}))]).await;
    let row = rows::giveaway(&app.parts.db, HARBOUR, "ours").await.unwrap();
    assert_eq!((row.state.as_str(), row.prize.as_str(), row.winners, row.entries), ("running", "Party", 3, 5));
    assert_eq!((row.body.as_deref(), row.message_id), (Some(made), Some(1_200_000_000_000_000_001)));
    tells(&app, &[end("ours", MIRA)]).await;
    let row = rows::giveaway(&app.parts.db, HARBOUR, "ours").await.unwrap();
    assert_eq!((row.state.as_str(), row.body.as_deref()), ("ended", Some(made)));
    assert!(!format!("{:?}", rows::feed(&app.parts.db, HARBOUR).await).contains("Secret"));
}
