//! Bodies that are too large, too slow or none of ours: each is refused and noted, and the service goes on meanwhile.

use std::time::Duration;

use reqwest::Method;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::{begun, begun_on, new_id, noted, sends};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const FORM: &str = "application/x-www-form-urlencoded";

/// The head of a POST whose body is to be long, and the beginning of that.
fn begins(app: &TestApp, visitor: &Visitor, id: &str) -> String {
    let cookies: Vec<String> = visitor.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!(
        "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nContent-Type: {FORM}\r\n\
         X-Request-Id: {id}\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\ndefault_volume=7",
        settings("music"),
        cookies.join("; "),
        host = app.config.listen,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_too_large_or_of_another_kind_is_refused_and_noted() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    let of = |bytes: usize| [format!("csrf_token={token}&a=").into_bytes(), vec![b'7'; bytes]].concat();
    let pairs: String = (0..5_001).map(|n| format!("&a{n}=1")).collect();
    let cases = [
        (413, FORM, None, of(2 * 1024 * 1024)),
        (413, FORM, None, pairs.into_bytes()),
        (415, "text/plain", None, of(1)),
        (415, "application/json", None, b"{}".to_vec()),
        (415, FORM, Some("gzip"), of(1)),
        (400, FORM, None, b"a=%ff".to_vec()),
    ];
    for (status, kind, coding, body) in cases {
        let mut request = mira
            .request(Method::POST, &settings("music"))
            .header("origin", app.url())
            .header("content-type", kind)
            .body(body);
        if let Some(coding) = coding {
            request = request.header("content-encoding", coding);
        }
        let (page, said) = sends(&mut mira, request).await;
        assert_eq!(page.status, status, "{kind}: {}", page.title());
        assert_eq!(said, ["body_refused"], "{status} {kind}");
        assert_eq!(mira.get(&settings("music")).await.status, 200);
    }
    // A small form of anybody has a smaller limit.
    let large = app
        .visitor()
        .request(Method::POST, "/language")
        .header("origin", app.url())
        .header("content-type", FORM)
        .body(of(65 * 1024));
    let (page, said) = sends(&mut app.visitor(), large).await;
    page.explains(413, "too much at once");
    assert_eq!(said, ["body_refused"]);
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_never_end_hold_nobody_up() {
    // So long that all of them are still there when the others have been served.
    let app = begun_on(Stage { body_within: Some(Duration::from_secs(600)), ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let mut lines = Vec::new();
    for n in 0..100 {
        let mut line = TcpStream::connect(app.config.listen).await.unwrap();
        let whose = if n % 2 == 0 { mira.clone() } else { app.visitor() };
        line.write_all(begins(&app, &whose, &new_id()).as_bytes()).await.unwrap();
        lines.push(line);
    }
    for line in &mut lines {
        line.write_all(b"7").await.unwrap();
    }
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    assert_eq!(app.visitor().get("/").await.status, 200);
    drop(lines);
    assert_eq!(mira.get(&settings("music")).await.status, 200);
    assert_eq!(app.changes().await.0, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_too_slow_is_given_up_and_noted() {
    let app = begun_on(Stage { body_within: Some(Duration::from_millis(200)), ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let id = new_id();
    answers_in_time(&app, begins(&app, &mira, &id)).await.explains(408, "took too long");
    assert_eq!(noted(&id), ["body_refused"]);
    assert!(mira.is_signed_in().await);
    assert_eq!(app.changes().await, (0, 0));
}

/// The server itself gives it up: there is no request yet that could be noted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_too_slow_is_given_up() {
    let app = begun().await;
    let answer = answers_in_time(&app, format!("GET / HTTP/1.1\r\nHost: {}\r\nX-Slow: ", app.config.listen)).await;
    assert_eq!(answer.status, 408);
    assert_eq!(app.visitor().get("/").await.status, 200);
}

/// Whatever takes longer than this has no limit.
async fn answers_in_time(app: &TestApp, request: String) -> Page {
    let answer = tokio::time::timeout(Duration::from_secs(60), app.sends(request.as_bytes())).await;
    answer.expect("an answer before the request has come")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_rows_where_ten_may_be_are_refused_and_not_all_drawn() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let path = settings("tempvoice");
    let mut form = mira.get(&path).await.form(&path);
    form.extend((0..4_500).map(|row| (format!("creators.{row}.name_template"), String::new())));
    let page = mira.post(&path, &form).await;
    assert_eq!(page.status, 422);
    assert!(page.texts("#errors li").iter().any(|line| line.contains("at most")), "{:?}", page.texts("#errors li"));
    assert!(page.body.len() < 1_000_000, "{} bytes are drawn", page.body.len());
}
