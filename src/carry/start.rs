//! `GET …/settings/import`: where exporting, importing and copying begin.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::access::{Admitted, Place};
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::rights::{Level, Scope};
use crate::settings::module::ModuleKey;
use crate::settings::nav::CARRY;
use crate::settings::scene::{Scene, Settings};
use crate::web::title::Title;
use crate::web::words::Words;
use crate::web::{page, refused};

use super::pages::{FlawLine, ModuleName, StartPage};
use super::shape::Flaw;

/// More flaws than this are only counted.
const FLAWS: usize = 50;

pub async fn offer(req: HttpRequest, access: GuildAccess<View>, app: Data<Settings>) -> Result<HttpResponse, AppError> {
    answer(&req, &app, access.admitted, StatusCode::OK, None, &[]).await
}

/// The page again, with what was wrong.
///
/// # Errors
/// As the database answers.
pub(super) async fn answer(
    req: &HttpRequest,
    app: &Settings,
    admitted: Admitted,
    status: StatusCode,
    notice: Option<&'static str>,
    flaws: &[Flaw],
) -> Result<HttpResponse, AppError> {
    let scene = Scene::read(req, app, admitted, ModuleKey::ALL[0]).await?;
    let is_wrong = !flaws.is_empty() || notice.is_some();
    // Names in a file are whatever somebody wrote.
    refused::note(req, flaws.iter().map(|_| "file"));
    let title = Title::of_the_place().wrong_if(is_wrong);
    let at = |what: &str| format!("/guilds/{}/settings/{what}", scene.admitted.guild);
    let line = |flaw: &Flaw| FlawLine {
        place: flaw.place.clone(),
        text: scene.words.say(&flaw.message),
        value: flaw.value.clone(),
    };
    let page = StartPage {
        shell: scene.shell_at(req, title, CARRY),
        guild_name: scene.admitted.guild_name().to_owned(),
        export_href: at("export"),
        import_action: at("import"),
        copy_href: at("copy"),
        modules: modules(app, &scene.words),
        csrf_token: page::csrf_token(req),
        looks: scene.admitted.only_looks(Level::Edit, Scope::Server, &at("import")),
        read_only: matches!(scene.admitted.place, Place::Without(_)),
        notice: notice.map(|key| scene.words.t(key)),
        flaws: flaws.iter().take(FLAWS).map(line).collect(),
        more_flaws: flaws.len().saturating_sub(FLAWS),
    };
    page::render(req, status, &page)
}

pub(super) fn modules(app: &Settings, words: &Words) -> Vec<ModuleName> {
    let name = |key: &'static str| ModuleName { key, name: words.t(&format!("{key}-name")) };
    app.modules.iter().map(|module| name(module.key.as_str())).collect()
}
