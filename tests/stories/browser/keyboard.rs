//! With the keyboard alone: every step by Tab, Space and Enter, and the focus to be seen all the way.

use discord_standin::seed;
use fantoccini::key::Key;
use serde_json::json;

use super::chromium::{Browser, Scripts};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_signs_in_and_saves_by_keyboard_alone() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::Off).await;
    mira.comes_by_keyboard().await;
    mira.follows(&format!("main a[href='{}']", settings("music"))).await;

    mira.tabs_to("[name=autoplay]").await;
    mira.hits(" ").await;
    mira.tabs_to("#f-text-channel-ids summary").await;
    mira.enters_in_place().await;
    mira.tabs_to("#f-text-channel-ids input[type=checkbox]").await;
    mira.hits(" ").await;
    mira.types("[name=max_queue_size]", "250").await;
    mira.enters().await;

    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);
    mira.has_focus_on("flash").await;
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["maxQueueSize"], &stored["autoplay"]), (&json!(250), &json!(true)));
    assert_eq!(stored["textChannelIds"].as_array().unwrap().len(), 1);
    assert_eq!(mira.complaints().await, [""; 0]);
}

impl Browser {
    /// As the owner of the Harbour Club, from the first page to the club's.
    pub async fn comes_by_keyboard(&self) {
        self.goes("/").await;
        self.tabs_to("a.skip").await;
        self.follows("main a[href^='/login']").await;
        // One group of radio buttons is one stop; the person in it is chosen already: she owns the application.
        self.tabs_to(&format!("#user-{}", seed::MIRA)).await;
        self.follows("#authorize").await;
        let club = format!("/guilds/{HARBOUR}");
        // Who was here before comes back to the server they were on.
        if self.place().await != club {
            assert_eq!(self.place().await, "/guilds");
            self.follows(&format!("main a[href='{club}']")).await;
        }
    }

    /// Tabs to what leads to another page, and presses Enter.
    pub async fn follows(&self, css: &str) {
        self.tabs_to(css).await;
        self.enters().await;
    }

    /// Tabs to a field and puts this in place of what is in it.
    pub async fn types(&self, css: &str, text: &str) {
        self.tabs_to(css).await;
        self.hits(&(Key::Control + "a")).await;
        self.hits(text).await;
    }

    /// Presses Tab, forwards or from the page's end on to its beginning, until the focus is there and seen.
    pub async fn tabs_to(&self, css: &str) {
        let wanted = serde_json::to_string(css).unwrap();
        for _ in 0..150 {
            self.tabs().await;
            if self.runs(&format!("return document.activeElement.matches({wanted})")).await == json!(true) {
                self.focus_is_seen(css).await;
                return;
            }
        }
        panic!("Tab does not lead to {css} on {}", self.title().await);
    }

    /// Presses Tab once.
    async fn tabs(&self) {
        if self.runs("return ['file', 'color'].includes(document.activeElement.type)").await != json!(true) {
            self.hits(&char::from(Key::Tab).to_string()).await;
            return;
        }
        // What is sent to a field for a file is taken for the file's name, and to one for a colour for the colour.
        for kind in ["keyDown", "keyUp"] {
            let key = json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9});
            self.devtools("Input.dispatchKeyEvent", key).await;
        }
    }

    /// That what has the focus is in the window, not under anything, and marked.
    async fn focus_is_seen(&self, css: &str) {
        let script = "const one = document.activeElement, box = one.getBoundingClientRect(); \
             const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2]; \
             const there = document.elementFromPoint(x, y); \
             const marks = [one, ...one.querySelectorAll('*')].some(part => [null, '::after'].some(pseudo => { \
                 const style = getComputedStyle(part, pseudo); \
                 return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; })); \
             return {inside: box.top >= 0 && box.bottom <= innerHeight, \
                     free: one.contains(there) || (there && there.contains(one)), marks}";
        assert_eq!(self.runs(script).await, json!({"inside": true, "free": true, "marks": true}), "the focus on {css}");
    }

    pub async fn hits(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Presses Enter where it leads to another page.
    pub async fn enters(&self) {
        let focused = self.client.active_element().await.unwrap();
        let enter = char::from(Key::Enter).to_string();
        self.leaves(|| async { focused.send_keys(&enter).await }).await;
    }

    pub async fn enters_in_place(&self) {
        self.hits(&char::from(Key::Enter).to_string()).await;
    }
}
