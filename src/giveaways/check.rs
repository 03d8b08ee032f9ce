//! What a save would say at the fields of a giveaway's form, for a script.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::guard::{Check, GuildAccess};
use crate::modules::Giveaway;
use crate::settings::check;
use crate::settings::scene::{In, Settings};
use crate::web::submitted::Submitted;

use super::edit::table_of;
use super::form::Room;
use super::plan;
use super::rows::Row;
use super::table::NEW;

/// Of a new one, or of the one in the address.
pub async fn check(
    req: HttpRequest,
    post: Submitted<GuildAccess<Check, In<Giveaway>>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let room = Room::enter(&req, &app, guard.admitted).await?;
    let table = room.row.as_ref().map_or(Some(NEW), table_of);
    // What is over cannot be changed, which its page says.
    let Some(table) = table else { return check::answer(&req, NEW, Default::default(), &room.place.words) };
    plan::prepare(table, &mut form);
    let plan = room.read_once(table, &form, room.row.as_ref().map(Row::stored).as_ref())?;
    check::answer(&req, table, plan.problems, &room.place.words)
}
