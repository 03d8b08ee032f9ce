//! How often somebody may write.

use discord_standin::seed;
use reqwest::Method;

use crate::support::app::{HARBOUR, Stage, TestApp};
use crate::support::visitor::{edited, settings};

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
            let page = mira.get(&path).await;
            if page.status == 429 {
                break page;
            }
            assert_eq!(page.status, 200);
            answered += 1;
            assert!(answered < 5_000, "there is no limit");
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
