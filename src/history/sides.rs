//! A difference side by side: for each setting the lines it had and the lines it has, each marked.

use serde_json::Value;
use similar::DiffOp;

use crate::settings::describe::Describe;
use crate::settings::fields::{Field, Kind};
use crate::web::words::visible;

use super::diff::{Change, FieldDiff, RowDiff, only_moved};
use super::facts::{items, joined, row_label};
use super::ops::ops;
use super::pages::{Line, Mark, SideRow, Unchanged};

/// Of a longer run of lines that stayed, so many are shown on each side of what changed.
const AROUND: usize = 2;

/// A row for every setting that differs; of a message or a row of a list, for every part that does.
pub fn sides(describe: &Describe<'_>, changes: &[FieldDiff<'_>]) -> Vec<SideRow> {
    let mut rows = Vec::new();
    let sides = Sides { describe };
    sides.fields(changes, describe.table.words, "", &mut rows);
    rows
}

/// The settings that are the same on both sides.
pub(super) fn unchanged(describe: &Describe<'_>, changes: &[FieldDiff<'_>], settings: &Value) -> Vec<Unchanged> {
    let fields = describe.table.fields().filter(|field| !changes.iter().any(|one| one.field.name == field.name));
    fields.map(|field| Unchanged { label: describe.label(field), value: describe.value(field, settings) }).collect()
}

struct Sides<'a> {
    describe: &'a Describe<'a>,
}

impl Sides<'_> {
    /// `prefix`: of the words; `above`: the label of what the fields stand in.
    fn fields(&self, changes: &[FieldDiff<'_>], prefix: &str, above: &str, rows: &mut Vec<SideRow>) {
        for one in changes {
            let key = one.field.words(prefix);
            // "Embed" above each of an embed's parts would say nothing.
            let is_embed = prefix == "template" && matches!(one.field.kind, Kind::Group(_));
            let label = if is_embed { above.to_owned() } else { self.label(above, &self.describe.words.t(&key)) };
            match &one.change {
                Change::Parts(parts) => self.fields(parts, &one.field.words_below(&key), &label, rows),
                Change::Rows(list) => self.list(one.field, list, (&key, above), &label, rows),
                Change::Value { before, after } => rows.push(self.value(one.field, &key, label, (before, after))),
            }
        }
    }

    fn label(&self, above: &str, own: &str) -> String {
        if above.is_empty() { own.to_owned() } else { joined(self.describe, above, own) }
    }

    fn list(
        &self,
        field: &'static Field,
        list: &[RowDiff<'_>],
        (key, above): (&str, &str),
        label: &str,
        rows: &mut Vec<SideRow>,
    ) {
        let Kind::Rows { fields, .. } = &field.kind else { return };
        let row = |number: usize| self.label(above, &row_label(self.describe, key, number));
        if only_moved(list) {
            return rows.push(SideRow { label: label.to_owned(), before: Vec::new(), after: Vec::new() });
        }
        for one in list {
            match one {
                RowDiff::Kept { .. } => {}
                RowDiff::Added { after, row: new } => {
                    rows.push(SideRow {
                        label: row(*after),
                        before: Vec::new(),
                        after: self.whole(fields, key, new, Mark::Added),
                    });
                }
                RowDiff::Removed { before, row: old } => {
                    rows.push(SideRow {
                        label: row(*before),
                        before: self.whole(fields, key, old, Mark::Removed),
                        after: Vec::new(),
                    });
                }
                RowDiff::Altered { after, fields, .. } => self.fields(fields, key, &row(*after), rows),
            }
        }
    }

    /// All of a row, a line each.
    fn whole(&self, fields: &'static [Field], key: &str, row: &Value, mark: Mark) -> Vec<Line> {
        let line = |field: &'static Field| {
            let key = field.words(key);
            let text = self.said(field, &key, &row[field.wire_name()]);
            Line { mark, text: joined(self.describe, &self.describe.words.t(&key), &text) }
        };
        fields.iter().map(line).collect()
    }

    fn value(&self, field: &'static Field, key: &str, label: String, (before, after): (&Value, &Value)) -> SideRow {
        let both = (items(self.describe, field, key, before), items(self.describe, field, key, after));
        let (before, after) = match (both, &field.kind) {
            ((Some(old), Some(new)), _) => {
                let ops = ops(&old, &new);
                let names = |items: Vec<(String, String)>| items.into_iter().map(|(_, name)| name).collect::<Vec<_>>();
                marked(&ops, &names(old), &names(new))
            }
            (_, Kind::Text { lines: true, .. }) => compared(&lines(before), &lines(after)),
            _ => {
                let line = |mark, value| vec![Line { mark, text: self.said(field, key, value) }];
                (line(Mark::Removed, before), line(Mark::Added, after))
            }
        };
        SideRow { label, before, after }
    }

    fn said(&self, field: &'static Field, key: &str, value: &Value) -> String {
        let text = self.describe.text(field, key, value);
        if text.is_empty() { self.describe.words.t("value-none") } else { text }
    }
}

/// Both sides' lines, each marked, and long runs of those that stayed only counted.
pub(super) fn compared(old: &[String], new: &[String]) -> (Vec<Line>, Vec<Line>) {
    let (before, after) = marked(&ops(old, new), old, new);
    (folded(before), folded(after))
}

/// No text has no line.
fn lines(text: &Value) -> Vec<String> {
    let text = text.as_str().unwrap_or_default();
    if text.is_empty() { Vec::new() } else { text.split('\n').map(|line| visible(line).into_owned()).collect() }
}

fn marked(ops: &[DiffOp], old: &[String], new: &[String]) -> (Vec<Line>, Vec<Line>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for op in ops {
        let same = matches!(op, DiffOp::Equal { .. });
        let line = |mark, text: &String| Line { mark: if same { Mark::Same } else { mark }, text: text.clone() };
        before.extend(old[op.old_range()].iter().map(|text| line(Mark::Removed, text)));
        after.extend(new[op.new_range()].iter().map(|text| line(Mark::Added, text)));
    }
    (before, after)
}

/// Long runs of lines that stayed become one that says how many.
fn folded(lines: Vec<Line>) -> Vec<Line> {
    let count = lines.len();
    let near = |at: usize| {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(count);
        lines[around].iter().any(|line| line.mark != Mark::Same)
    };
    let kept: Vec<bool> = (0..count).map(near).collect();
    let mut folded = Vec::new();
    let mut at = 0;
    while at < count {
        let left_out = kept[at..].iter().take_while(|kept| !**kept).count();
        if left_out > 1 {
            folded.push(Line { mark: Mark::LeftOut, text: left_out.to_string() });
            at += left_out;
        } else {
            folded.push(lines[at].clone());
            at += 1;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        match text.strip_prefix('+') {
            Some(text) => Line { mark: Mark::Added, text: text.to_owned() },
            None => Line { mark: Mark::Same, text: text.to_owned() },
        }
    }

    #[test]
    fn lines_far_from_what_changed_are_only_counted() {
        let lines = ["a", "b", "c", "d", "+e", "f", "g", "h"].map(line).to_vec();
        let texts: Vec<_> = folded(lines).into_iter().map(|line| (line.mark, line.text)).collect();
        let same = |text: &str| (Mark::Same, text.to_owned());
        let added = (Mark::Added, "e".to_owned());
        let left_out = (Mark::LeftOut, "2".to_owned());
        assert_eq!(texts, [left_out, same("c"), same("d"), added, same("f"), same("g"), same("h")]);
    }
}
