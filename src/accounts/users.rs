//! Who has signed in: what Discord said of them, and their tokens, sealed.

use diesel::prelude::*;

use super::{Accounts, tokens};
use crate::db::{Conn, DbError};
use crate::discord::{Tokens, User};
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::users;

impl Accounts {
    /// Keeps who has signed in and what Discord granted, both or neither.
    pub(super) async fn welcome(&self, user: &User, tokens: &Tokens) -> Result<(), DbError> {
        let (id, now) = (user.id, self.clock.now());
        let sealed = tokens::Sealed::of(&self.keys, id, tokens, now);
        let user = user.clone();
        self.db
            .write(move |conn| {
                upsert(conn, &user, now)?;
                sealed.put(conn, id)
            })
            .await?;
        // They may be on other servers than when they were here last.
        self.discord.forget_user(id);
        Ok(())
    }
}

fn upsert(conn: &mut Conn, user: &User, now: i64) -> Result<(), DbError> {
    let known = (
        users::username.eq(storable(&user.username)),
        users::global_name.eq(user.global_name.as_deref().map(storable)),
        users::avatar.eq(user.avatar.as_deref().map(storable)),
        users::updated_at.eq(now),
    );
    let row = (users::id.eq(Snowflake::from(user.id)), known.clone(), users::created_at.eq(now));
    on_each!(conn, c => diesel::insert_into(users::table)
        .values(row)
        .on_conflict(users::id)
        .do_update()
        .set(known)
        .execute(c))?;
    Ok(())
}

/// PostgreSQL cannot store NUL, and no control character has a meaning in a name.
fn storable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
