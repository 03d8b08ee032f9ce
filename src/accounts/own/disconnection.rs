//! `/account/disconnection`: takes the access to Discord back that a person gave by signing in, after a page that asks.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::accounts::{Accounts, Person, TakenBack, sign_out};
use crate::error::AppError;
use crate::web::limits::{Limits, Rate};
use crate::web::shell::{Flash, Shell, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::{Message, filters};
use crate::web::{WebConfig, page};

#[derive(Template)]
#[template(path = "accounts/disconnection.html")]
struct DisconnectionPage {
    shell: Shell,
    csrf_token: String,
}

pub async fn ask_to_disconnect(req: HttpRequest, _person: Person) -> Result<HttpResponse, AppError> {
    let shell = page::shell(&req, page::words(&req).t("title-disconnection"));
    page::render(&req, StatusCode::OK, &DisconnectionPage { shell, csrf_token: page::csrf_token(&req) })
}

pub async fn disconnect(
    req: HttpRequest,
    post: Submitted<Person>,
    session: Session,
    accounts: Data<Accounts>,
    (config, limits): (Data<WebConfig>, Data<Limits>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard: person, form } = post;
    limits.check(Rate::Writes, person.id, None)?;
    let taken = accounts.disconnect(person.id).await;
    let taken = taken.map_err(|error| AppError::from(error).keeping_for_later(&req, form))?;
    let flash = match taken {
        TakenBack::Confirmed => Flash { tone: Tone::Good, message: Message::new("flash-disconnected") },
        TakenBack::Unconfirmed => {
            Flash { tone: Tone::Warning, message: Message::new("flash-disconnected-unconfirmed") }
        }
    };
    Ok(sign_out::gone(&session, &accounts, &config, &flash))
}
