//! What a header says of who is calling counts from our own proxy only.

use reqwest::Method;

use crate::support::app::{Stage, TestApp};
use crate::support::page::Page;

async fn logs_in_from(app: &TestApp, address: &str) -> Page {
    let mut visitor = app.visitor();
    let request = visitor.request(Method::GET, "/login").header("x-forwarded-for", address);
    visitor.send(request).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_our_proxy_each_address_has_its_own_limit() {
    let stage = Stage { real_limits: true, behind_proxy: true, ..Stage::default() };
    let app = TestApp::on(stage).await;
    for n in 0..20 {
        // What the person wrote in front does not count.
        assert_eq!(logs_in_from(&app, &format!("10.0.0.{n}, 203.0.113.9")).await.status, 303);
    }
    logs_in_from(&app, "203.0.113.9").await.explains(429, "a lot in a short time");
    assert_eq!(logs_in_from(&app, "203.0.113.10").await.status, 303);
    for n in 0..20 {
        assert_eq!(logs_in_from(&app, &format!("2001:db8::{n}")).await.status, 303);
    }
    assert_eq!(logs_in_from(&app, "2001:db8::ffff:1").await.status, 429, "one network is one customer");
    let page = app.gets_raw("/nothing", "X-Request-Id: from-the-balancer-1\r\n").await;
    assert_eq!(page.text(".request code"), "from-the-balancer-1");
    let page = app.gets_raw("/nothing", "X-Request-Id: <script>alert(1)</script>\r\n").await;
    assert_eq!(page.text(".request code").len(), 36);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_proxy_nobody_chooses_their_address() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    for n in 0..20 {
        assert_eq!(logs_in_from(&app, &format!("203.0.113.{n}")).await.status, 303);
    }
    logs_in_from(&app, "203.0.113.99").await.explains(429, "a lot in a short time");
}
