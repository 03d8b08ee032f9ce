//! The pages that ask before something is deleted, removed or dropped. Each names the server and what comes of it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::editor::{Answer, Editor};
use super::pages::ConfirmPage;
use crate::error::Trouble;
use crate::guilds::guard::{AskAct, AskEdit, GuildAccess};
use crate::modules::Tickets;
use crate::settings::scene::{In, Settings};
use crate::web::page;
use crate::web::title::Title;
use crate::web::words::Message;

/// What is asked: the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Delete,
    TakeDown,
    Discard,
}

impl Question {
    fn address(self) -> &'static str {
        match self {
            Self::Delete => "deletion",
            Self::TakeDown => "removal",
            Self::Discard => "discarding",
        }
    }
}

pub async fn ask_to_delete(req: HttpRequest, access: GuildAccess<AskAct, In<Tickets>>, app: Data<Settings>) -> Answer {
    let editor = Editor::read(&req, &app, access.admitted).await?;
    editor.ask(&req, Question::Delete)
}

pub async fn ask_to_remove(req: HttpRequest, access: GuildAccess<AskAct, In<Tickets>>, app: Data<Settings>) -> Answer {
    let editor = Editor::read(&req, &app, access.admitted).await?;
    editor.ask(&req, Question::TakeDown)
}

pub async fn ask_to_discard(
    req: HttpRequest,
    access: GuildAccess<AskEdit, In<Tickets>>,
    app: Data<Settings>,
) -> Answer {
    let editor = Editor::read(&req, &app, access.admitted).await?;
    editor.ask(&req, Question::Discard)
}

impl Editor {
    fn ask(&self, req: &HttpRequest, question: Question) -> Answer {
        // What is not saved can only be dropped.
        if self.row.is_none() && question != Question::Discard {
            return Err(Trouble::NotFound.into());
        }
        if self.place.guild.is_without_bot() {
            return Err(Trouble::BotAbsent.into());
        }
        let posted = self.row.as_ref().and_then(|row| super::list::posted(&self.place, row));
        let key = question.address();
        let say = |part: &str| {
            Message::new(format!("panel-{key}-{part}"))
                .name("panel", self.name())
                .name("server", self.place.admitted.guild_name())
        };
        let besides = posted.filter(|_| question == Question::Delete);
        let page = ConfirmPage {
            shell: self.shell(req, Title::from(say("title")).below(self.title(), self.address())),
            title: say("title"),
            lead: say("lead"),
            besides: besides.map(|posted| say("besides").name("channel", posted.channel)),
            act: say("do"),
            keep: say("keep"),
            action: format!("{}/{key}", self.address()),
            back_href: self.address(),
            revision: self.row.as_ref().map_or(0, |row| row.revision),
            csrf_token: page::csrf_token(req),
        };
        page::render(req, StatusCode::OK, &page)
    }
}
