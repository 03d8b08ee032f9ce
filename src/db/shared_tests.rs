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
    let panics = busy.meets(|conn| puts(conn, 2).map(|()| panic!("in the middle of a write"))).await;
    let after = busy.meets(|conn| puts(conn, 3)).await;
    busy.ends().await;
    assert!(matches!(before.await.unwrap(), Err(DbError::Unavailable(_))), "it can be done again");
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
    let Busy { db: other, go_on, first } = runtime.block_on(Busy::with(&db));
    // Whoever wrote does not wait any more, and knows the database no longer.
    first.abort();
    assert!(runtime.block_on(first).unwrap_err().is_cancelled());
    let told = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        go_on.send(()).is_ok()
    });
    drop((other, db));
    assert!(told.is_finished(), "the write was waited for");
    assert!(told.join().unwrap(), "and was still there");
    assert!(!folder.path().join("test.db-wal").exists(), "the last to close a database moves its log into its file");
}

/// A piece of work that says how long ago it was asked for.
struct Aged {
    number: i64,
    /// Before it is run, and afterwards.
    ages: [Duration; 2],
    ran: bool,
    answer: mpsc::Sender<(i64, Result<(), DbError>)>,
}

impl Piece for Aged {
    fn is_wanted(&self) -> bool {
        true
    }

    fn age(&self) -> Duration {
        self.ages[usize::from(self.ran)]
    }

    fn run(&mut self, conn: &mut Conn) -> bool {
        self.ran = true;
        puts(conn, self.number).is_ok()
    }

    fn tell(self: Box<Self>, kept: Result<(), DbError>) {
        self.answer.send((self.number, kept)).unwrap();
    }
}

/// Runs pieces of these ages, in milliseconds; answers which were kept, which not, and which were not begun.
fn run_aged(ages: &[[u64; 2]]) -> [Vec<i64>; 3] {
    let folder = tempfile::tempdir().unwrap();
    let url: crate::db::DatabaseUrl = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
    let mut conn = url.connect().unwrap();
    executes(&mut conn, "CREATE TABLE numbers (number INTEGER PRIMARY KEY)").unwrap();
    let (answer, answers) = mpsc::channel();
    let piece = |(place, ages): (usize, &[u64; 2])| -> Box<dyn Piece> {
        let ages = ages.map(Duration::from_millis);
        Box::new(Aged { number: place as i64, ages, ran: false, answer: answer.clone() })
    };
    let mut line: VecDeque<_> = ages.iter().enumerate().map(piece).collect();
    let outcome = run(&mut conn, &mut line);
    assert!(outcome.is_whole());
    outcome.tell();
    let not_begun: Vec<i64> = (ages.len() - line.len()..ages.len()).map(|place| place as i64).collect();
    drop((line, answer));
    let (kept, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, kept)| kept.is_ok());
    let kept: Vec<i64> = kept.into_iter().map(|(number, _)| number).collect();
    let there = (0..ages.len() as i64).filter(|number| {
        let ask = format!("SELECT COUNT(*) AS there FROM numbers WHERE number = {number}");
        let counted: Counted = crate::on_each!(&mut conn, c => diesel::sql_query(ask).get_result(c)).unwrap();
        counted.there == 1
    });
    assert_eq!(there.collect::<Vec<_>>(), kept, "what is told is what is there");
    [kept, refused.into_iter().map(|(number, _)| number).collect(), not_begun]
}

#[test]
fn what_comes_too_late_is_undone_alone_and_what_took_long_is_committed_before_more_is_begun() {
    assert_eq!(run_aged(&[[0, 1]]), [vec![0], vec![], vec![]]);
    assert_eq!(run_aged(&[[0, 2_600]]), [vec![], vec![0], vec![]]);
    assert_eq!(run_aged(&[[2_600, 2_600], [0, 1]]), [vec![1], vec![0], vec![]]);
    assert_eq!(run_aged(&[[0, 1], [2_400, 2_600], [0, 1]]), [vec![0, 2], vec![1], vec![]]);
    assert_eq!(run_aged(&[[0, 1], [900, 1_100], [0, 1]]), [vec![0, 1], vec![], vec![2]]);
}
