//! What a cache in front could be made to keep for others: whatever a header says of host, scheme, port or path, the
//! answer is the same as without it.

use super::{begun, new_id, noted};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const FORGED: [(&str, &str); 18] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-server", "evil.example"),
    ("x-original-host", "evil.example"),
    ("x-host", "evil.example"),
    ("x-http-host-override", "evil.example"),
    ("forwarded", "for=evil.example;host=evil.example;proto=https;by=evil.example"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-scheme", "https"),
    ("x-forwarded-ssl", "on"),
    ("x-forwarded-port", "4444"),
    ("x-forwarded-for", "203.0.113.7, evil.example"),
    ("x-real-ip", "evil.example"),
    ("x-forwarded-prefix", "/evil.example"),
    ("x-original-url", "/evil.example"),
    ("x-rewrite-url", "/evil.example"),
    ("x-http-method-override", "DELETE"),
    ("referer", "https://evil.example/guilds"),
    ("via", "1.1 evil.example"),
];

/// What anybody may ask for, also a cache.
const OPEN: [&str; 8] =
    ["/", "/guilds", "/nothing", "/robots.txt", "/static/app.css", "/cdn/embed/avatars/0", "/healthz", "/account"];

async fn asks(visitor: &mut Visitor, path: &str, forged: Option<(&str, &str)>) -> Page {
    let mut request = visitor.request(reqwest::Method::GET, path);
    if let Some((name, value)) = forged {
        request = request.header(name, value);
    }
    visitor.send(request).await
}

/// All of an answer but what differs each time.
fn all_of(page: &Page) -> String {
    let once = ["date", "x-request-id"];
    let headers = page.headers.iter().filter(|(name, _)| !once.contains(&name.as_str()));
    let mut headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.sort();
    format!("{}\n{}\n{}", page.status, headers.join("\n"), page.faceless())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_header_about_host_or_path_changes_an_answer() {
    for behind_proxy in [false, true] {
        let app = TestApp::on(Stage { behind_proxy, ..Stage::default() }).await;
        let (mut stranger, mut mira) = (app.visitor(), app.mira().await);
        for path in OPEN {
            let plain = all_of(&asks(&mut stranger, path, None).await);
            for forged in FORGED {
                let page = asks(&mut stranger, path, Some(forged)).await;
                assert_eq!(all_of(&page), plain, "{path} with {forged:?}");
            }
        }
        for forged in FORGED {
            let away = asks(&mut app.visitor(), "/login", Some(forged)).await;
            let back: String =
                form_urlencoded::byte_serialize(format!("{}/auth/callback", app.url()).as_bytes()).collect();
            assert!(away.location().starts_with(&app.discord.url()), "{forged:?}: {}", away.location());
            assert!(away.location().contains(&back), "{forged:?}: {}", away.location());
            // Of pages that tell the time, what counts.
            for path in [format!("/guilds/{HARBOUR}"), settings("music"), "/guilds".to_owned()] {
                let page = asks(&mut mira, &path, Some(forged)).await;
                assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"), "{path}");
                assert!(!page.body.contains("evil.example") && !page.body.contains("4444"), "{path} with {forged:?}");
            }
        }
    }
}

/// Whatever may be kept says for whom.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_be_kept_is_the_same_for_all_or_says_by_what_it_differs() {
    let app = TestApp::start().await;
    let mut stranger = app.visitor();
    let mut kept = 0;
    for path in OPEN.into_iter().chain(["/favicon.ico", "/login", "/readyz", "/static/live.js"]) {
        let page = asks(&mut stranger, path, None).await;
        let varies: Vec<String> =
            page.headers.get_all("vary").iter().map(|value| value.to_str().unwrap().to_lowercase()).collect();
        if page.header("content-type").starts_with("text/html") {
            assert!(varies.iter().any(|value| value.contains("accept-language")), "{path}: {varies:?}");
        }
        if page.header("cache-control") != "no-store" {
            kept += 1;
            assert!(!page.headers.contains_key("set-cookie"), "{path}");
            let is_a_file =
                ["/static/", "/cdn/", "/favicon.ico", "/robots.txt"].iter().any(|file| path.starts_with(file));
            assert!(is_a_file, "{path}: {}", page.header("cache-control"));
        }
    }
    assert!(kept >= 3, "{kept}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_host_is_refused_wherever_a_request_names_it_and_noted() {
    let app = begun().await;
    let ours = app.config.listen.to_string();
    let asks = async |target: &str, host: &str| {
        let id = new_id();
        let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nX-Request-Id: {id}\r\nConnection: close\r\n\r\n");
        (app.sends(head.as_bytes()).await, noted(&id))
    };
    let cases = [
        ("/".to_owned(), "evil.example".to_owned()),
        ("/login".to_owned(), format!("{ours}.evil.example")),
        ("/".to_owned(), format!("evil.example@{ours}")),
        ("http://evil.example/".to_owned(), ours.clone()),
        ("http://evil.example/guilds".to_owned(), ours.clone()),
        (format!("http://mira@{ours}/"), ours.clone()),
        (format!("http://{ours}/"), "evil.example".to_owned()),
    ];
    for (target, host) in cases {
        let (page, said) = asks(&target, &host).await;
        page.explains(421, "not served here");
        assert!(page.location().is_empty() && !page.body.contains("evil.example"), "{target} at {host}");
        assert_eq!(said, ["host_refused"], "{target} at {host}");
    }
    let (page, said) = asks(&format!("http://{ours}/"), &ours).await;
    assert_eq!((page.status.as_u16(), said.len()), (200, 0), "as a proxy asks");
}
