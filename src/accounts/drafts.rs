//! What was typed when a session had ended, kept for its owner until they have signed in again.
//!
//! Kept only on the word of a form token of ours (`web::submitted`), so nobody can place a draft for
//! somebody else.

use std::time::Duration;

use diesel::prelude::*;

use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::on_each;
use crate::schema::drafts;
use crate::web::form::FormData;

const LIFETIME: Duration = Duration::from_secs(60 * 60);
const MAX_BYTES: usize = 256 * 1024;

/// Whose draft, and of which form: there is one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftOf {
    pub user: UserId,
    pub guild: GuildId,
    pub module: String,
}

/// Keeps a draft in the place of an older one; answers whether it was short enough to be kept.
///
/// # Errors
/// As [`Db::run`].
pub async fn keep(db: &Db, clock: &Clock, of: DraftOf, mut form: FormData) -> Result<bool, DbError> {
    form.remove("csrf_token");
    let body = serde_json::to_string(form.pairs()).map_err(|error| DbError::Broken(error.to_string()))?;
    if body.len() > MAX_BYTES {
        return Ok(false);
    }
    let now = clock.now();
    db.write(move |conn| {
        diesel::delete(drafts::table.filter(drafts::created_at.le(oldest(now)))).execute(conn)?;
        upsert(conn, &of, &body, now)
    })
    .await?;
    Ok(true)
}

/// The draft, if there is one. It stays: a page that shows it may be loaded again.
///
/// # Errors
/// As [`Db::run`].
pub async fn find(db: &Db, clock: &Clock, of: DraftOf) -> Result<Option<FormData>, DbError> {
    let now = clock.now();
    db.run(move |conn| read(conn, &of, now)).await
}

/// The draft, which is gone then.
///
/// # Errors
/// As [`Db::run`].
pub async fn take(db: &Db, clock: &Clock, of: DraftOf) -> Result<Option<FormData>, DbError> {
    let now = clock.now();
    db.write(move |conn| {
        let form = read(conn, &of, now)?;
        delete(conn, &of)?;
        Ok(form)
    })
    .await
}

/// Its form was saved: in the transaction of the save.
///
/// # Errors
/// As the database answers.
pub fn discard(conn: &mut Conn, of: &DraftOf) -> Result<(), DbError> {
    delete(conn, of)
}

fn oldest(now: Millis) -> Millis {
    now - i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX)
}

fn upsert(conn: &mut Conn, of: &DraftOf, body: &str, now: Millis) -> Result<(), DbError> {
    let content = (drafts::body.eq(body), drafts::created_at.eq(now));
    let row = (
        drafts::user_id.eq(Snowflake::from(of.user)),
        drafts::guild_id.eq(Snowflake::from(of.guild)),
        drafts::module.eq(&of.module),
        content,
    );
    on_each!(conn, c => diesel::insert_into(drafts::table)
        .values(row)
        .on_conflict((drafts::user_id, drafts::guild_id, drafts::module))
        .do_update()
        .set(content)
        .execute(c))?;
    Ok(())
}

fn read(conn: &mut Conn, of: &DraftOf, now: Millis) -> Result<Option<FormData>, DbError> {
    let body: Option<String> = drafts::table
        .find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.module))
        .filter(drafts::created_at.gt(oldest(now)))
        .select(drafts::body)
        .first(conn)
        .optional()?;
    let pairs = body.and_then(|body| serde_json::from_str(&body).ok());
    Ok(pairs.map(FormData::from_pairs))
}

fn delete(conn: &mut Conn, of: &DraftOf) -> Result<(), DbError> {
    let row = drafts::table.find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.module));
    diesel::delete(row).execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests;
