//! `…/tickets/{tid}/closing`: a page that says what happens, and the command to the bot.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, json};

use crate::accounts::drafts::{self, DraftOf};
use crate::commands::{Commands, Issued, Kind, NewCommand};
use crate::db::{Conn, DbError};
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, AskAct, GuildAccess, OwnPage};
use crate::ids::Snowflake;
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page, refused};

use super::id::{id_of, segment};
use super::pages::ClosingPage;
use super::rows::{self, Row};
use super::{PLACE, ratings, telling, told};

/// Letters of a reason.
const LONGEST: usize = 500;

/// A ticket that is to be closed.
struct Scene {
    place: ServerPage,
    row: Row,
    stored: HashMap<ModuleKey, Stored>,
}

/// What the page shows besides the reason.
#[derive(Default)]
struct Shown {
    status: StatusCode,
    wrong: Option<Message>,
    /// The reason was typed before they signed in again.
    drafted: bool,
}

/// What became of it.
enum Outcome {
    Given(Box<Issued>),
    /// The bot was told already, and may still do it.
    UnderWay,
    /// It was closed meanwhile.
    Closed,
}

impl Scene {
    async fn read(req: &HttpRequest, app: &Settings, place: ServerPage) -> Result<Self, AppError> {
        let (id, guild, modules) = (id_of(req)?, place.admitted.guild, app.modules);
        let read = app.db.run(move |conn| {
            let Some(row) = rows::find(conn, guild, &id)? else { return Ok(None) };
            Ok::<_, DbError>(Some((row, store::load(conn, guild, modules)?)))
        });
        let (row, stored) = read.await?.ok_or(Trouble::NotFound)?;
        Ok(Self { place, row, stored })
    }

    fn needs_reason(&self) -> bool {
        ratings::settings(&self.stored).close_needs_reason
    }

    fn address(&self) -> String {
        self.place.href(&format!("/tickets/{}", segment(&self.row.id)))
    }

    /// What is wrong with a reason.
    fn check(&self, reason: &str) -> Option<Message> {
        let typed = reason.chars().count();
        if typed == 0 && self.needs_reason() {
            return Some(Message::new("closing-reason-missing"));
        }
        if typed > LONGEST {
            return Some(Message::new("closing-reason-long").number("max", LONGEST).number("typed", typed));
        }
        let strange = reason.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
        strange.then(|| Message::new("closing-reason-strange"))
    }

    fn answer(
        &self,
        req: &HttpRequest,
        reason: &str,
        Shown { status, wrong, drafted }: Shown,
    ) -> Result<HttpResponse, AppError> {
        let words = &self.place.words;
        let name = telling::name(&self.row);
        let title = Title::from(Message::new("title-closing").text("ticket", words.say(&name)));
        let title = title.below(name, self.address()).wrong_if(wrong.is_some());
        refused::note(req, wrong.iter().map(|_| "reason"));
        let page = ClosingPage {
            shell: self.place.shell(req, title, PLACE, &self.stored),
            guild_name: self.place.admitted.guild_name().to_owned(),
            name: telling::label(words, &self.row),
            opener: telling::opener(words, &self.row),
            closed: self.row.is_closed(),
            ended: telling::closed(words, &self.row),
            action: format!("{}/closing", self.address()),
            back_href: self.address(),
            reason: reason.to_owned(),
            required: self.needs_reason(),
            longest: LONGEST,
            wrong: wrong.map(|message| words.say(&message)),
            csrf_token: page::csrf_token(req),
            notice: drafted.then(|| words.t("notice-draft-unsent")),
        };
        page::render(req, status, &page)
    }

    fn command(&self, reason: &str) -> NewCommand {
        let mut fields = Map::from_iter([("ticketId".to_owned(), json!(self.row.id))]);
        if !reason.is_empty() {
            fields.insert("reason".to_owned(), json!(reason));
        }
        NewCommand {
            kind: Kind::TicketClose,
            module: ModuleKey::Tickets,
            about: self.row.id.clone(),
            label: telling::label(&self.place.words, &self.row),
            channel: self.row.channel_id.and_then(Snowflake::id),
            fields,
            repeats: None,
        }
    }
}

pub async fn ask_closing(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Tickets>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let (person, guild) = (access.admitted.person.clone(), access.admitted.guild);
    let scene = Scene::read(&req, &app, ServerPage::new(&req, &app, access.admitted)).await?;
    let draft = drafts::asked_for(&req, &person, guild).await?;
    let shown = Shown { drafted: draft.is_some(), ..Shown::default() };
    scene.answer(&req, draft.as_ref().and_then(|draft| draft.text("reason")).unwrap_or_default(), shown)
}

pub async fn close(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Tickets>>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    web: (Data<WebConfig>, Data<Keys>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let place = ServerPage::new(&req, &app, guard.admitted);
    let answer = give(&req, &app, &commands, &web, place, &form).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn give(
    req: &HttpRequest,
    app: &Settings,
    commands: &Commands,
    (config, keys): &(Data<WebConfig>, Data<Keys>),
    place: ServerPage,
    form: &FormData,
) -> Result<HttpResponse, AppError> {
    let mut scene = Scene::read(req, app, place).await?;
    let reason = form.text("reason").unwrap_or_default().trim().to_owned();
    if scene.row.is_closed() {
        return scene.answer(req, &reason, Shown { status: StatusCode::CONFLICT, ..Shown::default() });
    }
    if let Some(wrong) = scene.check(&reason) {
        let shown = Shown { status: StatusCode::UNPROCESSABLE_ENTITY, wrong: Some(wrong), drafted: false };
        return scene.answer(req, &reason, shown);
    }
    let command = scene.command(&reason);
    let (guild, by, now) = (scene.place.admitted.guild, scene.place.admitted.person.clone(), scene.place.now);
    let draft = DraftOf::here(req, &by, guild)?;
    let given = app.db.write(move |conn: &mut Conn| {
        if rows::find(conn, guild, &command.about)?.is_none_or(|row| row.is_closed()) {
            return Ok(Outcome::Closed);
        }
        if told::is_under_way(conn, guild, command.kind, &command.about, now)? {
            return Ok(Outcome::UnderWay);
        }
        drafts::discard(conn, &draft)?;
        Ok::<_, AppError>(Outcome::Given(Box::new(command.write(conn, guild, &by, now)?)))
    });
    let flash = match given.await? {
        Outcome::Given(issued) => commands.hand_over(*issued).await.flash(&scene.place.words),
        Outcome::UnderWay => Flash { tone: Tone::Note, message: Message::new("flash-closing-under-way") },
        Outcome::Closed => {
            scene = Scene::read(req, app, scene.place).await?;
            return scene.answer(req, &reason, Shown { status: StatusCode::CONFLICT, ..Shown::default() });
        }
    };
    Ok(flash::redirect(config, keys, &scene.address(), Some(&flash)))
}
