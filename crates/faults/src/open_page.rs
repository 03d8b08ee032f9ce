//! An open page of a server: it listens, and when its stream ends it opens it again, as a browser does.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::admin::Admin;

/// A browser waits about as long before it opens a stream again.
const PAUSE: Duration = Duration::from_millis(500);

/// What a page has heard.
#[derive(Default)]
pub struct Heard {
    /// Changes that were named, by their ids.
    pub changes: HashSet<String>,
    pub last_id: Option<String>,
    /// It was opened so often, and so often it was told why it ended.
    pub opened: usize,
    pub endings: Vec<String>,
    /// What a browser would not have expected.
    pub troubles: Vec<String>,
    pub open: bool,
    /// The longest that it was without a stream.
    pub longest_away: Duration,
}

/// Dropping it closes the page.
pub struct OpenPage {
    pub guild: u64,
    heard: Arc<Mutex<Heard>>,
    task: JoinHandle<()>,
}

impl OpenPage {
    /// Opens it, at whatever instance answers.
    pub fn opens(admin: &Admin, base: &str, guild: u64) -> Self {
        let request = admin.asks(base, &format!("/guilds/{guild}/live"));
        let heard: Arc<Mutex<Heard>> = Arc::default();
        let task = tokio::spawn(listen(request, heard.clone()));
        Self { guild, heard, task }
    }

    pub fn heard(&self) -> MutexGuard<'_, Heard> {
        lock(&self.heard)
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn listen(request: reqwest::RequestBuilder, heard: Arc<Mutex<Heard>>) {
    let mut away_since: Option<Instant> = None;
    loop {
        let last = lock(&heard).last_id.clone();
        let Some(mut asking) = request.try_clone() else { return };
        if let Some(last) = last {
            asking = asking.header("last-event-id", last);
        }
        match asking.send().await {
            Ok(answer) if answer.status() == 200 => {
                {
                    let mut heard = lock(&heard);
                    heard.opened += 1;
                    heard.open = true;
                    if let Some(since) = away_since.take() {
                        heard.longest_away = heard.longest_away.max(since.elapsed());
                    }
                }
                follow(answer, &heard).await;
                lock(&heard).open = false;
            }
            Ok(answer) => lock(&heard).troubles.push(format!("a stream answered {}", answer.status())),
            Err(error) => lock(&heard).troubles.push(format!("a stream cannot be opened: {error:#}")),
        }
        away_since.get_or_insert_with(Instant::now);
        sleep(PAUSE).await;
    }
}

async fn follow(mut answer: reqwest::Response, heard: &Mutex<Heard>) {
    let (mut text, mut is_told) = (String::new(), false);
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => text.push_str(&String::from_utf8_lossy(&chunk)),
            // Even one that ends in good order says why first.
            Ok(None) if is_told => return,
            Ok(None) => return lock(heard).troubles.push("a stream ended without a word".to_owned()),
            Err(error) => return lock(heard).troubles.push(format!("a stream was cut: {error:#}")),
        }
        while let Some((frame, rest)) = text.split_once("\n\n") {
            is_told |= note(frame, heard);
            text = rest.to_owned();
        }
    }
}

/// True: it is the last one.
fn note(frame: &str, heard: &Mutex<Heard>) -> bool {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let mut heard = lock(heard);
    if let Some(id) = field("id") {
        heard.last_id = Some(id.to_owned());
    }
    if field("event") == Some("end") {
        heard.endings.push(field("data").unwrap_or_default().to_owned());
        return true;
    }
    let ids =
        frame.match_indices("id=\"delivery-").filter_map(|(at, mark)| frame.get(at + mark.len()..)?.split('"').next());
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    heard.changes.extend(ids);
    false
}

fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}
