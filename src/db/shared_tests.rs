use std::sync::mpsc;

use diesel::sql_types::BigInt;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::super::Db;
use super::*;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    there: i64,
}

fn executes(conn: &mut Conn, statement: &str) -> Result<(), DbError> {
    diesel::sql_query(statement).execute(conn)?;
    Ok(())
}

fn puts(conn: &mut Conn, number: i64) -> Result<(), DbError> {
    executes(conn, &format!("INSERT INTO numbers VALUES ({number})"))
}

async fn open() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
    let db = Db::open(&url).unwrap();
    db.write(|conn| executes(conn, "CREATE TABLE numbers (number INTEGER PRIMARY KEY)")).await.unwrap();
    (db, folder)
}

async fn numbers(db: &Db) -> Vec<i64> {
    let mut found = Vec::new();
    for number in 0..10 {
        let ask = format!("SELECT COUNT(*) AS there FROM numbers WHERE number = {number}");
        let counted = db.run(move |conn| -> Result<Counted, DbError> {
            Ok(crate::on_each!(conn, c => diesel::sql_query(ask).get_result(c))?)
        });
        if counted.await.unwrap().there == 1 {
            found.push(number);
        }
    }
    found
}

type Waiting = JoinHandle<Result<(), DbError>>;

/// Somebody writes, and goes on only when told to: whoever comes meanwhile stands in line together.
struct Busy {
    db: Db,
    go_on: mpsc::Sender<()>,
    first: Waiting,
}

impl Busy {
    async fn with(db: &Db) -> Self {
        let (begun, has_begun) = oneshot::channel();
        let (go_on, told) = mpsc::channel();
        let writes = db.clone();
        let first = tokio::spawn(async move {
            let work = move |_: &mut Conn| -> Result<(), DbError> {
                begun.send(()).unwrap();
                told.recv().unwrap();
                Ok(())
            };
            writes.write(work).await
        });
        has_begun.await.unwrap();
        Self { db: db.clone(), go_on, first }
    }

    /// Somebody else, who is in line when this ends.
    async fn meets(&self, work: impl FnOnce(&mut Conn) -> Result<(), DbError> + Send + 'static) -> Waiting {
        let (db, before) = (self.db.clone(), self.db.pool().waiting);
        let waiting = tokio::spawn(async move { db.write(work).await });
        while self.db.pool().waiting == before {
            tokio::task::yield_now().await;
        }
        waiting
    }

    async fn ends(self) {
        self.go_on.send(()).unwrap();
        self.first.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn writes_that_have_come_together_share_a_transaction_and_what_fails_undoes_its_own_alone() {
    let (db, _folder) = open().await;
    let before = db.transactions();
    let busy = Busy::with(&db).await;
    let one = busy.meets(|conn| puts(conn, 1)).await;
    let fails = busy.meets(|conn| puts(conn, 2).and_then(|()| Err(DbError::Broken("of its own".to_owned())))).await;
    let clashes = busy.meets(|conn| puts(conn, 3).and_then(|()| puts(conn, 1))).await;
    let four = busy.meets(|conn| puts(conn, 4)).await;
    busy.ends().await;
    one.await.unwrap().unwrap();
    assert!(matches!(fails.await.unwrap(), Err(DbError::Broken(text)) if text == "of its own"));
    assert!(matches!(clashes.await.unwrap(), Err(DbError::Conflict(_))));
    four.await.unwrap().unwrap();
    assert_eq!(numbers(&db).await, [1, 4]);
    assert_eq!(db.transactions() - before, 2, "of the first, and of the four");
}

#[tokio::test]
async fn a_panic_undoes_what_shares_its_transaction_and_all_are_told_so_and_the_rest_goes_on() {
    let (db, _folder) = open().await;
    let busy = Busy::with(&db).await;
    let before = busy.meets(|conn| puts(conn, 1)).await;
    let panics = busy.meets(|conn| puts(conn, 2).and_then(|()| panic!("in the middle of a write"))).await;
    let after = busy.meets(|conn| puts(conn, 3)).await;
    busy.ends().await;
    assert!(matches!(before.await.unwrap(), Err(DbError::Broken(_))));
    assert!(matches!(panics.await.unwrap(), Err(DbError::Broken(_))));
    after.await.unwrap().unwrap();
    assert_eq!(numbers(&db).await, [3]);
}

#[tokio::test]
async fn nobody_is_told_that_a_write_is_kept_that_was_undone_with_another() {
    let (db, _folder) = open().await;
    // As SQLite does by itself when the disk is full.
    let undoes_all = |conn: &mut Conn| {
        executes(conn, "ROLLBACK")?;
        Err(DbError::Unavailable("the disk is full".to_owned()))
    };
    let undoes_all_unseen = |conn: &mut Conn| executes(conn, "ROLLBACK");
    for number in [1, 4] {
        let busy = Busy::with(&db).await;
        let before = busy.meets(move |conn| puts(conn, number)).await;
        let undoing = match number {
            1 => busy.meets(undoes_all).await,
            _ => busy.meets(undoes_all_unseen).await,
        };
        let after = busy.meets(move |conn| puts(conn, number + 1)).await;
        busy.ends().await;
        assert!(before.await.unwrap().is_err());
        assert!(undoing.await.unwrap().is_err());
        after.await.unwrap().unwrap();
    }
    assert_eq!(numbers(&db).await, [2, 5]);
}

#[tokio::test]
async fn a_transaction_that_a_write_leaves_open_keeps_nothing() {
    let (db, _folder) = open().await;
    let busy = Busy::with(&db).await;
    let before = busy.meets(|conn| puts(conn, 1)).await;
    let leaves_open = busy.meets(|conn| {
        <Conn as Connection>::TransactionManager::begin_transaction(conn)?;
        puts(conn, 2)
    });
    let leaves_open = leaves_open.await;
    busy.ends().await;
    assert!(before.await.unwrap().is_err());
    assert!(leaves_open.await.unwrap().is_err());
    assert_eq!(numbers(&db).await, Vec::<i64>::new());
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_begun() {
    let (db, _folder) = open().await;
    let busy = Busy::with(&db).await;
    let given_up = busy.meets(|conn| puts(conn, 1)).await;
    let other = busy.meets(|conn| puts(conn, 2)).await;
    given_up.abort();
    assert!(given_up.await.unwrap_err().is_cancelled());
    busy.ends().await;
    other.await.unwrap().unwrap();
    assert_eq!(numbers(&db).await, [2]);
}

#[tokio::test]
async fn a_line_that_is_full_is_said_at_once_and_those_in_it_are_all_served() {
    let (db, _folder) = open().await;
    let busy = Busy::with(&db).await;
    let mut waiting = Vec::new();
    for _ in 0..1_000 {
        waiting.push(busy.meets(|_| Ok(())).await);
    }
    assert_eq!(db.size().unwrap().held, 1_000);
    assert!(matches!(db.write(|_| Ok(())).await, Err(DbError::Unavailable(_))));
    busy.ends().await;
    for one in waiting {
        one.await.unwrap().unwrap();
    }
}

#[test]
fn closing_the_database_waits_for_the_write_under_way_and_closes_its_file() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (db, folder) = runtime.block_on(open());
    let busy = runtime.block_on(Busy::with(&db));
    busy.go_on.send(()).unwrap();
    runtime.block_on(busy.first).unwrap().unwrap();
    drop((busy.db, db));
    let log = folder.path().join("test.db-wal");
    assert!(!log.exists(), "the last to close a database moves its log into its file");
}
