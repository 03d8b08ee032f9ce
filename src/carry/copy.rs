//! `…/settings/copy`: to another server that the person may manage too, with the same preview and without a file.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::allowance;
use crate::discord::Discord;
use crate::error::AppError;
use crate::guilds::access::{Access, Admitted};
use crate::guilds::guard::{Carry, Edit, GuildAccess, View};
use crate::guilds::picker::{self, BotServers};
use crate::guilds::rights::{Level, Scope};
use crate::keys::Keys;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::nav::CARRY;
use crate::settings::scene::{Scene, Settings};
use crate::web::form::FormData;
use crate::web::limits::Limits;
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::{Message, visible};
use crate::web::{WebConfig, flash, page};

use super::confirm::{self, Answer};
use super::pages::CopyPage;
use super::preview::Origin;
use super::{export, start};

/// What finds the servers to copy to.
#[derive(Clone)]
struct Servers {
    access: Data<Access>,
    discord: Data<Discord>,
    known: Data<BotServers>,
}

pub async fn choose(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
    (all, discord, known): (Data<Access>, Data<Discord>, Data<BotServers>),
) -> Result<HttpResponse, AppError> {
    let servers = Servers { access: all, discord, known };
    answer(&req, &app, access.admitted, &servers, StatusCode::OK, None).await
}

async fn answer(
    req: &HttpRequest,
    app: &Settings,
    admitted: Admitted,
    servers: &Servers,
    status: StatusCode,
    notice: Option<&'static str>,
) -> Result<HttpResponse, AppError> {
    let (there, _) = picker::servers(&admitted.person, &servers.access, &servers.discord, &servers.known).await?;
    let scene = Scene::read(req, app, admitted, ModuleKey::ALL[0]).await?;
    let guild = scene.admitted.guild;
    let back_href = format!("/guilds/{guild}/settings/import");
    let title = Title::from(Message::new("title-copy")).wrong_if(notice.is_some());
    let others = there.iter().filter(|server| server.id != guild && server.manageable());
    let action = format!("/guilds/{guild}/settings/copy");
    let page = CopyPage {
        shell: scene.shell_at(req, title, CARRY),
        guild_name: scene.admitted.guild_name().to_owned(),
        looks: scene.admitted.only_looks(Level::Edit, Scope::Server, &action),
        action,
        back_href,
        targets: others.map(|server| (server.id.to_string(), visible(&server.name).into_owned())).collect(),
        modules: start::modules(app, &scene.words),
        csrf_token: page::csrf_token(req),
        notice: notice.map(|key| scene.words.t(key)),
    };
    page::render(req, status, &page)
}

pub async fn copy(
    req: HttpRequest,
    post: Submitted<GuildAccess<Carry>>,
    app: Data<Settings>,
    limits: Data<Limits>,
    (config, keys): (Data<WebConfig>, Data<Keys>),
    (all, discord, known): (Data<Access>, Data<Discord>, Data<BotServers>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let source = guard.admitted;
    let servers = Servers { access: all, discord, known };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let wanted = form.text("target").unwrap_or_default().to_owned();
    if wanted.is_empty() || wanted == source.guild.to_string() {
        return answer(&req, &app, source, &servers, refused, Some("copy-choose-server")).await;
    }
    // Whatever the form says, it names a server only by the guard, each time anew.
    let target = GuildAccess::<Edit>::named(&req, &wanted).await.map(|access| access.admitted);
    let target = match target {
        Ok(target) => target,
        Err(error) => return Err(error.keeping_for_later(&req, form)),
    };
    let origin = Origin::Server { id: source.guild, name: source.guild_name().to_owned() };
    if form.text("transfer").is_none() {
        let modules = chosen(&app, &form);
        if modules.is_empty() {
            return answer(&req, &app, source, &servers, refused, Some("carry-choose-module")).await;
        }
        allowance::take(&app.db, &app.clock, &limits, source.person.id).await?;
        let scene = Scene::read(&req, &app, source, ModuleKey::ALL[0]).await?;
        return confirm::begin(&req, &app, target, export::of(&scene, &modules)?, &origin).await;
    }
    let to = format!("/guilds/{}", target.guild);
    match confirm::go_on(&req, &app, target, &form, &origin).await {
        Ok(Answer::Page(page)) => Ok(page),
        Ok(Answer::Overview(flash)) => Ok(flash::redirect(&config, &keys, &to, Some(&flash))),
        Ok(Answer::Gone) => answer(&req, &app, source, &servers, refused, Some("carry-gone")).await,
        Err(error) => Err(error.keeping_for_later(&req, form)),
    }
}

fn chosen(app: &Settings, form: &FormData) -> Vec<&'static Module> {
    app.modules.iter().filter(|module| form.all("module").any(|name| name == module.key.as_str())).collect()
}
