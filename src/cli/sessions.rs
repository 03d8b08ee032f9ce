//! `guildhall sessions end --user ID` and `guildhall sessions end --all`.

use super::{Outcome, say};
use crate::accounts::{end_all_sessions, end_everybodys_sessions};
use crate::config;
use crate::db::Db;
use crate::ids::UserId;

pub(super) async fn end(user: UserId) -> Outcome {
    let db = Db::open(&config::database_url()?)?;
    told(end_all_sessions(&db, user).await?)
}

pub(super) async fn end_all() -> Outcome {
    let db = Db::open(&config::database_url()?)?;
    told(end_everybodys_sessions(&db).await?)
}

fn told(ended: usize) -> Outcome {
    say(&format!("{ended} sessions have ended. Pages that are open notice it within 15 seconds."))
}
