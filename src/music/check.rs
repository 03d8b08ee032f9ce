//! What a save would say at the fields of a playlist's form, for a script.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::Data;

use super::editor::Editor;
use super::hosts::MusicHosts;
use super::reading;
use super::table::TABLE;
use crate::error::AppError;
use crate::guilds::guard::{Check, GuildAccess};
use crate::modules::Music;
use crate::settings::check;
use crate::settings::scene::{In, Settings};
use crate::web::submitted::Submitted;

pub async fn check(
    req: HttpRequest,
    post: Submitted<GuildAccess<Check, In<Music>>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let editor = Editor::read_any(&req, &app, guard.admitted).await?;
    reading::prepare(&mut form);
    let stored = editor.row.as_ref().filter(|row| !row.deleted).map(|row| &row.playlist);
    let reading = reading::read(&form, &hosts, stored)?;
    check::answer(&req, TABLE, reading.problems, &editor.place.words)
}
