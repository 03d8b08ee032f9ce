//! Pictures of every page, for people to look at: `scripts/screenshots`.

use std::path::PathBuf;

use data_encoding::BASE64;
use demo::gallery::Gallery;
use guildhall::web::language::Language;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::tour::tour;
use crate::support::TestApp;

/// Pages that are drawn in the other ways to look at them too.
const LOOKED_AT: [&str; 26] = [
    "landing",
    "picker",
    "overview",
    "tempvoice",
    "form-checked",
    "refused",
    "preview",
    "conflict",
    "changes",
    "change-message",
    "tickets",
    "giveaway-new",
    "playlist",
    "palette",
    "switcher",
    "staff",
    "staff-set",
    "staff-refused",
    "staff-withdrawal",
    "overview-staff",
    "form-read-only",
    "sessions",
    "sessions-others",
    "account",
    "disconnection",
    "deletion",
];
/// The pictures of README.md: the page, the file in `docs/screenshots/`, and how much of the page.
const README: [(&str, &str, u32); 3] =
    [("overview-offline", "overview", 1130), ("tempvoice-live", "tempvoice", 900), ("giveaways", "giveaways", 700)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "draws pictures and checks nothing: scripts/screenshots"]
async fn every_page_is_drawn() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    if let Some(language) = language() {
        mira.speaks(language).await;
    }
    let gallery = Gallery::open(0).unwrap();
    std::fs::create_dir_all(folder()).unwrap();
    mira.client.goto(&gallery.url()).await.unwrap();
    draw(&mira, "gallery").await;
    tour(&app, &mira, async |page| draw(&mira, page).await).await;
}

/// Draws the page that is open: wide and narrow, light and dark.
async fn draw(mira: &Browser, page: &str) {
    for (_, name, height) in README.iter().filter(|(from, ..)| *from == page) {
        mira.is(1280, Scheme::Light).await;
        mira.is_as_long_as(1280, *height).await;
        mira.writes_picture(&format!("readme-{name}")).await;
    }
    // Narrow ones first: a menu that is open there closes on a wide window.
    for (width, scheme, name) in [
        (360, Scheme::Light, "360"),
        (360, Scheme::Dark, "360-dark"),
        (1280, Scheme::Light, "1280"),
        (1280, Scheme::Dark, "1280-dark"),
    ] {
        mira.draws_whole(width, scheme, &format!("{page}-{name}")).await;
    }
    if LOOKED_AT.contains(&page) || page == "gallery" {
        other_ways(mira, page).await;
    }
    mira.is(1280, Scheme::Light).await;
}

/// Zoomed, at the narrowest, with letters twice as large, from right to left, in the colours that a system forces.
async fn other_ways(mira: &Browser, page: &str) {
    mira.draws_whole(640, Scheme::Light, &format!("{page}-zoom-200")).await;
    mira.draws_whole(320, Scheme::Light, &format!("{page}-320")).await;
    mira.runs("document.documentElement.style.fontSize = '200%'").await;
    mira.draws_whole(1280, Scheme::Light, &format!("{page}-letters-200")).await;
    mira.runs("document.documentElement.style.fontSize = ''; document.documentElement.dir = 'rtl'").await;
    mira.draws_whole(1280, Scheme::Light, &format!("{page}-rtl")).await;
    mira.draws_whole(360, Scheme::Light, &format!("{page}-rtl-360")).await;
    mira.runs("document.documentElement.dir = 'ltr'").await;
    mira.is(1280, Scheme::Dark).await;
    let features = json!({"features": [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-color-scheme", "value": "dark"},
    ]});
    mira.devtools("Emulation.setEmulatedMedia", features).await;
    mira.is_as_long_as_its_page(1280).await;
    mira.writes_picture(&format!("{page}-forced-colors")).await;
}

/// In which the pages are drawn; English by itself.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment what to draw")]
fn language() -> Option<Language> {
    let tag = std::env::var("SCREENSHOTS_LANGUAGE").ok()?;
    Some(Language::parse(&tag).expect("SCREENSHOTS_LANGUAGE is en, vi, en-XA or ar-XB"))
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to draw")]
fn folder() -> PathBuf {
    std::env::var_os("SCREENSHOTS").expect("SCREENSHOTS names the folder for the pictures").into()
}

impl Browser {
    async fn draws_whole(&self, width: u32, scheme: Scheme, name: &str) {
        self.is(width, scheme).await;
        self.is_as_long_as_its_page(width).await;
        self.writes_picture(name).await;
    }

    /// Makes the window so long that nothing has to be scrolled.
    async fn is_as_long_as_its_page(&self, width: u32) {
        let height = self.runs("return document.documentElement.scrollHeight").await;
        self.is_as_long_as(width, u32::try_from(height.as_u64().unwrap()).unwrap()).await;
    }

    async fn is_as_long_as(&self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Of what is in the window.
    async fn writes_picture(&self, name: &str) {
        let picture = self.devtools("Page.captureScreenshot", json!({})).await;
        let bytes = BASE64.decode(picture["data"].as_str().unwrap().as_bytes()).unwrap();
        std::fs::write(folder().join(format!("{name}.png")), bytes).unwrap();
    }
}
