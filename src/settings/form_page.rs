//! Making the page of a module's form, whatever it shows: stored values, typed ones, a preview, a draft.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::access::Place;
use crate::guilds::pages::BotAbsent;
use crate::settings::pages::FormPage;
use crate::settings::preview::MessagePreview;
use crate::settings::problems::Problems;
use crate::settings::save::restored_by;
use crate::settings::scene::Scene;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::page;
use crate::web::shell::Tone;

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
}

/// # Errors
/// A template that cannot be rendered.
pub fn answer(req: &HttpRequest, scene: &Scene, shown: Shown<'_>) -> Result<HttpResponse, AppError> {
    let judge = scene.judge();
    let view = FormView {
        table: scene.module.table(),
        form: shown.form,
        problems: shown.problems,
        judge: &judge,
        words: &scene.words,
        previews: shown.previews,
        changed_list: shown.changed_list.as_deref(),
    };
    let summary = view.summary();
    let mut shell = page::shell(req, "");
    let saved = shell.flash.as_ref().is_some_and(|flash| flash.tone == Tone::Good);
    let title = match (summary.is_empty(), saved) {
        (false, _) => "title-form-errors",
        (true, true) => "title-form-saved",
        (true, false) => "title-form",
    };
    shell.title = scene.title(title);
    shell.guild = Some(scene.nav());
    let key = scene.module.key.as_str();
    let page = FormPage {
        shell,
        guild_name: scene.admitted.guild_name().to_owned(),
        module_name: scene.module_name(),
        module_key: key,
        purpose: scene.words.t(&format!("{key}-purpose")),
        action: scene.action(),
        restores: restored_by(shown.form).map(|id| id.to_string()),
        reset_href: format!("{}/reset", scene.action()),
        revision: shown.revision,
        schema: scene.module.schema,
        csrf_token: page::csrf_token(req),
        warnings: view.warnings(),
        sections: view.sections(),
        summary,
        notice: shown.notice,
        absent: matches!(scene.admitted.place, Place::Without(_))
            .then(|| BotAbsent { kept_until: None, invite_href: format!("/guilds/{}/invite", scene.admitted.guild) }),
        defaults: scene.stored().is_default,
        last_change: scene.last_change(),
    };
    page::render(req, shown.status, &page)
}
