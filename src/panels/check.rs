//! What a save would say at the fields of a panel's page, or of a category's, for a script. The draft stays as it is.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::category::place_of;
use super::editor::{Answer, Editor};
use super::reading;
use super::table::{CATEGORY, WHOLE};
use crate::guilds::guard::{Check, GuildAccess};
use crate::modules::Tickets;
use crate::settings::check;
use crate::settings::scene::{In, Settings};
use crate::web::submitted::Submitted;

pub async fn check(req: HttpRequest, post: Submitted<GuildAccess<Check, In<Tickets>>>, app: Data<Settings>) -> Answer {
    let Submitted { guard, form } = post;
    let mut editor = Editor::read(&req, &app, guard.admitted).await?;
    editor.take(&form);
    let reading = editor.reading()?;
    check::answer(&req, WHOLE, reading.problems, &editor.place.words)
}

pub async fn check_category(
    req: HttpRequest,
    post: Submitted<GuildAccess<Check, In<Tickets>>>,
    app: Data<Settings>,
) -> Answer {
    let Submitted { guard, mut form } = post;
    let editor = Editor::read(&req, &app, guard.admitted).await?;
    let id = editor.id_of(place_of(&req)?, &form)?;
    reading::prepare(CATEGORY, &editor.place.guild, &mut form);
    let reading = editor.read_category(&form, &id)?;
    check::answer(&req, CATEGORY, reading.problems, &editor.place.words)
}
