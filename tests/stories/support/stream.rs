//! An open page: what a browser's event stream hears, as it comes.

use std::sync::{Arc, Mutex};

use futures_util::StreamExt as _;
use reqwest::{Method, Response};
use scraper::{Html, Selector};

use super::app::eventually;
use super::visitor::Visitor;

/// One event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub event: String,
    pub id: Option<String>,
    pub data: String,
}

pub struct OpenPage {
    heard: Arc<Mutex<Vec<Heard>>>,
    ended: Arc<Mutex<bool>>,
    task: tokio::task::JoinHandle<()>,
}

impl OpenPage {
    /// Opens the stream of a server, from now on or from an event's id on.
    pub async fn opens(visitor: &Visitor, guild: u64, last: Option<&str>) -> Self {
        let answer = Self::asks(visitor, guild, last).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self::reads(answer)
    }

    /// Only asks for the stream.
    pub async fn asks(visitor: &Visitor, guild: u64, last: Option<&str>) -> Response {
        let mut request = visitor.request(Method::GET, &format!("/guilds/{guild}/live"));
        if let Some(id) = last {
            request = request.header("last-event-id", id);
        }
        request.send().await.unwrap()
    }

    fn reads(answer: Response) -> Self {
        let (heard, ended): (Arc<Mutex<Vec<Heard>>>, Arc<Mutex<bool>>) = Default::default();
        let (notes, end) = (heard.clone(), ended.clone());
        let task = tokio::spawn(async move {
            let mut text = String::new();
            let mut bytes = answer.bytes_stream();
            while let Some(Ok(part)) = bytes.next().await {
                text.push_str(std::str::from_utf8(&part).unwrap());
                while let Some((frame, rest)) = text.split_once("\n\n") {
                    if let Some(one) = read(frame) {
                        notes.lock().unwrap().push(one);
                    }
                    text = rest.to_owned();
                }
            }
            *end.lock().unwrap() = true;
        });
        Self { heard, ended, task }
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    pub fn has_ended(&self) -> bool {
        *self.ended.lock().unwrap()
    }

    /// The state a page shows for a module after all it has heard.
    pub fn state_of(&self, module: &str) -> Option<String> {
        self.attribute("changes", &format!("#latest-{module}"), "data-state")
    }

    /// The state of the bot that a page shows after all it has heard.
    pub fn bot(&self) -> Option<String> {
        self.attribute("bot", "#bot-state", "data-state")
    }

    fn attribute(&self, event: &str, selector: &str, name: &str) -> Option<String> {
        let selector = Selector::parse(selector).unwrap();
        self.heard().iter().rev().filter(|one| one.event == event).find_map(|one| {
            let html = Html::parse_fragment(&one.data);
            html.select(&selector).next().and_then(|found| found.attr(name)).map(str::to_owned)
        })
    }

    pub async fn shows(&self, module: &str, state: &str) {
        let what = format!("the open page shows {module} as {state}");
        eventually(&what, || async { self.state_of(module).as_deref() == Some(state) }).await;
    }

    /// Waits for the stream's end; gives the reason it was told.
    pub async fn ends(&self) -> String {
        eventually("the stream ends", || async { self.has_ended() }).await;
        let last = self.heard().pop().unwrap_or_default();
        assert_eq!(last.event, "end", "{last:?}");
        last.data.lines().next().unwrap_or_default().to_owned()
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn read(frame: &str) -> Option<Heard> {
    let mut one = Heard::default();
    let mut data = Vec::new();
    for line in frame.lines() {
        match line.split_once(": ") {
            Some(("event", text)) => one.event = text.to_owned(),
            Some(("id", text)) => one.id = Some(text.to_owned()),
            Some(("data", text)) => data.push(text),
            _ => {}
        }
    }
    one.data = data.join("\n");
    (!one.event.is_empty()).then_some(one)
}
