//! JSON Schemas of everything that travels, made from the types themselves.
//!
//! What a module's settings may be is the dashboard's to say.

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::Value;

use crate::told::{BotPresence, ConfigApplied, ConfigRejected, GuildChanged, SettingsUpdate};
use crate::{Applied, ConfigMessage, Event, GuildId, ModuleName, Panel, Playlist};

/// Each by its name: `message`, `applied`, `event`, `panel`, `playlist`, and the `data` of events by their type in small
/// letters.
#[must_use]
pub fn schemas() -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("message", of::<ConfigMessage>()),
        ("applied", of::<Applied>()),
        ("event", of::<Event>()),
        ("config-applied", of::<ConfigApplied>()),
        ("config-rejected", of::<ConfigRejected>()),
        ("settings-update", of::<SettingsUpdate>()),
        ("guild-changed", of::<GuildChanged>()),
        ("bot-presence", of::<BotPresence>()),
        ("panel", of::<Panel>()),
        ("playlist", of::<Playlist>()),
    ])
}

fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    SchemaGenerator::new(settings).into_root_schema_for::<T>().to_value()
}

impl JsonSchema for GuildId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GuildId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({ "type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$" })
    }
}

impl JsonSchema for ModuleName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ModuleName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,31}$" })
    }
}
