//! Pictures of every page, for people to look at: `scripts/screenshots`.

use std::path::PathBuf;

use data_encoding::BASE64;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

/// Pages that are drawn dark too.
const DARK: [&str; 10] = [
    "landing",
    "picker",
    "overview",
    "tempvoice",
    "refused",
    "preview",
    "music-refused",
    "overview-offline",
    "changes",
    "change-message",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "draws pictures and checks nothing: scripts/screenshots"]
async fn every_page_is_drawn() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    tour(&app, &mira, async |page| draw(&mira, page).await).await;
}

/// Draws the page that is open, wide and narrow.
async fn draw(mira: &Browser, page: &str) {
    let folder = folder();
    std::fs::create_dir_all(&folder).unwrap();
    for (width, scheme, name) in [(1280, Scheme::Light, ""), (360, Scheme::Light, ""), (1280, Scheme::Dark, "-dark")] {
        if scheme == Scheme::Light || DARK.contains(&page) {
            mira.is(width, scheme).await;
            let file = |part: &str| folder.join(format!("{page}-{width}{name}{part}.png"));
            std::fs::write(file(""), mira.draws().await).unwrap();
            mira.is_as_long_as_its_page(width).await;
            std::fs::write(file("-whole"), mira.draws().await).unwrap();
        }
    }
    mira.is(1280, Scheme::Light).await;
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to draw")]
fn folder() -> PathBuf {
    std::env::var_os("SCREENSHOTS").expect("SCREENSHOTS names the folder for the pictures").into()
}

impl Browser {
    /// Makes the window so long that nothing has to be scrolled.
    async fn is_as_long_as_its_page(&self, width: u32) {
        let height = self.runs("return document.documentElement.scrollHeight").await;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What is in the window.
    async fn draws(&self) -> Vec<u8> {
        let picture = self.devtools("Page.captureScreenshot", json!({})).await;
        BASE64.decode(picture["data"].as_str().unwrap().as_bytes()).unwrap()
    }
}
