//! What is stored of people, counted: a story that went wrong must leave nothing behind.

use diesel::prelude::*;
use guildhall::db::DbError;
use guildhall::schema;

use super::app::TestApp;

/// How many rows there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    pub users: i64,
    pub sessions: i64,
    pub tokens: i64,
    pub drafts: i64,
}

impl TestApp {
    pub async fn people(&self) -> People {
        let counted = self.parts.db.run(|conn| {
            Ok::<_, DbError>(People {
                users: schema::users::table.count().get_result(conn)?,
                sessions: schema::sessions::table.count().get_result(conn)?,
                tokens: schema::discord_tokens::table.count().get_result(conn)?,
                drafts: schema::drafts::table.count().get_result(conn)?,
            })
        });
        counted.await.unwrap()
    }

    /// Everything that is stored of people, as one text to search for what must not be in it.
    pub async fn kept_of_people(&self) -> String {
        let texts = self.parts.db.run(|conn| {
            use schema::{discord_tokens as tokens, sessions, used_login_states as states, users};
            let people: Vec<(String, Option<String>, Option<String>)> =
                users::table.select((users::username, users::global_name, users::avatar)).load(conn)?;
            let open: Vec<(String, String, String, String)> = sessions::table
                .select((sessions::key_hash, sessions::public_id, sessions::state, sessions::user_agent))
                .load(conn)?;
            let sealed: Vec<(String, String)> =
                tokens::table.select((tokens::access_token, tokens::refresh_token)).load(conn)?;
            let used: Vec<String> = states::table.select(states::state_hash).load(conn)?;
            Ok::<_, DbError>(format!("{people:?}{open:?}{sealed:?}{used:?}"))
        });
        texts.await.unwrap()
    }
}
