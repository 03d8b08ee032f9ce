//! `GET …/settings/export`: the settings of a server, all modules or those of `?module=…`, as one file.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::allowance;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::settings::module::{Module, ModuleKey};
use crate::settings::scene::{Scene, Settings};
use crate::web::limits::Limits;
use crate::web::words::Message;

use super::document::{Document, Part};

pub async fn export(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
    limits: Data<Limits>,
) -> Result<HttpResponse, AppError> {
    let chosen = chosen(&req, &app)?;
    let admitted = access.admitted;
    allowance::take(&app.db, &app.clock, &limits, admitted.person.id).await?;
    let scene = Scene::read(&req, &app, admitted, ModuleKey::ALL[0]).await?;
    let text = of(&scene, &chosen)?.write().map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
    let guild = scene.admitted.guild;
    tracing::info!(event = "export", user.id = %scene.admitted.person.id, guild.id = %guild, modules = chosen.len(), "settings exported");
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"guildhall-{guild}.json\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

/// What is set for these modules, with the names that this person may see.
///
/// # Errors
/// As [`Scene::about`].
pub(super) fn of(scene: &Scene, modules: &[&'static Module]) -> Result<Document, DbError> {
    let part = |module: &&'static Module| {
        let settings = scene.about(module)?.stored().body.clone();
        Ok::<_, DbError>(Part { module, settings })
    };
    Ok(Document::of(&scene.judge(), modules.iter().map(part).collect::<Result<_, _>>()?))
}

/// The modules that the address names; none: all of them.
fn chosen(req: &HttpRequest, app: &Settings) -> Result<Vec<&'static Module>, AppError> {
    let pairs = form_urlencoded::parse(req.query_string().as_bytes());
    let names: Vec<_> = pairs.filter(|(name, _)| name == "module").map(|(_, value)| value).collect();
    if let Some(unknown) = names.iter().find(|name| ModuleKey::parse(name).is_none()) {
        let message = Message::new("carry-no-such-module").name("module", super::shape::shortened(unknown));
        return Err(Trouble::Unreadable(message).into());
    }
    let named = |module: &&Module| names.is_empty() || names.iter().any(|name| *name == module.key.as_str());
    Ok(app.modules.iter().filter(named).collect())
}
