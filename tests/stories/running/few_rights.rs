//! An account of PostgreSQL that reads and writes rows, and can do nothing to the tables.

use std::process::Command;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::checking::finds;
use super::place::{Place, Ran, address};
use crate::support::app::eventually;
use crate::support::database::{TestDatabase, server};

/// As operators are given it.
const RIGHTS: &str = include_str!("../../../docs/postgres-account.sql");

/// That file, as psql runs it with these for its variables.
fn rights(role: &str, owner: &str, database: &str) -> String {
    let statements: Vec<&str> = RIGHTS.lines().filter(|line| !line.starts_with('\\')).collect();
    let filled = statements.join("\n").replace("guildhall_serve", role);
    filled.replace(":\"owner\"", owner).replace(":\"DBNAME\"", database)
}

/// Runs the program with nothing but the address of a database.
fn migrates(url: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.arg("migrate").env_clear().env("DATABASE_URL", url).output().unwrap().into()
}

#[test]
fn migrations_are_applied_with_the_address_of_the_database_alone() {
    let database = TestDatabase::create();
    let ran = migrates(&address(&database.url));
    assert!(ran.well && ran.said.contains("has this version's schema"), "{}", ran.said);
    assert!(migrates(&address(&database.url)).well, "and again");
}

/// Makes a role that may do nothing yet; says its name, and the address of the database with it.
fn role(superuser: &mut PgConnection, url: &str) -> (String, String) {
    let name = format!("story_{}", uuid::Uuid::new_v4().simple());
    superuser.batch_execute(&format!("CREATE ROLE {name} LOGIN PASSWORD 'a-word'")).unwrap();
    let mut url = url::Url::parse(url).unwrap();
    url.set_username(&name).unwrap();
    url.set_password(Some("a-word")).unwrap();
    (name, url.into())
}

#[test]
fn tables_of_others_do_not_keep_the_owner_from_migrating() {
    // SQLite has no accounts.
    if server().is_none() {
        return;
    }
    let database = TestDatabase::create();
    let url = address(&database.url);
    let mut superuser = PgConnection::establish(&url).unwrap();
    let (name, owners) = role(&mut superuser, &url);
    // As PostGIS leaves one.
    let others = "CREATE TABLE spatial_ref_sys (srid INTEGER)";
    superuser.batch_execute(&format!("GRANT CREATE ON SCHEMA public TO {name}; {others}")).unwrap();
    let ran = migrates(&owners);
    assert!(ran.well, "{}", ran.said);
    superuser.batch_execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261130000500'").unwrap();
    superuser.batch_execute("DROP INDEX activities_by_kind").unwrap();
    let ran = migrates(&owners);
    assert!(ran.well, "{}", ran.said);
    superuser.batch_execute("ALTER TABLE changes OWNER TO CURRENT_USER").unwrap();
    superuser.batch_execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261130000500'").unwrap();
    let ran = migrates(&owners);
    assert!(!ran.well && ran.said.contains("1 migrations are missing"), "{}", ran.said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_may_only_write_rows_serves_and_says_who_has_to_migrate() {
    // SQLite has no accounts.
    if server().is_none() {
        return;
    }
    let mut place = Place::make().await;
    let url = address(&place.database.url);
    let database = url::Url::parse(&url).unwrap().path().trim_start_matches('/').to_owned();
    let mut superuser = PgConnection::establish(&url).unwrap();
    let (owner_name, owners) = role(&mut superuser, &url);
    let (name, few) = role(&mut superuser, &url);
    superuser.batch_execute(&format!("ALTER DATABASE {database} OWNER TO {owner_name}")).unwrap();
    place.set("DATABASE_URL", few.as_str());

    let ran = place.runs(&["serve"]).await;
    assert!(!ran.well && ran.said.contains("guildhall migrate") && !ran.said.contains("a-word"), "{}", ran.said);
    finds(&place, &["database", "guildhall migrate"]).await;

    // As it is up to PostgreSQL 14.
    superuser
        .batch_execute("ALTER SCHEMA public OWNER TO CURRENT_USER; GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC")
        .unwrap();
    assert!(migrates(&owners).well);
    let rights = rights(&name, &owner_name, &database);
    let mut owner = PgConnection::establish(&owners).unwrap();
    let refused = owner.batch_execute(&rights).unwrap_err().to_string();
    assert!(refused.contains("as a superuser"), "{refused}");
    superuser.batch_execute(&rights).unwrap();
    let ran = place.runs(&["check"]).await;
    assert!(ran.well, "{}", ran.said);
    let program = place.serves().await;
    let mut mira = place.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    eventually("it is well", || async { program.readiness().await == (200, "ok".into()) }).await;
    drop(program);

    let mut served = PgConnection::establish(&few).unwrap();
    for refused in [
        "CREATE TABLE of_mine (id BIGINT)",
        "CREATE TEMPORARY TABLE of_mine (id BIGINT)",
        "ALTER TABLE changes ADD COLUMN of_mine BIGINT",
        "DROP TABLE changes",
        "TRUNCATE changes",
        "DELETE FROM __diesel_schema_migrations",
    ] {
        assert!(served.batch_execute(refused).is_err(), "{refused}");
    }
    owner.batch_execute("CREATE TABLE of_a_later_version (id BIGINT)").unwrap();
    served.batch_execute("INSERT INTO of_a_later_version VALUES (1)").unwrap();

    assert!(migrates(&owners).well, "the owner still may");
    superuser
        .batch_execute(
            "DELETE FROM __diesel_schema_migrations \
             WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)",
        )
        .unwrap();
    let ran = place.runs(&["serve"]).await;
    assert!(!ran.well && ran.said.contains("1 migrations are missing"), "{}", ran.said);
    finds(&place, &["database", "guildhall migrate"]).await;
}
