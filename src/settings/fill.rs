//! The way back from `parse`: a stored value as the pairs its form would send.

use serde_json::Value;

use crate::settings::fields::{Field, Kind, join};
use crate::web::form::FormData;

/// The pairs of a value.
pub fn fill(fields: impl IntoIterator<Item = &'static Field>, settings: &Value) -> FormData {
    let mut form = FormData::default();
    fill_fields(fields, "", settings, &mut form);
    form
}

fn fill_fields(fields: impl IntoIterator<Item = &'static Field>, path: &str, values: &Value, form: &mut FormData) {
    for field in fields {
        let path = join(path, field.name);
        let value = values.get(field.wire_name()).unwrap_or(&Value::Null);
        if let Some(parts) = field.parts() {
            fill_fields(parts, &path, value, form);
            continue;
        }
        match (&field.kind, value) {
            (Kind::Rows { fields, .. }, Value::Array(rows)) => {
                for (index, row) in rows.iter().enumerate() {
                    fill_fields(*fields, &format!("{path}.{index}"), row, form);
                }
            }
            (Kind::Rows { .. }, _) => {}
            (Kind::Switch, value) => {
                if value.as_bool() == Some(true) {
                    form.push(path, "on");
                }
            }
            (Kind::Set(_) | Kind::ChannelList { .. } | Kind::RoleList { .. }, value) => {
                for one in value.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    form.push(&path, one);
                }
            }
            (Kind::Lines { .. }, value) => {
                let texts: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                form.push(path, texts.join("\n"));
            }
            (_, Value::String(text)) => form.push(path, text),
            (_, Value::Number(number)) => form.push(path, number.to_string()),
            (_, _) => form.push(path, ""),
        }
    }
}
