//! Settings in the database: one row a (guild, module), compared and set by revision.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;
use twilight_model::id::marker::GuildMarker;
use uuid::Uuid;

use crate::accounts::Person;
use crate::changes::{self, Action, Actor, SettingsChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError, storable};
use crate::ids::{GuildId, Snowflake};
use crate::on_each;
use crate::schema::{guilds, settings};
use crate::settings::module::{Module, ModuleKey};

/// What is stored for a module; never saved: the defaults at revision 0.
#[derive(Clone, Debug)]
pub struct Stored {
    pub body: Value,
    /// 0: never saved.
    pub revision: i64,
    /// How often these settings were changed.
    pub saves: i32,
    /// Never saved, or reset since.
    pub is_default: bool,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = settings)]
struct Row {
    module: String,
    body: String,
    revision: i64,
    saves: i32,
    enabled: bool,
    is_default: bool,
}

/// What is stored for a guild, read but not yet understood: most of who looks wants the settings of one module.
#[derive(Clone, Debug)]
pub struct Rows {
    guild: GuildId,
    rows: Vec<Row>,
}

impl Rows {
    /// In one query. Modules that are not in it were never saved.
    ///
    /// # Errors
    /// As the database answers.
    pub fn load(conn: &mut Conn, guild: GuildId) -> QueryResult<Self> {
        let of_guild = settings::table.filter(settings::guild_id.eq(Snowflake::from(guild)));
        let rows = on_each!(conn, c => of_guild.select(Row::as_select()).load(c))?;
        Ok(Self { guild, rows })
    }

    fn row(&self, module: &Module) -> Option<&Row> {
        self.rows.iter().find(|row| row.module == module.key.as_str())
    }

    pub fn is_on(&self, module: &Module) -> bool {
        self.row(module).map_or_else(|| module.is_on_by_default(), |row| row.enabled)
    }

    /// What is stored for a module; never saved: the defaults.
    ///
    /// # Errors
    /// [`DbError::Broken`]: settings that no longer fit their module are a bug.
    pub fn of(&self, module: &Module) -> Result<Stored, DbError> {
        self.row(module).map_or_else(|| Ok(Stored::never(module)), |row| row.stored(module, self.guild))
    }
}

impl Row {
    fn stored(&self, module: &Module, guild: GuildId) -> Result<Stored, DbError> {
        let broken = |error: serde_json::Error| DbError::Broken(format!("{} of {guild}: {error}", self.module));
        let body = serde_json::from_str(&self.body).and_then(module.adapt).map_err(broken)?;
        Ok(Stored { body, revision: self.revision, saves: self.saves, is_default: self.is_default })
    }
}

/// Everything stored for a guild, in one query. Modules that are not in it were never saved.
///
/// # Errors
/// As the database answers; a body that no longer fits its module is a bug and says so.
pub fn load(conn: &mut Conn, guild: GuildId, modules: &[Module]) -> Result<HashMap<ModuleKey, Stored>, DbError> {
    let rows = Rows::load(conn, guild)?;
    let saved = modules.iter().filter_map(|module| Some((module, rows.row(module)?)));
    saved.map(|(module, row)| Ok((module.key, row.stored(module, guild)?))).collect()
}

/// Whether a module is on, by what is stored.
pub fn on_in(stored: &HashMap<ModuleKey, Stored>) -> impl Fn(&Module) -> bool {
    |module| stored.get(&module.key).map_or_else(|| module.is_on_by_default(), |stored| Module::is_on(&stored.body))
}

impl Stored {
    pub fn never(module: &Module) -> Self {
        Self { body: (module.defaults)(), revision: 0, saves: 0, is_default: true }
    }
}

/// A save that has passed everything but the comparison of revisions.
#[derive(Clone, Debug)]
pub struct Save {
    pub guild: GuildId,
    pub guild_name: String,
    pub guild_icon: Option<String>,
    pub module: &'static Module,
    pub before: Stored,
    pub after: Value,
    /// Back to the defaults.
    pub reset: bool,
    pub names: Value,
    /// The earlier change whose settings these are, as far as the form says; checked when it is written.
    pub restores: Option<Uuid>,
    /// Common to all that is saved in one transaction, if it is more than this.
    pub batch: Option<Uuid>,
    pub by: Person,
    pub now: Millis,
}

/// What became of a save.
#[derive(Debug)]
pub enum Outcome {
    Saved(Box<SettingsChange>),
    /// Somebody else was first; nothing was written.
    Conflict,
}

impl Save {
    fn change(&self) -> SettingsChange {
        let before = &self.before;
        let never = before.revision == 0;
        let action = match (self.reset, before.is_default) {
            (true, _) => Action::Delete,
            (false, true) => Action::Create,
            (false, false) => Action::Update,
        };
        SettingsChange {
            id: Uuid::now_v7(),
            guild: self.guild,
            module: self.module.key.as_str(),
            schema: self.module.schema,
            action,
            revision: (before.revision + 1).max(self.now),
            number: before.saves + 1,
            before: (!never).then(|| before.body.clone()),
            after: self.after.clone(),
            changed: changed(&before.body, &self.after),
            names: self.names.clone(),
            restores: self.restores,
            batch: self.batch,
            at: self.now,
        }
    }

    /// Writes settings and change in the transaction of `conn`.
    ///
    /// # Errors
    /// Rolls back on everything; [`DbError::Conflict`] when two first saves met (ask [`Save::settle`]).
    pub fn write(&self, conn: &mut Conn) -> Result<Outcome, DbError> {
        let mut change = self.change();
        // The form says what it restores, and a form can say anything.
        change.restores = match self.restores {
            Some(id) if changes::is_of(conn, self.guild, change.module, &id.to_string())? => Some(id),
            _ => None,
        };
        if !self.compare_and_set(conn, &change)? {
            return Ok(Outcome::Conflict);
        }
        changes::record(conn, &change, &Actor::from(&self.by))?;
        self.remember_guild(conn)?;
        Ok(Outcome::Saved(Box::new(change)))
    }

    /// Two first saves at once: the one that met the other's row was too late.
    ///
    /// # Errors
    /// Any other failure stays one.
    pub fn settle(outcome: Result<Outcome, DbError>) -> Result<Outcome, DbError> {
        match outcome {
            Err(DbError::Conflict(_)) => Ok(Outcome::Conflict),
            outcome => outcome,
        }
    }

    fn compare_and_set(&self, conn: &mut Conn, change: &SettingsChange) -> QueryResult<bool> {
        let values = (
            settings::body.eq(change.after.to_string()),
            settings::shape.eq(change.schema),
            settings::revision.eq(change.revision),
            settings::saves.eq(change.number),
            settings::enabled.eq(Module::is_on(&change.after)),
            settings::is_default.eq(self.reset),
            settings::updated_at.eq(change.at),
        );
        let key = (settings::guild_id.eq(Snowflake::from(self.guild)), settings::module.eq(change.module));
        if self.before.revision == 0 {
            on_each!(conn, c => diesel::insert_into(settings::table).values((key, values)).execute(c))?;
            return Ok(true);
        }
        let row = settings::table.filter(key.0.and(key.1).and(settings::revision.eq(self.before.revision)));
        Ok(on_each!(conn, c => diesel::update(row).set(values).execute(c))? == 1)
    }

    fn remember_guild(&self, conn: &mut Conn) -> QueryResult<()> {
        let id: Snowflake<GuildMarker> = self.guild.into();
        let seen = (
            guilds::name.eq(storable(&self.guild_name)),
            guilds::icon.eq(&self.guild_icon),
            guilds::seen_at.eq(self.now),
            guilds::left_at.eq(None::<Millis>),
        );
        crate::on_each!(conn, c => diesel::insert_into(guilds::table)
            .values((guilds::id.eq(id), seen.clone()))
            .on_conflict(guilds::id)
            .do_update()
            .set(seen)
            .execute(c))?;
        Ok(())
    }
}

/// The top-level names whose values differ.
pub fn changed(before: &Value, after: &Value) -> Vec<String> {
    let names = after.as_object().into_iter().flatten();
    names.filter(|(name, value)| before.get(name.as_str()) != Some(value)).map(|(name, _)| name.clone()).collect()
}
