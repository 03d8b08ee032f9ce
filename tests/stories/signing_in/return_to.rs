//! Where a sign-in leads: back to the page somebody wanted, and never off the site.

use discord_standin::seed;

use crate::support::app::{HARBOUR, TestApp};
use crate::support::visitor::settings;

fn login(wish: &str) -> String {
    format!("/login?{}", form_urlencoded::Serializer::new(String::new()).append_pair("return_to", wish).finish())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_somebody_wanted_is_where_they_arrive() {
    let app = TestApp::start().await;
    for page in [settings("tickets"), format!("/guilds/{HARBOUR}"), "/guilds?q=harbour+club".to_owned()] {
        let mut mira = app.visitor();
        let closed = mira.get(&page).await;
        assert_eq!(closed.status, 303);
        let away = mira.get(closed.location()).await;
        let callback = mira.decides(away.location(), seed::MIRA, "authorize").await;
        let back = mira.get(&callback).await;
        assert_eq!(back.location(), page);
        assert_eq!(mira.follows(&back).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_that_leaves_the_site_leads_to_the_servers() {
    let app = TestApp::start().await;
    let mut mira = app.visitor();
    let wishes = [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "/%2f%2fevil.example",
        "///evil.example",
        "https://evil.example/guilds",
        "http:evil.example",
        "javascript:alert(1)",
        "/guilds/..//evil.example",
        "/guilds\r\nSet-Cookie: a=b",
        "/guilds\u{0}",
        "@evil.example",
        "/logout",
        "/auth/callback?code=x",
        "",
    ];
    for wish in wishes {
        let away = mira.get(&login(wish)).await;
        let callback = mira.decides(away.location(), seed::MIRA, "authorize").await;
        assert_eq!(mira.get(&callback).await.location(), "/guilds", "{wish:?}");
    }
    let twice = mira.get("/login?return_to=/account&return_to=//evil.example").await;
    let callback = mira.decides(twice.location(), seed::MIRA, "authorize").await;
    assert_eq!(mira.get(&callback).await.location(), "/account");
    // Bytes that are no UTF-8, in a query nobody can write by hand.
    let away = app.gets_raw("/login?return_to=%ff%fe//evil.example", "").await;
    assert_eq!(away.status, 303);
}
