//! Pictures of every page, for people to look at: `scripts/screenshots`.

use std::path::PathBuf;

use data_encoding::BASE64;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

/// Pages that are drawn dark too.
const DARK: [&str; 6] = ["landing", "picker", "overview", "tempvoice", "refused", "preview"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "draws pictures and checks nothing: scripts/screenshots"]
async fn every_page_is_drawn() {
    let folder = folder();
    std::fs::create_dir_all(&folder).unwrap();
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    tour(&app, &mira, async |page| {
        for (width, scheme, name) in
            [(1280, Scheme::Light, ""), (360, Scheme::Light, ""), (1280, Scheme::Dark, "-dark")]
        {
            if scheme == Scheme::Light || DARK.contains(&page) {
                mira.is(width, scheme).await;
                std::fs::write(folder.join(format!("{page}-{width}{name}.png")), mira.draws().await).unwrap();
            }
        }
        mira.is(1280, Scheme::Light).await;
    })
    .await;
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to draw")]
fn folder() -> PathBuf {
    std::env::var_os("SCREENSHOTS").expect("SCREENSHOTS names the folder for the pictures").into()
}

impl Browser {
    /// The whole page, however long.
    async fn draws(&self) -> Vec<u8> {
        let picture = self
            .devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true, "clip": self.size().await}))
            .await;
        BASE64.decode(picture["data"].as_str().unwrap().as_bytes()).unwrap()
    }

    async fn size(&self) -> serde_json::Value {
        self.runs("return {x: 0, y: 0, width: innerWidth, height: document.documentElement.scrollHeight, scale: 1}")
            .await
    }
}
