//! Where sessions are kept: rows found by the fingerprint of a key that only the cookie holds.
//!
//! actix-session answers a store error with an empty 500, so reading never fails here: trouble with the
//! database becomes a mark in the state, which [`super::Person`] turns into the 503 page. A session is
//! written at sign-in and sign-out only.

use std::collections::HashMap;
use std::time::Duration;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration as CookieDuration;
use data_encoding::BASE64URL_NOPAD;
use diesel::dsl::exists;
use diesel::prelude::*;
use twilight_model::id::marker::UserMarker;
use uuid::Uuid;

use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::ids::{self, Snowflake, UserId};
use crate::keys::{fingerprint, random};
use crate::on_each;
use crate::schema::{drafts, preferences, sessions};
use crate::sizes::Size;

/// A session that nobody used for so long has ended.
pub(super) const IDLE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// However much it is used, a session lasts no longer than this.
pub(super) const ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How exact "last seen" is: a write for every request would queue them all at SQLite's one writer.
const SEEN_EVERY: Duration = Duration::from_secs(60);
/// Sessions of one person at most; a further one ends the one unused for longest.
const MOST: i64 = 20;
const USER_AGENT_CHARS: usize = 200;

/// State keys. These are columns, not part of the stored state.
pub(super) const SID: &str = "sid";
pub(super) const USER_ID: &str = "user_id";
pub(super) const USER_AGENT: &str = "user_agent";
pub(super) const NETWORK: &str = "network";
/// Of the person's preferences, read with the session: a page costs no query more for them.
pub(super) const TIME_ZONE: &str = "time_zone";
pub(super) const THEME: &str = "theme";
pub(super) const LANGUAGE: &str = "language";
/// Whether the person has drafts: there, or not.
pub(super) const DRAFTED: &str = "drafted";
pub(super) const UNAVAILABLE: &str = "store_unavailable";

type State = HashMap<String, String>;

#[derive(Clone)]
pub struct SessionRows {
    db: Db,
    clock: Clock,
    /// Sessions read by a running request whose "last seen" has grown old.
    due: moka::sync::Cache<String, ()>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Found {
    public_id: String,
    user_id: Option<Snowflake<UserMarker>>,
    state: String,
    seen_at: Millis,
}

/// The zone, the theme and the language of a person's preferences, and whether there are drafts of theirs.
type Chosen = (Option<String>, Option<String>, Option<String>, bool);

/// A state as its columns.
struct Columns {
    user: Option<UserId>,
    user_agent: String,
    network: String,
    state: String,
}

impl SessionRows {
    pub fn new(db: Db, clock: Clock) -> Self {
        let due = moka::sync::Cache::builder().max_capacity(10_000).time_to_live(SEEN_EVERY).build();
        Self { db, clock, due }
    }

    /// Sessions that are open.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn count(&self) -> Result<i64, DbError> {
        let (idle, absolute) = limits(self.clock.now());
        self.db
            .run(move |conn| {
                let open = sessions::table.filter(sessions::seen_at.gt(idle).and(sessions::created_at.gt(absolute)));
                Ok(open.count().get_result(conn)?)
            })
            .await
    }

    pub fn size(&self) -> Size {
        Size::moka("sessions_to_touch", &self.due)
    }
}

/// How far back a session may have been seen, and may have begun.
pub(super) fn limits(now: Millis) -> (Millis, Millis) {
    (before(now, IDLE), before(now, ABSOLUTE))
}

fn before(now: Millis, span: Duration) -> Millis {
    now - i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

impl SessionStore for SessionRows {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let hash = fingerprint(key.as_ref().as_bytes());
        let now = self.clock.now();
        let wanted = hash.clone();
        match self.db.run(move |conn| find(conn, &wanted, now)).await {
            Ok(Some((found, chosen))) => {
                if found.seen_at <= before(now, SEEN_EVERY) {
                    self.due.insert(hash, ());
                }
                Ok(found.into_state(chosen))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                tracing::warn!(cause = %error, "sessions cannot be read");
                Ok(Some(State::from([(UNAVAILABLE.to_owned(), "true".to_owned())])))
            }
        }
    }

    async fn save(&self, state: State, _ttl: &CookieDuration) -> Result<SessionKey, SaveError> {
        let key = BASE64URL_NOPAD.encode(&random::<32>());
        let hash = fingerprint(key.as_bytes());
        let columns = Columns::of(state).map_err(|error| SaveError::Serialization(error.into()))?;
        let (id, now, user) = (Uuid::new_v4(), self.clock.now(), columns.user);
        let ended = self
            .db
            .write(move |conn| insert(conn, &hash, id, &columns, now))
            .await
            .map_err(|error| SaveError::Other(error.into()))?;
        let user = user.map(UserId::get);
        tracing::info!(event = "session_began", user.id = user, session.id = %id, "a session began");
        if ended > 0 {
            tracing::info!(event = "session_ended", reason = "too_many", user.id = user, ended, "sessions ended");
        }
        SessionKey::try_from(key).map_err(|error| SaveError::Other(error.into()))
    }

    /// Never inserts: a request that ends after its session did must not bring it back.
    async fn update(&self, key: SessionKey, state: State, _ttl: &CookieDuration) -> Result<SessionKey, UpdateError> {
        let hash = fingerprint(key.as_ref().as_bytes());
        let columns = Columns::of(state).map_err(|error| UpdateError::Serialization(error.into()))?;
        self.db
            .run(move |conn| {
                let set = (sessions::user_id.eq(columns.user.map(Snowflake::from)), sessions::state.eq(columns.state));
                diesel::update(sessions::table.find(hash)).set(set).execute(conn).map_err(DbError::from)
            })
            .await
            .map_err(|error| UpdateError::Other(error.into()))?;
        Ok(key)
    }

    /// Marks the session as seen, at most once a minute. Failing to is no reason to fail the request.
    async fn update_ttl(&self, key: &SessionKey, _ttl: &CookieDuration) -> Result<(), anyhow::Error> {
        let hash = fingerprint(key.as_ref().as_bytes());
        if self.due.remove(&hash).is_some() {
            let now = self.clock.now();
            let seen = self.db.write(move |conn| mark_seen(conn, &hash, now)).await;
            if let Err(error) = seen {
                tracing::warn!(cause = %error, "a session could not be marked as seen");
            }
        }
        Ok(())
    }

    /// Sign-out has deleted its row before; this ends the session that a new sign-in replaces.
    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let hash = fingerprint(key.as_ref().as_bytes());
        let deleted = self
            .db
            .run(move |conn| diesel::delete(sessions::table.find(hash)).execute(conn).map_err(DbError::from))
            .await;
        match deleted {
            Ok(0) => {}
            Ok(_) => tracing::info!(event = "session_ended", reason = "replaced", "a session ended"),
            Err(error) => tracing::warn!(cause = %error, "a session could not be deleted"),
        }
        Ok(())
    }
}

fn find(conn: &mut Conn, hash: &str, now: Millis) -> Result<Option<(Found, Chosen)>, DbError> {
    let (seen_after, begun_after) = limits(now);
    let with_preferences =
        sessions::table.left_join(preferences::table.on(preferences::user_id.nullable().eq(sessions::user_id)));
    // There is one at most: with a LIMIT, SQLite would prepare the statement anew each time.
    let one = with_preferences
        .filter(sessions::key_hash.eq(hash))
        .filter(sessions::seen_at.gt(seen_after))
        .filter(sessions::created_at.gt(begun_after));
    let drafted = exists(drafts::table.filter(drafts::user_id.nullable().eq(sessions::user_id)));
    let chosen =
        (preferences::time_zone.nullable(), preferences::theme.nullable(), preferences::language.nullable(), drafted);
    Ok(on_each!(conn, c => one.select((Found::as_select(), chosen)).get_result(c)).optional()?)
}

impl Found {
    /// The stored state with its columns in it. One that cannot be read is no session.
    fn into_state(self, (time_zone, theme, language, drafted): Chosen) -> Option<State> {
        let mut state: State = serde_json::from_str(&self.state).ok()?;
        state.insert(SID.to_owned(), json(&self.public_id)?);
        if let Some(user) = self.user_id.and_then(Snowflake::id) {
            state.insert(USER_ID.to_owned(), json(&user.to_string())?);
        }
        for (key, value) in [(TIME_ZONE, time_zone), (THEME, theme), (LANGUAGE, language)] {
            if let Some(value) = value {
                state.insert(key.to_owned(), json(&value)?);
            }
        }
        if drafted {
            state.insert(DRAFTED.to_owned(), "true".to_owned());
        }
        Some(state)
    }
}

fn json(text: &str) -> Option<String> {
    serde_json::to_string(text).ok()
}

impl Columns {
    fn of(mut state: State) -> Result<Self, serde_json::Error> {
        let mut text = |key: &str| state.remove(key).and_then(|json| serde_json::from_str::<String>(&json).ok());
        for column in [SID, UNAVAILABLE, TIME_ZONE, THEME, LANGUAGE, DRAFTED] {
            text(column);
        }
        let user = text(USER_ID).and_then(|id| ids::parse(&id));
        let (user_agent, network) = (text(USER_AGENT).unwrap_or_default(), text(NETWORK).unwrap_or_default());
        let user_agent = user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARS).collect();
        Ok(Self { user, user_agent, network, state: serde_json::to_string(&state)? })
    }
}

/// Makes a session, clears out those that ended by themselves and answers how many had to give way.
fn insert(conn: &mut Conn, hash: &str, id: Uuid, columns: &Columns, now: Millis) -> Result<usize, DbError> {
    diesel::delete(sessions::table.filter(sessions::seen_at.le(limits(now).0))).execute(conn)?;
    let row = (
        sessions::key_hash.eq(hash),
        sessions::public_id.eq(id.to_string()),
        sessions::user_id.eq(columns.user.map(Snowflake::from)),
        sessions::state.eq(&columns.state),
        sessions::user_agent.eq(&columns.user_agent),
        sessions::network.eq(&columns.network),
        sessions::created_at.eq(now),
        sessions::seen_at.eq(now),
    );
    diesel::insert_into(sessions::table).values(row).execute(conn)?;
    let Some(user) = columns.user else { return Ok(0) };
    let surplus: Vec<String> = sessions::table
        .filter(sessions::user_id.eq(Snowflake::from(user)))
        .filter(sessions::key_hash.ne(hash))
        .order((sessions::seen_at.desc(), sessions::created_at.desc()))
        .limit(1_000)
        .offset(MOST - 1)
        .select(sessions::key_hash)
        .load(conn)?;
    for key_hash in &surplus {
        diesel::delete(sessions::table.find(key_hash)).execute(conn)?;
    }
    Ok(surplus.len())
}

fn mark_seen(conn: &mut Conn, hash: &str, now: Millis) -> Result<usize, DbError> {
    let row = sessions::table.find(hash).filter(sessions::seen_at.le(before(now, SEEN_EVERY)));
    Ok(diesel::update(row).set(sessions::seen_at.eq(now)).execute(conn)?)
}

#[cfg(test)]
mod tests;
