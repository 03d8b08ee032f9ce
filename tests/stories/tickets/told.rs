//! The whole way: the bot says it on its stream, and it stands on the page.

use redis::AsyncCommands as _;
use serde_json::{Value, json};

use super::{THEN, tickets};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

async fn says(app: &TestApp, kind: &str, data: Value) {
    let event = json!({"id": uuid::Uuid::new_v4(), "type": kind, "guildId": HARBOUR.to_string(), "data": data,
                       "timestamp": THEN});
    let mut connection = app.redis.connection().await.unwrap();
    let stream = format!("{}bot:events", app.prefix);
    let _: String = connection.xadd(stream, "*", &[("event", event.to_string())]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_is_opened_claimed_closed_read_and_rated() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    says(
        &app,
        "TICKET_CREATE",
        json!({"ticketId": "a1", "number": 42, "userId": "816370501973721200", "username": "Ines",
        "category": "Billing", "createdAt": "2026-11-20T12:00:00Z", "channelId": "816370501973721201"}),
    )
    .await;
    says(&app, "TICKET_CLAIM", json!({"ticketId": "a1", "claimedBy": "816370501973721202", "claimerName": "Jonas"}))
        .await;
    let reader = mira.clone();
    eventually("the ticket is claimed", || {
        let mut mira = reader.clone();
        async move { mira.get(&format!("{}?state=claimed", tickets())).await.main().contains("Ines") }
    })
    .await;
    says(&app, "TICKET_TRANSCRIPT", json!({"ticketId": "a1", "part": 1, "parts": 1, "messages": [
        {"id": "1", "authorId": "816370501973721200", "authorName": "Ines", "bot": false, "at": "2026-11-20T12:00:01Z",
         "content": "Where is **my** order?", "embeds": [{"title": "Ticket 42", "fields": [{"name": "a", "value": "b"}]}],
         "attachments": [{"name": "bill.pdf", "size": 10, "url": "https://cdn.discordapp.com/bill.pdf"}]}]})).await;
    says(&app, "TICKET_CLOSE", json!({"ticketId": "a1", "closedBy": "816370501973721202", "reason": "sent"})).await;
    says(
        &app,
        "TICKET_RATING",
        json!({"ticketId": "a1", "stars": 5, "review": "Thank you", "staffId": "816370501973721202"}),
    )
    .await;
    eventually("the rating is there", || {
        let mut mira = reader.clone();
        async move { mira.get(&format!("{}/ratings", tickets())).await.main().contains("Thank you") }
    })
    .await;
    let page = mira.get(&format!("{}/a1", tickets())).await;
    assert_eq!(page.text("h1"), "Ticket 42 Closed");
    assert!(page.main().contains("Jonas") && page.main().contains("sent"), "{}", page.main());
    let page = mira.get(&format!("{}/a1/transcript", tickets())).await;
    assert!(page.has("#m-1 strong") && page.text("#m-1").contains("bill.pdf"), "{}", page.main());
    assert!(page.text("#m-1 time").contains("12:00:01"), "{}", page.text("#m-1"));
}
