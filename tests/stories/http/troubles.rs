//! What goes wrong on our side: the page names the request, and the log says once what it was.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use discord_standin::{Fault, FaultKind};

use crate::support::app::{HARBOUR, TestApp};
use crate::support::database::server;
use crate::support::logs::{self, Recording};
use crate::support::page::Page;
use crate::support::visitor::{edited, settings};

/// Longer than anything is kept that Discord has said.
const COLD: Duration = Duration::from_secs(2 * 60 * 60);

/// That one line says what failed, under the id that the page names, and as loudly as that.
fn is_logged_once(log: &Recording, page: &Page, level: &str, code: &str) {
    let id = page.text(".request code");
    assert_eq!((id.len(), page.header("x-request-id")), (36, id.as_str()), "{}", page.main());
    let text = log.text();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(&id)).collect();
    let loud: Vec<&&str> = lines.iter().filter(|line| line.contains(" WARN ") || line.contains(" ERROR ")).collect();
    assert_eq!(loud.len(), 1, "{lines:#?}");
    assert!(loud[0].contains(&format!(" {level} ")), "{loud:?}");
    assert!(loud[0].contains(&format!("code=\"{code}\"")) && loud[0].contains("cause="), "{loud:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_here_is_in_the_log_once_by_the_id_that_the_page_names() {
    let log = logs::record();
    let app = TestApp::start().await;
    let mut mira = app.mira().await;

    app.clock.advance(COLD);
    app.discord.fault(Fault::at("/api/v10/guilds/", FaultKind::ServerError));
    let page = mira.get(&settings("music")).await;
    page.explains(503, "Discord does not answer");
    is_logged_once(&log, &page, "WARN", "discord");
    app.discord.clear_faults();
    app.clock.advance(COLD);

    // Somebody else holds the database; only the file of a story can be held so.
    if let (Some(path), None) = (&app.database.path, server()) {
        let form = edited(mira.opens("music").await, &[("default_volume", "44")]);
        let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        other.batch_execute("BEGIN EXCLUSIVE").unwrap();
        let page = mira.post(&settings("music"), &form).await;
        other.batch_execute("ROLLBACK").unwrap();
        assert_eq!(page.status, 503, "{}", page.main());
        is_logged_once(&log, &page, "WARN", "database");
    }

    // What should never happen.
    crate::tickets::has(&app, vec!["ALTER TABLE playlists RENAME TO lost_playlists".to_owned()]).await;
    let page = mira.get(&format!("/guilds/{HARBOUR}/playlists")).await;
    assert_eq!(page.status, 500, "{}", page.main());
    is_logged_once(&log, &page, "ERROR", "internal");
    assert!(!page.body.contains("no such table"), "the page does not say what it was");
}
