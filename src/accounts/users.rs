//! Who has signed in: what Discord said of them, and their tokens, sealed.

use diesel::prelude::*;

use secrecy::SecretString;
use twilight_model::id::marker::GuildMarker;

use super::return_to::HOME;
use super::{Accounts, tokens};
use crate::db::{Conn, DbError, storable};
use crate::discord::{Discord, Tokens, User};
use crate::ids::{GuildId, Snowflake, UserId};
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

    /// Where somebody goes who wished for nothing: the server they used last, if they manage it still.
    pub(super) async fn home_of(&self, person: UserId, access: &SecretString) -> String {
        let last = self.db.run(move |conn| last_guild(conn, person)).await;
        let Ok(Some(guild)) = last else { return HOME.to_owned() };
        // The list is needed for the next page anyway, and kept.
        let list = self.discord.guilds_of(person, access, Discord::GUILDS_OF_MAX_AGE).await;
        let manages = list.is_ok_and(|list| list.value.iter().any(|one| one.id == guild && one.manageable()));
        if manages { format!("{HOME}/{guild}") } else { HOME.to_owned() }
    }
}

/// The server somebody opened last.
///
/// # Errors
/// As the database answers.
fn last_guild(conn: &mut Conn, person: UserId) -> Result<Option<GuildId>, DbError> {
    let row = users::table.filter(users::id.eq(Snowflake::from(person)));
    let last: Option<Option<Snowflake<GuildMarker>>> = row.select(users::last_guild_id).first(conn).optional()?;
    Ok(last.flatten().and_then(Snowflake::id))
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
