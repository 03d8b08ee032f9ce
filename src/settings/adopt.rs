//! Settings that a running bot already has, taken over for a module that was never saved here.
//!
//! What the bot says must pass every fixed limit. What the server lacks is only warned of on the module's page,
//! as with anything stored.

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::changes::{self, Action, Actor, SettingsChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{GuildId, Snowflake};
use crate::schema::settings;
use crate::settings::fill::fill;
use crate::settings::module::Module;
use crate::settings::parse;
use crate::settings::problems::Problems;
use crate::settings::store::changed;
use crate::web::form::{FormData, clean};

/// Stores `said` as the first settings of the pair, with a change by "bot". None: they were saved already, or say
/// something that no form could.
///
/// # Errors
/// As the database answers.
pub fn adopt(
    conn: &mut Conn,
    module: &'static Module,
    guild: GuildId,
    said: Value,
    now: Millis,
) -> Result<Option<SettingsChange>, DbError> {
    let Some(after) = within_limits(module, said) else {
        tracing::warn!(guild.id = %guild, module = module.key.as_str(), "the bot's settings break a limit and are not taken over");
        return Ok(None);
    };
    let defaults = (module.defaults)();
    let change = SettingsChange {
        id: Uuid::now_v7(),
        guild,
        module: module.key.as_str(),
        schema: module.schema,
        action: Action::Create,
        revision: now,
        number: 1,
        before: None,
        changed: changed(&defaults, &after),
        names: Value::Object(serde_json::Map::new()),
        restores: None,
        batch: None,
        at: now,
        after,
    };
    let row = (
        settings::guild_id.eq(Snowflake::from(guild)),
        settings::module.eq(change.module),
        settings::body.eq(change.after.to_string()),
        settings::shape.eq(change.schema),
        settings::revision.eq(change.revision),
        settings::saves.eq(change.number),
        settings::enabled.eq(Module::is_on(&change.after)),
        settings::is_default.eq(change.after == defaults),
        settings::updated_at.eq(now),
    );
    let new = crate::on_each!(conn, c => diesel::insert_into(settings::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    if new == 0 {
        return Ok(None);
    }
    changes::record(conn, &change, &Actor::bot())?;
    tracing::info!(guild.id = %guild, module = change.module, "the bot's own settings were taken over");
    Ok(Some(change))
}

/// What a person could have typed into the form; none for anything else.
fn within_limits(module: &Module, said: Value) -> Option<Value> {
    let shaped = (module.adapt)(said).ok()?;
    let pairs = fill(module.fields(), &shaped).into_pairs().into_iter().map(|(name, text)| (name, clean(&text)));
    let form = FormData::from_pairs(pairs.collect());
    let mut problems = Problems::default();
    let read = parse::read(module.fields(), "", &form, &mut problems).ok()?;
    problems.unreadable.is_empty().then_some(Value::Object(read))
}
