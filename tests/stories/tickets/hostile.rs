//! Names, reasons, reviews and messages that want to be more than text, on every page of tickets.

use discord_standin::seed;
use scraper::{Html, Node};
use serde_json::json;

use super::{Ticket, has_part, has_rating, has_tickets, ticket, tickets};
use crate::support::TestApp;
use crate::support::page::Page;

const MARKUP: &str = "\"'><img src=x onerror=alert(1)>";

fn assert_harmless(page: &Page) {
    assert_eq!(page.status, 200, "{}", page.main());
    assert!(page.main().contains("onerror"), "it is told as text: {}", page.main());
    let html = Html::parse_document(&page.body);
    for node in html.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                for (name, value) in element.attrs() {
                    assert!(!name.starts_with("on"), "{name} on {}", page.title());
                    assert!(!value.contains('\u{202e}'), "{name}={value} on {}", page.title());
                }
                let source = element.attr("src").unwrap_or("/static/");
                assert!(["/cdn/", "/static/"].iter().any(|place| source.starts_with(place)), "{source}");
            }
            Node::Text(text) => assert!(!text.contains('\u{202e}'), "{} on {}", text.text, page.title()),
            _ => {}
        }
    }
    for (name, value) in &page.headers {
        assert!(!name.as_str().contains("evil") && !value.as_bytes().windows(4).any(|part| part == b"<img"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_names_and_messages_are_text_on_every_page() {
    let app = TestApp::start().await;
    let text = format!("{MARKUP}\u{202e}drawkcab\r\nX-Evil: 1 {}", "W".repeat(300));
    let nasty = |state| Ticket {
        opener: text.clone(),
        category: text.clone(),
        claimer: Some(text.clone()),
        reason: Some(text.clone()),
        ..ticket(1, state)
    };
    has_tickets(&app, &[Ticket { id: "t-9".into(), ..nasty("open") }, nasty("closed")]).await;
    has_tickets(&app, &[Ticket { id: "t-8".into(), ..nasty("claimed") }]).await;
    has_rating(&app, "t-1", 5, Some(&text), seed::JONAS).await;
    let message = json!({"authorId": text, "authorName": text, "content": text, "at": text,
        "embeds": [{"title": text, "description": text, "url": text, "color": text, "footer": {"text": text},
                    "image": {"url": format!("https://evil.example/{text}")}, "fields": [{"name": text, "value": text}]}],
        "attachments": [{"name": text, "size": 5, "url": format!("https://evil.example/{text}")}]});
    has_part(&app, "t-1", (1, 1), &json!([message, message]).to_string()).await;
    let mut mira = app.mira().await;
    for tail in [
        "",
        "?state=claimed",
        "?state=closed",
        "/t-1",
        "/t-9",
        "/t-9/closing",
        "/t-1/closing",
        "/t-1/transcript",
        "/t-1/transcript?q=onerror",
        "/ratings",
        "/t-1/rating/deletion?view=%22%3E%3Cimg",
    ] {
        let page = mira.get(&format!("{}{tail}", tickets())).await;
        assert_harmless(&page);
    }
    let path = format!("{}/t-9/closing", tickets());
    let mut form = mira.get(&path).await.form(&path);
    form.iter_mut().filter(|(name, _)| name == "reason").for_each(|(_, reason)| reason.clone_from(&text));
    let answer = mira.post(&path, &form).await;
    assert_harmless(&mira.follows(&answer).await);
}
