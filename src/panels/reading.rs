//! From what was typed to a judged panel: its own page, one category, and all of it before a save.

use serde_json::{Value, json};

use super::panel::{Category, Panel};
use super::rules;
use super::table::{CATEGORY, PANEL, WHOLE};
use crate::error::{AppError, Trouble};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::emoji;
use crate::settings::fields::{Field, Kind, Table};
use crate::settings::judge::Judge;
use crate::settings::parse::{self, SentTwice};
use crate::settings::problems::{Problem, Problems};
use crate::settings::rows;
use crate::web::form::FormData;
use crate::web::words::Message;

/// Something read and judged.
pub(super) struct Reading<T> {
    /// None: something of it could not be read.
    pub value: Option<T>,
    /// As far as it could be read: null where it could not.
    pub raw: Value,
    pub problems: Problems,
}

/// Brings a form to the shape the reading expects, and leaves out what is not of the table: rows numbered anew,
/// `:name:` as the emoji's code.
pub(super) fn prepare(table: Table, guild: &GuildSnapshot, form: &mut FormData) {
    let fields: Vec<&'static Field> = table.fields().collect();
    form.rename(|name| {
        let top = name.split('.').next().unwrap_or_default();
        fields.iter().any(|field| field.name == top).then(|| name.to_owned())
    });
    rows::renumber(&fields, form);
    for field in fields.iter().filter(|field| matches!(field.kind, Kind::Emoji { .. })) {
        if let Some(code) = form.text(field.name).and_then(|text| emoji::named(guild, text)) {
            form.set(field.name, code);
        }
    }
}

/// Reads a prepared form of a panel's own page together with its categories. What came back as `stored` is not
/// judged again.
///
/// # Errors
/// A single-valued field that arrived twice: no page of ours sends that.
pub(super) fn panel(
    judge: &Judge<'_>,
    form: &FormData,
    categories: &[Category],
    stored: Option<&Panel>,
) -> Result<Reading<Panel>, AppError> {
    let mut problems = Problems::default();
    let mut raw = Value::Object(parse::read(PANEL.fields(), "", form, &mut problems).map_err(sent_twice)?);
    raw["categories"] = json!(categories);
    let value: Option<Panel> = (!problems.stop_the_save()).then(|| serde_json::from_value(raw.clone()).ok()).flatten();
    // What could be read is judged even if something else could not.
    let readable = value.clone().unwrap_or_else(|| readable(&raw));
    let mut found = Problems::default();
    rules::of_panel(&readable, &mut found);
    rules::names_of_categories(&readable, &mut found);
    for (index, category) in categories.iter().enumerate() {
        rules::of_category(category, &format!("categories.{index}"), &mut found);
    }
    add(&mut problems, found);
    judge.fields(WHOLE.fields(), "", &raw, &mut problems);
    problems.forgive_unchanged(&stored.map(|panel| json!(panel)).unwrap_or_default(), &raw);
    Ok(Reading { value, raw, problems })
}

/// Reads a prepared form of a category. `others`: the panel's categories; `stored`: the panel as it is saved.
///
/// # Errors
/// As [`panel`].
pub(super) fn category(
    judge: &Judge<'_>,
    form: &FormData,
    id: &str,
    others: &[Category],
    stored: Option<&Panel>,
) -> Result<Reading<Category>, AppError> {
    let mut problems = Problems::default();
    let mut raw = Value::Object(parse::read(CATEGORY.fields(), "", form, &mut problems).map_err(sent_twice)?);
    raw["id"] = json!(id);
    let value: Option<Category> =
        (!problems.stop_the_save()).then(|| serde_json::from_value(raw.clone()).ok()).flatten();
    let mut found = Problems::default();
    if let Some(category) = &value {
        rules::of_category(category, "", &mut found);
    }
    if rules::is_taken(form.text("name").unwrap_or_default(), id, others) {
        found.unreadable("name", Message::new("problem-panel-category-twice"));
    }
    add(&mut problems, found);
    judge.fields(CATEGORY.fields(), "", &raw, &mut problems);
    let stored = stored.and_then(|panel| panel.categories.iter().find(|category| category.id == id));
    // Switching a category on is judged in full, as switching a module on is.
    problems.forgive_unchanged(&stored.map(|category| json!(category)).unwrap_or_default(), &raw);
    Ok(Reading { value, raw, problems })
}

/// Whether something is not there that may have been made just now.
pub(super) fn misses_something(problems: &Problems) -> bool {
    problems.judged.iter().any(Problem::misses_something)
}

/// A field that has an error already needs no second one.
fn add(problems: &mut Problems, found: Problems) {
    let known: Vec<String> = problems.unreadable.iter().map(|problem| problem.path.clone()).collect();
    let is_new = |path: &str| !known.iter().any(|known| known == path);
    problems.unreadable.extend(found.unreadable.into_iter().filter(|problem| is_new(&problem.path)));
    problems.warnings.extend(found.warnings);
}

/// Without what could not be read, which then has its default.
fn readable(raw: &Value) -> Panel {
    let mut known = raw.as_object().cloned().unwrap_or_default();
    known.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(known)).unwrap_or_default()
}

pub(super) fn sent_twice(SentTwice(name): SentTwice) -> AppError {
    AppError::new(Trouble::Unreadable(Message::new("form-sent-twice").text("name", name)), "a field arrived twice")
}
