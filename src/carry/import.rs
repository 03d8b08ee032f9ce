//! `POST …/settings/import`: a file, then the yes to its preview.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::allowance;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Carry, GuildAccess};
use crate::keys::Keys;
use crate::settings::scene::Settings;
use crate::web::form::FormData;
use crate::web::limits::Limits;
use crate::web::submitted::Submitted;
use crate::web::{WebConfig, flash};

use super::confirm::{self, Answer};
use super::document::Document;
use super::preview::Origin;
use super::start;

pub async fn import(
    req: HttpRequest,
    post: Submitted<GuildAccess<Carry>>,
    app: Data<Settings>,
    limits: Data<Limits>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let admitted = guard.admitted;
    if form.text("transfer").is_none() {
        return upload(&req, &app, &limits, admitted, &form).await;
    }
    let guild = admitted.guild;
    match confirm::go_on(&req, &app, admitted.clone(), &form, &Origin::File).await {
        Ok(Answer::Page(page)) => Ok(page),
        Ok(Answer::Overview(flash)) => Ok(flash::redirect(&config, &keys, &format!("/guilds/{guild}"), Some(&flash))),
        Ok(Answer::Gone) => {
            start::answer(&req, &app, admitted, StatusCode::UNPROCESSABLE_ENTITY, Some("carry-gone"), &[]).await
        }
        Err(error) => Err(error.keeping_for_later(&req, form)),
    }
}

async fn upload(
    req: &HttpRequest,
    app: &Settings,
    limits: &Limits,
    admitted: Admitted,
    form: &FormData,
) -> Result<HttpResponse, AppError> {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let file = form.text("file").unwrap_or_default();
    if file.trim().is_empty() {
        return start::answer(req, app, admitted, refused, Some("carry-no-file"), &[]).await;
    }
    allowance::take(&app.db, &app.clock, limits, admitted.person.id).await?;
    match Document::read(file, app.modules) {
        Ok(document) => confirm::begin(req, app, admitted, document, &Origin::File).await,
        Err(flaws) => {
            tracing::info!(user.id = %admitted.person.id, guild.id = %admitted.guild, flaws = flaws.len(), "a file was refused");
            start::answer(req, app, admitted, refused, None, &flaws).await
        }
    }
}
