//! A request's id is the balancer's, from its log to ours and to the page.

use reqwest::Method;
use serde_json::Value;

use super::place::{Place, Program};

const THEIRS: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// The log's lines for a request; every line of the log is JSON.
fn lines(program: &Program, id: &str) -> Vec<Value> {
    let log = program.log();
    let all = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{line}")));
    all.filter(|line| line["span"]["request_id"] == id).collect()
}

async fn asks(place: &Place, path: &str, id: &str) -> (String, String) {
    let mut visitor = place.visitor();
    let request = visitor.request(Method::GET, path).header("x-request-id", id);
    let page = visitor.send(request).await;
    (page.header("x-request-id").to_owned(), page.body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_of_our_proxy_is_kept_everywhere() {
    let mut place = Place::make().await;
    place.set("TRUSTED_PROXIES", "127.0.0.1/32");
    place.set("LOG_FORMAT", "json");
    place.set("LOG", "info,guildhall=debug");
    let program = place.serves().await;
    let (header, body) = asks(&place, "/nothing", THEIRS).await;
    assert_eq!(header, THEIRS);
    assert!(body.contains(THEIRS), "the page that says what went wrong names it");
    let lines = lines(&program, THEIRS);
    assert!(lines.len() >= 2, "why, and that it was answered: {}", program.log());
    assert!(lines.iter().all(|line| line["span"]["path"] == "/nothing"), "{lines:?}");

    let too_long = "a".repeat(65);
    for id in ["short", "<script>alert(1)</script>", too_long.as_str(), "with spaces in it"] {
        let (header, body) = asks(&place, "/nothing", id).await;
        assert_eq!(header.len(), 36, "{id} is no id: {header}");
        assert!(!body.contains(id) || id == "short");
    }
    assert_ne!(asks(&place, "/healthz", THEIRS).await.0, "", "each answer has one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_of_anybody_else_is_not() {
    let mut place = Place::make().await;
    place.set("LOG_FORMAT", "json");
    let program = place.serves().await;
    let (header, body) = asks(&place, "/nothing", THEIRS).await;
    assert_eq!(header.len(), 36);
    assert!(body.contains(&header) && !body.contains(THEIRS), "{body}");
    assert!(!lines(&program, &header).is_empty());
    assert!(!program.log().contains(THEIRS));
}
