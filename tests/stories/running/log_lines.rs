//! The log as another program reads it.

use serde_json::Value;

use super::place::Place;
use crate::support::app::{HARBOUR, eventually};

/// Each line, which has to be an object.
fn lines(log: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let lines: Vec<Value> = log.lines().map(read).collect();
    assert!(lines.iter().all(Value::is_object), "{log}");
    lines
}

/// The lines of one request.
fn of<'a>(all: &'a [Value], id: &str) -> Vec<&'a Value> {
    all.iter().filter(|line| line["span"]["request_id"] == id).collect()
}

/// What the documents say that every line has.
fn is_a_line(line: &Value) {
    let at = line["timestamp"].as_str().unwrap_or_default();
    assert!(at.starts_with("20") && at.ends_with('Z') && at.contains('T'), "{line}");
    let levels = ["ERROR", "WARN", "INFO", "DEBUG"];
    assert!(line["level"].as_str().is_some_and(|level| levels.contains(&level)), "{line}");
    assert!(line["target"].as_str().is_some_and(|target| !target.is_empty()), "{line}");
    assert!(line["fields"].is_object(), "{line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_is_an_object_with_what_the_documents_name() {
    let mut place = Place::make().await;
    place.set("LOG_FORMAT", "json");
    place.set("LOG", "info,guildhall=debug");
    let program = place.serves().await;
    let mut mira = place.mira().await;
    let saved = mira.saves("music", &[("default_volume", "64")]).await;
    let refused = mira.saves("music", &[("default_volume", "moon\nlight\" }")]).await;
    let lost = mira.get("/nothing").await;
    assert_eq!((saved.status.as_u16(), refused.status.as_u16(), lost.status.as_u16()), (303, 422, 404));

    let all = lines(&program.log());
    all.iter().for_each(is_a_line);
    for (page, method) in [(&saved, "POST"), (&refused, "POST"), (&lost, "GET")] {
        let lines = of(&all, page.header("x-request-id"));
        assert!(!lines.is_empty(), "{}", program.log());
        for line in &lines {
            let span = &line["span"];
            assert_eq!((span["name"].as_str(), span["method"].as_str()), (Some("request"), Some(method)), "{line}");
            assert!(span["path"].is_string() && span["client"] == "127.0.0.1", "{line}");
        }
        let answered: Vec<&&Value> = lines.iter().filter(|line| line["fields"]["message"] == "answered").collect();
        assert_eq!(answered.len(), 1, "{lines:?}");
        assert_eq!(answered[0]["span"]["status"], page.status.as_u16(), "{answered:?}");
        if page.status != 404 {
            assert_eq!(answered[0]["span"]["route"], "/guilds/{guild_id}/settings/music");
        }
    }

    // Security events are found by their name, with who and where.
    let of_the_form = of(&all, refused.header("x-request-id"));
    let event = of_the_form.iter().find(|line| line["fields"]["event"] == "form_refused").unwrap();
    assert_eq!(event["fields"]["user.id"], discord_standin::seed::MIRA.to_string());
    assert_eq!(event["fields"]["guild.id"], HARBOUR.to_string());
    assert!(all.iter().any(|line| line["fields"]["event"] == "sign_in" && !line["fields"]["user.id"].is_null()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_metrics_are_on_their_own_listener_and_nowhere_else() {
    let place = Place::make().await;
    let program = place.serves().await;
    assert_eq!(program.tells("/metrics").await.0, 200);
    for path in ["/metrics", "/metrics?name[]=guildhall_sessions"] {
        let page = place.visitor().get(path).await;
        page.explains(404, "no such page");
        assert!(!page.body.contains("# TYPE"), "{path}");
    }
    assert_eq!(program.tells("/").await.0, 404, "and that listener has nothing else");
    eventually("it says a word, and no reasons", || async { program.readiness().await == (200, "ok".into()) }).await;
}
