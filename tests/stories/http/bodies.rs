//! Bodies that are no form, or too much of one.

use std::time::Duration;

use reqwest::Method;

use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

async fn sends(visitor: &mut Visitor, content_type: Option<&str>, more: &[(&str, &str)], body: Vec<u8>) -> Page {
    let mut request = visitor
        .request(Method::POST, &settings("music"))
        .header("origin", visitor.base.clone())
        .header("sec-fetch-site", "same-origin")
        .body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    visitor.send(request).await
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_plain_form_is_read() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    let body = format!("csrf_token={token}&default_volume=70").into_bytes();
    for kind in [
        None,
        Some("text/plain"),
        Some("application/json"),
        Some("multipart/form-data; boundary=x"),
        Some("x"),
        Some(""),
    ] {
        sends(&mut mira, kind, &[], body.clone()).await.explains(415, "unknown form");
    }
    for coding in ["gzip", "br", "identity", "deflate, gzip", "zip-bomb"] {
        sends(&mut mira, Some(FORM), &[("content-encoding", coding)], body.clone()).await.explains(415, "unknown form");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charset_behind_the_type_does_no_harm() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "70")]);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    for kind in ["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-Urlencoded"] {
        let page = sends(&mut mira, Some(kind), &[], body.clone().into_bytes()).await;
        assert_eq!(page.status, 303, "{kind}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_are_no_text_are_refused() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    for bad in ["%ff", "%c3%28", "%ed%a0%80", "%f4%90%80%80"] {
        let body = format!("csrf_token={token}&default_volume={bad}").into_bytes();
        let page = sends(&mut mira, Some(FORM), &[], body).await;
        page.explains(400, "cannot be understood");
        assert!(page.main().contains("UTF-8"), "{}", page.main());
    }
    let raw = [format!("csrf_token={token}&default_volume=").into_bytes(), vec![0xff, 0xfe]].concat();
    sends(&mut mira, Some(FORM), &[], raw).await.explains(400, "cannot be understood");
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_larger_than_any_form_is_refused_with_a_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    for megabytes in [2, 10] {
        let mut body = format!("csrf_token={token}&default_volume=").into_bytes();
        body.resize(megabytes * 1024 * 1024, b'7');
        sends(&mut mira, Some(FORM), &[], body).await.explains(413, "too much at once");
    }
    let many: String = (0..5_001).map(|n| format!("&a{n}=1")).collect();
    let body = format!("csrf_token={token}{many}").into_bytes();
    sends(&mut mira, Some(FORM), &[], body).await.explains(413, "too much at once");
    assert_eq!(app.changes().await, (0, 0));
    assert!(mira.is_signed_in().await);
}

/// Five messages as long as Discord allows, of letters that take twelve bytes each on the way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_largest_form_there_is_is_saved() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut form = mira.opens("tickets").await;
    let party = |count: usize| "🎉".repeat(count);
    for message in ["welcome_message", "claim_message", "close_message", "thank_you_message", "review_message"] {
        let (content, title) = (format!("{message}.content"), format!("{message}.embed.title"));
        let (description, footer) = (format!("{message}.embed.description"), format!("{message}.embed.footer"));
        let edits = [(content, party(2_000)), (title, party(250)), (description, party(3_700)), (footer, party(2_040))];
        for (name, value) in &edits {
            assert!(form.iter().any(|(field, _)| field.starts_with(name.as_str())), "{name}");
            let name = form.iter().find(|(field, _)| field.starts_with(name.as_str())).unwrap().0.clone();
            form = edited(form, &[(&name, value)]);
        }
    }
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    assert!(body.len() > 470_000, "{} bytes", body.len());
    let saved = mira.post(&settings("tickets"), &form).await;
    assert_eq!(saved.status, 303, "{:?}", saved.texts("#errors li"));
    let stored = app.stored("tickets").await.unwrap().0;
    assert_eq!(stored["welcomeMessage"]["content"], party(2_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_cut_off_on_its_way_saves_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let token = mira.token().await;
    let cookies: Vec<String> = mira.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nContent-Type: {FORM}\r\n\
         Content-Length: 5000\r\nConnection: close\r\n\r\ncsrf_token={token}&default_volume=70",
        settings("music"),
        cookies.join("; "),
        host = app.config.listen,
    );
    {
        use tokio::io::AsyncWriteExt as _;
        let mut line = tokio::net::TcpStream::connect(app.config.listen).await.unwrap();
        line.write_all(head.as_bytes()).await.unwrap();
        line.shutdown().await.unwrap();
    }
    assert!(mira.is_signed_in().await);
    assert_eq!(app.changes().await, (0, 0));
}

/// A POST with this type of which a part of the body never comes; gives the answer.
async fn begins(app: &TestApp, cookies: &Visitor, path: &str, content_type: &str) -> Page {
    let cookies: Vec<String> = cookies.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let host = app.config.listen;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nContent-Type: {content_type}\r\n\
         Content-Length: 2000000\r\nConnection: close\r\n\r\n--x",
        cookies.join("; "),
    );
    let answer = tokio::time::timeout(Duration::from_secs(30), app.sends(head.as_bytes()));
    answer.await.unwrap_or_else(|_| panic!("{path}: no answer before the body has come"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_does_not_end_is_given_up() {
    let app = TestApp::on(Stage { body_within: Some(Duration::from_millis(200)), ..Stage::default() }).await;
    let mira = app.mira().await;
    let import = crate::carry::there("import");
    for (path, content_type) in [
        ("/language", FORM),
        ("/guilds/pins", FORM),
        (settings("music").as_str(), FORM),
        (import.as_str(), "multipart/form-data; boundary=x"),
    ] {
        let page = begins(&app, &mira, path, content_type).await;
        page.explains(408, "took too long");
        assert!(page.main().contains("whole within a minute"), "{path}: {}", page.main());
        assert!(page.main().contains("Nothing was saved"), "{path}: {}", page.main());
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_not_read_of_who_may_not_send_it() {
    // Nobody waits for this body in a story: who is answered was not read.
    let app = TestApp::on(Stage { body_within: Some(Duration::from_secs(600)), ..Stage::default() }).await;
    let (import, file) = (crate::carry::there("import"), "multipart/form-data; boundary=x");
    begins(&app, &app.visitor(), &import, file).await.explains(401, "signed out");
    let sam = app.signed_in(discord_standin::seed::SAM).await;
    begins(&app, &sam, &import, file).await.explains(403, "cannot manage this server");
    let mut ended = app.mira().await;
    let stolen = ended.clone();
    let token = ended.token().await;
    assert_eq!(ended.post("/logout", &[("csrf_token".to_owned(), token)]).await.status, 303);
    begins(&app, &stolen, &import, file).await.explains(401, "signed out");
    let mut mira = app.mira().await;
    let elsewhere = mira
        .request(Method::POST, &import)
        .header("content-type", file)
        .header("origin", "https://evil.example")
        .body("--x");
    mira.send(elsewhere).await.explains(403, "too old");
}
