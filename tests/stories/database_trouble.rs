//! The database is busy, newer than the program, or no database at all. These stories harm an SQLite file.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use guildhall::app::{App, Overrides};

use crate::settings::typed;
use crate::support::TestApp;
use crate::support::database::server;
use crate::support::visitor::{edited, settings};

/// Another program's connection to the story's file; None where there is no file.
fn another_program(app: &TestApp) -> Option<SqliteConnection> {
    if server().is_some() {
        return None;
    }
    let path = app.database.path.as_ref()?;
    Some(SqliteConnection::establish(path.to_str().unwrap()).unwrap())
}

async fn refusal(app: &TestApp) -> String {
    let overrides = Overrides { clock: app.clock.clone(), generous_limits: true, ..Overrides::default() };
    match App::build_with(app.config.clone(), overrides).await {
        Ok(_) => panic!("it starts all the same"),
        Err(trouble) => trouble.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_that_meets_a_locked_database_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let Some(mut other) = another_program(&app) else { return };
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "44")]);
    other.batch_execute("BEGIN EXCLUSIVE").unwrap();
    let page = mira.post(&settings("music"), &form).await;
    assert_eq!(page.status, 503, "{}", page.main());
    assert!(page.title().starts_with("Error:"), "{}", page.title());
    assert_ne!(page.header("retry-after"), "");
    assert_eq!(mira.get(&settings("music")).await.status, 200, "reading goes on");
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(app.changes().await, (0, 0));

    let again = page.form(&settings("music"));
    assert_eq!(typed(&again), typed(&form));
    let answer = mira.post(&settings("music"), &again).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"], 44);
    assert_eq!(app.changes().await.0, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_is_short_is_waited_for() {
    let app = TestApp::start().await;
    let Some(mut other) = another_program(&app) else { return };
    let mut mira = app.mira().await;
    let form = edited(mira.opens("music").await, &[("default_volume", "45")]);
    other.batch_execute("BEGIN EXCLUSIVE").unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        other.batch_execute("ROLLBACK").unwrap();
    });
    assert_eq!(mira.post(&settings("music"), &form).await.status, 303);
    release.join().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_a_newer_version_is_not_touched() {
    let mut app = TestApp::start().await;
    let Some(mut other) = another_program(&app) else { return };
    app.stop().await;
    other.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')").unwrap();
    let text = refusal(&app).await;
    assert!(text.contains("newer Guildhall") && text.contains("99990101000000"), "{text}");
    assert!(text.contains("Start that version"), "it says what to do: {text}");
    other.batch_execute("DELETE FROM __diesel_schema_migrations WHERE version = '99990101000000'").unwrap();
    app.restart().await;
    assert_eq!(app.visitor().get("/readyz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let mut app = TestApp::start().await;
    let Some(path) = app.database.path.clone() else { return };
    app.stop().await;
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{tail}", path.display()));
    }
    let letter = "Dear diary, this is no database. ".repeat(200);
    std::fs::write(&path, &letter).unwrap();
    let text = refusal(&app).await;
    assert!(text.contains("DATABASE_URL"), "it says what to do: {text}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter, "the file is somebody's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_with_tables_of_somebody_else_is_refused() {
    let mut app = TestApp::start().await;
    let Some(path) = app.database.path.clone() else { return };
    app.stop().await;
    for tail in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{tail}", path.display()));
    }
    let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    other.batch_execute("CREATE TABLE settings (colour TEXT); CREATE TABLE users (name TEXT);").unwrap();
    let text = refusal(&app).await;
    assert!(text.contains("not Guildhall's") && text.contains("DATABASE_URL"), "{text}");
}
