//! What a page weighs on its way to somebody who was never there: bytes and requests, as the browser counts them.

use discord_standin::seed;
use serde_json::json;

use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

/// All that a settings page may bring, packed, with everything it needs.
const MOST: u64 = 120 * 1024;
/// The page, its styles, its pictures and its scripts.
const MOST_REQUESTS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_settings_page_is_light_for_who_was_never_there() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    for module in ["tempvoice", "giveaway", "tickets", "music"] {
        mira.devtools("Network.enable", json!({})).await;
        mira.devtools("Network.clearBrowserCache", json!({})).await;
        mira.goes(&format!("/guilds/{HARBOUR}/settings/{module}")).await;
        let script = "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]; \
             return all.filter(one => !one.name.endsWith('/live')).map(one => [new URL(one.name).pathname, one.transferSize])";
        let asked = mira.runs(script).await;
        let asked: Vec<(String, u64)> = serde_json::from_value(asked).unwrap();
        let weight: u64 = asked.iter().map(|(_, bytes)| bytes).sum();
        assert!(asked.iter().any(|(path, bytes)| path.ends_with(".css") && *bytes > 1000), "not cold: {asked:?}");
        assert!(weight <= MOST, "{module} weighs {weight} bytes: {asked:?}");
        assert!(asked.len() <= MOST_REQUESTS, "{module} asks {} times: {asked:?}", asked.len());
        let shifts = "return new Promise(done => { let sum = 0; \
             new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value }) \
                 .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 100) })";
        // A tenth of what people begin to notice.
        let moved = mira.runs(shifts).await.as_f64().unwrap();
        assert!(moved < 0.01, "{module} moves by {moved} while it is loaded");
    }
}
