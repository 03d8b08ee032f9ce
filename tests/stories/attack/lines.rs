//! Texts that want to be a line of the log or a header of an answer, in every place where a person types, an address
//! is read, or a header is believed.

use reqwest::Method;

use super::{begun, new_id, noted, sends};
use crate::foreign_rows;
use crate::routes::rows::Rows;
use crate::routes::{ROUTES, guarded};
use crate::support::logs;
use crate::support::page::Page;

/// Forms that end the session.
const LAST: [&str; 3] = ["/logout", "/account/disconnection", "/account/deletion"];

/// What forms have in them, whichever.
const FIELDS: [&str; 30] = [
    "name",
    "title",
    "content",
    "description",
    "reason",
    "member",
    "role_ids",
    "module",
    "level",
    "days",
    "prize",
    "winners",
    "channel_id",
    "return_to",
    "language",
    "time_zone",
    "theme",
    "pin",
    "session",
    "target",
    "q",
    "here",
    "addresses",
    "tracks.0.title",
    "tracks.0.url",
    "default_volume",
    "revision",
    "schema",
    "row",
    "preview",
];

/// A line end, a header, a colour and a whole line, under a name that nothing else has.
fn broken(mark: &str) -> String {
    format!(
        "x\r\n{mark}: 1\r\nSet-Cookie: {mark}=1\r\n\r\n\u{1b}[31m\u{0}\u{7f}\u{85}\u{2028}\n\
         2026-11-30T12:00:00.000000Z  WARN request: {mark} event=\"sign_in\" user.id=1"
    )
}

/// No header is of the text's making, and it is no trouble of ours.
fn is_whole(page: &Page, mark: &str, what: &str) {
    assert!(!page.status.is_server_error(), "{what}: {} {}", page.status, page.title());
    for (name, value) in &page.headers {
        assert!(!name.as_str().contains(mark), "{what}: {name}");
        let sets = *name == reqwest::header::SET_COOKIE;
        assert!(!sets || !String::from_utf8_lossy(value.as_bytes()).contains(mark), "{what}: {value:?}");
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_typed_or_sent_becomes_a_line_of_the_log_or_a_header() {
    let log = logs::record();
    let app = begun().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let mark = format!("forged-{}", new_id());
    let (text, token) = (broken(&mark), mira.token().await);

    // Typed into every form.
    let own = ("csrf_token".to_owned(), token.clone());
    let typed = FIELDS.iter().map(|name| ((*name).to_owned(), text.clone()));
    let form: Vec<(String, String)> = std::iter::once(own).chain(typed).collect();
    for (path, _) in guarded("post").filter(|(path, _)| !LAST.contains(&path.as_str())) {
        let path = rows.of(&path);
        is_whole(&mira.post(&path, &form).await, &mark, &path);
    }
    is_whole(&app.visitor().post("/language", &form[1..]).await, &mark, "/language");

    // In every address: behind it, and as a part of it.
    let query: String = ["q", "state", "from", "by", "after", "before", "set", "draft", "view", "return_to", "module"]
        .map(|name| format!("&{name}={}", encoded(&text)))
        .concat();
    for path in rows.pages() {
        let path = if path.contains('?') { format!("{path}{query}") } else { format!("{path}?x=1{query}") };
        is_whole(&mira.get(&path).await, &mark, &path);
        is_whole(&app.visitor().get(&path).await, &mark, &path);
    }
    let answer = format!("/auth/callback?error={0}&state={0}&code={0}&iss={0}", encoded(&text));
    is_whole(&app.visitor().get(&answer).await, &mark, "/auth/callback");
    for place in ["/", "/static/", "/cdn/", "/emojis/", "/guilds/", "/guilds/816370501973721107/settings/"] {
        let path = format!("{place}{}", encoded(&text));
        is_whole(&mira.get(&path).await, &mark, &path);
    }

    // In what a browser says of itself, as far as HTTP lets it.
    let header = format!("text/{mark}\tevent=\"sign_in\" user.id=1");
    for name in ["user-agent", "accept-language", "referer", "x-forwarded-for", "x-request-id", "last-event-id"] {
        let request = mira.request(Method::GET, "/guilds").header(name, &header);
        is_whole(&mira.send(request).await, &mark, name);
    }
    let strange = mira
        .request(Method::POST, "/guilds/pins")
        .header("origin", app.url())
        .header("content-type", &header)
        .body(format!("csrf_token={token}"));
    let (page, said) = sends(&mut mira, strange).await;
    page.explains(415, "unknown form");
    assert_eq!(said, ["body_refused"]);

    let text = log.text();
    let lines: Vec<&str> = text.split('\n').filter(|line| line.contains(&mark)).collect();
    assert!(!lines.is_empty(), "the log tells of it, or this proves nothing");
    for line in lines {
        assert!(line.starts_with("20"), "a line begins with its time: {line:?}");
        assert!(!line.contains(|sign: char| sign.is_control() || sign == '\u{2028}'), "{line:?}");
        assert!(!line.contains(&format!("request: {mark}")), "{line:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_header_with_a_line_end_in_it_is_no_request() {
    let app = begun().await;
    for broken in ["X-A: a\rX-Evil: 1\r\n", "X-A: a\u{0}b\r\n", "X-A: a\u{b}b\r\n", "X\r-A: b\r\n", "X A: b\r\n"] {
        let id = new_id();
        let page = app.gets_raw("/guilds", &format!("X-Request-Id: {id}\r\n{broken}")).await;
        assert_eq!(page.status, 400, "{broken:?}");
        assert!(noted(&id).is_empty() && !page.headers.contains_key("x-evil"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_that_is_none_is_found_nowhere() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let rows = foreign_rows::Rows::make(&app, &mut mira).await;
    let token = [("csrf_token".to_owned(), mira.token().await)];
    for (method, _, path, who) in ROUTES {
        let Some((tail, id)) = rows.address(path).filter(|_| who.is_of_a_server()) else { continue };
        for strange in ["%00", "%0d%0aX-Evil:%201", "%27%20OR%201=1--", "..%2f..", "%ff", "-1", "%F0%9F%8E%89"] {
            let path = format!("/guilds/{}{}", crate::support::app::HARBOUR, tail.replace(&id, strange));
            let page = match *method {
                "get" => mira.get(&path).await,
                _ => mira.post(&path, &token).await,
            };
            assert!(page.status.is_client_error(), "{method} {path}: {}", page.title());
            assert!(*method == "post" || page.status == 404, "{path}: {}", page.title());
            assert!(!page.headers.contains_key("x-evil"), "{path}");
        }
    }
}
