//! A person's sessions as rows: which there are, and ending one or all.

use std::collections::HashSet;

use diesel::prelude::*;
use uuid::Uuid;

use super::session_store::limits;
use super::{Accounts, Person};
use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::ids::{Snowflake, UserId};
use crate::schema::sessions;

/// A session as its owner sees it. The id names it and opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    pub id: Uuid,
    pub user_agent: String,
    /// From where it began, shortened; empty: not known.
    pub network: String,
    pub created_at: Millis,
    pub seen_at: Millis,
}

/// The sessions of a person that still hold, the last used first.
///
/// # Errors
/// As [`Db::run`].
pub async fn sessions_of(db: &Db, clock: &Clock, user: UserId) -> Result<Vec<SessionInfo>, DbError> {
    let (seen_after, begun_after) = limits(clock.now());
    let rows: Vec<(String, String, String, Millis, Millis)> = db
        .run(move |conn| {
            sessions::table
                .filter(sessions::user_id.eq(Snowflake::from(user)))
                .filter(sessions::seen_at.gt(seen_after))
                .filter(sessions::created_at.gt(begun_after))
                .order(sessions::seen_at.desc())
                .select((
                    sessions::public_id,
                    sessions::user_agent,
                    sessions::network,
                    sessions::created_at,
                    sessions::seen_at,
                ))
                .load(conn)
                .map_err(DbError::from)
        })
        .await?;
    let info = |(id, user_agent, network, created_at, seen_at): (String, _, _, _, _)| {
        Some(SessionInfo { id: Uuid::parse_str(&id).ok()?, user_agent, network, created_at, seen_at })
    };
    Ok(rows.into_iter().filter_map(info).collect())
}

/// Which of some sessions still hold.
///
/// # Errors
/// As [`Db::run`].
pub async fn open_among(db: &Db, clock: &Clock, some: HashSet<Uuid>) -> Result<HashSet<Uuid>, DbError> {
    let (seen_after, begun_after) = limits(clock.now());
    let ids: Vec<String> = some.iter().map(Uuid::to_string).collect();
    let open: Vec<String> = db
        .run(move |conn| {
            sessions::table
                .filter(sessions::public_id.eq_any(&ids))
                .filter(sessions::seen_at.gt(seen_after))
                .filter(sessions::created_at.gt(begun_after))
                .select(sessions::public_id)
                .load(conn)
                .map_err(DbError::from)
        })
        .await?;
    Ok(open.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect())
}

/// Ends every session of a person; answers how many there were.
///
/// # Errors
/// As [`Db::run`].
pub async fn end_all_sessions(db: &Db, user: UserId) -> Result<usize, DbError> {
    let ended = db.run(move |conn| delete_all(conn, user)).await?;
    tracing::info!(event = "session_ended", reason = "asked", user.id = user.get(), ended, "all sessions ended");
    Ok(ended)
}

/// Ends every session of everybody; answers how many there were.
///
/// # Errors
/// As [`Db::run`].
pub async fn end_everybodys_sessions(db: &Db) -> Result<usize, DbError> {
    let ended = db.run(|conn| Ok::<_, DbError>(diesel::delete(sessions::table).execute(conn)?)).await?;
    tracing::info!(event = "session_ended", reason = "asked", ended, "everybody's sessions ended");
    Ok(ended)
}

/// Removes the rows of sessions that have ended by themselves.
///
/// # Errors
/// As the database answers.
pub fn remove_ended_sessions(conn: &mut Conn, now: Millis) -> QueryResult<usize> {
    let (seen_after, begun_after) = limits(now);
    let ended = sessions::seen_at.le(seen_after).or(sessions::created_at.le(begun_after));
    diesel::delete(sessions::table.filter(ended)).execute(conn)
}

pub(super) fn delete_all(conn: &mut Conn, user: UserId) -> Result<usize, DbError> {
    let rows = sessions::table.filter(sessions::user_id.eq(Snowflake::from(user)));
    Ok(diesel::delete(rows).execute(conn)?)
}

impl Accounts {
    /// As [`sessions_of`].
    ///
    /// # Errors
    /// As [`Db::run`].
    pub(super) async fn sessions_of(&self, user: UserId) -> Result<Vec<SessionInfo>, DbError> {
        sessions_of(&self.db, &self.clock, user).await
    }

    /// Ends one session of a person, and its open pages; answers whether there was one.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub(super) async fn end_one(&self, user: UserId, session: Uuid) -> Result<bool, DbError> {
        let ended = self.db.run(move |conn| {
            let row = sessions::table
                .filter(sessions::public_id.eq(session.to_string()))
                .filter(sessions::user_id.eq(Snowflake::from(user)));
            diesel::delete(row).execute(conn).map_err(DbError::from)
        });
        if ended.await? == 0 {
            return Ok(false);
        }
        tracing::info!(
            event = "session_ended", reason = "asked", user.id = user.get(), session.id = %session, "a session ended"
        );
        self.tell_of_end(user);
        Ok(true)
    }

    /// Ends all sessions of a person but the one that asks; answers how many there were.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub(super) async fn end_others(&self, person: &Person) -> Result<usize, DbError> {
        let (user, own) = (person.id, person.session.to_string());
        let ended = self.db.run(move |conn| {
            let others =
                sessions::table.filter(sessions::user_id.eq(Snowflake::from(user))).filter(sessions::public_id.ne(own));
            diesel::delete(others).execute(conn).map_err(DbError::from)
        });
        let ended = ended.await?;
        if ended > 0 {
            tracing::info!(
                event = "session_ended",
                reason = "others",
                user.id = user.get(),
                ended,
                "other sessions ended"
            );
            self.tell_of_end(user);
        }
        Ok(ended)
    }

    /// Open pages of this person look at once whether their sessions still hold, here and on other instances.
    pub(super) fn tell_of_end(&self, user: UserId) {
        // Nobody may be listening.
        let _ = self.ended.send(user);
    }
}
