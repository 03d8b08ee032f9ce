//! What holds on every page: no word on the console, nothing refused, nobody else asked, no scrolling sideways.

use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

const WIDTHS: [u32; 3] = [320, 360, 1280];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_fits_its_window_and_asks_nobody_else() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    let mut wrong = Vec::new();
    tour(&app, &mira, async |page| {
        let opened = "for (const one of document.querySelectorAll('details')) one.open = true";
        mira.runs(opened).await;
        for width in WIDTHS {
            mira.is(width, Scheme::Light).await;
            wrong.extend(sticking_out(&mira).await.into_iter().map(|what| format!("{page} at {width}: {what}")));
        }
        wrong.extend(mira.complaints().await.into_iter().map(|what| format!("{page}: {what}")));
        let title = mira.title().await;
        if title.matches("Guildhall").count() != 1 {
            wrong.push(format!("{page}: the title is {title:?}"));
        }
        if mira.runs("return document.querySelectorAll('h1').length").await != json!(1) {
            wrong.push(format!("{page}: not one heading of the first rank"));
        }
        let words = mira.reads("body").await;
        if let Some(line) = words.lines().find(|line| is_unsaid(line)) {
            wrong.push(format!("{page}: no words, but {line:?}"));
        }
    })
    .await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wider than the window, if the page can be scrolled sideways.
async fn sticking_out(browser: &Browser) -> Vec<String> {
    let script = "const root = document.documentElement; if (root.scrollWidth <= innerWidth) return []; \
         return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + .5) \
             .slice(0, 5).map(one => one.outerHTML.slice(0, 100))";
    let found = browser.runs(script).await;
    found.as_array().into_iter().flatten().map(ToString::to_string).collect()
}

/// A key of a word that is missing, or an argument that was not filled in.
fn is_unsaid(line: &str) -> bool {
    line.contains("Unknown localization") || line.contains("{$")
}
