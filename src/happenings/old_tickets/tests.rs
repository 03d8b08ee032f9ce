use std::sync::{Arc, Mutex};

use diesel::result::{DatabaseErrorKind, Error};

use super::*;
use crate::db::plans::{database, plan};

fn too_long() -> Error {
    Error::DatabaseError(DatabaseErrorKind::SerializationFailure, Box::new("too much at once".to_owned()))
}

/// Which numbers a step tries that goes well with `fits` at most, what it says, and with how many it goes on.
async fn tries(fits: usize) -> (Vec<usize>, Result<Option<usize>, DbError>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", folder.path().display()).parse().unwrap();
    let tickets = OldTickets::new(Db::open(&url).unwrap(), Clock::default(), "30".parse().unwrap());
    let tried = Arc::new(Mutex::new(Vec::new()));
    let (noted, mut most) = (tried.clone(), AT_ONCE);
    let said = tickets.step(&mut most, move |_, at_once| {
        noted.lock().unwrap().push(at_once);
        if at_once > fits { Err(too_long()) } else { Ok(at_once) }
    });
    let said = said.await;
    let tried = tried.lock().unwrap().clone();
    (tried, said, most)
}

#[tokio::test]
async fn what_takes_too_long_at_once_is_tried_with_half_as_many() {
    let (tried, said, most) = tries(6).await;
    assert_eq!((tried, said.unwrap(), most), (vec![50, 25, 12, 6], Some(6), 6));
    let (tried, said, most) = tries(AT_ONCE).await;
    assert_eq!((tried, said.unwrap(), most), (vec![50], Some(50), 50));
    let (tried, said, _) = tries(0).await;
    assert_eq!(tried, [50, 25, 12, 6, 3, 1]);
    assert!(matches!(said, Err(DbError::Unavailable(_))), "{said:?}");
}

#[test]
fn ratings_without_a_ticket_are_found_by_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let conn = &mut database(&folder);
    let found = plan(conn, alone(1, AT_ONCE));
    // PostgreSQL rather reads a table that is empty.
    if matches!(conn, Conn::Sqlite(_)) {
        assert!(found.contains("ratings_by_age") && !found.contains("SCAN"), "{found}");
    }
}

#[test]
fn a_closed_ticket_has_an_end_where_one_is_set() {
    let kept = Kept(Some("30".parse().unwrap()));
    assert_eq!(kept.until(Some(5)), Some(5 + 30 * 24 * 60 * 60 * 1000));
    assert_eq!((kept.until(None), Kept(None).until(Some(5))), (None, None));
}
