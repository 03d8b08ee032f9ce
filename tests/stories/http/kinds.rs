//! What an answer says it is, for each kind of answer there is: nothing is left for a browser to guess.

use guildhall::web::language::Language;
use guildhall::web::signs;
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap};
use serde_json::Value;

use crate::carry::there;
use crate::routes::guarded;
use crate::routes::rows::Rows;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::stream::OpenPage;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Forms that end the session.
const LAST: [&str; 3] = ["/logout", "/account/disconnection", "/account/deletion"];

/// A page or a part of one, or a redirect, which has nothing in it.
fn is_a_page(page: &Page, what: &str) {
    if page.status.is_redirection() {
        assert_eq!((page.header("content-type"), page.body.as_str()), ("", ""), "{what}");
        return;
    }
    assert_eq!(page.header("content-type"), HTML, "{what}: {}", page.status);
    assert!(page.body.trim_start().starts_with('<') || page.body.trim().is_empty(), "{what}: {}", page.body);
}

fn is_json(page: &Page, what: &str) {
    assert_eq!(page.header("content-type"), "application/json", "{what}: {}", page.status);
    assert!(serde_json::from_str::<Value>(&page.body).is_ok(), "{what}: {}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_says_that_it_is_one_and_in_which_letters() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let (mut pages, mut files) = (0, 0);
    for path in rows.pages() {
        let page = mira.get(&path).await;
        if page.header("content-disposition").is_empty() {
            is_a_page(&page, &path);
            pages += 1;
        } else {
            files += 1;
        }
    }
    assert!(pages > 40 && files >= 5, "{pages} pages, {files} files");
    for path in ["/", "/login", "/auth/callback", "/nothing", "/guilds"] {
        is_a_page(&app.visitor().get(path).await, path);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_answers_a_form_says_so_too_whole_or_in_part() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let mut stranger = app.visitor();
    let form = [("csrf_token".to_owned(), mira.token().await)];
    for (path, _) in guarded("post").filter(|(path, _)| !LAST.contains(&path.as_str())) {
        let path = rows.of(&path);
        is_a_page(&mira.fetches(&path, &form).await, &format!("a part of {path}"));
        is_a_page(&mira.post(&path, &form).await, &path);
        is_a_page(&mira.post(&path, &[]).await, &format!("{path} without a token"));
        is_a_page(&stranger.post(&path, &[]).await, &format!("{path} signed out"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_errors_for_programs_and_streams_say_what_they_are() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let playlist = crate::playlists::makes(&mut mira, "Mix", &[]).await;
    let server = format!("/guilds/{HARBOUR}");
    for (path, kind) in [
        (format!("{server}/changes/export?format=csv"), "text/csv; charset=utf-8; header=present"),
        (format!("{server}/giveaways/export?format=csv"), "text/csv; charset=utf-8"),
        (format!("{playlist}/export?format=text"), TEXT),
    ] {
        let page = mira.get(&path).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, kind), "{path}");
    }
    for path in [
        format!("{server}/changes/export?format=json"),
        format!("{server}/giveaways/export?format=json"),
        format!("{playlist}/export?format=json"),
        there("export"),
        "/account/data".to_owned(),
    ] {
        let page = mira.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        is_json(&page, &path);
    }
    let mut stranger = app.visitor();
    for (method, path, status) in
        [(Method::GET, "/nothing", 404), (Method::PUT, "/guilds", 405), (Method::POST, "/guilds/pins", 401)]
    {
        let json = HeaderMap::from_iter([(ACCEPT, "application/json".parse().unwrap())]);
        let request = stranger.request(method, path).headers(json);
        let answer = stranger.send(request).await;
        assert_eq!(answer.status, status, "{path}");
        is_json(&answer, path);
    }
    // By its own standard it is UTF-8, whatever is said.
    let open = OpenPage::asks(&mira, HARBOUR, None).await;
    assert_eq!(open.headers()["content-type"], "text/event-stream");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn static_files_and_pictures_say_what_they_are() {
    let app = TestApp::start().await;
    let mut stranger = app.visitor();
    for (path, kind) in [
        ("/static/app.css", "text/css; charset=utf-8"),
        ("/static/live.js", "text/javascript; charset=utf-8"),
        ("/static/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/static/icons.svg", "image/svg+xml; charset=utf-8"),
        ("/static/touch-icon.png", "image/png"),
        ("/favicon.ico", "image/svg+xml; charset=utf-8"),
        ("/robots.txt", TEXT),
        ("/healthz", TEXT),
        ("/readyz", TEXT),
    ] {
        let page = stranger.get(path).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, kind), "{path}");
    }
    let picture = stranger.get("/cdn/embed/avatars/0").await;
    assert!(picture.status == 200 && picture.header("content-type").starts_with("image/"), "{:?}", picture.headers);
    let emojis = signs::href(Language::English);
    is_json(&stranger.get(&emojis).await, &emojis);
}
