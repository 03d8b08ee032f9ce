//! The file: modules with their settings, and the names behind the ids in them.
//!
//! It holds neither a time nor a server, so that what is set alike is the same file. A module that was never saved
//! is in it with its defaults. A name that the exporting person may not see is left out; its id is as in the form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use twilight_model::channel::ChannelType;

use crate::settings::fill::fill;
use crate::settings::judge::{Judge, custom_emoji};
use crate::settings::module::Module;
use crate::settings::parse;
use crate::settings::problems::Problems;
use crate::web::form::clean;
use crate::web::words::Message;

use super::shape::{self, Flaw};
use super::strict;
use super::uses::{Use, rewritten};

const KIND: &str = "settings";
const VERSION: u64 = 1;
/// Discord's names are no longer.
const LONGEST_NAME: usize = 100;

pub(super) struct Document {
    pub parts: Vec<Part>,
    pub names: Names,
}

pub(super) struct Part {
    pub module: &'static Module,
    pub settings: Value,
}

/// By id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub channels: BTreeMap<String, Named>,
    pub emojis: BTreeMap<String, Named>,
    pub roles: BTreeMap<String, Named>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// Of a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    pub name: String,
}

/// The top level, in the order in which it is written.
#[derive(Serialize)]
struct Written<'a> {
    guildhall: &'static str,
    version: u64,
    modules: BTreeMap<String, Value>,
    names: &'a Names,
}

impl Document {
    /// What is set, as one person may tell it.
    pub fn of(judge: &Judge<'_>, parts: Vec<Part>) -> Self {
        let mut names = Names::default();
        for part in &parts {
            rewritten(part.module.fields(), &part.settings, &mut |what, id| {
                names.note(judge, what, id);
                Some(id.to_owned())
            });
        }
        Self { parts, names }
    }

    pub fn write(&self) -> Result<String, serde_json::Error> {
        let module = |part: &Part| {
            let body = json!({ "schema": part.module.schema, "settings": part.settings });
            (part.module.key.wire_name().to_string(), body)
        };
        let modules = self.parts.iter().map(module).collect();
        let written = Written { guildhall: KIND, version: VERSION, modules, names: &self.names };
        Ok(serde_json::to_string_pretty(&written)? + "\n")
    }

    /// # Errors
    /// Everything that is wrong with the file in itself, each with its place. Whether a server can take it is
    /// judged later.
    pub fn read(text: &str, modules: &'static [Module]) -> Result<Self, Vec<Flaw>> {
        let file = strict::parse(text).map_err(|message| vec![Flaw::new("", message)])?;
        if file.get("guildhall").and_then(Value::as_str) != Some(KIND) {
            return Err(vec![Flaw::new("", Message::new("carry-not-ours"))]);
        }
        match &file["version"] {
            version if version.as_u64() == Some(VERSION) => {}
            other => {
                let message = Message::new("carry-version").number("version", VERSION);
                return Err(vec![Flaw::new("version", message).with(other)]);
            }
        }
        let mut flaws = Vec::new();
        let own = ["guildhall", "version", "modules", "names"].map(str::to_owned);
        let fields = shape::object(&file, "", &own, &mut flaws);
        let of = |name: &str| fields.and_then(|fields| fields.get(name));
        let parts = of("modules").map(|value| read_modules(value, modules, &mut flaws)).unwrap_or_default();
        let names = of("names").map(|value| Names::read(value, &mut flaws)).unwrap_or_default();
        if flaws.is_empty() { Ok(Self { parts, names }) } else { Err(flaws) }
    }
}

impl Names {
    fn note(&mut self, judge: &Judge<'_>, what: Use, id: &str) {
        match what {
            Use::Channel { .. } => {
                if let Some(channel) = judge.find_channel(id).filter(|channel| judge.person.sees(channel)) {
                    let named = Named { kind: Some(kind(channel.kind).into()), name: channel.name.clone() };
                    self.channels.insert(id.to_owned(), named);
                }
            }
            Use::Role { .. } => {
                if let Some(role) = judge.find_role(id) {
                    self.roles.insert(id.to_owned(), Named { kind: None, name: role.name.clone() });
                }
            }
            Use::Emoji => {
                let found = custom_emoji(id).and_then(|id| judge.guild.emoji(id));
                if let Some(emoji) = found {
                    self.emojis.insert(emoji.id.to_string(), Named { kind: None, name: emoji.name.clone() });
                }
            }
        }
    }

    fn read(value: &Value, flaws: &mut Vec<Flaw>) -> Self {
        let names = match Self::deserialize(value) {
            Ok(names) => names,
            Err(error) => {
                let message = Message::new("carry-names").text("why", shape::shortened(&error.to_string()));
                flaws.push(Flaw::new("names", message));
                return Self::default();
            }
        };
        for (list, named) in [("channels", &names.channels), ("emojis", &names.emojis), ("roles", &names.roles)] {
            for (id, one) in named {
                let place = format!("names.{list}.{id}");
                if crate::ids::parse::<twilight_model::id::marker::GenericMarker>(id).is_none() {
                    flaws.push(Flaw::new(place, Message::new("carry-not-an-id")));
                } else if one.name.chars().count() > LONGEST_NAME {
                    let message = Message::new("carry-name-too-long").number("max", LONGEST_NAME);
                    flaws.push(Flaw::new(place, message).with(&json!(one.name)));
                }
            }
        }
        names
    }
}

/// A channel's kind in the file.
pub(super) fn kind(kind: ChannelType) -> &'static str {
    match kind {
        ChannelType::GuildText => "text",
        ChannelType::GuildAnnouncement => "announcement",
        ChannelType::GuildVoice => "voice",
        ChannelType::GuildStageVoice => "stage",
        ChannelType::GuildCategory => "category",
        _ => "other",
    }
}

fn read_modules(value: &Value, modules: &'static [Module], flaws: &mut Vec<Flaw>) -> Vec<Part> {
    let Value::Object(given) = value else {
        flaws.push(Flaw::new("modules", Message::new("carry-not-an-object")).with(value));
        return Vec::new();
    };
    let known = |module: &Module| module.key.wire_name().to_string();
    for name in given.keys().filter(|name| !modules.iter().any(|module| known(module) == **name)) {
        flaws.push(Flaw::new(format!("modules.{name}"), Message::new("carry-unknown-module")));
    }
    if given.is_empty() {
        flaws.push(Flaw::new("modules", Message::new("carry-no-modules")));
    }
    let there = modules.iter().filter_map(|module| Some((module, given.get(&known(module))?)));
    there.filter_map(|(module, value)| read_module(module, value, flaws)).collect()
}

fn read_module(module: &'static Module, value: &Value, flaws: &mut Vec<Flaw>) -> Option<Part> {
    let place = format!("modules.{}", module.key.wire_name());
    let before = flaws.len();
    let fields = shape::object(value, &place, &["schema".to_owned(), "settings".to_owned()], flaws)?;
    let (schema, settings) = (fields.get("schema")?, fields.get("settings")?);
    if schema.as_i64() != Some(i64::from(module.schema)) {
        let message = Message::new("carry-schema").number("schema", module.schema);
        flaws.push(Flaw::new(format!("{place}.schema"), message).with(schema));
    }
    let place = format!("{place}.settings");
    shape::check(module.fields(), settings, &place, flaws);
    if flaws.len() > before {
        return None;
    }
    let settings = normalised(module, &cleaned(settings), &place, flaws);
    (flaws.len() == before).then_some(Part { module, settings })
}

/// As a form would have it, within every fixed limit.
fn normalised(module: &Module, settings: &Value, place: &str, flaws: &mut Vec<Flaw>) -> Value {
    let form = fill(module.fields(), settings);
    let mut problems = Problems::default();
    // A form filled from a value has no field twice.
    let read = parse::read(module.fields(), "", &form, &mut problems).unwrap_or_default();
    for problem in problems.unreadable {
        let path: Vec<String> = problem.path.split('.').map(crate::settings::fields::wire_name).collect();
        let found = path.iter().try_fold(settings, |value, part| match part.parse::<usize>() {
            Ok(index) => value.get(index),
            Err(_) => value.get(part),
        });
        let flaw = Flaw::new(format!("{place}.{}", path.join(".")), problem.message);
        flaws.push(match found {
            Some(value) => flaw.with(value),
            None => flaw,
        });
    }
    Value::Object(read)
}

/// Every text as `web::form` would have taken it.
fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(items) => items.iter().map(cleaned).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), cleaned(value))).collect::<serde_json::Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
