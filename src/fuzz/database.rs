//! A database in memory, in which nothing stays: what holds of one input does not depend on another.

use std::cell::RefCell;

use crate::db::{self, Conn};

/// Why a transaction was rolled back.
#[derive(Debug)]
enum Undone {
    OnPurpose,
    By(diesel::result::Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::By(error)
    }
}

thread_local! {
    static DATABASE: RefCell<Conn> = RefCell::new(db::in_memory().expect("a database in memory"));
}

/// Does this in a transaction, and rolls it back.
pub fn without_trace(work: impl FnOnce(&mut Conn)) {
    DATABASE.with_borrow_mut(|conn| {
        let outcome: Result<(), Undone> = db::write(conn, |conn| {
            work(conn);
            Err(Undone::OnPurpose)
        });
        if let Err(Undone::By(error)) = outcome {
            panic!("no transaction: {error}");
        }
    });
}
