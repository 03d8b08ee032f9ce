//! What differs between two settings of one module, field by field and row by row.
//!
//! Pure: both sides have the module's present shape, and applied to the one the difference gives the other. In
//! which words it is told is said in `facts` and `sides`.

use serde_json::Value;
use similar::DiffOp;

use super::ops::ops;
use crate::settings::fields::{Field, Kind};

/// A field whose two sides are not equal.
#[derive(Clone, Debug)]
pub struct FieldDiff<'v> {
    pub field: &'static Field,
    pub change: Change<'v>,
}

#[derive(Clone, Debug)]
pub enum Change<'v> {
    Value {
        before: &'v Value,
        after: &'v Value,
    },
    /// Of a message or a group: the parts that differ.
    Parts(Vec<FieldDiff<'v>>),
    /// Of a list: every row of both sides, in order.
    Rows(Vec<RowDiff<'v>>),
}

/// What became of a row; rows are counted from 0, each on its own side.
#[derive(Clone, Debug)]
pub enum RowDiff<'v> {
    Kept { before: usize },
    Altered { before: usize, after: usize, fields: Vec<FieldDiff<'v>> },
    Removed { before: usize, row: &'v Value },
    Added { after: usize, row: &'v Value },
}

/// Every field in which the two differ, in the order of the form.
pub fn diff<'v>(
    fields: impl IntoIterator<Item = &'static Field>,
    before: &'v Value,
    after: &'v Value,
) -> Vec<FieldDiff<'v>> {
    let differing = fields.into_iter().filter_map(|field| {
        let name = field.wire_name();
        let (before, after) = (before.get(&name).unwrap_or(&Value::Null), after.get(&name).unwrap_or(&Value::Null));
        (before != after).then(|| FieldDiff { field, change: change(field, before, after) })
    });
    differing.collect()
}

fn change<'v>(field: &'static Field, before: &'v Value, after: &'v Value) -> Change<'v> {
    match (field.parts(), &field.kind, before, after) {
        (Some(parts), _, Value::Object(_), Value::Object(_)) => Change::Parts(diff(parts, before, after)),
        (None, Kind::Rows { fields, .. }, Value::Array(before), Value::Array(after)) => {
            Change::Rows(rows(fields, before, after))
        }
        _ => Change::Value { before, after },
    }
}

/// Equal rows are the same row, wherever they went; of what stands between them, one row became the other.
fn rows<'v>(fields: &'static [Field], before: &'v [Value], after: &'v [Value]) -> Vec<RowDiff<'v>> {
    let mut found = Vec::new();
    for op in ops(before, after) {
        let (old, new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            found.extend(old.map(|before| RowDiff::Kept { before }));
            continue;
        }
        let both = old.len().min(new.len());
        let (altered, removed) = (old.clone().take(both), old.skip(both));
        found.extend(altered.zip(new.clone()).map(|(old, new)| RowDiff::Altered {
            before: old,
            after: new,
            fields: diff(fields, &before[old], &after[new]),
        }));
        found.extend(removed.map(|old| RowDiff::Removed { before: old, row: &before[old] }));
        found.extend(new.skip(both).map(|new| RowDiff::Added { after: new, row: &after[new] }));
    }
    found
}

/// Whether all rows are there on both sides, in another order.
pub fn only_moved(rows: &[RowDiff<'_>]) -> bool {
    let mut gone: Vec<&Value> = Vec::new();
    let mut come: Vec<&Value> = Vec::new();
    for row in rows {
        match row {
            RowDiff::Kept { .. } => {}
            RowDiff::Removed { row, .. } => gone.push(row),
            RowDiff::Added { row, .. } => come.push(row),
            RowDiff::Altered { .. } => return false,
        }
    }
    gone.retain(|row| match come.iter().position(|other| other == row) {
        Some(place) => {
            come.swap_remove(place);
            false
        }
        None => true,
    });
    gone.is_empty() && come.is_empty()
}

/// What the difference makes of its own earlier side: the later one.
pub fn apply(changes: &[FieldDiff<'_>], before: &Value) -> Value {
    let mut result = before.clone();
    for one in changes {
        let name = one.field.wire_name();
        let earlier = before.get(&name).unwrap_or(&Value::Null);
        let later = match &one.change {
            Change::Value { after, .. } => (*after).clone(),
            Change::Parts(parts) => apply(parts, earlier),
            Change::Rows(rows) => Value::Array(rows.iter().filter_map(|row| applied(row, earlier)).collect()),
        };
        if let Some(fields) = result.as_object_mut() {
            fields.insert(name, later);
        }
    }
    result
}

fn applied(row: &RowDiff<'_>, list: &Value) -> Option<Value> {
    match row {
        RowDiff::Kept { before } => list.get(before).cloned(),
        RowDiff::Altered { before, fields, .. } => list.get(before).map(|row| apply(fields, row)),
        RowDiff::Removed { .. } => None,
        RowDiff::Added { row, .. } => Some((*row).clone()),
    }
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
