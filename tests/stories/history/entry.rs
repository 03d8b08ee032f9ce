//! The page of one change.

use discord_standin::seed;
use uuid::Uuid;

use super::{compared, listed, log, opens, saves};
use crate::support::TestApp;
use crate::support::app::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_shows_both_sides_and_leads_to_those_around_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for volume in ["20", "30", "40"] {
        saves(&mut mira, "music", &[("default_volume", volume)]).await;
    }
    eventually("all are marked as sent", || async { app.changes().await == (3, 3) }).await;
    let page = opens(&mut mira, 1).await;
    assert_eq!(page.text("h1"), "Music, change 2 Changed");
    assert!(page.title().contains("Music, change 2") && page.title().contains("Harbour Club"), "{}", page.title());
    let [(label, before, after)] = compared(&page).try_into().unwrap();
    assert_eq!(
        (label.as_str(), before.as_str(), after.as_str()),
        ("Volume at the start", "− removed: 20 %", "+ added: 30 %")
    );
    assert_eq!(page.texts(".compare del").len() + page.texts(".compare ins").len(), 2);
    assert!(page.texts(".unchanged dt").len() > 15, "what stayed is folded away: {:?}", page.texts(".unchanged dt"));
    assert_eq!(page.attributes(".ways a", "href").len(), 2, "to its restoration and to the module");
    let newest = opens(&mut mira, 0).await;
    assert!(newest.text(".current").contains("set now"), "{}", newest.main());
    assert!(!newest.attributes(".ways a", "href").iter().any(|href| href.ends_with("restoration")));
    let steps = page.texts(".way dt");
    assert!(steps.contains(&"Saved".to_owned()) && steps.contains(&"Sent".to_owned()), "{steps:?}");

    let all = listed(&mira.get(&log()).await);
    assert_eq!(page.attributes(".pager a[rel=prev]", "href"), [all[2].clone()]);
    assert_eq!(page.attributes(".pager a[rel=next]", "href"), [all[0].clone()]);
    let theirs = page.attributes(".page-head .change a", "href").remove(0);
    assert_eq!(listed(&mira.get(&theirs).await), all, "the person's other changes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_compared_line_by_line() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let text = |middle: &str| format!("Hello {{user}}\r\n{middle}\r\nbye");
    saves(&mut mira, "tickets", &[("welcome_message.content", &text("one"))]).await;
    saves(
        &mut mira,
        "tickets",
        &[("welcome_message.content", &text("two\r\nthree")), ("welcome_message.embed.title", "T")],
    )
    .await;
    let page = opens(&mut mira, 0).await;
    let rows = compared(&page);
    let (label, before, after) = &rows[0];
    assert_eq!(label, "In a new ticket: Text");
    assert_eq!(before, "Hello {user} − removed: one bye");
    assert_eq!(after, "Hello {user} + added: two + added: three bye");
    assert_eq!(rows.len(), 2, "the embed's title too: {rows:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_change_of_this_server_is_not_found() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let id = listed(&mira.get(&log()).await).remove(0).rsplit('/').next().unwrap().to_owned();
    let arcade = format!("/guilds/{}/changes", seed::ARCADE);
    for path in [
        format!("{arcade}/{id}"),
        format!("{arcade}/{id}/restoration"),
        format!("{}/{}", log(), Uuid::now_v7()),
        format!("{}/{}/restoration", log(), Uuid::now_v7()),
        format!("{}/1", log()),
        format!("{}/{id}%00", log()),
        format!("{}/{id}/restoration?side=before", log()),
        format!("{}/{id}/restoration?side=middle", log()),
    ] {
        mira.get(&path).await.explains(404, "no such page");
    }
    let token = mira.token().await;
    let form = [("csrf_token".to_owned(), token), ("revision".to_owned(), "1".to_owned())];
    mira.post(&format!("{arcade}/{id}/restoration"), &form).await.explains(404, "no such page");
    assert_eq!(app.changes().await.0, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_removes_a_change() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    let change = listed(&mira.get(&log()).await).remove(0);
    for method in [reqwest::Method::DELETE, reqwest::Method::PUT, reqwest::Method::PATCH, reqwest::Method::POST] {
        for path in [log(), change.clone()] {
            let request = mira.request(method.clone(), &path);
            assert_eq!(mira.send(request).await.status, 405, "{method} {path}");
        }
    }
    assert_eq!(app.changes().await.0, 1);
}
