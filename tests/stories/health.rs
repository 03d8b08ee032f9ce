//! The first thing to know of a service: whether it is there.

use crate::support::TestApp;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_with_everything_it_needs_says_ok() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    assert_eq!(visitor.get("/healthz").await.body, "alive\n");
    assert_eq!(visitor.get("/readyz").await.body, "ok\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_changes_a_setting_and_the_bot_hears_of_it() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    let answer = mira.saves("music", &[("default_volume", "70")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = mira.follows(&answer).await;
    assert!(page.title().starts_with("Saved:"), "{}", page.title());
    assert_eq!(page.form(&settings("music")).iter().find(|(name, _)| name == "default_volume").unwrap().1, "70");
    let message = bot.messages(1).await.remove(0);
    assert_eq!(message["data"]["settings"]["defaultVolume"], 70);
    assert_eq!(message["data"]["changed"], serde_json::json!(["defaultVolume"]));
}
