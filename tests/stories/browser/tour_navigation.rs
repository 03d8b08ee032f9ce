//! Finding things, and what opens over a page.

use serde_json::json;

use super::chromium::Browser;
use super::tour::guild;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

pub async fn tour(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&format!("{}/search?q=volume", guild(HARBOUR))).await;
    at("search").await;
    mira.goes("/search?q=nothing+like+it").await;
    at("search-none").await;
    mira.goes(&format!("{}#f-now-playing-message-embed-title", settings("music"))).await;
    at("field-from-elsewhere").await;
    mira.goes(&settings("music")).await;
    mira.runs("document.getElementById('palette-open').click()").await;
    mira.has("#palette-options [aria-selected=true]").await;
    at("palette").await;
    mira.goes(&settings("music")).await;
    mira.runs("document.getElementById('switcher').showPopover()").await;
    mira.has("#switcher-list .button-pin").await;
    at("switcher").await;
}

impl Browser {
    /// Waits for an element.
    pub async fn has(&self, css: &str) {
        let script = format!("return !!document.querySelector(\"{css}\")");
        eventually(&format!("{css} is there"), || async { self.runs(&script).await == json!(true) }).await;
    }
}
