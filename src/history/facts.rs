//! A change in a few words, for its line in the list and in a file: "Places in a room 0 → 5". Lists and messages are
//! summed up.

use serde_json::Value;

use crate::settings::describe::Describe;
use crate::settings::fields::{Field, Kind};
use crate::web::words::Message;

use super::diff::{Change, FieldDiff, RowDiff, only_moved};
use super::pages::{Fact, What};

/// More settings than this are only counted.
const FACTS: usize = 5;
/// More items of a list than this are only counted.
const NAMED: usize = 3;
/// A text longer than this is cut.
const LONGEST: usize = 80;

/// The first few facts, and how many more there are.
pub(super) fn few(mut all: Vec<Fact>) -> (Vec<Fact>, usize) {
    let more = all.len().saturating_sub(FACTS);
    all.truncate(FACTS);
    (all, more)
}

/// A fact for each setting that differs; of rows, for each row.
pub(super) fn facts(describe: &Describe<'_>, changes: &[FieldDiff<'_>]) -> Vec<Fact> {
    let mut all = Vec::new();
    for one in changes {
        let key = one.field.words(describe.table.words);
        tell(describe, one, &key, describe.words.t(&key), &mut all);
    }
    all
}

fn tell(describe: &Describe<'_>, one: &FieldDiff<'_>, key: &str, label: String, all: &mut Vec<Fact>) {
    let what = match &one.change {
        Change::Rows(rows) => return tell_rows(describe, rows, (key, label), all),
        Change::Parts(parts) => message(parts),
        Change::Value { before, after } => value(describe, one.field, key, (before, after)),
    };
    all.push(Fact { label, what });
}

/// Whether a message was turned on or off, or only reads otherwise.
fn message(parts: &[FieldDiff<'_>]) -> What {
    let turned = parts.iter().find(|part| part.field.name == "enabled").and_then(|part| match part.change {
        Change::Value { after, .. } => after.as_bool(),
        _ => None,
    });
    What::Said(Message::new(match turned {
        Some(true) => "history-message-on",
        Some(false) => "history-message-off",
        None => "history-message-changed",
    }))
}

fn value(describe: &Describe<'_>, field: &'static Field, key: &str, (before, after): (&Value, &Value)) -> What {
    if let (Some(old), Some(new)) = (items(describe, field, key, before), items(describe, field, key, after)) {
        let without = |these: &[(String, String)], those: &[(String, String)]| -> Vec<String> {
            these
                .iter()
                .filter(|(id, _)| !those.iter().any(|(other, _)| other == id))
                .map(|(_, name)| name.clone())
                .collect()
        };
        let (added, removed) = (without(&new, &old), without(&old, &new));
        if added.is_empty() && removed.is_empty() {
            return What::Said(Message::new("history-order-changed"));
        }
        return What::Items { added: named(describe, &added), removed: named(describe, &removed) };
    }
    let said = |value: &Value| {
        let text = describe.text(field, key, value);
        if text.is_empty() { describe.words.t("value-none") } else { shortened(text) }
    };
    What::FromTo { before: said(before), after: said(after) }
}

/// The items of a set or list: what they are, and their names.
pub(super) fn items(
    describe: &Describe<'_>,
    field: &'static Field,
    key: &str,
    value: &Value,
) -> Option<Vec<(String, String)>> {
    let name = |item: &str| match &field.kind {
        Kind::Set(_) => Some(describe.words.t(&format!("{key}-{}", item.replace('_', "-")))),
        kind @ (Kind::ChannelList { .. } | Kind::RoleList { .. }) => Some(describe.named(kind, item)),
        _ => None,
    };
    matches!(field.kind, Kind::Set(_) | Kind::ChannelList { .. } | Kind::RoleList { .. }).then(|| {
        let items = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        items.filter_map(|item| Some((item.to_owned(), name(item)?))).collect()
    })
}

/// Names, or how many there are.
fn named(describe: &Describe<'_>, names: &[String]) -> String {
    if names.len() > NAMED {
        return describe.words.say(&Message::new("history-items").number("count", names.len()));
    }
    names.join(", ")
}

fn tell_rows(describe: &Describe<'_>, rows: &[RowDiff<'_>], (key, label): (&str, String), all: &mut Vec<Fact>) {
    if only_moved(rows) {
        return all.push(Fact { label, what: What::Said(Message::new("history-order-changed")) });
    }
    for row in rows {
        match row {
            RowDiff::Kept { .. } => {}
            RowDiff::Added { after, .. } => {
                all.push(Fact {
                    label: row_label(describe, key, *after),
                    what: What::Said(Message::new("history-row-added")),
                });
            }
            RowDiff::Removed { before, .. } => {
                let what = What::Said(Message::new("history-row-removed"));
                all.push(Fact { label: row_label(describe, key, *before), what });
            }
            RowDiff::Altered { after, fields, .. } => {
                for one in fields {
                    let inner = one.field.words(key);
                    let label = joined(describe, &row_label(describe, key, *after), &describe.words.t(&inner));
                    tell(describe, one, &inner, label, all);
                }
            }
        }
    }
}

/// "Creator 2".
pub(super) fn row_label(describe: &Describe<'_>, key: &str, row: usize) -> String {
    describe.words.say(&Message::new(format!("{key}-row")).number("number", row + 1))
}

/// "Creator 2: Places in a room".
pub(super) fn joined(describe: &Describe<'_>, outer: &str, inner: &str) -> String {
    describe.words.say(&Message::new("fact").text("label", outer).text("value", inner))
}

pub(super) fn shortened(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
