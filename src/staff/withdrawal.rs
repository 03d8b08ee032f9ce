//! `…/staff/{grant_id}/withdrawal`: what was given is taken back, after a page that says so.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Admitted;
use crate::guilds::grants::Grant;
use crate::guilds::guard::{AskEdit, Edit, GuildAccess};
use crate::ids::GuildId;
use crate::keys::Keys;
use crate::server_page::ServerPage;
use crate::settings::scene::Settings;
use crate::settings::store as settings;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page};

use super::SUBJECT;
use super::giving::tell;
use super::line::what;
use super::list::absent;
use super::pages::WithdrawalPage;
use super::store;

/// The grant an address names, as far as it is this server's.
async fn find(req: &HttpRequest, app: &Settings, guild: GuildId) -> Result<Grant, AppError> {
    let id = req.match_info().get("grant_id").unwrap_or_default().to_owned();
    let grant = app.db.run(move |conn| store::find(conn, guild, &id)).await?;
    grant.ok_or_else(|| Trouble::NotFound.into())
}

pub async fn ask(
    req: HttpRequest,
    access: GuildAccess<AskEdit>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (access.admitted.guild, app.modules);
    let grant = find(&req, &app, guild).await?;
    let stored = app.db.run(move |conn| settings::load(conn, guild, modules)).await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let page = WithdrawalPage {
        shell: place.shell(&req, Message::new("title-staff-withdrawal"), SUBJECT, &stored),
        guild_name: place.admitted.guild_name().to_owned(),
        what: what(&grant, &place.words),
        action: place.href(&format!("/staff/{}/withdrawal", grant.id)),
        back_href: place.href("/staff"),
        csrf_token: page::csrf_token(&req),
        absent: absent(&place),
        name: grant.name,
    };
    page::render(&req, StatusCode::OK, &page)
}

pub async fn withdraw(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let to = format!("/guilds/{}/staff", guard.admitted.guild);
    let flash = take_back(&req, &app, guard.admitted).await.map_err(|error| error.keeping_for_later(&req, form))?;
    Ok(flash::redirect(&config, &keys, &to, Some(&flash)))
}

async fn take_back(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<Flash, AppError> {
    let (guild, by, now) = (admitted.guild, admitted.person.clone(), app.clock.now());
    let grant = find(req, app, guild).await?;
    let name = grant.name.clone();
    let gone = app.db.write(move |conn: &mut Conn| store::withdraw(conn, guild, &grant, &by, now)).await?;
    if !gone {
        return Ok(Flash { tone: Tone::Note, message: Message::new("flash-staff-gone").name("who", &name) });
    }
    tracing::info!(event = "staff_changed", user.id = %admitted.person.id, guild.id = %guild, "a grant was withdrawn");
    tell(app, guild);
    Ok(Flash { tone: Tone::Good, message: Message::new("flash-staff-withdrawn").name("who", &name) })
}
