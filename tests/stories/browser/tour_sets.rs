//! The pages of whole sets: settings taken to another server, and playlists.

use discord_standin::seed;

use super::chromium::Browser;
use super::tour::guild;
use crate::playlists::{makes, sends};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

/// Takes the browser from page to page and calls `at` on each with a name for it.
pub async fn tour(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    carrying(mira, at).await;
    playlists(app, mira, at).await;
}

/// Taking settings to another server.
async fn carrying(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&format!("{}/settings/import", guild(HARBOUR))).await;
    at("carry").await;
    mira.presses("form[action$='/import'] button").await;
    at("carry-no-file").await;
    mira.goes(&format!("{}/settings/copy", guild(HARBOUR))).await;
    at("copy").await;
    mira.chooses("target", seed::ARCADE).await;
    mira.presses("form[action$='/copy'] button").await;
    at("copy-preview").await;
    mira.presses("form[action$='/copy'] .button-main").await;
    at("copy-stopped").await;
}

/// A playlist in every state of its form.
async fn playlists(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let mut jonas = app.signed_in(seed::JONAS).await;
    mira.goes(&format!("{}/playlists", guild(HARBOUR))).await;
    at("playlists-empty").await;
    mira.goes(&format!("{}/playlists/new", guild(HARBOUR))).await;
    at("playlist-new").await;
    let urls = ["https://youtu.be/tide", "https://gulls.bandcamp.com/track/over-the-pier", "https://youtu.be/rope"];
    let path = makes(&mut jonas, "Harbour nights", &urls).await;
    makes(&mut jonas, "A list with a name that is rather long, because somebody liked to explain", &[]).await;
    mira.goes(&format!("{}/playlists", guild(HARBOUR))).await;
    at("playlists").await;
    mira.goes(&path).await;
    at("playlist").await;
    mira.writes("tracks.1.url", "https://radio.example/a").await;
    mira.writes("tracks.2.seconds", "3:20").await;
    mira.saves().await;
    mira.is_titled("Error:").await;
    at("playlist-refused").await;
    mira.goes(&path).await;
    mira.writes("name", "Harbour days").await;
    sends(&mut jonas, &path, &[("tracks.0.title", "Tide")]).await;
    mira.saves().await;
    mira.is_titled("Conflict:").await;
    at("playlist-conflict").await;
    mira.goes(&format!("{path}/import")).await;
    mira.writes("addresses", "https://youtu.be/one\nhello\nhttps://radio.example/").await;
    mira.presses("form.settings .button-main").await;
    at("playlist-import").await;
    mira.goes(&format!("{path}/deletion")).await;
    at("playlist-deletion").await;
}
