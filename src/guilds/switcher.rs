//! The list of servers as it opens over a page of one: a part of a page, asked for once it is opened. Without a script
//! the way to `/guilds` stands there instead.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::accounts::Person;
use crate::db::Db;
use crate::discord::Discord;
use crate::error::AppError;
use crate::guilds::access::Access;
use crate::guilds::pages::GuildCard;
use crate::guilds::picker::{self, BotServers};
use crate::guilds::pins::{Marks, Wish};
use crate::web::page;
use crate::web::words::{Message, filters};

/// What a script asks `/guilds` for.
pub const PART: &str = "switcher";

#[derive(Template)]
#[template(path = "guilds/switcher.html")]
struct Switcher {
    csrf_token: String,
    /// What was asked for comes back with a pin.
    module: String,
    here: String,
    with_bot: Vec<GuildCard>,
    invitable: Vec<GuildCard>,
    /// Why nothing was pinned.
    notice: Option<Message>,
}

/// # Errors
/// As Discord and the database answer.
pub async fn answer(
    req: &HttpRequest,
    person: &Person,
    (access, discord, known): (&Access, &Discord, &BotServers),
    db: &Db,
    wish: &Wish,
    notice: Option<Message>,
) -> Result<HttpResponse, AppError> {
    let (with, without) = picker::servers(person, access, discord, known).await?;
    let id = person.id;
    let marks = db.run(move |conn| Marks::read(conn, id)).await?;
    let part = Switcher {
        csrf_token: page::csrf_token(req),
        module: wish.module.clone().unwrap_or_default(),
        here: wish.here.map(|id| id.to_string()).unwrap_or_default(),
        with_bot: picker::cards(&with, &marks, wish, &wish.tail()),
        invitable: picker::cards(&without, &marks, wish, ""),
        notice,
    };
    page::render_without_flash(req, StatusCode::OK, &part)
}
