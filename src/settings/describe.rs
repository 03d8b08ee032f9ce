//! A value in words: "5 minutes", "#general", "3 creators". For comparing two sides and for summaries.

use serde_json::Value;

use crate::settings::fields::{Field, Kind, TEMPLATE, Table};
use crate::settings::pages::Difference;
use crate::web::words::{Message, Words, visible};

/// Names values; `names` are those of the ids, as `settings::names` gives them.
pub struct Describe<'a> {
    pub table: Table,
    pub names: &'a Value,
    pub words: &'a Words,
}

impl Describe<'_> {
    /// Every setting in which the two differ.
    pub fn differences(&self, stored: &Value, typed: &Value) -> Vec<Difference> {
        let fields = self.table.fields().filter(|field| stored.get(field.wire_name()) != typed.get(field.wire_name()));
        fields
            .map(|field| Difference {
                label: self.label(field),
                stored: self.value(field, stored),
                typed: self.value(field, typed),
            })
            .collect()
    }

    /// "Label: value" for what is not as by default, at most `most` lines.
    pub fn facts(&self, settings: &Value, defaults: &Value, most: usize) -> Vec<String> {
        let told = |field: &&'static Field| {
            field.name != "enabled" && settings.get(field.wire_name()) != defaults.get(field.wire_name())
        };
        let fields: Vec<&'static Field> = self.table.fields().filter(told).collect();
        let line = |field: &&'static Field| {
            let message =
                Message::new("fact").text("label", self.label(field)).text("value", self.short(field, settings));
            self.words.say(&message)
        };
        let mut lines: Vec<String> = fields.iter().take(most).map(line).collect();
        if fields.len() > most {
            lines.push(self.words.say(&Message::new("facts-more").number("count", (fields.len() - most) as i64)));
        }
        lines
    }

    pub fn label(&self, field: &Field) -> String {
        self.words.t(&field.words(self.table.words))
    }

    /// As [`Self::value`], but of rows only how many there are, and of a message only that it is another.
    fn short(&self, field: &'static Field, settings: &Value) -> String {
        match (&field.kind, &settings[field.wire_name()]) {
            (Kind::Rows { .. }, Value::Array(rows)) => self.words.number(rows.len() as i64),
            (Kind::Template(_), template) if template["enabled"] == Value::Bool(true) => self.words.t("value-changed"),
            _ => self.value(field, settings),
        }
    }

    /// A setting of these settings in words.
    pub fn value(&self, field: &'static Field, settings: &Value) -> String {
        let value = settings.get(field.wire_name()).unwrap_or(&Value::Null);
        let text = self.text(field, &field.words(self.table.words), value);
        if text.is_empty() { self.words.t("value-none") } else { text }
    }

    /// A value of a field in words; empty for none. `key`: of the field's words.
    pub fn text(&self, field: &'static Field, key: &str, value: &Value) -> String {
        match (&field.kind, value) {
            (Kind::Switch, value) => self.words.t(if value.as_bool() == Some(true) { "value-on" } else { "value-off" }),
            (Kind::Number { unit: Some(unit), .. }, Value::Number(number)) => {
                let count = number.as_i64().unwrap_or_default();
                self.words.say(&Message::new(format!("amount-{unit}")).number("count", count))
            }
            (Kind::Bitrate, Value::Number(number)) => format!("{number} {}", self.words.t("unit-kbps")),
            (Kind::Choice(_), Value::String(word)) => self.words.t(&format!("{key}-{}", word.replace('_', "-"))),
            (Kind::Set(_), Value::Array(chosen)) => {
                let words = chosen.iter().filter_map(Value::as_str);
                words
                    .map(|word| self.words.t(&format!("{key}-{}", word.replace('_', "-"))))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            (Kind::Template(_), value) => self.template(value),
            (Kind::Rows { fields, .. }, Value::Array(rows)) => {
                let rows: Vec<String> = rows.iter().map(|row| self.row(fields, key, row)).collect();
                rows.join("; ")
            }
            (Kind::Region, Value::Null) => self.words.t("choice-automatic"),
            (Kind::Channel { .. } | Kind::Role { .. }, Value::String(id)) => self.named(&field.kind, id),
            (Kind::ChannelList { .. } | Kind::RoleList { .. }, Value::Array(ids)) => {
                let ids = ids.iter().filter_map(Value::as_str);
                ids.map(|id| self.named(&field.kind, id)).collect::<Vec<_>>().join(", ")
            }
            (Kind::Lines { .. }, Value::Array(texts)) => {
                let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
                visible(&texts.join(", ")).into_owned()
            }
            (Kind::Emoji { .. }, Value::String(emoji)) => emoji_name(emoji),
            (_, Value::String(text)) => visible(text).into_owned(),
            (_, Value::Number(number)) => match number.as_i64() {
                Some(number) => self.words.number(number),
                None => number.to_string(),
            },
            (_, _) => String::new(),
        }
    }

    /// In the order of the form.
    fn row(&self, fields: &'static [Field], key: &str, row: &Value) -> String {
        let text = |field: &'static Field| self.text(field, &field.words(key), &row[field.wire_name()]);
        fields.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The name of a channel or role, never its id.
    pub fn named(&self, kind: &Kind, id: &str) -> String {
        match self.names.get(id).and_then(Value::as_str) {
            Some(name) => visible(name).into_owned(),
            // Without any name nobody was asked: the bot is away.
            None if self.names.is_null() => self.words.t("choice-bot-away"),
            None if matches!(kind, Kind::Role { .. } | Kind::RoleList { .. }) => self.words.t("choice-role-gone"),
            None => self.words.t("choice-channel-gone"),
        }
    }

    /// A template's own texts, one after the other.
    fn template(&self, template: &Value) -> String {
        if template.get("enabled").and_then(Value::as_bool) != Some(true) {
            return self.words.t("value-off");
        }
        let mut texts = Vec::new();
        strings(TEMPLATE, template, &mut texts);
        visible(&texts.join(" · ")).into_owned()
    }
}

/// A custom emoji is told by its name, which its code carries.
fn emoji_name(emoji: &str) -> String {
    match crate::settings::judge::custom_emoji(emoji) {
        Some(_) => format!(":{}:", emoji.split(':').nth(1).unwrap_or_default()),
        None => visible(emoji).into_owned(),
    }
}

/// In the order of the form, without an embed that is off.
fn strings<'v>(fields: &[Field], values: &'v Value, into: &mut Vec<&'v str>) {
    for field in fields {
        let value = &values[field.wire_name()];
        match (&field.kind, value) {
            (Kind::Group(parts), group) if group["enabled"] == Value::Bool(true) => strings(parts, group, into),
            (Kind::Rows { fields, .. }, Value::Array(rows)) => rows.iter().for_each(|row| strings(fields, row, into)),
            (_, Value::String(text)) if !text.is_empty() => into.push(text),
            _ => {}
        }
    }
}
