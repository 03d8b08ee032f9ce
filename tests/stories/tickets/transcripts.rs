//! A transcript: pages, search, what is missing, and that nothing in it breaks or becomes the page.

use discord_standin::seed;
use guildhall::db::DbError;
use guildhall::erasure::person::{forget_on_servers, in_transcripts, neutral_id};
use guildhall::ids::UserId;
use serde_json::{Value, json};

use super::{has_part, has_tickets, ticket, tickets};
use crate::support::TestApp;

fn said(n: usize, author: &str, content: &str) -> Value {
    let at = 1_795_176_000_000_i64 + i64::try_from(n).unwrap() * 1_000;
    json!({"id": n.to_string(), "authorId": author, "authorName": author, "bot": author == "Harbour Bot", "at": at,
           "content": content, "embeds": [], "attachments": []})
}

fn many(numbers: std::ops::Range<usize>) -> String {
    let messages: Vec<Value> =
        numbers.map(|n| said(n, if n % 10 < 5 { "Sam" } else { "Jonas" }, &format!("line {n}"))).collect();
    Value::from(messages).to_string()
}

fn path() -> String {
    format!("{}/t-1/transcript", tickets())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transcript_is_an_ordered_list_of_articles_by_author() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "closed")]).await;
    let bill = json!({"name": "bill.pdf", "size": 20_480, "url": "https://cdn.discordapp.com/bill.pdf"});
    let mut third = said(3, "Harbour Bot", "");
    third["embeds"] = json!([{"title": "Closed", "description": "by **Jonas**"}]);
    third["attachments"] = json!([bill]);
    let body = json!([said(1, "Sam", "Hello **there**"), said(2, "Sam", "<@Jonas> my `order`"), third]);
    has_part(&app, "t-1", (1, 1), &body.to_string()).await;
    let mut mira = app.mira().await;
    let ticket = mira.get(&format!("{}/t-1", tickets())).await;
    assert!(ticket.has(&format!("a[href='{}']", path())) && ticket.main().contains("kept until"), "{}", ticket.main());
    let page = mira.get(&path()).await;
    assert_eq!(page.texts("ol.transcript > li > article").len(), 3);
    assert_eq!(page.attributes("ol.transcript > li", "id"), ["m-1", "m-2", "m-3"]);
    assert!(page.has("#m-1 strong") && page.has("#m-2 code") && page.has("#m-2.said-more .vh"), "{}", page.main());
    assert!(page.text("#m-3 .said-by").contains("Harbour Bot Bot"), "{}", page.text("#m-3"));
    assert!(
        page.text("#m-3 .embed").contains("by Jonas") && page.text("#m-3 .attachments").contains("bill.pdf 20.4 kB")
    );
    let links = page.attributes("#m-3 a[rel='noopener noreferrer nofollow ugc']", "href");
    assert_eq!(links, ["https://cdn.discordapp.com/bill.pdf"]);
    assert!(page.text("#m-1 time").contains("20 Nov 2026, 12:00:01 UTC"), "{}", page.text("#m-1"));
    assert!(page.text(".lead").contains("18 Feb 2027"), "ninety days: {}", page.text(".lead"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_ones_have_pages_of_a_hundred_with_anchors() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "closed")]).await;
    has_part(&app, "t-1", (1, 2), &many(0..200)).await;
    has_part(&app, "t-1", (2, 2), &many(200..250)).await;
    let mut mira = app.mira().await;
    let mut page = mira.get(&path()).await;
    let mut seen = Vec::new();
    loop {
        seen.extend(page.attributes("ol.transcript > li", "id"));
        let Some(next) = page.attributes(".pager a[rel=next]", "href").pop() else { break };
        page = mira.get(&next).await;
    }
    assert_eq!(seen, (1..=250).map(|n| format!("m-{n}")).collect::<Vec<_>>());
    assert_eq!(page.text("#range"), "Messages 201 to 250 of 250");
    assert!(page.has(".pager a[rel=prev][href$='page=2']"), "{}", page.main());
    for (number, first) in
        [("999", "m-201"), ("0", "m-1"), ("x", "m-1"), ("-5", "m-1"), ("18446744073709551615", "m-201")]
    {
        let page = mira.get(&format!("{}?page={number}", path())).await;
        assert_eq!(page.attributes("ol.transcript > li", "id")[0], first, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_counts_marks_and_leads_to_the_place() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "closed")]).await;
    has_part(&app, "t-1", (1, 1), &many(0..200)).await;
    let mut mira = app.mira().await;
    let page = mira.get(&format!("{}?q=LINE+15", path())).await;
    assert_eq!(page.text("#found"), "11 messages hold this text.", "15 and 150 to 159");
    assert_eq!(page.texts("mark")[..2], ["line 15", "line 15"]);
    assert_eq!(page.attributes("ol.transcript > li", "id").len(), 11);
    let place = page.attributes("#m-151 a", "href").remove(0);
    assert_eq!(place, format!("{}?page=2#m-151", path()));
    assert!(mira.get(&place).await.has("#m-151"));
    let none = mira.get(&format!("{}?q=%3Cscript%3E", path())).await;
    assert_eq!((none.text("#found"), none.texts("article").len()), ("No message holds this text.".to_owned(), 0));
    assert_eq!(none.attributes("#q", "value"), ["<script>"]);
    assert_eq!(mira.get(&format!("{}?q=one+line", path())).await.texts("mark").len(), 0);
    let by = mira.get(&format!("{}?q=jonas", path())).await;
    assert_eq!(by.text("#found"), "100 messages hold this text.", "an author is found, too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_or_broken_is_said_and_the_rest_is_shown() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "closed"), ticket(2, "closed")]).await;
    let mut mira = app.mira().await;
    let page = mira.get(&path()).await;
    assert!(page.status == 200 && page.text(".empty").contains("There is no transcript"), "{}", page.main());
    has_part(&app, "t-1", (2, 6), &many(0..3)).await;
    has_part(&app, "t-1", (3, 6), "{\"no\": \"list\"").await;
    has_part(&app, "t-1", (4, 6), "[null, 7, {\"content\": 5, \"embeds\": 1, \"attachments\": {}}]").await;
    let page = mira.get(&path()).await;
    assert_eq!(page.status, 200);
    let gaps = [
        "Part 1 of 6 has not arrived.",
        "Part 3 has arrived, but could not be read.",
        "2 messages could not be read.",
        "Parts 5 to 6 of 6 have not arrived.",
    ];
    assert_eq!(page.texts("#gaps li"), gaps);
    assert_eq!(page.texts("ol.transcript > li.gap"), gaps);
    assert_eq!(page.texts("ol.transcript article").len(), 4);
    assert!(page.text(".lead").contains("3 of 6 parts"), "{}", page.text(".lead"));
    has_part(&app, "t-2", (1, 1), "[]").await;
    let page = mira.get(&format!("{}/t-2/transcript", tickets())).await;
    assert!(page.text(".empty").contains("Nothing was said"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_forgotten_is_a_number_in_transcripts_and_what_they_wrote_stays() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "closed")]).await;
    let (sam, jonas) = (seed::SAM.to_string(), seed::JONAS.to_string());
    let by = |n: usize, id: &str, name: &str, content: &str| {
        let mut one = said(n, name, content);
        one["authorId"] = id.into();
        one
    };
    let body = json!([
        by(1, &sam, "Samuel Rower", "The lamp is broken"),
        by(2, &jonas, "Jonas", &format!("<@{sam}> it is mended")),
        by(3, &sam, "Samuel Rower", "Thank you"),
    ]);
    has_part(&app, "t-1", (1, 1), &body.to_string()).await;
    let mut mira = app.mira().await;
    let before = mira.get(&path()).await;
    assert!(before.main().contains("Samuel Rower"), "{}", before.main());
    let (user, number, now) = (UserId::new(seed::SAM.0), neutral_id(), app.clock.now());
    let counted = app.parts.db.run(move |conn| Ok::<_, DbError>(in_transcripts(conn, user)?)).await.unwrap();
    let forget = app.parts.db.write(move |conn| Ok::<_, DbError>(forget_on_servers(conn, user, number, now)?));
    let tally = forget.await.unwrap();
    assert!(tally.some().any(|(table, rows)| (table, rows) == ("transcripts", 1)), "{tally:?}");
    let left = app.parts.db.run(move |conn| Ok::<_, DbError>(in_transcripts(conn, user)?)).await.unwrap();
    assert_eq!((counted.total(), left.total()), (1, 0), "what is counted is what is done");
    let page = mira.get(&path()).await;
    assert!(!page.body.contains("Samuel Rower") && !page.body.contains(&sam), "{}", page.main());
    for left in [number.to_string().as_str(), "The lamp is broken", "it is mended", "Thank you", "Jonas"] {
        assert!(page.main().contains(left), "{left}: {}", page.main());
    }
    assert_eq!(page.texts("ol.transcript article").len(), 3);
}
