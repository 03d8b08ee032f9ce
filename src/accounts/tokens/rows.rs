//! The rows of tokens: every change names the version it saw, so that two never overwrite each other.

use diesel::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};

use super::LEASE;
use crate::accounts::sessions;
use crate::clock::Millis;
use crate::db::{Conn, Db, DbError};
use crate::discord::Tokens;
use crate::ids::{Snowflake, UserId};
use crate::keys::{Keys, NotOurs};
use crate::on_each;
use crate::schema::discord_tokens::{self, table};

#[derive(Queryable, Selectable)]
#[diesel(table_name = discord_tokens)]
pub(super) struct TokenRow {
    access_token: String,
    refresh_token: String,
    pub expires_at: Millis,
    pub version: i64,
}

/// A pair as it is stored.
#[derive(Clone)]
pub struct Sealed {
    access: String,
    refresh: String,
    expires_at: Millis,
}

/// Of stored tokens, at most a hundred: how many there are, and how many of them these keys open.
///
/// # Errors
/// As the database says.
pub fn opened(conn: &mut Conn, keys: &Keys) -> QueryResult<(usize, usize)> {
    let some = discord_tokens::table.order(discord_tokens::expires_at.desc()).limit(100);
    let rows: Vec<(i64, String)> = some.select((discord_tokens::user_id, discord_tokens::access_token)).load(conn)?;
    let opens = |(user, sealed): &&(i64, String)| keys.open(&format!("{user}/access"), sealed).is_ok();
    Ok((rows.len(), rows.iter().filter(opens).count()))
}

/// Where a token stands, so that it opens nowhere else.
fn place(user: UserId, column: &str) -> String {
    format!("{user}/{column}")
}

impl Sealed {
    pub fn of(keys: &Keys, user: UserId, tokens: &Tokens, now: Millis) -> Self {
        let lifetime = i64::try_from(tokens.expires_in.as_millis()).unwrap_or(i64::MAX);
        Self {
            access: keys.seal(&place(user, "access"), tokens.access.expose_secret()),
            refresh: keys.seal(&place(user, "refresh"), tokens.refresh.expose_secret()),
            expires_at: now.saturating_add(lifetime),
        }
    }

    /// A sign-in's tokens count from now on, whatever was there.
    pub fn put(&self, conn: &mut Conn, user: UserId) -> Result<(), DbError> {
        let pair = (
            discord_tokens::access_token.eq(&self.access),
            discord_tokens::refresh_token.eq(&self.refresh),
            discord_tokens::expires_at.eq(self.expires_at),
            discord_tokens::leased_until.eq(0),
        );
        let row = (discord_tokens::user_id.eq(Snowflake::from(user)), pair, discord_tokens::version.eq(1));
        let next = (pair, discord_tokens::version.eq(discord_tokens::version + 1));
        on_each!(conn, c => diesel::insert_into(table)
            .values(row)
            .on_conflict(discord_tokens::user_id)
            .do_update()
            .set(next)
            .execute(c))?;
        Ok(())
    }

    /// A refresh's tokens count if nothing moved since; answers whether they do.
    pub(super) async fn replace(&self, db: &Db, user: UserId, version: i64) -> Result<bool, DbError> {
        let this = self.clone();
        let set = move |conn: &mut Conn| {
            let row = table.find(Snowflake::from(user)).filter(discord_tokens::version.eq(version));
            diesel::update(row)
                .set((
                    discord_tokens::access_token.eq(&this.access),
                    discord_tokens::refresh_token.eq(&this.refresh),
                    discord_tokens::expires_at.eq(this.expires_at),
                    discord_tokens::version.eq(version + 1),
                    discord_tokens::leased_until.eq(0),
                ))
                .execute(conn)
                .map_err(DbError::from)
        };
        Ok(db.run(set).await? == 1)
    }
}

impl TokenRow {
    pub(super) async fn read(db: &Db, user: UserId) -> Result<Option<Self>, DbError> {
        db.run(move |conn| {
            let row = table.find(Snowflake::from(user)).select(Self::as_select());
            row.first(conn).optional().map_err(DbError::from)
        })
        .await
    }

    /// Deletes the tokens of a person; answers those there were.
    pub(super) fn remove(conn: &mut Conn, user: UserId) -> Result<Option<Self>, DbError> {
        let row = table.find(Snowflake::from(user));
        let found = row.select(Self::as_select()).get_result(conn).optional()?;
        diesel::delete(row).execute(conn)?;
        Ok(found)
    }

    pub(super) fn open_access(&self, keys: &Keys, user: UserId) -> Result<SecretString, NotOurs> {
        keys.open(&place(user, "access"), &self.access_token)
    }

    pub(super) fn open_refresh(&self, keys: &Keys, user: UserId) -> Result<SecretString, NotOurs> {
        keys.open(&place(user, "refresh"), &self.refresh_token)
    }

    /// Claims the refresh of this version; answers until when it is ours, if it is.
    pub(super) async fn claim(db: &Db, user: UserId, version: i64, now: Millis) -> Result<Option<Millis>, DbError> {
        let until = now + LEASE;
        let claim = move |conn: &mut Conn| {
            let row = table.find(Snowflake::from(user)).filter(discord_tokens::version.eq(version));
            diesel::update(row.filter(discord_tokens::leased_until.lt(now)))
                .set(discord_tokens::leased_until.eq(until))
                .execute(conn)
                .map_err(DbError::from)
        };
        Ok((db.run(claim).await? == 1).then_some(until))
    }

    /// Gives a claim back without having refreshed. If that fails it ends by itself.
    pub(super) async fn release(db: &Db, user: UserId, until: Millis) {
        let release = move |conn: &mut Conn| {
            let row = table.find(Snowflake::from(user)).filter(discord_tokens::leased_until.eq(until));
            let released = diesel::update(row).set(discord_tokens::leased_until.eq(0)).execute(conn);
            released.map_err(DbError::from)
        };
        if let Err(error) = db.run(release).await {
            tracing::warn!(user.id = user.get(), cause = %error, "a refresh's claim could not be given back");
        }
    }

    /// Deletes the tokens of this version (None: there are none) and every session of their owner; answers how
    /// many sessions there were. Nothing happens, and None is answered, if there are others by now.
    pub(super) async fn delete_with_sessions(
        db: &Db,
        user: UserId,
        version: Option<i64>,
    ) -> Result<Option<usize>, DbError> {
        db.write(move |conn| {
            let row = table.find(Snowflake::from(user));
            let seen = row.filter(discord_tokens::version.eq(version.unwrap_or_default()));
            let deleted = diesel::delete(seen).execute(conn)?;
            let others: i64 = row.count().get_result(conn)?;
            if others > 0 || (deleted == 0 && version.is_some()) {
                return Ok(None);
            }
            sessions::delete_all(conn, user).map(Some)
        })
        .await
    }
}
