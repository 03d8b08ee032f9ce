//! Tokens that nobody needs any more: taken back at Discord, and deleted here.

use std::time::Duration;

use diesel::QueryResult;

use super::rows::TokenRow;
use super::{Accounts, LOOK_AGAIN, PATIENCE};
use crate::accounts::session_store::limits;
use crate::accounts::sessions;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{Snowflake, UserId};
use crate::schema::{sessions as session_rows, users};

/// Who has signed in so short a time ago may be about to get their session.
const JUST_SIGNED_IN: Millis = 60_000;
/// So long a sign-out waits for Discord.
const AT_SIGN_OUT: Duration = Duration::from_secs(2);

/// What Discord said about taking the access back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBack {
    Confirmed,
    /// It may still hold there. Nobody has the tokens any more.
    Unconfirmed,
}

impl Accounts {
    /// Takes back at Discord whatever access a person has given, and deletes their tokens and all their sessions.
    /// What is here is deleted whatever Discord says.
    ///
    /// # Errors
    /// The database does not answer; then nothing is deleted.
    pub async fn disconnect(&self, user: UserId) -> Result<TakenBack, DbError> {
        self.disconnect_and(user, |_| Ok(())).await
    }

    /// As [`Accounts::disconnect`], and with it whatever `also` does in the same transaction.
    ///
    /// # Errors
    /// As above.
    pub async fn disconnect_and(
        &self,
        user: UserId,
        also: impl FnOnce(&mut Conn) -> QueryResult<()> + Send + 'static,
    ) -> Result<TakenBack, DbError> {
        let taken = match self.claimed(user).await? {
            Some(row) => self.take_back(user, &row).await,
            // There is nothing to take: it was taken before.
            None => TakenBack::Confirmed,
        };
        let ended = self.db.write(move |conn| {
            TokenRow::remove(conn, user)?;
            let ended = sessions::delete_all(conn, user)?;
            also(conn)?;
            Ok::<_, DbError>(ended)
        });
        let ended = ended.await?;
        self.discord.forget_user(user);
        self.tell_of_end(user);
        let user = user.get();
        tracing::info!(event = "disconnected", user.id = user, confirmed = ?taken, "somebody took their access back");
        tracing::info!(event = "session_ended", reason = "disconnected", user.id = user, ended, "sessions ended");
        Ok(taken)
    }

    /// Nobody refreshes a row that is claimed: the tokens that are taken back are the last ones.
    async fn claimed(&self, user: UserId) -> Result<Option<TokenRow>, DbError> {
        let give_up = tokio::time::Instant::now() + PATIENCE;
        loop {
            let Some(row) = TokenRow::read(&self.db, user).await? else { return Ok(None) };
            let claim = TokenRow::claim(&self.db, user, row.version, self.clock.now()).await?;
            if claim.is_some() || tokio::time::Instant::now() > give_up {
                return Ok(Some(row));
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// After a session has ended: if it was the person's last, their tokens serve nobody. Trouble is for the log: the
    /// session has ended, and what is left is removed within the hour (`erasure`).
    pub(in crate::accounts) async fn take_back_after_last(&self, user: UserId) {
        let taking = tokio::time::timeout(AT_SIGN_OUT, self.take_back_unneeded(user));
        match taking.await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(user.id = user.get(), cause = %error, "tokens that nobody needs are left"),
            Err(_) => tracing::warn!(user.id = user.get(), "Discord did not confirm in time that the access is gone"),
        }
    }

    /// Deletes the tokens of somebody who is signed in nowhere, and takes their access back at Discord; answers what that
    /// said. None: there are none, or they are needed.
    ///
    /// # Errors
    /// As the database answers.
    pub async fn take_back_unneeded(&self, user: UserId) -> Result<Option<TakenBack>, DbError> {
        let now = self.clock.now();
        let Some(row) = self.db.write(move |conn| remove_unneeded(conn, user, now)).await? else { return Ok(None) };
        self.discord.forget_user(user);
        let taken = self.take_back(user, &row).await;
        tracing::info!(event = "access_returned", user.id = user.get(), confirmed = ?taken, "nobody needs these tokens");
        Ok(Some(taken))
    }

    async fn take_back(&self, user: UserId, row: &TokenRow) -> TakenBack {
        // Sealed with a key that is gone: whoever could have used it could not either.
        let Ok(token) = row.open_refresh(&self.keys, user) else { return TakenBack::Unconfirmed };
        match self.discord.revoke(&token).await {
            Ok(()) => TakenBack::Confirmed,
            Err(error) => {
                tracing::warn!(user.id = user.get(), cause = %error, "Discord did not take the access back");
                TakenBack::Unconfirmed
            }
        }
    }
}

fn remove_unneeded(conn: &mut Conn, user: UserId, now: Millis) -> Result<Option<TokenRow>, DbError> {
    use diesel::prelude::*;
    let id = Snowflake::from(user);
    let (seen_after, begun_after) = limits(now);
    let open = session_rows::table
        .filter(session_rows::user_id.eq(id))
        .filter(session_rows::seen_at.gt(seen_after))
        .filter(session_rows::created_at.gt(begun_after));
    let signing_in = users::table.find(id).filter(users::updated_at.gt(now - JUST_SIGNED_IN));
    let open: i64 = open.count().get_result(conn)?;
    let signing_in: i64 = signing_in.count().get_result(conn)?;
    if open > 0 || signing_in > 0 {
        return Ok(None);
    }
    TokenRow::remove(conn, user)
}
