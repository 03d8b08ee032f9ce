//! A person who saves, over HTTP, as a browser without scripts does.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use discord_standin::Id;
use reqwest::{Client, Method};

use crate::ledger::{Outcome, mark};
use crate::page::Page;

/// The modules that have a text to put a save's number into, and that text's field.
pub const MODULES: [(&str, &str); 3] = [
    ("music", "now_playing_message.content"),
    ("giveaway", "start_message.content"),
    ("tickets", "welcome_message.content"),
];

/// Generous beside the second that a person may have to wait: on a loaded machine everything is slow.
const PATIENCE: Duration = Duration::from_secs(15);

/// A connection is not used again shortly before a server closes it: unlike a browser, this client would not ask again.
const IDLE: Duration = Duration::from_secs(2);

pub struct Admin {
    client: Client,
    cookies: BTreeMap<String, String>,
    /// Pretended, so that the limits by address see many people.
    address: String,
    pub guilds: Vec<u64>,
}

/// A form as it was shown, filled in.
pub struct Typed {
    path: String,
    /// The message it was typed into.
    template: String,
    pairs: Vec<(String, String)>,
}

impl Typed {
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

impl Admin {
    /// Signs in through the stand-in's own page.
    pub async fn sign_in(number: usize, user: Id, guilds: Vec<u64>, base: &str) -> anyhow::Result<Self> {
        let redirect = reqwest::redirect::Policy::none();
        let client = Client::builder().redirect(redirect).timeout(PATIENCE).pool_idle_timeout(IDLE).build()?;
        let address = format!("10.{}.{}.7", number / 200, number % 200);
        let mut admin = Self { client, cookies: BTreeMap::new(), address, guilds };
        let login = admin.send(Method::GET, base, "/login", None).await?;
        let body = format!("user_id={user}&decision=authorize");
        let consent = admin.client.post(login.location()).body(body);
        let answer = consent.header("content-type", "application/x-www-form-urlencoded").send().await?;
        let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
        let callback = location.and_then(|url| url.strip_prefix(base)).context("Discord sends the browser back")?;
        let page = admin.send(Method::GET, base, callback, None).await?;
        if page.status != 303 {
            bail!("signing in answered {}: {}", page.status, page.title());
        }
        Ok(admin)
    }

    /// A request of this person's browser that may stay open for long.
    pub fn asks(&self, base: &str, path: &str) -> reqwest::RequestBuilder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.get(format!("{base}{path}")).timeout(Duration::from_secs(24 * 60 * 60));
        request.header("cookie", cookies.join("; ")).header("x-forwarded-for", &self.address)
    }

    /// Looks at a page; gives its status.
    pub async fn reads(&mut self, base: &str, path: &str) -> anyhow::Result<u16> {
        Ok(self.send(Method::GET, base, path, None).await?.status.as_u16())
    }

    /// A form of this person's browser, ready to be sent.
    pub fn sends(&self, base: &str, path: &str, body: String) -> reqwest::RequestBuilder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.post(format!("{base}{path}"));
        request
            .header("accept", "text/html")
            .header("cookie", cookies.join("; "))
            .header("x-forwarded-for", &self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", base)
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    /// Opens a module's form and types the save's number into it.
    pub async fn types(
        &mut self,
        base: &str,
        guild: u64,
        (module, field): (&str, &str),
        number: u64,
    ) -> anyhow::Result<Typed> {
        let path = format!("/guilds/{guild}/settings/{module}");
        let page = self.send(Method::GET, base, &path, None).await?;
        if page.status != 200 {
            bail!("{path} answered {}: {}", page.status, page.title());
        }
        let mut pairs = page.form(&path);
        let text = pairs.iter_mut().find(|(name, _)| name == field).with_context(|| format!("no field {field}"))?;
        text.1 = mark(number);
        let template = field.split('.').next().unwrap_or(field).to_owned();
        Ok(Typed { path, template, pairs })
    }

    /// Has the bot send it to this person as a test, and saves nothing.
    pub async fn tests(&mut self, base: &str, typed: &Typed) -> anyhow::Result<()> {
        let mut pairs = typed.pairs.clone();
        pairs.push(("test".to_owned(), typed.template.clone()));
        let page = self.posts(base, &format!("{}/test", typed.path), &pairs).await?;
        if page.status != 200 {
            bail!("a test message answered {}: {}", page.status, page.title());
        }
        Ok(())
    }

    /// By the button on every page.
    pub async fn signs_out(&mut self, base: &str) -> anyhow::Result<()> {
        let page = self.send(Method::GET, base, "/guilds", None).await?;
        if page.status != 200 {
            bail!("the list of servers answered {}: {}", page.status, page.title());
        }
        let page = self.posts(base, "/logout", &page.form("/logout")).await?;
        if page.status != 303 {
            bail!("signing out answered {}: {}", page.status, page.title());
        }
        Ok(())
    }

    /// Sends it; gives how long that took, and what the person was told.
    pub async fn saves(&mut self, base: &str, typed: &Typed) -> (Duration, Outcome) {
        let began = Instant::now();
        let answer = self.posts(base, &typed.path, &typed.pairs).await;
        let took = began.elapsed();
        let outcome = match answer {
            Err(error) => Outcome::Cut(format!("{error:#}")),
            Ok(page) if page.status == 303 => self.reads_flash(base, page.location()).await,
            Ok(page) => Outcome::Refused(page.status.as_u16(), page.title()),
        };
        (took, outcome)
    }

    async fn posts(&mut self, base: &str, path: &str, pairs: &[(String, String)]) -> anyhow::Result<Page> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.send(Method::POST, base, path, Some(body)).await
    }

    async fn reads_flash(&mut self, base: &str, location: &str) -> Outcome {
        match self.send(Method::GET, base, location, None).await {
            Ok(page) if page.status == 200 && !page.text("#flash").contains("saved.") => {
                Outcome::Refused(303, format!("the flash said {:?}", page.text("#flash")))
            }
            // The 303 was the promise; what comes after it may meet a process that was killed.
            _ => Outcome::Saved,
        }
    }

    async fn send(&mut self, method: Method, base: &str, path: &str, body: Option<String>) -> anyhow::Result<Page> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self
            .client
            .request(method, format!("{base}{path}"))
            .header("accept", "text/html")
            .header("cookie", cookies.join("; "))
            .header("x-forwarded-for", &self.address);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", base)
                .header("sec-fetch-site", "same-origin")
                .body(body);
        }
        let answer = request.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let text = cookie.to_str()?;
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            match attributes.to_ascii_lowercase().contains("max-age=0") {
                true => drop(self.cookies.remove(name)),
                false => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        Ok(Page { status, headers, body: answer.text().await? })
    }
}
