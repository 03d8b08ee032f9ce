//! The two kinds of browsers: one saves a form again and again, one reads a page.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use faults::admin::{Admin, Typed};
use faults::ledger::mark;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::load::Browser;

const REVISION: &str = "revision=0000000000000";
const TEXT: &str = "Save+no.+0+of+this+run";

/// Somebody with an open form, which is read once: then only its text and its revision change.
pub struct Saver {
    request: reqwest::RequestBuilder,
    body: String,
    revision: u64,
    /// The number of the save, which its text says.
    pub number: u64,
    news: watch::Receiver<u64>,
}

impl Saver {
    pub fn new(
        admin: &Admin,
        base: &str,
        typed: &Typed,
        number: u64,
        news: watch::Receiver<u64>,
    ) -> anyhow::Result<Self> {
        let mut revision = 0;
        let pairs = typed.pairs().iter().map(|(name, value)| match name.as_str() {
            "revision" => {
                revision = value.parse().unwrap_or_default();
                (name.as_str(), "0000000000000".to_owned())
            }
            _ => (name.as_str(), value.replace(&mark(number), &mark(0))),
        });
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        anyhow::ensure!(body.contains(REVISION) && body.contains(TEXT), "a form that lacks its text or revision");
        let request = admin.sends(base, typed.path(), String::new());
        Ok(Self { request, body, revision, number, news })
    }

    /// Saves, and gives when it was sent. Waits until the revision is known that the next save begins with.
    pub async fn saves(&mut self) -> anyhow::Result<Instant> {
        self.number += 1;
        let text = format!("Save+no.+{}+of+this+run", self.number);
        let body = self.body.replace(TEXT, &text).replace(REVISION, &format!("revision={}", self.revision));
        let request = self.request.try_clone().context("a request")?.body(body);
        let sent = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        answer.bytes().await?;
        anyhow::ensure!(status == 303, "a save answered {status}");
        let known = self.revision;
        let newer = timeout(Duration::from_secs(5), self.news.wait_for(|heard| *heard > known)).await;
        self.revision = *newer.context("a save was not published")??;
        Ok(sent)
    }
}

impl Browser for Saver {
    async fn asks(&mut self) -> anyhow::Result<()> {
        self.saves().await?;
        Ok(())
    }
}

/// Somebody who loads a page again and again.
pub struct Reader {
    request: reqwest::RequestBuilder,
    /// Of the last page.
    pub bytes: usize,
}

impl Reader {
    pub fn new(request: reqwest::RequestBuilder) -> Self {
        Self { request, bytes: 0 }
    }
}

impl Browser for Reader {
    async fn asks(&mut self) -> anyhow::Result<()> {
        let answer = self.request.try_clone().context("a request without a body")?.send().await?;
        let status = answer.status();
        self.bytes = answer.bytes().await?.len();
        anyhow::ensure!(status == 200, "a page answered {status}");
        Ok(())
    }
}
