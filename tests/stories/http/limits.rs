//! How often somebody may write.

use discord_standin::seed;
use reqwest::Method;

use crate::support::app::{HARBOUR, Stage, TestApp};
use crate::support::events;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_thirty_writes_a_minute_have_to_wait_and_keep_what_was_typed() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let form = mira.opens("music").await;
    for n in 0..30 {
        let page = mira.post(&settings("music"), &form).await;
        assert_eq!(page.status, 303, "write {n}: {}", page.body);
    }
    // Nothing in it is new, so that it may be sent again until the limit says no.
    let typed = edited(form, &[("a_note", "kept as typed")]);
    let mut page = mira.post(&settings("music"), &typed).await;
    for _ in 0..60 {
        if page.status == 429 {
            break;
        }
        page = mira.post(&settings("music"), &typed).await;
    }
    page.explains(429, "a lot in a short time");
    assert!(page.header("retry-after").parse::<u64>().unwrap() > 0);
    let kept = page.form(&settings("music"));
    assert!(kept.contains(&("a_note".to_owned(), "kept as typed".to_owned())), "{kept:?}");
    assert_eq!(app.changes().await, (0, 0));
    assert_eq!(mira.get(&settings("music")).await.status, 200, "reading is free");
    assert_eq!(jonas.saves("music", &[("default_volume", "75")]).await.status, 303, "others may go on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn previews_have_a_limit_of_their_own() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let form = mira.opens("giveaway").await;
    let preview = format!("{}/preview", settings("giveaway"));
    let mut seen = Vec::new();
    for _ in 0..12 {
        let page = mira.post(&preview, &form).await;
        if page.status == 429 {
            page.explains(429, "a lot in a short time");
        }
        seen.push(page.status.as_u16());
    }
    assert_eq!(seen[..6], [200; 6]);
    assert!(seen.contains(&429), "{seen:?}");
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303, "saving is not held up by it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_have_a_limit_that_nobody_who_types_meets() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    for path in ["/search?q=volume".to_owned(), format!("/guilds/{HARBOUR}/search?q=volume")] {
        let mut answered = 0;
        let refused = loop {
            // What the search beside a page asks for costs little: a slow machine, too, is faster than the limit forgets.
            for _ in 0..20 {
                let part = mira.request(Method::GET, &path).header("x-part", "palette");
                mira.send(part).await;
            }
            let page = mira.get(&path).await;
            if page.status == 429 {
                break page;
            }
            assert_eq!(page.status, 200);
            answered += 1;
            assert!(answered < 250, "there is no limit");
        };
        refused.explains(429, "a lot in a short time");
    }
    assert_eq!(mira.get("/guilds").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_of_another_site_use_up_nothing_of_what_somebody_may_do() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    for n in 0..40 {
        let site = if n % 2 == 0 { "cross-site" } else { "same-origin" };
        let forged = mira
            .request(Method::POST, &settings("music"))
            .header("origin", if n % 2 == 0 { "https://evil.example" } else { mira.base.as_str() })
            .header("sec-fetch-site", site)
            .form(&[("default_volume", "1")]);
        mira.send(forged).await.explains(403, "too old");
    }
    let saved = mira.post(&settings("music"), &edited(form, &[("default_volume", "70")])).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

/// Asks for a page until the limit says no; gives that answer, and how many came before it.
async fn until_refused(visitor: &mut Visitor, path: &str, from: &str) -> (Page, usize) {
    for answered in 0..20_000 {
        let request = visitor.request(Method::GET, path).header("x-forwarded-for", from);
        let page = visitor.send(request).await;
        if page.status == 429 {
            return (page, answered);
        }
        assert!(page.status.is_success() || page.status == 303, "{}", page.body);
    }
    panic!("there is no limit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_have_a_limit_that_nobody_who_clicks_meets() {
    events::listen();
    let app = TestApp::on(Stage { real_limits: true, behind_proxy: true, ..Stage::default() }).await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let form = mira.opens("music").await;
    let (refused, answered) = until_refused(&mut mira, "/", "203.0.113.9").await;
    assert!(answered >= 590, "{answered}: ten tabs that look again every two seconds for two minutes");
    refused.explains(429, "a lot in a short time");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    assert!(refused.has("form[action='/logout']"), "the page knows whose it is: {}", refused.body);
    let said = loop {
        let id = uuid::Uuid::new_v4().simple().to_string();
        let request = mira.request(Method::GET, "/guilds").header("x-request-id", &id).header("x-live", "yes");
        if mira.send(request).await.status == 429 {
            break events::of(&id);
        }
    };
    assert!(said.iter().any(|event| event["event"] == "limit_hit" && event["limit"] == "Pages"), "{said:?}");
    let saved = mira.post(&settings("music"), &edited(form, &[("default_volume", "70")])).await;
    assert_eq!(saved.status, 303, "a save has a limit of its own: {}", saved.body);
    for free in ["/healthz", "/favicon.ico", "/robots.txt"] {
        assert_ne!(mira.get(free).await.status, 429, "{free}");
    }
    assert_eq!(jonas.get("/guilds").await.status, 200, "others may go on");
    assert_eq!(app.visitor().get("/").await.status, 200, "and so may who is not signed in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_signed_in_shares_the_limit_of_their_address() {
    let app = TestApp::on(Stage { real_limits: true, behind_proxy: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let (refused, answered) = until_refused(&mut app.visitor(), "/guilds", "2001:db8::1").await;
    assert!(answered >= 590, "{answered}");
    refused.explains(429, "a lot in a short time");
    let (_, answered) = until_refused(&mut app.visitor(), "/", "2001:db8::2").await;
    assert!(answered < 590, "one network is one customer, whoever comes: {answered}");
    for (visitor, from) in [(&mut app.visitor(), "203.0.113.9"), (&mut mira, "2001:db8::3")] {
        let request = visitor.request(Method::GET, "/").header("x-forwarded-for", from);
        assert_ne!(visitor.send(request).await.status, 429, "{from}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_often_streams_are_begun_has_a_limit_of_its_own() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let mut begun = 0;
    loop {
        let answer = mira.request(Method::GET, &format!("/guilds/{HARBOUR}/live")).send().await.unwrap();
        if answer.status() == 429 {
            assert!(answer.headers().contains_key("retry-after"));
            break;
        }
        assert_eq!(answer.status(), 200);
        begun += 1;
        assert!(begun < 20_000, "there is no limit");
    }
    assert!(begun >= 300, "{begun}");
    assert_eq!(mira.get("/guilds").await.status, 200, "pages go on");
}
