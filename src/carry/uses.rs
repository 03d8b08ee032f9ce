//! Where settings name something of their server: every channel, role and emoji in them, and what for.

use serde_json::{Value, json};

use crate::settings::fields::{ChannelUse, Field, Kind, RoleUse};
use crate::settings::judge::custom_emoji;

/// What an id in a setting stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Channel {
        of: ChannelUse,
        required: bool,
    },
    Role {
        of: RoleUse,
        required: bool,
    },
    /// A server's own emoji, as its code.
    Emoji,
}

/// The settings with each id as `put` says; without one, the field is empty and the item of a list is gone.
pub(super) fn rewritten(
    fields: impl IntoIterator<Item = &'static Field>,
    settings: &Value,
    put: &mut dyn FnMut(Use, &str) -> Option<String>,
) -> Value {
    let mut result = settings.clone();
    for field in fields {
        let name = field.wire_name();
        let Some(value) = settings.get(&name) else { continue };
        result[&name] = one(field, value, put);
    }
    result
}

fn one(field: &'static Field, value: &Value, put: &mut dyn FnMut(Use, &str) -> Option<String>) -> Value {
    if let Some(parts) = field.parts() {
        return rewritten(parts, value, put);
    }
    match (&field.kind, value) {
        (Kind::Channel { of, required }, Value::String(id)) => {
            json!(put(Use::Channel { of: *of, required: *required }, id))
        }
        (Kind::Role { of, required }, Value::String(id)) => json!(put(Use::Role { of: *of, required: *required }, id)),
        (Kind::ChannelList { of, .. }, Value::Array(ids)) => {
            list(ids, |id| put(Use::Channel { of: *of, required: false }, id))
        }
        (Kind::RoleList { of, .. }, Value::Array(ids)) => {
            list(ids, |id| put(Use::Role { of: *of, required: false }, id))
        }
        (Kind::Emoji { .. }, Value::String(code)) if custom_emoji(code).is_some() => {
            json!(put(Use::Emoji, code).unwrap_or_default())
        }
        (Kind::Rows { fields, .. }, Value::Array(rows)) => {
            rows.iter().map(|row| rewritten(*fields, row, put)).collect()
        }
        _ => value.clone(),
    }
}

/// Two that become the same one are one.
fn list(ids: &[Value], mut put: impl FnMut(&str) -> Option<String>) -> Value {
    let mut put_there: Vec<String> = Vec::new();
    for id in ids.iter().filter_map(Value::as_str).filter_map(&mut put) {
        if !put_there.contains(&id) {
            put_there.push(id);
        }
    }
    json!(put_there)
}
