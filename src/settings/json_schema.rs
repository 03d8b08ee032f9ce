//! A module's settings as a JSON Schema, for authors of bots: every setting with its default and its limits.
//!
//! It is made from the same table that a form is read with, and from the defaults of the type. What a
//! value must be beside others (the rules across fields, what the server has) is not in it.

use serde_json::{Map, Value, json};

use crate::settings::fields::{Field, Kind, Placeholder, TEMPLATE};
use crate::settings::module::Module;

const ID: &str = "^[1-9][0-9]{0,19}$";
const COLOR: &str = "^#[0-9a-fA-F]{6}$";

/// The schema of `data.settings` in a message of this module.
pub fn of(module: &Module) -> Value {
    let fields: Vec<&Field> = module.fields().collect();
    let mut schema = object(&fields, Some(&(module.defaults)()));
    let name = module.key.wire_name();
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Settings of {name}, schema {}", module.schema),
        "description": "What is absent has its default; what is unknown is to be ignored.",
    });
    if let (Value::Object(all), Value::Object(head)) = (&mut schema, head) {
        all.extend(head);
    }
    schema
}

fn object(fields: &[&Field], defaults: Option<&Value>) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let name = field.wire_name();
            let default = defaults.and_then(|all| all.get(&name));
            let value = of_field(field, default);
            (name, value)
        })
        .collect();
    json!({ "type": "object", "properties": properties })
}

fn of_field(field: &Field, default: Option<&Value>) -> Value {
    let mut schema = of_kind(&field.kind, default);
    if let (Value::Object(fields), Some(default)) = (&mut schema, default) {
        // A group shows its parts' defaults one by one.
        if !fields.contains_key("properties") {
            fields.insert("default".to_owned(), default.clone());
        }
    }
    schema
}

fn of_kind(kind: &Kind, default: Option<&Value>) -> Value {
    match kind {
        Kind::Switch => json!({ "type": "boolean" }),
        Kind::Number { min, max, unit } => {
            let mut schema = json!({ "type": "integer", "minimum": min, "maximum": max });
            if let Some(unit) = unit {
                schema["description"] = format!("In {unit}.").into();
            }
            schema
        }
        Kind::Bitrate => json!({ "type": "integer", "minimum": 8, "maximum": 384, "description": "In kbit/s." }),
        Kind::Text { min, max, placeholders, .. } => {
            described(json!({ "type": "string", "minLength": min, "maxLength": max }), placeholders)
        }
        Kind::Color { optional: false } => json!({ "type": "string", "pattern": COLOR }),
        Kind::Color { optional: true } => json!({ "type": ["string", "null"], "pattern": COLOR }),
        Kind::Url => json!({ "type": "string", "maxLength": 2048, "pattern": "^(https://.+)?$" }),
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        Kind::Set(words) => list(json!({ "type": "string", "enum": words }), words.len()),
        Kind::Region => json!({ "type": ["string", "null"] }),
        Kind::Channel { required: true, .. } | Kind::Role { required: true, .. } => {
            json!({ "type": "string", "pattern": ID })
        }
        Kind::Channel { .. } | Kind::Role { .. } => json!({ "type": ["string", "null"], "pattern": ID }),
        Kind::ChannelList { max, .. } | Kind::RoleList { max, .. } => {
            list(json!({ "type": "string", "pattern": ID }), *max)
        }
        Kind::Lines { max, each } => {
            json!({ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": each }, "maxItems": max })
        }
        Kind::Emoji { .. } | Kind::Moment => json!({ "type": "string" }),
        Kind::Rows { max, fields, .. } => {
            let items = object(&fields.iter().collect::<Vec<_>>(), None);
            json!({ "type": "array", "items": items, "maxItems": max })
        }
        Kind::Template(placeholders) => described(object(&TEMPLATE.iter().collect::<Vec<_>>(), default), placeholders),
        Kind::Group(fields) => object(&fields.iter().collect::<Vec<_>>(), default),
    }
}

fn list(items: Value, max: usize) -> Value {
    json!({ "type": "array", "items": items, "maxItems": max, "uniqueItems": true })
}

fn described(mut schema: Value, placeholders: &[Placeholder]) -> Value {
    if !placeholders.is_empty() {
        let names: Vec<String> = placeholders.iter().map(|one| format!("{{{}}}", one.name)).collect();
        schema["description"] = format!("Placeholders: {}.", names.join(", ")).into();
    }
    schema
}
