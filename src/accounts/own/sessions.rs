//! `/account/sessions`: where a person is signed in, and ending one session or all others.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use uuid::Uuid;

use super::device::device;
use super::place::place;
use super::{OwnPage, pages};
use crate::accounts::{Accounts, Person, SessionInfo, sign_out};
use crate::changes::line::TimeText;
use crate::error::{AppError, Trouble};
use crate::web::limits::{Limits, Rate};
use crate::web::shell::{Flash, Shell, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::{Message, Words, filters};
use crate::web::{WebConfig, flash, page};

pub(super) const ADDRESS: &str = "/account/sessions";
/// In the place of a session's id: all but the one that asks.
const OTHERS: &str = "others";

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    shell: Shell,
    pages: Vec<OwnPage>,
    csrf_token: String,
    sessions: Vec<Line>,
}

/// A session as its line shows it.
struct Line {
    id: String,
    device: Message,
    place: Message,
    since: TimeText,
    seen: TimeText,
    this: bool,
}

impl Line {
    fn new(session: &SessionInfo, words: &Words, own: Uuid) -> Self {
        let time = |at| TimeText { exact: words.exact_time(at), text: words.time(at) };
        Self {
            id: session.id.to_string(),
            device: device(&session.user_agent),
            place: place(&session.network),
            since: time(session.created_at),
            seen: time(session.seen_at),
            this: session.id == own,
        }
    }
}

impl SessionsPage {
    fn others(&self) -> usize {
        self.sessions.iter().filter(|line| !line.this).count()
    }
}

pub async fn list(req: HttpRequest, person: Person, accounts: Data<Accounts>) -> Result<HttpResponse, AppError> {
    let words = page::words(&req);
    let mut sessions = accounts.sessions_of(person.id).await?;
    // This one first: that is where people look for themselves.
    sessions.sort_by_key(|session| session.id != person.session);
    let page = SessionsPage {
        shell: page::shell(&req, words.t("title-sessions")),
        pages: pages(ADDRESS),
        csrf_token: page::csrf_token(&req),
        sessions: sessions.iter().map(|session| Line::new(session, &words, person.session)).collect(),
    };
    page::render(&req, StatusCode::OK, &page)
}

#[derive(Template)]
#[template(path = "accounts/ending_others.html")]
struct EndingOthersPage {
    shell: Shell,
    csrf_token: String,
    others: usize,
}

pub async fn ask_to_end_others(
    req: HttpRequest,
    person: Person,
    accounts: Data<Accounts>,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    let sessions = accounts.sessions_of(person.id).await?;
    let others = sessions.iter().filter(|session| session.id != person.session).count();
    if others == 0 {
        return Ok(back(&accounts, &config, Tone::Note, Message::new("flash-sessions-no-others")));
    }
    let title = page::words(&req).t("title-sessions-others");
    let page = EndingOthersPage { shell: page::shell(&req, title), csrf_token: page::csrf_token(&req), others };
    page::render(&req, StatusCode::OK, &page)
}

/// `session` is the id of one, or `others`.
pub async fn end(
    req: HttpRequest,
    post: Submitted<Person>,
    session: Session,
    accounts: Data<Accounts>,
    (config, limits): (Data<WebConfig>, Data<Limits>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard: person, form } = post;
    limits.check(Rate::Writes, person.id, None)?;
    let unreadable = || AppError::from(Trouble::Unreadable(Message::new("request-unreadable")));
    let wanted = form.text("session").ok_or_else(unreadable)?.to_owned();
    if wanted == OTHERS {
        let ended =
            accounts.end_others(&person).await.map_err(|error| AppError::from(error).keeping_for_later(&req, form))?;
        return Ok(match ended {
            0 => back(&accounts, &config, Tone::Note, Message::new("flash-sessions-no-others")),
            ended => back(&accounts, &config, Tone::Good, Message::new("flash-sessions-ended").number("count", ended)),
        });
    }
    let id = Uuid::parse_str(&wanted).map_err(|_| unreadable())?;
    if id == person.session {
        return sign_out::leave(&person, &session, &accounts, &config).await;
    }
    let ended =
        accounts.end_one(person.id, id).await.map_err(|error| AppError::from(error).keeping_for_later(&req, form))?;
    // One that has ended by itself, or of somebody else: either way it is not there for this person.
    let key = if ended { "flash-session-ended" } else { "flash-session-gone" };
    let tone = if ended { Tone::Good } else { Tone::Note };
    Ok(back(&accounts, &config, tone, Message::new(key)))
}

fn back(accounts: &Accounts, config: &WebConfig, tone: Tone, message: Message) -> HttpResponse {
    flash::redirect(config, &accounts.keys, ADDRESS, Some(&Flash { tone, message }))
}
