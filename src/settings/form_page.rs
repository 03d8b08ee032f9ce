//! Making the page of a module's form, whatever it shows: stored values, typed ones, a preview, a draft.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::drafts;
use crate::error::AppError;
use crate::guilds::rights::{Level, Scope};
use crate::settings::checklist::{self, Checking, ChecklistView};
use crate::settings::controls::{ControlKind, SectionView, Tests};
use crate::settings::drawn::{Drawn, DrawnForms, Origin};
use crate::settings::fill::fill;
use crate::settings::pages::{Following, FormPage, SummaryItem};
use crate::settings::preview::MessagePreview;
use crate::settings::problems::Problems;
use crate::settings::reading;
use crate::settings::save::restored_by;
use crate::settings::scene::Scene;
use crate::settings::unsaved::Unsaved;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::title::Title;
use crate::web::{page, refused};

/// What a page of the form shows.
pub struct Shown<'a> {
    pub status: StatusCode,
    pub form: &'a FormData,
    pub problems: &'a Problems,
    /// The revision the form began with.
    pub revision: i64,
    /// A line at the top that is not a flash.
    pub notice: Option<String>,
    pub previews: HashMap<String, MessagePreview>,
    /// The list whose rows were changed: what it stands in is open.
    pub changed_list: Option<String>,
    /// The checklist was asked for, and is shown first.
    pub asked: bool,
}

impl<'a> Shown<'a> {
    /// What is stored, as nobody has touched it yet.
    pub fn saved(form: &'a FormData, problems: &'a Problems, revision: i64) -> Self {
        Self {
            status: StatusCode::OK,
            form,
            problems,
            revision,
            notice: None,
            previews: HashMap::new(),
            changed_list: None,
            asked: false,
        }
    }
}

/// # Errors
/// A template that cannot be rendered.
pub fn answer(req: &HttpRequest, scene: &Scene, shown: Shown<'_>) -> Result<HttpResponse, AppError> {
    answer_with(req, scene, shown, None)
}

/// With a command that was given with what is typed.
///
/// # Errors
/// As [`answer`].
pub fn answer_with(
    req: &HttpRequest,
    scene: &Scene,
    shown: Shown<'_>,
    sent: Option<Following>,
) -> Result<HttpResponse, AppError> {
    let status = shown.status;
    page::render(req, status, &page(req, scene, shown, sent)?)
}

/// Everything the template is filled with.
///
/// # Errors
/// As [`answer`].
pub fn page(req: &HttpRequest, scene: &Scene, shown: Shown<'_>, sent: Option<Following>) -> Result<FormPage, AppError> {
    let judge = scene.judge();
    let stored = scene.stored();
    let as_stored = fill(scene.module.fields(), &stored.body);
    let mut problems = shown.problems.clone();
    let checklist = checklist(req, scene, &shown, &mut problems)?;
    refused::note(req, problems.fields());
    let view = FormView {
        table: scene.module.table(),
        form: shown.form,
        problems: &problems,
        judge: &judge,
        words: &scene.words,
        previews: shown.previews,
        changed_list: shown.changed_list.as_deref(),
    };
    let summary = view.summary();
    Ok(FormPage {
        restores: restored_by(shown.form).map(|id| id.to_string()),
        revision: shown.revision,
        checklist,
        unsaved: Unsaved::of(scene.module.fields(), &as_stored, shown.form, &scene.words)
            .at(scene.action(), stored.revision),
        sections: sections(&view, scene.tests),
        sent,
        notice: shown.notice,
        ..around(req, scene, summary)
    })
}

/// The page without its form.
fn around(req: &HttpRequest, scene: &Scene, summary: Vec<SummaryItem>) -> FormPage {
    let title = Title::of_the_place().after_a_save().wrong_if(!summary.is_empty());
    let (key, stored) = (scene.module.key.as_str(), scene.stored());
    let shell = scene.shell(req, title);
    // Whoever has come for a draft comes back to it.
    let here = drafts::asked_at(req).unwrap_or_else(|| scene.action());
    FormPage {
        guild_name: scene.admitted.guild_name().to_owned(),
        module_name: scene.module_name(),
        module_key: key,
        purpose: scene.words.t(&format!("{key}-purpose")),
        action: scene.action(),
        restores: None,
        reset_href: format!("{}/reset", scene.action()),
        revision: stored.revision,
        schema: scene.module.schema,
        csrf_token: shell.csrf_token.clone(),
        checklist: None,
        unsaved: Unsaved::default(),
        sections: Vec::new(),
        sent: None,
        summary,
        notice: None,
        absent: scene.admitted.read_only(Level::Edit, Scope::Module(key), &here),
        defaults: stored.is_default,
        last_change: scene.last_change(),
        drawn: None,
        shell,
    }
}

/// The page of what is stored. Its form is drawn once for all who come while nothing of it changes.
///
/// # Errors
/// As [`answer`].
pub fn as_stored(req: &HttpRequest, scene: &Scene, forms: &DrawnForms) -> Result<HttpResponse, AppError> {
    let origin = Origin::of(scene);
    let drawn = match origin.as_ref().and_then(|origin| forms.find(origin)) {
        Some(drawn) => drawn,
        None => {
            let stored = scene.stored();
            let problems = scene.warnings_of(&stored.body);
            let form = fill(scene.module.fields(), &stored.body);
            let page = page(req, scene, Shown::saved(&form, &problems, stored.revision), None)?;
            let drawn = Arc::new(Drawn::of(&page, &scene.words)?);
            if let Some(origin) = origin {
                forms.keep(origin, Arc::clone(&drawn));
            }
            drawn
        }
    };
    page::render(req, StatusCode::OK, &FormPage { drawn: Some(drawn), ..around(req, scene, Vec::new()) })
}

/// What the bot can do of what the form says. What is wrong stands at its fields as well; what is an error there
/// already is not said again.
fn checklist(
    req: &HttpRequest,
    scene: &Scene,
    shown: &Shown<'_>,
    problems: &mut Problems,
) -> Result<Option<ChecklistView>, AppError> {
    if scene.guild.is_without_bot() {
        return Ok(None);
    }
    let reading = reading::judged(scene, shown.form)?;
    let mut items = scene.looked_at(&reading.value, &reading.problems);
    items.retain(|item| !problems.errors().any(|error| error.path == item.path && error.message == item.message));
    checklist::at_fields(&items, problems);
    let around = Checking {
        table: scene.module.table(),
        words: &scene.words,
        typed: reading.value != scene.stored().body,
        // Where the page itself says something else, its form is sent for it.
        posted: req.method() != Method::GET || shown.status != StatusCode::OK,
        at: scene.guild.fetched_at,
        // A form that cannot be changed is not sent.
        again: scene.admitted.rights.edits(scene.module.key.as_str()).then(|| format!("{}/checklist", scene.action())),
        invite_href: scene.admitted.rights.manages().then(|| format!("/guilds/{}/invite", scene.admitted.guild)),
        asked: shown.asked,
    };
    Ok(Some(ChecklistView::new(&items, around)))
}

fn sections(view: &FormView<'_>, tests: Tests) -> Vec<SectionView> {
    let mut sections = view.sections();
    for control in sections.iter_mut().flat_map(|section| &mut section.controls) {
        if let ControlKind::Template(template) = &mut control.kind {
            template.tests = tests;
        }
    }
    sections
}
