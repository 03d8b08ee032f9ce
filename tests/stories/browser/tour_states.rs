//! States that pages are seldom in: nothing there yet, the menu of a phone open, the connection lost.

use serde_json::json;

use super::chromium::{Browser, Scheme};
use super::tour::guild;
use crate::support::app::HARBOUR;

/// Lists before anything has come into them.
pub async fn empty(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    for (tail, name) in
        [("changes", "changes-empty"), ("tickets", "tickets-empty"), ("tickets/ratings", "ratings-empty")]
    {
        mira.goes(&format!("{}/{tail}", guild(HARBOUR))).await;
        at(name).await;
    }
}

/// What is open over a page, or said at its end.
pub async fn moments(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&guild(HARBOUR)).await;
    mira.is(360, Scheme::Light).await;
    mira.find("button.button-menu").await.click().await.unwrap();
    assert_eq!(mira.runs("return document.querySelector('#server-nav').matches(':popover-open')").await, json!(true));
    at("menu-open").await;
    mira.goes(&guild(HARBOUR)).await;
    // As the page's script says it after ten seconds without a connection.
    let lost = "const live = document.getElementById('live'); live.hidden = false; \
         document.getElementById('live-notice').textContent = live.dataset.lost; return live.dataset.lost.length > 0";
    assert_eq!(mira.runs(lost).await, json!(true));
    at("connection-lost").await;
}
