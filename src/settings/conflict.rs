//! Somebody else has saved since the form was opened: both sides, field by field, and nothing overwritten.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::error::AppError;
use crate::settings::describe::Describe;
use crate::settings::names;
use crate::settings::pages::ConflictPage;
use crate::settings::scene::Scene;
use crate::settings::store::Stored;
use crate::web::form::FormData;
use crate::web::page;

/// `action` is where the form was posted, and may be posted again.
///
/// # Errors
/// A template that cannot be rendered.
pub fn answer(
    req: &HttpRequest,
    scene: &Scene,
    stored: &Stored,
    typed: &Value,
    form: FormData,
    action: String,
) -> Result<HttpResponse, AppError> {
    let names = names::for_person(&scene.judge(), &scene.words, &[&stored.body, typed]);
    let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
    let mut shell = page::shell(req, scene.title("title-conflict"));
    shell.guild = Some(scene.nav());
    let page = ConflictPage {
        shell,
        guild_name: scene.admitted.guild_name().to_owned(),
        module_name: scene.module_name(),
        theirs: scene.last_change(),
        rows: describe.differences(&stored.body, typed),
        action,
        back_href: scene.action(),
        pairs: form.into_pairs(),
        revision: stored.revision,
        csrf_token: page::csrf_token(req),
    };
    page::render(req, StatusCode::CONFLICT, &page)
}
