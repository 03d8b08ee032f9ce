//! What people are called, for pages that know their ids: as they last signed in.

use std::collections::HashMap;

use diesel::prelude::*;
use twilight_model::id::marker::UserMarker;

use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::schema::users;
use crate::web::words::{Message, Words};

/// The names of some people.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<UserId, String>);

/// One query, or none.
///
/// # Errors
/// As the database answers.
pub fn names(conn: &mut Conn, ids: impl Iterator<Item = Snowflake<UserMarker>>) -> QueryResult<Names> {
    let mut ids: Vec<i64> = ids.filter_map(Snowflake::id).map(|id| id.get().cast_signed()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Names::default());
    }
    let ids: Vec<Snowflake<UserMarker>> =
        ids.into_iter().filter_map(|id| UserId::new_checked(id.unsigned_abs())).map(Snowflake::from).collect();
    let rows: Vec<(Snowflake<UserMarker>, String, Option<String>)> = users::table
        .filter(users::id.eq_any(ids))
        .select((users::id, users::username, users::global_name))
        .load(conn)?;
    Ok(Names(rows.into_iter().filter_map(|(id, name, shown)| Some((id.id()?, shown.unwrap_or(name)))).collect()))
}

impl Names {
    /// Somebody who never signed in is known by the id alone.
    pub fn of(&self, id: UserId, words: &Words) -> String {
        let unknown = || words.say(&Message::new("member-by-id").text("id", id.to_string()));
        self.0.get(&id).cloned().unwrap_or_else(unknown)
    }
}
