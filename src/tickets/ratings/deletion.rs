//! `…/tickets/{tid}/rating/deletion`: a page that says what would be gone, and the deletion.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::commands::Commands;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, AskAct, GuildAccess};
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::tickets::id::{id_of, segment};
use crate::tickets::rows as ticket_rows;
use crate::tickets::{PLACE, telling};
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, page};

use super::filter::list_href;
use super::list::Telling;
use super::moderation::{Deed, perform};
use super::pages::DeletionPage;
use super::posting;
use super::rows;
use super::summary::staff_names;

pub async fn ask_deletion(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Tickets>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (id, guild, modules) = (id_of(&req)?, access.admitted.guild, app.modules);
    let read = app.db.run(move |conn| {
        let Some(rating) = rows::of_ticket(conn, guild, &id)? else { return Ok(None) };
        let ticket = ticket_rows::find(conn, guild, &id)?;
        Ok::<_, DbError>(Some((rating, ticket, rows::given(conn, guild)?, store::load(conn, guild, modules)?)))
    });
    let (rating, ticket, given, stored) = read.await?.ok_or(Trouble::NotFound)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let asked = form_urlencoded::parse(req.query_string().as_bytes()).find(|(name, _)| name == "view");
    let view = asked.map(|(_, view)| view.into_owned()).unwrap_or_default();
    let address = place.href(&format!("/tickets/{}", segment(&rating.ticket_id)));
    let tickets: HashMap<_, _> = ticket.into_iter().map(|row| (row.id.clone(), row)).collect();
    let names = staff_names(&given, &tickets);
    let tell = Telling { place: &place, names: &names, settings: posting::settings(&stored), view: &view };
    let row = tickets.get(&rating.ticket_id);
    let name = row.map_or_else(|| Message::new("rating-ticket-unknown"), telling::name);
    let title = Title::from(Message::new("title-rating-deletion").text("ticket", place.words.say(&name)));
    let title = title.below(Message::new("title-ratings"), place.href("/tickets/ratings"));
    let page = DeletionPage {
        shell: place.shell(&req, title, PLACE, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        line: tell.line(&rating, row, &HashMap::new()),
        action: format!("{address}/rating/deletion"),
        back_href: list_href(&place.href("/tickets/ratings"), &view),
        view,
        csrf_token: page::csrf_token(&req),
    };
    page::render(&req, StatusCode::OK, &page)
}

pub async fn delete(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    web: (Data<WebConfig>, Data<Keys>),
) -> Result<HttpResponse, AppError> {
    perform(&req, post, &app, &commands, &web, |_| Deed::Delete).await
}
