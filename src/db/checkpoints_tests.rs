use diesel::connection::SimpleConnection as _;
use tokio::runtime::Runtime;

use super::*;
use crate::db::{Db, DbError};

struct Place {
    db: Db,
    url: DatabaseUrl,
    runtime: Runtime,
    folder: tempfile::TempDir,
}

impl Place {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url: DatabaseUrl = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
        let place = Self { db: Db::open(&url).unwrap(), url, runtime: Runtime::new().unwrap(), folder };
        place.writes("CREATE TABLE filling (bytes BLOB)");
        place
    }

    fn writes(&self, statement: &'static str) {
        let written = self.db.write(move |conn| -> Result<(), DbError> {
            diesel::sql_query(statement).execute(conn)?;
            Ok(())
        });
        self.runtime.block_on(written).unwrap();
    }

    fn checkpoints(&self) -> Arc<Checkpoints> {
        self.db._checkpoints.clone().unwrap()
    }

    fn size(&self, tail: &str) -> u64 {
        std::fs::metadata(self.folder.path().join(format!("test.db{tail}"))).unwrap().len()
    }
}

#[test]
fn no_commit_moves_the_log_and_a_step_moves_all_of_it() {
    let place = Place::make();
    let checkpoints = place.checkpoints();
    // The thread waits for as long as this is held.
    let mut work = held(&checkpoints.0);
    let before = place.size("");
    for _ in 0..120 {
        place.writes("INSERT INTO filling VALUES (randomblob(40000))");
    }
    let log = place.size("-wal");
    assert!(log > 1_000 * 4_096, "SQLite by itself would have moved it: {log}");
    assert_eq!(place.size(""), before);

    let counted = (place.db.queries(), place.db.transactions());
    assert!(matches!(work.as_mut().unwrap().step(), Next::Rest));
    assert!(place.size("") > before + 120 * 40_000, "{} of {log}", place.size(""));
    assert_eq!((place.db.queries(), place.db.transactions()), counted, "nobody has asked for it");
    place.writes("INSERT INTO filling VALUES (randomblob(40000))");
    assert_eq!(place.size("-wal"), log, "the log has begun anew");
}

#[test]
fn a_long_log_is_moved_between_writes_as_soon_as_nobody_reads_it() {
    let place = Place::make();
    let checkpoints = place.checkpoints();
    let mut reader = place.url.connect().unwrap();
    let mut work = held(&checkpoints.0);
    place.writes("INSERT INTO filling VALUES (randomblob(40000))");
    reader.batch_execute("BEGIN; SELECT COUNT(*) FROM filling;").unwrap();
    for _ in 0..5 {
        place.writes("INSERT INTO filling VALUES (randomblob(4000000))");
    }
    assert!(matches!(work.as_mut().unwrap().step(), Next::BetweenWrites(_)));
    drop(work);
    assert!(look(&checkpoints.0).is_continue(), "it does not wait for who reads");
    assert!(place.size("") < 4_000_000, "they see what was there when they began");
    place.writes("INSERT INTO filling VALUES (randomblob(40000))");

    reader.batch_execute("ROLLBACK").unwrap();
    assert!(look(&checkpoints.0).is_continue());
    assert!(place.size("") > 20_000_000, "{}", place.size(""));
}

#[test]
fn a_database_of_which_nobody_asks_anything_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
    let db = Db::open(&url).unwrap();
    let mut work = held(&db._checkpoints.as_ref().unwrap().0);
    let checkpointer = work.as_mut().unwrap();
    assert!(matches!(checkpointer.step(), Next::Rest));
    assert!(checkpointer.conn.is_none());
}

#[test]
fn a_closed_database_is_one_file_at_once_and_the_thread_ends() {
    let place = Place::make();
    place.writes("INSERT INTO filling VALUES (randomblob(40000))");
    let work = place.checkpoints().0.clone();
    held(&work).as_mut().unwrap().step();
    let Place { db, folder, .. } = place;
    drop(db);
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["test.db"]);
    assert!(look(&work).is_break());
}
