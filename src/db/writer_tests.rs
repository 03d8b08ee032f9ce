use std::sync::{Mutex, mpsc};

use diesel::connection::TransactionManager;
use diesel::sql_types::BigInt;
use tokio::sync::oneshot;

use super::*;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    tables: i64,
}

fn open() -> (Db, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
    (Db::open(&url).unwrap(), folder)
}

/// A temporary table belongs to one connection: it can be known again by it.
fn mark(conn: &mut Conn) -> Result<(), DbError> {
    diesel::sql_query("CREATE TEMPORARY TABLE mark (here INTEGER)").execute(conn)?;
    Ok(())
}

fn is_marked(conn: &mut Conn) -> Result<bool, DbError> {
    let ask = "SELECT COUNT(*) AS tables FROM sqlite_temp_master WHERE name = 'mark'";
    let counted: Counted = crate::on_each!(conn, c => diesel::sql_query(ask).get_result(c))?;
    Ok(counted.tables == 1)
}

fn used(db: &Db) -> u32 {
    let pool = db.pool();
    pool.open - pool.idle
}

#[tokio::test]
async fn transactions_go_through_one_connection_and_other_statements_through_others() {
    let (db, _folder) = open();
    assert_eq!(db.pool(), PoolUse { open: 2, idle: 2, most: 6, waiting: 0 });
    db.write(mark).await.unwrap();
    for _ in 0..3 {
        assert!(db.write(is_marked).await.unwrap());
        assert!(!db.run(is_marked).await.unwrap());
    }
    let inside = db.clone();
    let in_use = db.write(move |_| -> Result<u32, DbError> { Ok(used(&inside)) }).await.unwrap();
    assert_eq!(in_use, 1);
}

#[tokio::test]
async fn a_panic_while_writing_undoes_it_and_the_next_write_has_a_new_connection() {
    let (db, _folder) = open();
    db.write(mark).await.unwrap();
    let open = db.pool().open;
    let panicked = db.write(|conn| -> Result<(), DbError> {
        diesel::sql_query("CREATE TABLE half (here INTEGER)").execute(conn)?;
        panic!("in the middle of a write")
    });
    assert!(matches!(panicked.await, Err(DbError::Broken(_))));
    assert_eq!(db.pool().open, open - 1);
    let tables = db.run(|conn| catalog::tables(conn).map_err(DbError::from)).await.unwrap();
    assert!(!tables.contains(&"half".to_owned()), "{tables:?}");
    assert!(!db.write(is_marked).await.unwrap());
    db.write(mark).await.unwrap();
    assert!(db.write(is_marked).await.unwrap(), "the new one is kept");
}

#[tokio::test]
async fn a_connection_with_a_transaction_left_open_does_not_write_again() {
    let (db, _folder) = open();
    db.write(mark).await.unwrap();
    let left_open = db.write(|conn| -> Result<(), DbError> {
        <Conn as Connection>::TransactionManager::begin_transaction(conn)?;
        Ok(())
    });
    // Only that the connection goes is looked at; nothing here leaves a transaction open.
    let _ = left_open.await;
    assert!(!db.write(is_marked).await.unwrap());
}

#[tokio::test]
async fn two_writes_at_once_stand_in_line() {
    let (db, _folder) = open();
    let order = Arc::new(Mutex::new(Vec::new()));
    let (begun, has_begun) = oneshot::channel();
    let (go_on, told) = mpsc::channel();
    let (writes, first_order) = (db.clone(), order.clone());
    let first = tokio::spawn(async move {
        let work = move |_: &mut Conn| -> Result<(), DbError> {
            begun.send(()).unwrap();
            told.recv_timeout(Duration::from_secs(2)).unwrap();
            first_order.lock().unwrap().push("first");
            Ok(())
        };
        writes.write(work).await
    });
    has_begun.await.unwrap();
    let (writes, second_order) = (db.clone(), order.clone());
    let second = tokio::spawn(async move {
        let work = move |_: &mut Conn| -> Result<(), DbError> {
            second_order.lock().unwrap().push("second");
            Ok(())
        };
        writes.write(work).await
    });
    while db.pool().waiting == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(used(&db), 1, "whoever waits has no connection");
    assert!(order.lock().unwrap().is_empty());
    go_on.send(()).unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(*order.lock().unwrap(), ["first", "second"]);
    assert_eq!((used(&db), db.pool().waiting), (0, 0));
}
