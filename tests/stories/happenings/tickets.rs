//! Tickets: each event, in order and out of order, with transcripts and ratings.

use config_sync::Event;
use guildhall::happenings::{Activity, TranscriptMessage};
use serde_json::json;

use super::{CHANNEL, JONAS, MIRA, event, rows, tells, writes};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

fn create(id: &str) -> Event {
    let data = json!({"ticketId": id, "channelId": CHANNEL, "userId": MIRA, "username": "mira.k",
        "category": "Billing", "createdAt": "2026-11-24T01:00:00Z", "number": 42});
    event("TICKET_CREATE", data)
}

fn claim(id: &str) -> Event {
    event("TICKET_CLAIM", json!({"ticketId": id, "channelId": CHANNEL, "claimedBy": JONAS, "claimerName": "jonas"}))
}

fn close(id: &str) -> Event {
    event("TICKET_CLOSE", json!({"ticketId": id, "channelId": CHANNEL, "closedBy": JONAS, "reason": "solved"}))
}

fn reopen(id: &str) -> Event {
    event("TICKET_REOPEN", json!({"ticketId": id, "channelId": CHANNEL}))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_is_opened_claimed_closed_opened_again_and_deleted() {
    let app = TestApp::start().await;
    let state = || async { rows::ticket(&app.parts.db, HARBOUR, "t1").await.unwrap().state };
    tells(&app, &[create("t1")]).await;
    let ticket = rows::ticket(&app.parts.db, HARBOUR, "t1").await.unwrap();
    assert_eq!((ticket.state.as_str(), ticket.number, ticket.opener_name.as_str()), ("open", Some(42), "mira.k"));
    tells(&app, &[claim("t1")]).await;
    assert_eq!(state().await, "claimed");
    tells(&app, &[close("t1")]).await;
    let ticket = rows::ticket(&app.parts.db, HARBOUR, "t1").await.unwrap();
    assert_eq!((ticket.state.as_str(), ticket.reason.as_deref()), ("closed", Some("solved")));
    tells(&app, &[reopen("t1")]).await;
    let ticket = rows::ticket(&app.parts.db, HARBOUR, "t1").await.unwrap();
    assert_eq!((ticket.state.as_str(), ticket.closed_at, ticket.reason), ("claimed", None, None));
    tells(&app, &[event("TICKET_DELETE", json!({"ticketId": "t1", "channelId": CHANNEL}))]).await;
    assert_eq!(state().await, "deleted");
    let (id, number) = ("t1".to_owned(), Some(42));
    let feed = [
        Activity::TicketOpened { id: id.clone(), number, name: "mira.k".into() },
        Activity::TicketClaimed { id: id.clone(), number, name: "jonas".into() },
        Activity::TicketClosed { id: id.clone(), number },
        Activity::TicketReopened { id: id.clone(), number },
        Activity::TicketDeleted { id, number },
    ];
    assert_eq!(rows::feed(&app.parts.db, HARBOUR).await, feed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_before_its_create_stays_closed_and_is_completed_with_and_without_numbers() {
    let app = TestApp::start().await;
    writes(&app, &[close("a"), claim("a"), create("a")]).await;
    writes(&app, &[close("b").numbered(3), claim("b").numbered(2), create("b").numbered(1)]).await;
    for id in ["a", "b"] {
        let ticket = rows::ticket(&app.parts.db, HARBOUR, id).await.unwrap();
        assert_eq!((ticket.state.as_str(), ticket.number), ("closed", Some(42)), "{id}");
        assert_eq!((ticket.opener_name.as_str(), ticket.claimer_name.as_deref()), ("mira.k", Some("jonas")), "{id}");
        assert_eq!(ticket.reason.as_deref(), Some("solved"), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_number_changes_nothing_and_a_repeat_is_taken_once() {
    let app = TestApp::start().await;
    writes(&app, &[create("a").numbered(1), close("a").numbered(5)]).await;
    let closed = rows::ticket(&app.parts.db, HARBOUR, "a").await;
    writes(&app, &[reopen("a").numbered(4), reopen("a").numbered(5), claim("a").numbered(2)]).await;
    let now = rows::ticket(&app.parts.db, HARBOUR, "a").await.unwrap();
    assert_eq!((now.state.as_str(), now.closed_at), ("closed", closed.unwrap().closed_at));
    assert_eq!(now.claimer_name.as_deref(), Some("jonas"), "what was not known yet is taken");
    let reopening = reopen("a").numbered(6);
    writes(&app, &[reopening.clone(), close("a").numbered(7)]).await;
    // With the very same id, and, as from a bot that gives none, without.
    let bot = app.bot().await;
    bot.shouts(&serde_json::to_vec(&reopening).unwrap()).await;
    let marker = create("marker");
    writes(&app, std::slice::from_ref(&reopening)).await;
    tells(&app, &[marker]).await;
    assert_eq!(rows::ticket(&app.parts.db, HARBOUR, "a").await.unwrap().state, "closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_only_publishes_and_gives_no_ids_is_heard_and_may_repeat_itself() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let bare = |event: &Event| {
        let mut value = serde_json::to_value(event).unwrap();
        value.as_object_mut().unwrap().remove("id");
        value.to_string()
    };
    for one in [create("a"), create("a"), close("a"), close("a"), create("a")] {
        bot.shouts(bare(&one).as_bytes()).await;
    }
    crate::support::app::eventually("it is closed", || async {
        rows::ticket(&app.parts.db, HARBOUR, "a").await.is_some_and(|ticket| ticket.state == "closed")
    })
    .await;
    tells(&app, &[create("marker")]).await;
    assert_eq!(rows::ticket(&app.parts.db, HARBOUR, "a").await.unwrap().state, "closed");
    let of_a = |one: &Activity| matches!(one, Activity::TicketOpened { id, .. } | Activity::TicketClosed { id, .. } if id == "a");
    let feed = rows::feed(&app.parts.db, HARBOUR).await;
    assert_eq!(feed.iter().filter(|one| of_a(one)).count(), 2, "{feed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transcript_comes_in_parts_and_holds_text_only() {
    let app = TestApp::start().await;
    let message = |n: i32| {
        json!({"id": format!("{}", 816_370_501_973_721_000_i64 + i64::from(n)), "authorId": MIRA, "authorName": "mi\u{0}ra",
            "bot": false, "at": "2026-11-24T01:00:00Z", "content": "<b>hi</b>\r\nthere",
            "embeds": [{"title": "T", "description": "D", "image": {"url": "https://x.example/i.png"},
                        "fields": [{"name": "n", "value": "v"}], "footer": {"text": "f"}}],
            "attachments": [{"name": "a.png", "size": 5, "url": "https://cdn.example/a.png"},
                            {"name": "b", "size": -1, "url": "javascript:alert(1)"}]})
    };
    let part = |part: i32, parts: i32, count: i32| {
        let messages: Vec<_> = (0..count).map(message).collect();
        event("TICKET_TRANSCRIPT", json!({"ticketId": "a", "part": part, "parts": parts, "messages": messages}))
    };
    writes(&app, &[part(2, 2, 1), part(1, 2, 3), part(1, 2, 2), part(9, 2, 1)]).await;
    let kept = rows::transcript(&app.parts.db, HARBOUR, "a").await;
    let counts: Vec<_> = kept.iter().map(|(part, parts, count, _)| (*part, *parts, *count)).collect();
    assert_eq!(counts, [(1, 2, 2), (2, 2, 1)], "the part that was told last is the one that holds");
    let messages: Vec<TranscriptMessage> = serde_json::from_str(&kept[0].3).unwrap();
    let one = &messages[0];
    assert_eq!((one.author_name.as_str(), one.content.as_str()), ("mira", "<b>hi</b>\nthere"));
    assert_eq!((one.at, one.embeds[0].footer.as_str()), (Some(1_795_482_000_000), "f"));
    assert_eq!(one.attachments[0].url.as_deref(), Some("https://cdn.example/a.png"));
    assert_eq!((&one.attachments[1].url, one.attachments[1].size), (&None, None));
    assert!(!kept[0].3.contains("i.png"), "a picture is no text");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_has_one_rating_and_another_text_has_not_been_approved() {
    let app = TestApp::start().await;
    let rate = |stars: i64, review: &str| {
        event("TICKET_RATING", json!({"ticketId": "a", "stars": stars, "review": review, "staffId": JONAS})).by(MIRA)
    };
    tells(&app, &[create("a"), rate(5, "great"), rate(0, "x"), rate(6, "x")]).await;
    let rating = rows::rating(&app.parts.db, HARBOUR, "a").await.unwrap();
    assert_eq!((rating.stars, rating.review.as_deref(), rating.approved), (5, Some("great"), false));
    app.parts
        .db
        .run(|conn| {
            use diesel::prelude::*;
            use guildhall::schema::ratings::dsl::*;
            Ok::<_, guildhall::db::DbError>(diesel::update(ratings).set(approved.eq(true)).execute(conn)?)
        })
        .await
        .unwrap();
    tells(&app, &[rate(5, "great")]).await;
    assert!(rows::rating(&app.parts.db, HARBOUR, "a").await.unwrap().approved, "told again");
    tells(&app, &[rate(1, "bad")]).await;
    let rating = rows::rating(&app.parts.db, HARBOUR, "a").await.unwrap();
    assert_eq!((rating.stars, rating.approved), (1, false));
    let rated = |one: &Activity| matches!(one, Activity::TicketRated { number: Some(42), .. });
    assert_eq!(rows::feed(&app.parts.db, HARBOUR).await.iter().filter(|one| rated(one)).count(), 2);
}
