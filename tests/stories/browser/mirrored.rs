//! A language that runs from right to left: pages begin on the right, fit their window, and work.

use discord_standin::seed;
use guildhall::web::language::Language;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::quiet::{WIDTHS, sticking_out};
use super::tour::guild;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_run_from_right_to_left_begin_on_the_right_and_fit_their_window() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.speaks(Language::Mirrored).await;
    begins_on_the_right(&mira, "landing").await;
    mira.signs_in(seed::MIRA).await;
    let log = format!("{}/changes", guild(HARBOUR));
    let pages = ["/guilds".to_owned(), guild(HARBOUR), settings("tickets"), log, "/account/preferences".to_owned()];
    for page in &pages {
        mira.goes(page).await;
        begins_on_the_right(&mira, page).await;
    }
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "loud").await;
    mira.saves().await;
    begins_on_the_right(&mira, "refused").await;
    mira.has_focus_on("errors").await;
    mira.writes("default_volume", "30").await;
    mira.saves().await;
    begins_on_the_right(&mira, "saved").await;
    assert!(mira.find("#flash.tone-good").await.is_displayed().await.unwrap());
    assert!(mira.complaints().await.is_empty());
}

async fn begins_on_the_right(mira: &Browser, page: &str) {
    let script = "const h1 = document.querySelector('h1'), brand = document.querySelector('.brand').getBoundingClientRect(); \
         return [document.documentElement.lang, getComputedStyle(h1).direction, document.body.textContent.includes('\\u202E'), \
             innerWidth - brand.right < brand.left]";
    for width in WIDTHS {
        mira.is(width, Scheme::Light).await;
        assert_eq!(mira.runs(script).await, json!(["ar-XB", "rtl", true, true]), "{page} at {width}");
        let out = sticking_out(mira, "rtl").await;
        assert!(out.is_empty(), "{page} at {width}: {out:?}");
    }
}
