//! SETTINGS_UPDATE: a running bot says which settings it has.

use serde_json::Value;

use crate::changes::SettingsChange;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::events::Event;
use crate::settings::adopt::adopt;
use crate::settings::module::{Module, ModuleKey};

/// Fills a pair that was never saved; anything else is only news.
pub(super) fn fill(
    conn: &mut Conn,
    modules: &'static [Module],
    event: &Event,
    now: Millis,
) -> Result<Option<SettingsChange>, DbError> {
    let key = event.text("module").and_then(|name| ModuleKey::parse(&name.to_ascii_lowercase()));
    let module = key.and_then(|key| modules.iter().find(|module| module.key == key));
    let (Some(guild), Some(module), Some(said @ Value::Object(_))) = (event.guild, module, event.data.get("settings"))
    else {
        return Ok(None);
    };
    adopt(conn, module, guild, said.clone(), now)
}
