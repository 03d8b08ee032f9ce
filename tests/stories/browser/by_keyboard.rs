//! All that an admin does, with the keyboard alone: giveaways, tickets and their ratings, playlists, whole sets of
//! settings, versions from the log, a person's own choices, and the way out. What happens by script is in `living`.

use std::time::Duration;

use config_sync::GuildId;
use demo::world::Living;
use discord_standin::seed::{self, channels};
use fantoccini::key::Key;
use serde_json::json;

use super::chromium::{Browser, Scripts};
use super::living::comes_alive;
use crate::carry::{changed, exported};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

const GUILD: GuildId = GuildId(HARBOUR);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_on_is_managed_by_keyboard_alone() {
    let app = TestApp::start().await;
    let bot = comes_alive(&app).await;
    let life = bot.life().unwrap();
    let mira = Browser::open(&app, Scripts::Off).await;
    mira.comes_by_keyboard().await;
    a_giveaway(&mira, life).await;
    a_ticket_and_its_rating(&mira, life).await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

/// Made, ended and drawn again.
async fn a_giveaway(mira: &Browser, life: &Living) {
    mira.follows(&place("giveaways")).await;
    mira.follows("main a[href$='/giveaways/new']").await;
    mira.tabs_to("[name=channel_id]").await;
    mira.hits_option(channels::GIVEAWAYS).await;
    mira.types("[name=prize]", "A barrel of salt").await;
    mira.types("[name=winners]", "2").await;
    mira.enters().await;
    assert!(!mira.title().await.starts_with("Error:"), "{}", mira.reads("main").await);
    mira.comes_to_list("giveaways", "A barrel of salt").await;
    let id = format!("/guilds/{HARBOUR}/giveaways/");
    let href = mira.runs("return document.querySelector('.log-entry h2 a').getAttribute('href')").await;
    let href = href.as_str().unwrap().to_owned();
    eventually("people enter", || async { life.enters_giveaway(GUILD, href.trim_start_matches(&id), 5) == 5 }).await;

    mira.follows(".log-entry h2 a").await;
    mira.follows("main a[href$='/ending']").await;
    mira.follows("main form button").await;
    mira.goes_until(&href, "main a[href$='/reroll']").await;
    mira.follows("main a[href$='/reroll']").await;
    mira.follows("main form button").await;
    mira.goes_until(&href, ".earlier").await;
}

/// Closed with a reason; what its opener thought of it is shown to others, and then removed.
async fn a_ticket_and_its_rating(mira: &Browser, life: &Living) {
    let ticket = life.opens_ticket(GUILD, "Billing").unwrap();
    mira.comes_to_list("tickets", "Billing").await;
    mira.follows(".log-entry h2 a").await;
    let href = mira.place().await;
    mira.follows("main a[href$='/closing']").await;
    mira.types("#reason", "Paid back").await;
    mira.follows("main form button").await;
    mira.goes_until(&href, "main a[href$='/transcript']").await;
    eventually("it is rated", || async { life.rates_ticket(GUILD, &ticket, 5, Some("Quick and kind")) }).await;

    let ratings = format!("/guilds/{HARBOUR}/tickets/ratings");
    mira.goes_until(&ratings, "form[action$='/approval']").await;
    mira.follows("form[action$='/approval'] button").await;
    mira.follows("form[action$='/featuring'] button").await;
    assert!(mira.reads("#ratings-list").await.contains("Quick and kind"));
    mira.follows("#ratings-list a[href*='/rating/deletion']").await;
    mira.follows("main form .button-danger").await;
    assert!(!mira.reads("main").await.contains("Quick and kind"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_managed_by_keyboard_alone() {
    let app = TestApp::start().await;
    let mut visitor = app.mira().await;
    visitor.saves("music", &[("default_volume", "33")]).await;
    visitor.saves("music", &[("default_volume", "66")]).await;
    let mira = Browser::open(&app, Scripts::Off).await;
    mira.comes_by_keyboard().await;
    a_playlist(&mira).await;
    a_version_of_the_log(&app, &mira).await;
    whole_sets(&app, &mira).await;
    a_persons_own_choices_and_the_way_out(&mira).await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

/// Made, put in order, longer by a list of addresses, and deleted.
async fn a_playlist(mira: &Browser) {
    mira.follows(&place("playlists")).await;
    mira.follows("main a[href$='/playlists/new']").await;
    mira.types("[name=name]", "Harbour nights").await;
    mira.enters().await;
    for (row, url) in ["https://youtu.be/tide", "https://youtu.be/rope"].into_iter().enumerate() {
        mira.follows("button[value='add:tracks']").await;
        mira.types(&format!("[name='tracks.{row}.url']"), url).await;
        mira.types(&format!("[name='tracks.{row}.title']"), &format!("Track {row}")).await;
    }
    mira.follows("button[value='up:tracks.1']").await;
    mira.follows(".save-bar .button-main").await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.reads("main").await);
    mira.follows("main a[href$='/import']").await;
    mira.types("[name=addresses]", "https://youtu.be/one").await;
    mira.follows("form.settings .button-main").await;
    let path = mira.place().await;
    let titles = "return [...document.querySelectorAll('[name$=\".url\"]')].map(one => one.value)";
    assert_eq!(
        mira.runs(titles).await,
        json!(["https://youtu.be/rope", "https://youtu.be/tide", "https://youtu.be/one"])
    );
    mira.follows("main a[href$='/deletion']").await;
    mira.follows("main form .button-danger").await;
    assert_ne!(mira.place().await, path);
    assert!(!mira.reads("#playlists").await.contains("Harbour nights"));
}

async fn a_version_of_the_log(app: &TestApp, mira: &Browser) {
    mira.follows(&place("changes")).await;
    mira.tabs_to("#filter-module").await;
    mira.hits("Mus").await;
    mira.follows(".filter-end button").await;
    mira.follows(".log-entry:last-child h2 a").await;
    mira.follows("main a[href*='/restoration']").await;
    mira.follows("main form .button-main").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 33, "{}", mira.reads("main").await);
    mira.follows(&format!("nav.server a[href='{}']", settings("music"))).await;
    mira.follows("main a[href$='/reset']").await;
    mira.follows("main form .button-danger").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 50);
}

/// A file in, and a copy to another server.
async fn whole_sets(app: &TestApp, mira: &Browser) {
    let file = exported(&mut app.mira().await, "?module=music").await;
    let file = changed(&file, |file| file["modules"]["MUSIC"]["settings"]["defaultVolume"] = json!(12));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    std::fs::write(&path, file).unwrap();
    mira.follows(&format!("nav.server a[href='/guilds/{HARBOUR}']")).await;
    mira.follows("main a[href$='/settings/import']").await;
    mira.tabs_to("form[action$='/export'] button").await;
    mira.tabs_to("#file").await;
    // What a person does in the window for choosing a file is the system's own.
    mira.hits(path.to_str().unwrap()).await;
    mira.follows("form[action$='/import'] button").await;
    mira.follows("main form .button-main").await;
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 12, "{}", mira.reads("main").await);

    mira.goes(&format!("/guilds/{HARBOUR}/settings/import")).await;
    mira.follows("main a[href$='/settings/copy']").await;
    mira.tabs_to("[name=target]").await;
    mira.hits_option(seed::ARCADE).await;
    mira.follows("form[action$='/copy'] .button-main").await;
    assert!(mira.reads("h1").await.contains("Pixel Arcade"), "{}", mira.reads("h1").await);
}

async fn a_persons_own_choices_and_the_way_out(mira: &Browser) {
    mira.goes("/guilds").await;
    mira.follows("header a[href='/account/preferences']").await;
    mira.tabs_to("[name=theme]").await;
    mira.hits("Dark").await;
    mira.follows("main form .button-main").await;
    assert_eq!(mira.runs("return document.documentElement.dataset.theme").await, json!("dark"));
    mira.follows("form[action='/logout'] button").await;
    assert_eq!(mira.place().await, "/");
}

/// A place in the list of a server's places.
fn place(name: &str) -> String {
    format!("nav.server a[href='/guilds/{HARBOUR}/{name}']")
}

impl Browser {
    /// In a select that has the focus: types the words of an option until it is chosen.
    pub async fn hits_option(&self, value: impl ToString) {
        let option = format!("document.activeElement.querySelector('option[value=\"{}\"]')", value.to_string());
        let words = self.runs(&format!("return {option}.text")).await;
        self.hits(words.as_str().unwrap()).await;
        assert_eq!(self.runs(&format!("return {option}.selected")).await, json!(true), "{words} is chosen");
        self.hits(&char::from(Key::Tab).to_string()).await;
    }

    /// Opens a list of the server's until it says this.
    pub async fn comes_to_list(&self, list: &str, words: &str) {
        eventually(&format!("{words} stands in {list}"), || async {
            self.goes(&format!("/guilds/{HARBOUR}/{list}")).await;
            self.reads("main").await.contains(words)
        })
        .await;
    }

    /// Opens a page until there is such a thing on it.
    pub async fn goes_until(&self, path: &str, css: &str) {
        let there = format!("return !!document.querySelector(\"{css}\")");
        eventually(&format!("{css} is on {path}"), || async {
            self.goes(path).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.runs(&there).await == json!(true)
        })
        .await;
    }
}
