//! `POST …/settings/{module}/check`: what a save would say at the fields, for a script that asks while somebody fills
//! in a form. Nothing is saved, kept or asked of Discord.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::error::AppError;
use crate::guilds::guard::{Check, GuildAccess};
use crate::settings::checklist;
use crate::settings::fields::Table;
use crate::settings::module::SettingsModule;
use crate::settings::problems::{Problem, Problems};
use crate::settings::reading;
use crate::settings::scene::{Of, Scene, Settings};
use crate::settings::view::{element_id, label_of};
use crate::web::page;
use crate::web::submitted::Submitted;
use crate::web::words::{Message, Words, filters};

pub async fn check<M: SettingsModule>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Check, Of<M>>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let scene = Scene::read(&req, &app, guard.admitted, M::KEY).await?;
    reading::prepare(&scene, &mut form);
    let mut reading = reading::read(&scene, &form, &scene.stored())?;
    checklist::at_fields(&scene.looked_at(&reading.value, &reading.problems), &mut reading.problems);
    answer(&req, scene.module.table(), reading.problems, &scene.words)
}

/// What is said of one field: what `templates/parts/notes.html` draws.
pub struct Notes {
    pub id: String,
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
    /// With the field's label, for who cannot see where it stands.
    pub announcement: String,
}

impl Notes {
    pub fn has_error(&self) -> bool {
        !self.errors.is_empty()
    }
}

#[derive(Template)]
#[template(path = "parts/checked.html")]
struct CheckedPart {
    notes: Vec<Notes>,
}

/// The fragment with what is said of each field of which something is.
///
/// # Errors
/// A template that cannot be rendered.
pub fn answer(
    req: &HttpRequest,
    table: Table,
    mut problems: Problems,
    words: &Words,
) -> Result<HttpResponse, AppError> {
    // It may have been made just now, about which the save asks Discord.
    problems.judged.retain(|problem| !problem.misses_something());
    let mut paths: Vec<&str> = Vec::new();
    for problem in problems.errors().chain(&problems.warnings) {
        if !problem.path.is_empty() && !paths.contains(&problem.path.as_str()) {
            paths.push(&problem.path);
        }
    }
    let notes = paths.into_iter().map(|path| {
        let said = |problem: &Problem| (problem.path == path).then(|| words.say(&problem.message));
        let errors: Vec<String> = problems.errors().filter_map(said).collect();
        let warnings: Vec<String> = problems.warnings.iter().filter_map(said).collect();
        let first = errors.first().or(warnings.first()).cloned().unwrap_or_default();
        let announcement = Message::new("fact").text("label", label_of(table, path, words)).text("value", first);
        Notes { id: element_id(path), errors, warnings, announcement: words.say(&announcement) }
    });
    page::render_without_flash(req, StatusCode::OK, &CheckedPart { notes: notes.collect() })
}
