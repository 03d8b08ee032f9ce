//! Lists of rows in a form without script: adding, removing and moving by buttons named `row`.

use crate::settings::fields::{Field, Kind, join};
use crate::web::form::FormData;

/// Numbers the rows of every list 0, 1, 2 … in their order, so that paths in the form, in the value and in
/// errors agree.
pub fn renumber(fields: &[&'static Field], form: &mut FormData) {
    for path in lists(fields, "") {
        let rows = form.rows(&path);
        if rows.iter().enumerate().any(|(place, row)| place != *row) {
            rename_rows(form, &path, |row| rows.iter().position(|one| *one == row));
        }
    }
}

/// What a button asks for: `add:creators`, `remove:creators.2`, `up:creators.1`, `down:creators.0`.
/// Gives the id of the control to look at next; None when the request makes no sense.
pub fn apply(fields: &[&'static Field], form: &mut FormData, request: &str) -> Option<String> {
    let (verb, target) = request.split_once(':')?;
    if verb == "add" {
        let (max, row_fields, fresh) = find_list(fields, "", target)?;
        let count = form.rows(target).len();
        if count >= max {
            return None;
        }
        for field in row_fields {
            let name = format!("{target}.{count}.{}", field.name);
            let start = fresh.iter().find(|(field_name, _)| *field_name == field.name);
            form.push(&name, start.map_or("", |(_, value)| value));
        }
        return Some(format!("{target}.{count}.{}", row_fields.first()?.name));
    }
    let (list, row) = target.rsplit_once('.')?;
    let row: usize = row.parse().ok()?;
    find_list(fields, "", list)?;
    let count = form.rows(list).len();
    if row >= count {
        return None;
    }
    let other = match verb {
        "up" => row.checked_sub(1)?,
        "down" if row + 1 < count => row + 1,
        "remove" => {
            rename_rows(form, list, |one| match one {
                one if one == row => None,
                one if one > row => Some(one - 1),
                one => Some(one),
            });
            return Some(list.to_owned());
        }
        _ => return None,
    };
    rename_rows(form, list, |one| match one {
        one if one == row => Some(other),
        one if one == other => Some(row),
        one => Some(one),
    });
    Some(format!("{list}.{other}"))
}

/// The path of every list there is.
fn lists(fields: &[&'static Field], path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for field in fields {
        let path = join(path, field.name);
        if let Kind::Rows { .. } = field.kind {
            found.push(path);
        } else if let Some(parts) = field.parts() {
            found.extend(lists(&parts.iter().collect::<Vec<_>>(), &path));
        }
    }
    found
}

type List = (usize, &'static [Field], &'static [(&'static str, &'static str)]);

fn find_list(fields: &[&'static Field], path: &str, wanted: &str) -> Option<List> {
    fields.iter().find_map(|field| {
        let path = join(path, field.name);
        match &field.kind {
            Kind::Rows { max, fields, fresh } if path == wanted => Some((*max, *fields, *fresh)),
            _ => find_list(&field.parts()?.iter().collect::<Vec<_>>(), &path, wanted),
        }
    })
}

/// Gives the rows of a list other numbers; None drops a row.
pub fn rename_rows(form: &mut FormData, list: &str, number: impl Fn(usize) -> Option<usize>) {
    form.rename(|name| {
        let rest = name.strip_prefix(list).and_then(|rest| rest.strip_prefix('.'));
        let Some((row, tail)) = rest.and_then(|rest| rest.split_once('.')) else { return Some(name.to_owned()) };
        let Ok(row) = row.parse::<usize>() else { return Some(name.to_owned()) };
        number(row).map(|row| format!("{list}.{row}.{tail}"))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: Field = Field {
        name: "r",
        kind: Kind::Rows {
            max: 3,
            fields: &[Field { name: "x", kind: Kind::Text { min: 0, max: 9, lines: false, placeholders: &[] } }],
            fresh: &[("x", "new")],
        },
    };

    fn form(text: &str) -> FormData {
        FormData::decode(text.as_bytes()).expect("a form")
    }

    fn after(text: &str, request: &str) -> Vec<String> {
        let mut form = form(text);
        renumber(&[&LIST], &mut form);
        apply(&[&LIST], &mut form, request);
        let rows = form.rows("r");
        rows.iter().map(|row| form.text(&format!("r.{row}.x")).unwrap_or("?").to_owned()).collect()
    }

    #[test]
    fn rows_are_added_removed_and_moved_by_their_buttons() {
        let three = "r.2.x=a&r.5.x=b&r.9.x=c";
        assert_eq!(after("r.0.x=a", "add:r"), ["a", "new"]);
        assert_eq!(after(three, "add:r"), ["a", "b", "c"], "the list is full");
        assert_eq!(after(three, "remove:r.1"), ["a", "c"]);
        assert_eq!(after(three, "up:r.2"), ["a", "c", "b"]);
        assert_eq!(after(three, "down:r.0"), ["b", "a", "c"]);
        for nonsense in ["up:r.0", "down:r.2", "remove:r.3", "add:nothing", "", "up:", "remove:r.x"] {
            assert_eq!(after(three, nonsense), ["a", "b", "c"], "{nonsense}");
        }
    }
}
