//! An attack from outside, kind by kind: what is sent, that it does nothing, and what the log says of it.
//! `docs/security.md` lists all kinds, and the stories elsewhere that belong to them.

mod bodies;
mod borrowed_ids;
mod caches;
mod cells;
mod forged_forms;
mod lines;
mod planted_cookies;
mod redirects;
mod streams;

use reqwest::RequestBuilder;

use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::events;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const EVIL: &str = "https://evil.example";

/// A service whose log is listened to, by ids that the story gives its requests.
async fn begun() -> TestApp {
    begun_on(Stage::default()).await
}

async fn begun_on(stage: Stage) -> TestApp {
    events::listen();
    // Ids of requests count only from our own proxy.
    TestApp::on(Stage { behind_proxy: true, ..stage }).await
}

fn new_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// The names of the security events that a request has left in the log.
fn noted(request: &str) -> Vec<String> {
    events::of(request).into_iter().map(|fields| fields["event"].clone()).collect()
}

/// Sends a request; gives its answer, and the names of its security events.
async fn sends(visitor: &mut Visitor, request: RequestBuilder) -> (Page, Vec<String>) {
    let id = new_id();
    let page = visitor.send(request.header("x-request-id", &id)).await;
    (page, noted(&id))
}
