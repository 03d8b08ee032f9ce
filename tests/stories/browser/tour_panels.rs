//! The pages of ticket panels, for the tour.

use super::chromium::Browser;
use crate::panels::{adds, at as panel_at, edited_category, makes, panels};
use crate::support::TestApp;

pub async fn tour(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&panels()).await;
    at("panels-empty").await;
    let mut visitor = app.mira().await;
    let id = makes(&mut visitor, "Help desk").await;
    mira.goes(&panel_at(&id)).await;
    at("panel").await;
    adds(
        &mut visitor,
        &panel_at(&id),
        &[("name", "Refunds"), ("emoji", "🎫"), ("description", "Money back, and how long that takes")],
    )
    .await;
    edited_category(&mut visitor, &panel_at(&id), 1).await;
    mira.goes(&panel_at(&id)).await;
    at("panel-draft").await;
    mira.goes(&format!("{}/categories/1", panel_at(&id))).await;
    at("panel-category").await;
    mira.goes(&format!("{}/deletion", panel_at(&id))).await;
    at("panel-deletion").await;
    mira.goes(&panels()).await;
    at("panels").await;
}
