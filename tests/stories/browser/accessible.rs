//! axe-core finds nothing on any page, light and dark, wide and narrow. It is the floor, not the proof.

use std::path::Path;

use serde_json::{Value, json};

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

/// How pages are looked at: light and dark, and once as on a phone.
const LOOKS: [(u32, Scheme); 3] = [(1280, Scheme::Light), (1280, Scheme::Dark), (360, Scheme::Light)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}. Run `npm ci --ignore-scripts` in tests/browser", path.display()));
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    let mut found = Vec::new();
    tour(&app, &mira, async |page| {
        mira.runs("for (const one of document.querySelectorAll('details')) one.open = true").await;
        mira.client.execute(&axe, Vec::new()).await.unwrap();
        for (width, scheme) in LOOKS {
            mira.is(width, scheme).await;
            let violations = violations(&mira).await;
            found.extend(violations.into_iter().map(|what| format!("{page}, {width} {scheme:?}: {what}")));
        }
        mira.is(1280, Scheme::Light).await;
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

async fn violations(browser: &Browser) -> Vec<String> {
    let script = "const done = arguments[arguments.length - 1]; \
         axe.run(document, {resultTypes: ['violations']}).then( \
             result => done(result.passes.length < 10 ? ['axe looked at nothing'] : result.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map( \
                 node => node.html.slice(0, 200) + ' — ' + node.failureSummary).join(' | '))), \
             error => done(['axe failed: ' + error]))";
    let found = browser.client.execute_async(script, Vec::new()).await.unwrap();
    assert_ne!(found, json!(null));
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
