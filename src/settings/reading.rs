//! From a posted form to a judged value: what a save and a preview have in common.

use std::borrow::Cow;

use serde_json::Value;

use crate::error::{AppError, Trouble};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::emoji;
use crate::settings::fields::{Field, Kind, wire_name};
use crate::settings::judge::Judge;
use crate::settings::module::Module;
use crate::settings::parse::{self, SentTwice};
use crate::settings::problems::Problems;
use crate::settings::rows;
use crate::settings::scene::Scene;
use crate::settings::store::Stored;
use crate::web::form::FormData;
use crate::web::words::Message;

/// A form read and judged.
pub struct Reading {
    /// Null where something could not be read.
    pub value: Value,
    pub problems: Problems,
}

/// Brings a form to the shape the reading expects: rows numbered anew, `:name:` as the emoji's code.
pub fn prepare(scene: &Scene, form: &mut FormData) {
    prepare_for(scene.module, &scene.guild, form);
}

/// The same for a server of which nothing else has to be known.
pub fn prepare_for(module: &Module, guild: &GuildSnapshot, form: &mut FormData) {
    let fields: Vec<&'static Field> = module.fields().collect();
    rows::renumber(&fields, form);
    for field in fields.into_iter().filter(|field| matches!(field.kind, Kind::Emoji { .. })) {
        if let Some(code) = form.text(field.name).and_then(|text| emoji::named(guild, text)) {
            form.set(field.name, code);
        }
    }
}

/// Reads a prepared form against the guild and what is stored.
///
/// # Errors
/// A single-valued field that arrived twice: no page of ours sends that.
pub fn read(scene: &Scene, form: &FormData, stored: &Stored) -> Result<Reading, AppError> {
    let mut reading = judged(scene, form)?;
    reading.problems.forgive_unchanged(&stored.body, &reading.value);
    Ok(reading)
}

/// The same with everything judged in full.
///
/// # Errors
/// As [`read`].
pub fn judged(scene: &Scene, form: &FormData) -> Result<Reading, AppError> {
    judged_for(scene.module, &scene.judge(), form)
}

/// The same for a server and a person of whom nothing else has to be known.
///
/// # Errors
/// As [`read`].
pub fn judged_for(module: &Module, judge: &Judge<'_>, form: &FormData) -> Result<Reading, AppError> {
    let mut problems = Problems::default();
    let value = parse::read(module.fields(), "", form, &mut problems).map_err(|SentTwice(name)| {
        AppError::new(Trouble::Unreadable(Message::new("form-sent-twice").text("name", name)), "a field arrived twice")
    })?;
    let value = Value::Object(value);
    judge.fields(module.fields(), "", &value, &mut problems);
    rules(module, judge, &value, &mut problems);
    Ok(Reading { value, problems })
}

/// The rules across fields, as far as their fields could be read.
fn rules(module: &Module, judge: &Judge<'_>, value: &Value, problems: &mut Problems) {
    let top = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
    let broken: Vec<String> = problems.unreadable.iter().map(|problem| top(&problem.path)).collect();
    let readable = match broken.is_empty() {
        true => Cow::Borrowed(value),
        false => Cow::Owned(with_defaults(module, value, &broken)),
    };
    let mut found = Problems::default();
    if let Err(error) = (module.rules)(&readable, judge, &mut found) {
        tracing::error!(cause = %error, module = module.key.as_str(), "a form that was read does not fit its module");
        found.unreadable("", Message::new("problem-form"));
    }
    let about_broken = |path: &str, involved: &[&str]| {
        broken.iter().any(|name| *name == top(path) || involved.contains(&name.as_str()))
    };
    found.judged.retain(|problem| !about_broken(&problem.path, &problem.involved));
    found.warnings.retain(|problem| !about_broken(&problem.path, &problem.involved));
    problems.unreadable.append(&mut found.unreadable);
    problems.judged.append(&mut found.judged);
    problems.warnings.append(&mut found.warnings);
}

/// What could not be read is as by default.
fn with_defaults(module: &Module, value: &Value, broken: &[String]) -> Value {
    let (defaults, mut readable) = ((module.defaults)(), value.clone());
    for wire in broken.iter().map(String::as_str).map(wire_name) {
        readable[&wire] = defaults[&wire].clone();
    }
    readable
}
