//! Redis holds a newer revision than the database, which was put back to an older copy.
//!
//! The bot follows the database: its settings get a new revision, above the one Redis holds, as a change by the
//! system with Redis's side as before. So nothing is lost: the log has both.

use config_sync::Answer;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::Unsent;
use super::marks::Became;
use super::task::Sender;
use crate::changes::news::Topic;
use crate::changes::{self, Action, Actor, SettingsChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{GuildId, Snowflake};
use crate::modules;
use crate::schema::settings;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::store::changed;

/// Above this no revision can be sent.
const HIGHEST: u64 = (1 << 53) - 2;

/// What came of looking at a revision that Redis holds and we did not expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overruled {
    /// The database's side stands under a higher revision, and is sent or will be.
    Raised,
    /// The database knows such a revision after all: somebody has saved meanwhile.
    Known,
    /// It could not be done now.
    Later,
}

/// The pair as the database has it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = settings)]
struct Row {
    body: String,
    shape: i32,
    revision: i64,
    saves: i32,
    is_default: bool,
}

impl Sender {
    /// Raises the database's side of a pair above `held`, unless the database knows that revision, and sends it.
    pub(super) async fn overrule(&mut self, guild: GuildId, module: ModuleKey, held: u64) -> Overruled {
        if held > HIGHEST {
            tracing::error!(guild.id = %guild, module = module.as_str(), held, "Redis holds a revision nothing can stand above");
            return Overruled::Later;
        }
        let raised = match self.raise(guild, module, held).await {
            Ok(Some(raised)) => raised,
            Ok(None) => return Overruled::Known,
            Err(Trouble::Redis) => return Overruled::Later,
            Err(Trouble::Database(error)) => {
                tracing::warn!(cause = %error, "the older copy cannot be settled yet");
                return Overruled::Later;
            }
        };
        tracing::warn!(
            event = "redis_ahead",
            guild.id = %guild,
            module = module.as_str(),
            held,
            revision = raised.revision,
            "the database was put back to an older copy; the bot is brought back to it"
        );
        self.parts.news.tell(guild, Topic::Changes, &raised.id);
        // If it does not get through now, it is in the outbox.
        if let Some(Answer::Sent { n, at }) = self.publish(&raised).await {
            self.note(&raised, Became::Sent(Some((n, at))), Vec::new());
        }
        Overruled::Raised
    }

    async fn raise(&mut self, guild: GuildId, module: ModuleKey, held: u64) -> Result<Option<Unsent>, Trouble> {
        let look = self.parts.db.run(move |conn| Ok::<_, DbError>(find(conn, guild, module)?)).await;
        if look?.is_some_and(|row| row.revision >= held.cast_signed()) {
            return Ok(None);
        }
        let wire = config_sync::GuildId(guild.get());
        let messages = self.parts.publisher.held_messages(&[wire]).await;
        let mut messages = messages.map_err(|error| self.lost(&error))?;
        let message = messages.pop().and_then(|mut held| held.remove(&module.wire_name()));
        let before = message.and_then(|message| message.data).map(|data| data.settings);
        let now = self.parts.clock.now();
        let raise = Raise { guild, module, held: held.cast_signed(), before, now };
        Ok(self.parts.db.write(move |conn| raise.write(conn)).await?)
    }
}

enum Trouble {
    Redis,
    Database(DbError),
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl From<super::sending::Lost> for Trouble {
    fn from(_: super::sending::Lost) -> Self {
        Self::Redis
    }
}

struct Raise {
    guild: GuildId,
    module: ModuleKey,
    held: i64,
    before: Option<Value>,
    now: Millis,
}

impl Raise {
    /// None: the database knows such a revision.
    fn write(self, conn: &mut Conn) -> Result<Option<Unsent>, DbError> {
        let stored = find(conn, self.guild, self.module)?;
        if stored.as_ref().is_some_and(|row| row.revision >= self.held) {
            return Ok(None);
        }
        let module = modules::module(self.module);
        let settings: Value = match &stored {
            Some(row) => serde_json::from_str(&row.body).map_err(|error| DbError::Broken(error.to_string()))?,
            // The copy is older than the first save: then the defaults are what the database says.
            None => (module.defaults)(),
        };
        let is_default = stored.as_ref().is_none_or(|row| row.is_default);
        let change = SettingsChange {
            id: Uuid::now_v7(),
            guild: self.guild,
            module: self.module.as_str(),
            schema: stored.as_ref().map_or(module.schema, |row| row.shape),
            action: if is_default { Action::Delete } else { Action::Update },
            revision: self.now.max(self.held + 1),
            number: stored.as_ref().map_or(0, |row| row.saves) + 1,
            changed: changed(self.before.as_ref().unwrap_or(&Value::Null), &settings),
            before: self.before,
            after: settings,
            names: Value::Object(serde_json::Map::new()),
            restores: None,
            batch: None,
            at: self.now,
        };
        if !set(conn, &change, stored.map(|row| row.revision))? {
            return Ok(None);
        }
        changes::record(conn, &change, &Actor::system())?;
        Ok(Some(Unsent {
            id: change.id.to_string(),
            guild: change.guild,
            module: self.module,
            action: change.action,
            revision: change.revision,
            schema: change.schema,
            changed: change.changed,
            settings: change.after,
            at: change.at,
            attempts: 0,
        }))
    }
}

fn find(conn: &mut Conn, guild: GuildId, module: ModuleKey) -> QueryResult<Option<Row>> {
    settings::table.find((Snowflake::from(guild), module.as_str())).select(Row::as_select()).first(conn).optional()
}

/// Compare and set: false when somebody was first. A first row that meets another is refused by the database.
fn set(conn: &mut Conn, change: &SettingsChange, stored: Option<i64>) -> QueryResult<bool> {
    let raised =
        (settings::revision.eq(change.revision), settings::saves.eq(change.number), settings::updated_at.eq(change.at));
    let key = (settings::guild_id.eq(Snowflake::from(change.guild)), settings::module.eq(change.module));
    let Some(stored) = stored else {
        let rest = (
            settings::body.eq(change.after.to_string()),
            settings::shape.eq(change.schema),
            settings::enabled.eq(Module::is_on(&change.after)),
            settings::is_default.eq(true),
        );
        diesel::insert_into(settings::table).values((key, raised, rest)).execute(conn)?;
        return Ok(true);
    };
    let row = settings::table.filter(key.0.and(key.1).and(settings::revision.eq(stored)));
    Ok(diesel::update(row).set(raised).execute(conn)? == 1)
}
