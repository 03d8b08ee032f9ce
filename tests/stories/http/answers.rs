//! Methods, hosts, headers, static files, and errors for programs.

use discord_standin::seed;
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap};

use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_method_no_page_has_is_refused_with_a_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for path in ["/guilds", "/login", "/healthz", &format!("/guilds/{HARBOUR}"), &settings("music")] {
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
            let request = mira.request(method, path);
            mira.send(request).await.explains(405, "cannot do that");
        }
        let request = mira.request(Method::HEAD, path);
        assert_eq!(mira.send(request).await.status, 405, "HEAD {path}");
    }
    let odd = format!("BREW /guilds HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", app.config.listen);
    assert_eq!(app.sends(odd.as_bytes()).await.status, 405);
    for path in ["/guilds", "/login", "/readyz"] {
        mira.post(path, &[]).await.explains(405, "cannot do that");
    }
    mira.get(&format!("{}/preview", settings("music"))).await.explains(405, "cannot do that");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_without_a_page_says_so() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for path in [
        "/nothing",
        "/guilds/x/y/z/a",
        "/static/nothing.css",
        "/static/",
        "/static/../Cargo.toml",
        "/%00",
        "/%ff",
        "/admin.php?x=1",
    ] {
        let page = visitor.get(path).await;
        page.explains(404, "no such page");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    let long = format!("/{}", "a".repeat(8_000));
    visitor.get(&long).await.explains(404, "no such page");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_hosts_name_is_not_answered() {
    let app = TestApp::start().await;
    let port = app.config.listen.port();
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        &format!("localhost:{port}"),
        &format!("127.0.0.1:{port}.evil.example"),
        "",
    ] {
        let mut visitor = app.visitor();
        for path in ["/", "/login", "/static/app.css"] {
            let request = visitor.request(Method::GET, path).header("host", host);
            let page = visitor.send(request).await;
            page.explains(421, "not served here");
            assert!(page.location().is_empty() && !page.body.contains("evil.example"), "{host}");
        }
        let request = visitor.request(Method::GET, "/healthz").header("host", host);
        assert_eq!(visitor.send(request).await.status, 200, "a balancer asks by address");
    }
    let forwarded = app.gets_raw("/", "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n").await;
    assert_eq!(forwarded.status, 200);
    assert!(!forwarded.body.contains("evil.example"));
}

const HEADERS: [(&str, &str); 7] = [
    ("access-control-allow-origin", ""),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-powered-by", ""),
    ("server", ""),
];

fn is_guarded(page: &Page, what: &str) {
    for (name, value) in HEADERS {
        assert_eq!(page.header(name), value, "{name} of {what}");
    }
    let csp = page.header("content-security-policy");
    for part in
        ["default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
    {
        assert!(csp.contains(part), "{what}: {csp}");
    }
    assert!(!csp.contains("unsafe"), "{what}: {csp}");
    assert!(page.header("permissions-policy").contains("camera=()"), "{what}");
    assert!(!page.header("cache-control").is_empty(), "{what}");
    assert!(page.header("strict-transport-security").is_empty(), "{what}: only under https");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_answer_carries_the_headers_that_guard_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let mut stranger = app.visitor();
    let css = mira.get("/guilds").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let large = [format!("csrf_token={}&a=", mira.token().await).into_bytes(), vec![b'a'; 2 * 1024 * 1024]].concat();
    let answers = [
        ("a page", 200, mira.get(&settings("music")).await),
        ("the start page", 200, stranger.get("/").await),
        ("a redirect", 303, stranger.get("/guilds").await),
        ("the way to Discord", 303, stranger.get("/login").await),
        ("a saved form", 303, mira.saves("music", &[("default_volume", "70")]).await),
        ("a form with errors", 422, mira.saves("music", &[("default_volume", "many")]).await),
        ("a refused form", 403, mira.post(&settings("music"), &[]).await),
        ("a signed-out post", 401, stranger.post(&settings("music"), &[]).await),
        ("an unknown page", 404, stranger.get("/nothing").await),
        ("an unknown image", 404, stranger.get("/cdn/nothing").await),
        ("a static file", 200, stranger.get(&css).await),
        ("a body too large", 413, mira.post_body(&settings("music"), large).await),
        ("a probe", 200, stranger.get("/healthz").await),
        ("a picture", 200, stranger.get("/cdn/embed/avatars/0").await),
    ];
    for (what, status, page) in &answers {
        assert_eq!(page.status, *status, "{what}: {}", page.body);
        is_guarded(page, what);
    }
    for (what, _, page) in answers.iter().filter(|(what, ..)| !["a static file", "a picture"].contains(what)) {
        assert_eq!(page.header("cache-control"), "no-store", "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn static_files_are_kept_for_ever_under_the_name_of_their_content() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    let landing = visitor.get("/").await;
    let files = [landing.attributes("link[href^='/static/']", "href"), landing.attributes("script", "src")].concat();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        let answer = visitor.get(&file).await;
        assert_eq!(answer.status, 200, "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        assert!(answer.header("set-cookie").is_empty());
    }
    let plain = visitor.get("/static/app.css").await;
    assert_eq!(plain.header("cache-control"), "public, max-age=300", "a name that says nothing of the content");
    visitor.get("/static/app.000000000000.css").await.explains(404, "no such page");
    assert_eq!(visitor.get("/robots.txt").await.body, "User-agent: *\nDisallow: /\n");
    assert_eq!(visitor.get("/favicon.ico").await.header("content-type"), "image/svg+xml; charset=utf-8");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_asks_for_json_gets_its_errors_as_json() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    for (path, status, code) in [
        ("/nothing".to_owned(), 404, "not-found"),
        (format!("/guilds/{HARBOUR}"), 403, "no-access"),
        ("/guilds/x".to_owned(), 404, "not-found"),
    ] {
        let json = HeaderMap::from_iter([(ACCEPT, "application/json".parse().unwrap())]);
        let request = sam.request(Method::GET, &path).headers(json);
        let answer = sam.send(request).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
        let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(body["error"], code, "{path}");
        assert!(body["message"].as_str().is_some_and(|text| text.len() > 5), "{body}");
        assert_eq!(body["requestId"].as_str().map(str::len), Some(36), "{body}");
    }
    assert!(sam.get("/nothing").await.body.starts_with("<!doctype html>"), "a browser gets a page");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_names_the_request_and_believes_nobody_about_its_name() {
    let app = TestApp::start().await;
    let page = app.gets_raw("/nothing", "X-Request-Id: forged-request-id\r\n").await;
    assert!(!page.body.contains("forged-request-id"));
    assert_eq!(page.text(".request code").len(), 36, "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_nobody_would_write_by_hand_harms_nobody() {
    let app = TestApp::start().await;
    let host = app.config.listen;
    let ask = |line: &str, headers: &str| format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    let ours = format!("Host: {host}\r\n");
    let absolute = app.sends(ask("GET http://evil.example/guilds", &ours).as_bytes()).await;
    assert!(
        absolute.location().is_empty() || absolute.location().starts_with("/login?return_to=%2F"),
        "{}",
        absolute.location()
    );
    let slashes = app.sends(ask("GET //evil.example/guilds", &ours).as_bytes()).await;
    slashes.explains(404, "no such page");
    assert!(!slashes.body.contains("evil.example"));
    let foreign = app.sends(ask("GET /guilds", &format!("Host: evil.example\r\n{ours}")).as_bytes()).await;
    assert!(foreign.status == 421 || foreign.status == 400, "two hosts are one too many: {}", foreign.status);
    for cookie in
        ["Cookie: \u{ff}\u{fe}=\u{fd}\r\n", "Cookie: ;;==;guildhall\r\n", "Cookie: guildhall=\"; guildhall=%00\r\n"]
    {
        let page = app.gets_raw("/guilds", cookie).await;
        assert_eq!((page.status.as_u16(), page.location()), (303, "/login?return_to=%2Fguilds"), "{cookie:?}");
    }
    let flash = app.gets_raw("/", "Cookie: guildhall-flash=forged\r\n").await;
    assert_eq!(flash.status, 200);
    assert!(!flash.has("#flash"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_can_be_cut_in_two_ways_is_refused() {
    let app = TestApp::start().await;
    let host = app.config.listen;
    for (lengths, body) in [
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("Content-Length: 0\r\nContent-Length: 6\r\n", ""),
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n"),
    ] {
        let second = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let first =
            format!("POST /language HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n{form}{lengths}\r\n{body}");
        let answer = app.sends(format!("{first}{second}").as_bytes()).await;
        assert_eq!(answer.status, 400, "{lengths}");
        assert!(!answer.body.contains("alive"), "{lengths}: a second answer");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_packed_for_who_can_unpack_them() {
    let app = TestApp::start().await;
    let packed = app.gets_raw("/static/app.css", "Accept-Encoding: gzip\r\n").await;
    assert_eq!((packed.status.as_u16(), packed.header("content-encoding")), (200, "gzip"));
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"), "{:?}", packed.headers);
    let plain = app.gets_raw("/static/app.css", "").await;
    assert_eq!(plain.header("content-encoding"), "");
    let length = |page: &Page| page.header("content-length").parse::<usize>().unwrap();
    for (accepted, way) in
        [("br", "br"), ("gzip, deflate, br, zstd", "br"), ("br;q=0.2, gzip", "gzip"), ("identity", "")]
    {
        let page = app.gets_raw("/static/live.js", &format!("Accept-Encoding: {accepted}\r\n")).await;
        assert_eq!((page.status.as_u16(), page.header("content-encoding")), (200, way), "{accepted}");
        assert!(page.header("vary").to_lowercase().contains("accept-encoding"), "{accepted}: {:?}", page.headers);
    }
    // As packed by the build: its length is known, and a fifth of the plain one.
    let packed = app.gets_raw("/static/app.css", "Accept-Encoding: br\r\n").await;
    assert!(length(&packed) * 4 < length(&plain), "{} of {} bytes", length(&packed), length(&plain));
    for kept_apart in ["/static/app.css.br", "/static/app.css.gz"] {
        assert_eq!(app.gets_raw(kept_apart, "").await.status, 404, "{kept_apart} has no address of its own");
    }
}
