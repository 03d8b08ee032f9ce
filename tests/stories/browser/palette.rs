//! From any page to a single setting, and from server to server: by keyboard with scripts, by clicks without.

use discord_standin::seed;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_gets_from_any_page_to_a_setting_by_keyboard_alone() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.comes_by_keyboard().await;
    mira.opens_with(&(Key::Control + "k")).await;
    mira.hits("percent vote skpi").await;
    mira.enters().await;
    assert_eq!(mira.place().await, format!("{}#f-vote-skip-percent", settings("music")));
    mira.has_focus_on("f-vote-skip-percent").await;
    let marked = "const of = css => getComputedStyle(document.querySelector(css).closest('.field')).backgroundColor; \
         return of('#f-vote-skip-percent') !== of('#f-default-volume')";
    assert_eq!(mira.runs(marked).await, json!(true), "the field is to be seen");

    // In a field the key is a letter; elsewhere it opens the same.
    mira.hits("/").await;
    assert_eq!(mira.runs("return document.activeElement.value.includes('/')").await, json!(true));
    mira.hits(&char::from(Key::Backspace).to_string()).await;
    mira.runs("document.activeElement.blur()").await;
    mira.opens_with("/").await;
    mira.looks_for("now playing title").await;
    mira.enters_in_place().await;
    mira.has_focus_on("f-now-playing-message-embed-title").await;

    // Who types by voice switches the key off.
    mira.goes(&settings("music")).await;
    mira.tabs_to("#palette-open").await;
    mira.enters_in_place().await;
    mira.has_focus_on("palette-q").await;
    mira.tabs_to("#palette-slash").await;
    mira.hits(" ").await;
    mira.hits(&char::from(Key::Escape).to_string()).await;
    mira.has_focus_on("palette-open").await;
    mira.hits("/").await;
    assert_eq!(mira.runs("return document.getElementById('palette').open").await, json!(false));
    mira.reloads().await;
    assert_eq!(mira.runs("return document.getElementById('palette-slash').checked").await, json!(false));

    // The second of what is found, by the arrows.
    mira.tabs_to("#palette-open").await;
    mira.enters_in_place().await;
    mira.has_focus_on("palette-q").await;
    mira.looks_for("volume").await;
    let second = mira.find("#palette-2").await.attr("href").await.unwrap().unwrap();
    mira.hits(&char::from(Key::Down).to_string()).await;
    assert_eq!(mira.find("#palette-q").await.attr("aria-activedescendant").await.unwrap().unwrap(), "palette-2");
    mira.enters_in_place().await;
    eventually("it goes there", || async { mira.place().await == second }).await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_are_switched_and_pinned_by_keyboard_alone() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.comes_by_keyboard().await;
    mira.goes(&settings("music")).await;
    mira.opens_the_servers().await;
    mira.hits("fre").await;
    eventually("one is left", || async { mira.seen(".switcher-servers li").await == 1 }).await;
    mira.tabs_to(&format!(".button-pin[value='{}']", seed::TINY)).await;
    mira.enters_in_place().await;
    mira.has(&format!(".button-pin[name=unpin][value='{}']:focus", seed::TINY)).await;
    assert!(app.signed_in(seed::MIRA).await.get("/guilds").await.texts("main .card-link")[0] == "Fresh");
    mira.hits(&char::from(Key::Escape).to_string()).await;
    mira.has_focus_on("switcher-open").await;

    mira.opens_the_servers().await;
    mira.hits(&char::from(Key::Down).to_string()).await;
    assert_eq!(mira.runs("return document.activeElement.matches('.switcher-servers a')").await, json!(true));
    mira.enters().await;
    assert_eq!(mira.place().await, format!("/guilds/{}/settings/music", seed::TINY));
    mira.opens_the_servers().await;
    mira.hits("HARBÒUR").await;
    mira.enters().await;
    assert_eq!(mira.place().await, settings("music"), "the module is kept");
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_same_is_found_on_pages() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::Off).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("tickets")).await;
    mira.find("#palette-open").await.click().await.unwrap();
    let field = mira.find("#palette-q").await;
    assert!(field.is_displayed().await.unwrap());
    field.send_keys("now playing title").await.unwrap();
    mira.presses("#palette form button").await;
    assert!(mira.place().await.starts_with(&format!("/guilds/{HARBOUR}/search?")), "{}", mira.place().await);
    mira.presses("main .found a[href$='#f-now-playing-message-embed-title']").await;
    mira.has_focus_on("f-now-playing-message-embed-title").await;

    mira.find("#switcher-open").await.click().await.unwrap();
    mira.find("#switcher-q").await.send_keys("fresh").await.unwrap();
    mira.presses("#switcher form button").await;
    mira.presses(".button-pin").await;
    mira.has_focus_on("flash").await;
    mira.presses("main a.card-link").await;
    assert_eq!(mira.place().await, format!("/guilds/{}/settings/music", seed::TINY));
    assert_eq!(mira.complaints().await, [""; 0]);
}

impl Browser {
    async fn opens_with(&self, keys: &str) {
        self.hits(keys).await;
        self.has_focus_on("palette-q").await;
    }

    /// Types that, and waits until what is found for it is there.
    async fn looks_for(&self, words: &str) {
        self.hits(words).await;
        self.has(&format!("#palette-list[data-query='{words}'] [aria-selected=true]")).await;
    }

    async fn opens_the_servers(&self) {
        self.tabs_to("#switcher-open").await;
        self.enters_in_place().await;
        self.has_focus_on("switcher-q").await;
        self.has("#switcher-list .button-pin").await;
    }

    /// How many of them are shown.
    async fn seen(&self, css: &str) -> usize {
        let mut seen = 0;
        for one in self.client.find_all(Locator::Css(css)).await.unwrap() {
            seen += usize::from(one.is_displayed().await.unwrap());
        }
        seen
    }
}
