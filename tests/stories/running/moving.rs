//! A whole database, from SQLite to PostgreSQL and back.
//!
//! With `TEST_DATABASE_URL` it goes over a PostgreSQL, without it over another SQLite file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::{Conn, DatabaseUrl, catalog, open_for_long};
use guildhall::moving::TABLES;

use super::place::{Ran, address};
use crate::support::database::TestDatabase;

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

fn guildhall(arguments: &[&str], url: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(arguments).env_clear().env("DATABASE_URL", url).output().unwrap().into()
}

/// An SQLite file in a folder of the story.
fn sqlite(folder: &Path, name: &str) -> (DatabaseUrl, PathBuf) {
    let path = folder.join(name);
    (format!("sqlite://{}", path.display()).parse().unwrap(), path)
}

fn words(conn: &mut SqliteConnection, statement: &str) -> Vec<String> {
    diesel::sql_query(statement).load::<Word>(conn).unwrap().into_iter().map(|row| row.word).collect()
}

/// Every row of every table, each value as SQLite would write it itself.
fn everything(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let tables = words(&mut conn, "SELECT name AS word FROM sqlite_master WHERE type = 'table'");
    let mut all = BTreeMap::new();
    for table in tables.into_iter().filter(|name| name != "__diesel_schema_migrations") {
        let columns = words(&mut conn, &format!("SELECT name AS word FROM pragma_table_info('{table}') ORDER BY name"));
        let quoted: Vec<String> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
        let rows = format!("SELECT {} AS word FROM \"{table}\" ORDER BY 1", quoted.join(" || ',' || "));
        all.insert(table, words(&mut conn, &rows));
    }
    all
}

/// Three rows in each table, with values that are easily harmed.
fn fill(path: &Path) {
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let hard = ["'\"}]\\n,\u{0}", "Tiếng Việt \u{1f389}\u{202e}\ttab\nline", "{\"a\": [1, null, true]}"];
    for table in TABLES {
        let columns = words(
            &mut conn,
            &format!("SELECT name || ' ' || type || ' ' || \"notnull\" AS word FROM pragma_table_info('{table}')"),
        );
        for row in 0..if table == "deployment" { 1 } else { 3 } {
            let (mut names, mut values) = (Vec::new(), Vec::new());
            for (at, column) in columns.iter().enumerate() {
                let [name, kind, required] = column.split(' ').collect::<Vec<_>>()[..] else { panic!("{column}") };
                names.push(format!("\"{name}\""));
                values.push(match kind {
                    _ if required == "0" && (row + at) % 3 == 0 => "NULL".to_owned(),
                    "TEXT" => {
                        let text = format!("{} {row} {at}", hard[(row + at) % 3].replace('\0', "")).replace('\'', "''");
                        format!("'{text}'")
                    }
                    "BIGINT" => (i64::MAX - i64::try_from(row * 100 + at).unwrap()).to_string(),
                    "INTEGER" => (i32::MAX - i32::try_from(row * 100 + at).unwrap()).to_string(),
                    "BOOLEAN" => ((row + at) % 2).to_string(),
                    other => panic!("{table}.{name} is {other}"),
                });
            }
            let insert = format!("INSERT INTO \"{table}\" ({}) VALUES ({})", names.join(", "), values.join(", "));
            conn.batch_execute(&insert).unwrap_or_else(|error| panic!("{insert}: {error}"));
        }
    }
}

/// A database with rows in every table.
fn filled(folder: &Path) -> (DatabaseUrl, PathBuf) {
    let (url, path) = sqlite(folder, "first.db");
    drop(open_for_long(&url).unwrap());
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("DELETE FROM deployment").unwrap();
    fill(&path);
    (url, path)
}

#[test]
fn no_table_is_forgotten_and_each_comes_after_what_its_rows_refer_to() {
    let folder = tempfile::tempdir().unwrap();
    let (url, path) = sqlite(folder.path(), "all.db");
    let mut conn = open_for_long(&url).unwrap();
    let mut listed = TABLES.map(str::to_owned).to_vec();
    listed.sort();
    assert_eq!(listed, catalog::tables(&mut conn).unwrap(), "src/moving/mod.rs lists the tables that are moved");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    for (at, table) in TABLES.iter().enumerate() {
        for parent in words(&mut conn, &format!("SELECT \"table\" AS word FROM pragma_foreign_key_list('{table}')")) {
            assert!(TABLES[..at].contains(&parent.as_str()), "{parent} comes before {table}");
        }
    }
}

#[test]
fn every_row_of_every_table_goes_there_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let (first, path) = filled(folder.path());
    let there = TestDatabase::create();
    let (back, path_back) = sqlite(folder.path(), "back.db");
    let (one, two) = (folder.path().join("one.export"), folder.path().join("two.export"));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());

    let ran = guildhall(&["export-all", one], &address(&first));
    assert!(ran.well && ran.said.contains("32 tables"), "{}", ran.said);
    let ran = guildhall(&["import-all", one], &address(&there.url));
    assert!(ran.well, "{}", ran.said);
    let ran = guildhall(&["export-all", two], &address(&there.url));
    assert!(ran.well, "{}", ran.said);
    let ran = guildhall(&["import-all", two], &address(&back));
    assert!(ran.well, "{}", ran.said);

    let before = everything(&path);
    assert_eq!(before.len(), TABLES.len());
    assert!(before.iter().all(|(table, rows)| rows.len() == if table == "deployment" { 1 } else { 3 }));
    assert_eq!(everything(&path_back), before);
    if let Conn::Postgres(conn) = &mut open_for_long(&there.url).unwrap() {
        let sequences: Vec<Word> =
            diesel::sql_query("SELECT relname::text AS word FROM pg_class WHERE relkind = 'S'").load(conn).unwrap();
        assert!(sequences.is_empty(), "a sequence would have to be set after an import: {}", sequences[0].word);
    }
}

#[test]
fn a_file_that_is_not_whole_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _) = filled(folder.path());
    let export = folder.path().join("whole.export");
    assert!(guildhall(&["export-all", export.to_str().unwrap()], &address(&first)).well);
    let whole = std::fs::read_to_string(&export).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n");
    let other = |text: &str| whole.replacen(text, "\"19700101\"", 1);
    let version = guildhall::db::known_versions().pop().unwrap();
    let there = TestDatabase::create();
    let url = address(&there.url);
    for (text, why) in [
        (lines[..lines.len() - 1].join("\n"), "cut off"),
        (lines[..lines.len() / 2].join("\n"), "cut off"),
        (without(lines.len() / 2), "damaged"),
        (without(3), "damaged"),
        (whole.replacen("\"users\"", "\"people\"", 1), "damaged"),
        (format!("{whole}{{}}\n"), "damaged"),
        (other(&format!("\"{version}\"")), "another version"),
        ("Dear diary".to_owned(), "no file of export-all"),
        (String::new(), "no file of export-all"),
    ] {
        let file = folder.path().join("harmed.export");
        std::fs::write(&file, text).unwrap();
        let ran = guildhall(&["import-all", file.to_str().unwrap()], &url);
        assert!(!ran.well && ran.said.contains(why), "{why}: {}", ran.said);
    }
    let ran = guildhall(&["import-all", export.to_str().unwrap()], &url);
    assert!(ran.well, "it is still empty: {}", ran.said);
    let ran = guildhall(&["import-all", export.to_str().unwrap()], &url);
    assert!(!ran.well && ran.said.contains("not empty"), "{}", ran.said);
    let ran = guildhall(&["export-all", export.to_str().unwrap()], &url);
    assert!(!ran.well && ran.said.contains("Nothing is overwritten"), "{}", ran.said);
    assert_eq!(std::fs::read_to_string(&export).unwrap(), whole);
}
