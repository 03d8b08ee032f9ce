//! The change log: who changed what, from what to what, and how far it has come.
//!
//! A row is written in the transaction of the change it tells of and is the outbox too: `relay` sends what is
//! not yet sent. Pages of the log are not here.

pub mod answers;
mod batches;
mod deeds;
pub mod delivery;
mod latest;
pub mod line;
pub mod news;
mod seen;

pub use batches::{BatchOf, batch_of, record_batch};
pub use deeds::{CommandChange, ContentChange, record_command, record_content};
#[cfg(test)]
pub(crate) use latest::touched;
pub use latest::{Entry, Latest, after, entries, is_of, latest, settings_entries, touched_since};
pub use seen::Seen;

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::accounts::Person;
use crate::clock::Millis;
use crate::db::{Conn, storable};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::on_each;
use crate::schema::changes;

/// The publisher's sweep must not race the request that has just written the row.
const HEAD_START: Millis = 2_000;

/// Which rows are in the outbox, in the very words of the index `changes_unsent`: a database finds an index of some
/// rows by them alone.
pub(crate) const UNSENT: &str = "published_at IS NULL AND superseded = FALSE AND kind = 'settings'";

/// What a change did to the settings of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The first save, or the first after a reset.
    Create,
    Update,
    /// A reset to the defaults.
    Delete,
}

impl Action {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// A change of a module's settings, as it is written down.
#[derive(Clone, Debug)]
pub struct SettingsChange {
    pub id: Uuid,
    pub guild: GuildId,
    pub module: &'static str,
    pub schema: i32,
    pub action: Action,
    pub revision: i64,
    /// The how-manieth change of these settings it is: what pages show.
    pub number: i32,
    pub before: Option<Value>,
    pub after: Value,
    /// Top-level names on the wire.
    pub changed: Vec<String>,
    /// Names of every id in before and after, as they are now.
    pub names: Value,
    /// The earlier change whose settings came back with this one.
    pub restores: Option<Uuid>,
    /// Common to the changes of one import or copy.
    pub batch: Option<Uuid>,
    pub at: Millis,
}

/// Who did it, as they were called at the time.
#[derive(Clone, Debug)]
pub struct Actor {
    /// None: nobody, the system itself.
    pub id: Option<UserId>,
    pub name: String,
    pub avatar: Option<String>,
}

impl Actor {
    /// The bot, whose own settings were taken over.
    pub fn bot() -> Self {
        Self { id: None, name: "bot".into(), avatar: None }
    }

    /// Guildhall itself, putting right what no person did.
    pub fn system() -> Self {
        Self { id: None, name: "system".into(), avatar: None }
    }
}

impl From<&Person> for Actor {
    fn from(person: &Person) -> Self {
        Self { id: Some(person.id), name: person.name.clone(), avatar: person.avatar.clone() }
    }
}

#[derive(Insertable)]
#[diesel(table_name = changes)]
struct NewRow<'a> {
    id: String,
    guild_id: Snowflake<twilight_model::id::marker::GuildMarker>,
    kind: &'static str,
    subject: &'a str,
    revision: i64,
    number: i32,
    action: &'static str,
    shape: i32,
    before_body: Option<String>,
    after_body: String,
    changed: String,
    names: String,
    batch_id: Option<String>,
    restores_id: Option<String>,
    actor_id: Option<Snowflake<twilight_model::id::marker::UserMarker>>,
    actor_name: String,
    actor_avatar: Option<&'a str>,
    created_at: Millis,
    touched_at: Millis,
    next_attempt_at: Millis,
}

/// Writes the change down. Call it in the transaction of the change itself.
///
/// # Errors
/// A second row of the same revision is refused by the database.
pub fn record(conn: &mut Conn, change: &SettingsChange, by: &Actor) -> QueryResult<()> {
    let row = NewRow {
        id: change.id.to_string(),
        guild_id: change.guild.into(),
        kind: "settings",
        subject: change.module,
        revision: change.revision,
        number: change.number,
        action: change.action.as_str(),
        shape: change.schema,
        before_body: change.before.as_ref().map(Value::to_string),
        after_body: change.after.to_string(),
        changed: serde_json::to_string(&change.changed).unwrap_or_default(),
        names: change.names.to_string(),
        batch_id: change.batch.map(|id| id.to_string()),
        restores_id: change.restores.map(|id| id.to_string()),
        actor_id: by.id.map(Snowflake::from),
        actor_name: storable(&by.name),
        actor_avatar: by.avatar.as_deref(),
        created_at: change.at,
        touched_at: change.at,
        next_attempt_at: change.at + HEAD_START,
    };
    on_each!(conn, c => diesel::insert_into(changes::table).values(&row).execute(c))?;
    Ok(())
}
