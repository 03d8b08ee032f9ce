//! The pages of tickets, with rows as the bot's events leave them.

use discord_standin::seed;
use serde_json::json;

use super::chromium::Browser;
use crate::support::TestApp;
use crate::tickets::{THEN, Ticket, has_part, has_rating, has_tickets, ticket, tickets};

/// Takes the browser from page to page and calls `at` on each with a name for it.
pub async fn tour(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let long = Ticket {
        opener: "Theodora-Wilhelmina von und zu Hohenkirchenburg".into(),
        category: "Appeals and everything else that has no other place".into(),
        ..ticket(2, "open")
    };
    let mut all = vec![ticket(1, "open"), long, ticket(3, "claimed"), ticket(4, "deleted")];
    all.extend((5..=30).map(|number| ticket(number, "closed")));
    has_tickets(app, &all).await;
    for (number, stars) in [(5, 5), (6, 4), (7, 5), (8, 2), (9, 1)] {
        let review = (stars > 3).then_some("Quick, kind, and it works now. Thank you very much!");
        has_rating(app, &format!("t-{number}"), stars, review, seed::JONAS).await;
    }
    let said = |n: i64, author: &str, content: &str| {
        json!({"authorId": author, "authorName": author, "bot": author == "Harbour Bot", "at": THEN + n * 30_000,
               "content": content})
    };
    let mut last = said(5, "Harbour Bot", "");
    last["embeds"] = json!([{"title": "Ticket closed", "description": "Closed by **Jonas**.", "color": "#ED4245",
        "footer": "Harbour Club", "fields": [{"name": "Category", "value": "Billing", "inline": true}]}]);
    let mut bill = said(2, "Sam", "Here is the bill, and what it says: `E-1042`");
    bill["attachments"] = json!([{"name": "bill.pdf", "size": 20_480, "url": "https://cdn.discordapp.com/bill.pdf"}]);
    let first = said(1, "Sam", "Hello, my order **never came**.\nWhat can I do?");
    let messages =
        json!([first, bill, said(3, "Jonas", "Hi <@Sam>, I look into it."), said(4, "Sam", "Thanks!"), last]);
    has_part(app, "t-5", (1, 2), &messages.to_string()).await;
    for (tail, name) in [
        ("", "tickets"),
        ("?state=closed", "tickets-closed"),
        ("?q=nobody", "tickets-no-match"),
        ("/t-3", "ticket"),
        ("/t-5", "ticket-closed"),
        ("/t-3/closing", "ticket-closing"),
        ("/t-5/closing", "ticket-closing-closed"),
        ("/t-5/transcript", "transcript"),
        ("/t-5/transcript?q=bill", "transcript-search"),
        ("/ratings", "ratings"),
        ("/t-5/rating/deletion", "rating-deletion"),
    ] {
        mira.goes(&format!("{}{tail}", tickets())).await;
        at(name).await;
    }
}
