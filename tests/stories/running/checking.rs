//! `guildhall check`: the environment and the database.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::place::{Place, address};
use crate::support::app::eventually;
use crate::support::database::server;

/// Runs the check, which has to find something wrong, and to say so in a line that holds all of `words`.
pub async fn finds(place: &Place, words: &[&str]) {
    let ran = place.runs(&["check"]).await;
    let wrong = ran.said.lines().filter(|line| line.starts_with("WRONG"));
    let found = wrong.filter(|line| words.iter().all(|word| line.contains(word))).count();
    assert!(!ran.well && found == 1, "{words:?}: {}", ran.said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_all_is_well_the_check_says_so_and_changes_nothing() {
    let place = Place::make().await;
    let ran = place.runs(&["check"]).await;
    assert!(ran.well, "{}", ran.said);
    for about in ["database", "Redis", "Discord", "clock", "LISTEN", "TRUSTED_PROXIES", "SECRET_KEY"] {
        assert!(ran.said.lines().any(|line| line.starts_with("ok") && line.contains(about)), "{about}: {}", ran.said);
    }
    if let Some(path) = &place.database.path {
        assert!(!path.exists(), "the check makes no database");
    }
    let program = place.serves().await;
    let _mira = place.mira().await;
    let keys = async || {
        let mut connection = place.redis.connection().await.unwrap();
        let pattern = format!("{}*", place.prefix);
        let mut keys: Vec<String> = redis::cmd("KEYS").arg(pattern).query_async(&mut connection).await.unwrap();
        keys.sort();
        keys
    };
    // Which the program itself writes a moment after its start.
    let epoch = format!("{}bot:config:epoch", place.prefix);
    eventually("Redis is what the program makes it", || async { keys().await.contains(&epoch) }).await;
    let before = keys().await;
    let ran = place.runs(&["check", "--json"]).await;
    assert!(ran.well, "{}", ran.said);
    let report: serde_json::Value = serde_json::from_str(&ran.said).unwrap();
    assert_eq!(report["ok"], true);
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().all(|one| one["word"] != "wrong"), "{report}");
    assert!(findings.iter().any(|one| one["says"].as_str().unwrap().contains("opens the stored tokens")), "{report}");
    assert_eq!(keys().await, before);
    assert_eq!(program.readiness().await.0, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_environment_that_makes_no_sense_is_told_line_by_line() {
    let mut place = Place::make().await;
    place.set("LISTEN", "nowhere");
    place.set("SECRET_KEY", "1234secret");
    finds(&place, &["environment", "LISTEN"]).await;
    finds(&place, &["environment", "SECRET_KEY"]).await;
    let mut place = Place::make().await;
    place.set("PUBLIC_URL", format!("{}/dashboard", place.url()));
    finds(&place, &["PUBLIC_URL", "has a path"]).await;
    place.set("TRUSTED_PROXIES", "0.0.0.0/0");
    finds(&place, &["TRUSTED_PROXIES", "trusts everybody"]).await;
    place.set("METRICS_LISTEN", place.url().replace("http://", ""));
    finds(&place, &["METRICS_LISTEN", "another port"]).await;
    place.set("SECRET_KEY", "ab".repeat(64));
    finds(&place, &["SECRET_KEY", "not random"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_key_than_the_databases_is_noticed() {
    let mut place = Place::make().await;
    drop((place.serves().await, place.mira().await));
    place.set("SECRET_KEY", guildhall::keys::SecretKey::generate());
    finds(&place, &["SECRET_KEY", "not the key of this database"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_used_is_told_with_what_to_do() {
    let mut place = Place::make().await;
    if server().is_some() {
        let ours = address(&place.database.url);
        place.set("DATABASE_URL", format!("{ours}&options=-c%20default_transaction_read_only%3Don"));
        finds(&place, &["database", "cannot be written", "right to write"]).await;
        place.set("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing");
        finds(&place, &["database", "cannot be reached", "DATABASE_URL"]).await;
        return;
    }
    place.set("DATABASE_URL", "sqlite:///no/such/folder/guildhall.db");
    finds(&place, &["database", "cannot be made", "Make the folder"]).await;

    let letter = place.path("letter.db");
    let text = "Dear diary, this is no database. ".repeat(200);
    std::fs::write(&letter, &text).unwrap();
    place.set("DATABASE_URL", format!("sqlite://{}", letter.display()));
    let ran = place.runs(&["check"]).await;
    assert!(!ran.well && ran.said.contains("Check DATABASE_URL"), "{}", ran.said);
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), text, "the file is somebody's");

    let path = place.path("made.db");
    place.set("DATABASE_URL", format!("sqlite://{}", path.display()));
    assert!(place.runs(&["migrate"]).await.well);
    let mut other = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let versions = "__diesel_schema_migrations";
    other.batch_execute(&format!("INSERT INTO {versions} (version) VALUES ('99990101000000')")).unwrap();
    finds(&place, &["database", "newer Guildhall", "99990101000000"]).await;
    other.batch_execute(&format!("DELETE FROM {versions} WHERE version = '99990101000000'")).unwrap();
    other
        .batch_execute(&format!("DELETE FROM {versions} WHERE version = (SELECT max(version) FROM {versions})"))
        .unwrap();
    let ran = place.runs(&["check"]).await;
    assert!(ran.well && ran.said.contains("lacks 1 migrations"), "{}", ran.said);
    other.batch_execute(&format!("DROP TABLE {versions}")).unwrap();
    finds(&place, &["database", "not Guildhall's"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_leaves_this_machine_without_tls_is_said_and_not_refused() {
    let mut place = Place::make().await;
    let ran = place.runs(&["check"]).await;
    let server = server();
    assert!(ran.well && !ran.said.contains("REDIS_URL  "), "{}", ran.said);
    // It answers here, but is not written as an address of this machine.
    place.set("REDIS_URL", place.redis.url().replace("127.0.0.1", "127.1"));
    let ran = place.runs(&["check"]).await;
    let told = |about: &str| {
        let says = |line: &&str| line.starts_with("look") && line.contains(about) && line.contains("without TLS");
        ran.said.lines().filter(says).count()
    };
    assert!(ran.well && told("REDIS_URL") == 1, "{}", ran.said);
    if server.is_none() {
        assert_eq!(told("DATABASE_URL"), 0, "{}", ran.said);
    }
    let program = place.serves().await;
    let log = program.log();
    assert!(log.lines().any(|line| line.contains("without TLS") && line.contains("REDIS_URL")), "{log}");
    for (mode, told) in [
        ("", None),
        ("?sslmode=disable", Some("without TLS")),
        ("?sslmode=prefer", Some("without TLS")),
        ("?sslmode=require", Some("certificate is not looked at")),
        ("?sslmode=verify-full", None),
    ] {
        place.set("DATABASE_URL", format!("postgres://guildhall:hunter2@0.0.0.0:1/guildhall{mode}"));
        let ran = place.runs(&["check"]).await;
        let about: Vec<&str> =
            ran.said.lines().filter(|line| line.starts_with("look") && line.contains("DATABASE_URL")).collect();
        assert_eq!(about.len(), told.iter().len(), "{mode}: {}", ran.said);
        assert!(about.iter().all(|line| told.is_some_and(|words| line.contains(words))), "{mode}: {}", ran.said);
        assert!(!ran.said.contains("hunter2"), "{mode}: {}", ran.said);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_tls_is_required_what_leaves_this_machine_without_it_ends_the_start_and_nothing_else_does() {
    let mut place = Place::make().await;
    place.set("REQUIRE_TLS", "on");
    let ran = place.runs(&["check"]).await;
    assert!(ran.well, "{}", ran.said);
    place.set("LISTEN", "0.0.0.0:0");
    place.set("METRICS_LISTEN", "0.0.0.0:0");
    place.set("REDIS_URL", place.redis.url().replace("127.0.0.1", "127.1"));
    place.set("DATABASE_URL", "postgres://guildhall:hunter2@0.0.0.0:1/guildhall?sslmode=require");
    for command in ["serve", "check"] {
        let ran = place.runs(&[command]).await;
        assert!(!ran.well, "{}", ran.said);
        for variable in ["LISTEN", "METRICS_LISTEN", "REDIS_URL", "DATABASE_URL"] {
            assert!(ran.said.contains(&format!("{variable}: REQUIRE_TLS refuses")), "{variable}: {}", ran.said);
        }
        assert!(!ran.said.contains("hunter2"), "{}", ran.said);
    }
    // Nor does what goes by the database alone send it a password.
    let ran = place.runs(&["migrate"]).await;
    assert!(!ran.well && ran.said.contains("DATABASE_URL: REQUIRE_TLS refuses"), "{}", ran.said);
}
