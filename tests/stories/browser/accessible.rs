//! axe-core finds nothing on any page, light and dark, wide and narrow. It is the floor, not the proof.

use std::path::Path;

use demo::gallery::Gallery;
use serde_json::{Value, json};

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

/// How pages are looked at: by all rules, and by those that depend on colours and places.
const LOOKS: [(u32, Scheme, &str); 4] =
    [(360, Scheme::Dark, ALL), (360, Scheme::Light, SEEN), (1280, Scheme::Light, ALL), (1280, Scheme::Dark, SEEN)];
const ALL: &str = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}";
const SEEN: &str = "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast', 'target-size', \
                    'link-in-text-block', 'scrollable-region-focusable', 'meta-viewport', 'aria-hidden-focus']}}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page() {
    let axe = axe();
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    let mut found = Vec::new();
    tour(&app, &mira, async |page| {
        mira.runs("for (const one of document.querySelectorAll('details')) one.open = true").await;
        found.extend(seen_by(&axe, &mira).await.into_iter().map(|what| format!("{page}, {what}")));
    })
    .await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The gallery shows states that are rare on pages; here it is one more page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_in_the_gallery() {
    let app = TestApp::start().await;
    let gallery = Gallery::open(0).unwrap();
    let browser = Browser::open(&app, Scripts::On).await;
    browser.client.goto(&gallery.url()).await.unwrap();
    let found = seen_by(&axe(), &browser).await;
    assert!(found.is_empty(), "{}", found.join("\n"));
}

async fn seen_by(axe: &str, browser: &Browser) -> Vec<String> {
    let mut found = Vec::new();
    browser.client.execute(axe, Vec::new()).await.unwrap();
    for (width, scheme, rules) in LOOKS {
        browser.is(width, scheme).await;
        let violations = violations_of(rules, browser).await;
        found.extend(violations.into_iter().map(|what| format!("{width} {scheme:?}: {what}")));
    }
    browser.is(1280, Scheme::Light).await;
    found
}

/// The script of axe-core.
pub fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}. Run `npm ci --ignore-scripts` in tests/browser", path.display()))
}

/// What is wrong with the page as it is, by all rules.
pub async fn violations(browser: &Browser) -> Vec<String> {
    violations_of(ALL, browser).await
}

async fn violations_of(rules: &str, browser: &Browser) -> Vec<String> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         axe.run(document, {rules}).then( \
             result => done(result.passes.length < 2 ? ['axe looked at nothing'] : result.violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map( \
                 node => node.html.slice(0, 200) + ' — ' + node.failureSummary).join(' | '))), \
             error => done(['axe failed: ' + error]))"
    );
    let found = browser.client.execute_async(&script, Vec::new()).await.unwrap();
    assert_ne!(found, json!(null));
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
