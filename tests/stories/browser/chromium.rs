//! A Chromium of a story's own. What drives it is in `driver`, what is done with forms in `form`, what it has to say
//! against the pages in `complaints`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use discord_standin::Id;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use guildhall::web::pseudo::marked;
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

use super::driver::{self, program};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::page::Page;

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// Light or dark, as the person's system asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

pub struct Browser {
    pub client: Client,
    /// Where the service is, and Discord.
    pub base: String,
    pub discord: String,
    session: String,
    port: u16,
    _profile: TempDir,
}

impl Browser {
    pub async fn open(app: &TestApp, scripts: Scripts) -> Self {
        let driver = driver::shared().await;
        let profile = TempDir::new_in(&driver.folder).unwrap();
        let capabilities = capabilities(profile.path(), scripts);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{}", driver.port)).await.unwrap();
        let session = client.session_id().await.unwrap().unwrap();
        let browser =
            Self { client, base: app.url(), discord: app.discord.url(), session, port: driver.port, _profile: profile };
        browser.runs_as(scripts).await;
        browser.is(1280, Scheme::Light).await;
        browser
    }

    /// That the preference did what it says: a page cannot find out otherwise.
    async fn runs_as(&self, scripts: Scripts) {
        let page = "data:text/html,<title>Off</title><script>document.title='On'</script>";
        self.client.goto(page).await.unwrap();
        assert_eq!(self.client.title().await.unwrap(), format!("{scripts:?}"));
    }

    pub async fn goes(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    pub async fn reloads(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Path and query of where it is.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url.as_str().strip_prefix(&self.base).unwrap_or(url.as_str()).to_owned()
    }

    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.find(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css} on {:?}: {error}", self.client.title().await),
        }
    }

    /// The element's text as it is seen.
    pub async fn reads(&self, css: &str) -> String {
        loop {
            match self.find(css).await.text().await {
                // What is live was drawn anew in between.
                Err(error) if error.is_stale_element_reference() => {}
                text => return text.unwrap(),
            }
        }
    }

    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// That the title begins like this where pages are in English, with or without marks on its letters.
    pub async fn is_titled(&self, beginning: &str) {
        let beginning = match self.runs("return document.documentElement.lang").await.as_str() {
            Some("en") => beginning.to_owned(),
            Some("en-XA") => format!("[{}", marked(beginning)),
            _ => return,
        };
        let title = self.title().await;
        assert!(title.starts_with(&beginning), "{title}");
    }

    /// Clicks what leads to another page, and waits for that.
    pub async fn presses(&self, css: &str) {
        self.leaves(|| async {
            loop {
                let button = self.find(css).await;
                self.brings(&button).await;
                match button.click().await {
                    // What is live was drawn anew in between.
                    Err(error) if error.is_stale_element_reference() => {}
                    pressed => return pressed,
                }
            }
        })
        .await;
    }

    /// Scrolls as a person does before clicking: out from under the bar that stays at the window's edge.
    pub async fn brings(&self, element: &Element) {
        let element = serde_json::to_value(element).unwrap();
        // If it is gone by now, the click says so.
        let _ = self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![element]).await;
    }

    /// Does what leads to another page, and waits for that.
    pub async fn leaves<F: Future<Output = Result<(), CmdError>>>(&self, act: impl FnOnce() -> F) {
        let page = self.find("html").await;
        act().await.unwrap();
        eventually("another page comes", || async { page.tag_name().await.is_err() }).await;
        eventually("the page is complete", || async {
            self.runs("return document.readyState").await == json!("complete")
        })
        .await;
    }

    /// Runs a script of the test's, which works with the page's own scripts off too.
    pub async fn runs(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or(Value::Null)
    }

    /// The focused element's id, or its text when it has none.
    pub async fn focus(&self) -> String {
        let focused = self.client.active_element().await.unwrap();
        match focused.attr("id").await.unwrap().filter(|id| !id.is_empty()) {
            Some(id) => id,
            None => focused.text().await.unwrap(),
        }
    }

    /// That the focus is, or comes, there: Chromium gives it once the page is drawn.
    pub async fn has_focus_on(&self, id: &str) {
        eventually(&format!("{id} has the focus"), || async { self.focus().await == id && self.sees(id).await }).await;
    }

    /// Whether an element is in the window, and what stands there is it.
    async fn sees(&self, id: &str) -> bool {
        let script = format!(
            "const one = document.getElementById('{id}'), box = one.getBoundingClientRect(); \
             const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)); \
             return box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth && one.contains(middle)"
        );
        self.runs(&script).await == json!(true)
    }

    /// The page as it stands there, to be read like an answer.
    pub async fn page(&self) -> Page {
        let body = self.client.source().await.unwrap();
        Page { status: StatusCode::OK, headers: reqwest::header::HeaderMap::new(), body }
    }

    /// From a page of ours through Discord's, as that person, and back.
    pub async fn signs_in(&self, user: Id) {
        self.presses("a[href^='/login']").await;
        self.consents(user).await;
    }

    /// On Discord's page.
    pub async fn consents(&self, user: Id) {
        self.find(&format!("#user-{user}")).await.click().await.unwrap();
        self.presses("#authorize").await;
    }

    /// The window's width, and the colours asked for.
    pub async fn is(&self, width: u32, scheme: Scheme) {
        let metrics = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// A command of Chromium's own.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.chromedriver("goog/cdp/execute", json!({"cmd": command, "params": parameters})).await
    }

    /// A command to chromedriver, of its own.
    pub async fn chromedriver(&self, path: &'static str, body: Value) -> Value {
        self.client.issue_cmd(Extra { path, body }).await.unwrap()
    }
}

impl Drop for Browser {
    /// Ends the browser, whether the story went well or not. Not asynchronous, so that it works in any case.
    fn drop(&mut self) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
        let request =
            format!("DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", self.session);
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read(&mut [0; 64]);
    }
}

fn capabilities(profile: &Path, scripts: Scripts) -> Value {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        "--hide-scrollbars",
    ];
    let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let preferences = match scripts {
        Scripts::On => json!({}),
        Scripts::Off => json!({"profile.managed_default_content_settings.javascript": 2}),
    };
    json!({
        // On a busy machine a script that looks at all of a long page takes longer than the usual half a minute.
        "timeouts": {"script": 180_000},
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "goog:chromeOptions": {"binary": program("CHROMIUM", "chromium"), "args": arguments, "prefs": preferences},
    })
}

/// A command of chromedriver's that WebDriver does not have.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
