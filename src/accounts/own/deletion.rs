//! `/account/deletion`: a person's account goes, after a page that asks. What is a server's stays, without their name.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::accounts::{Accounts, Person, TakenBack, sign_out};
use crate::clock::Clock;
use crate::erasure::person::{forget_account, neutral_id, unname};
use crate::error::AppError;
use crate::web::limits::{Limits, Rate};
use crate::web::shell::{Flash, Shell, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::{Message, filters};
use crate::web::{WebConfig, page};

#[derive(Template)]
#[template(path = "accounts/deletion.html")]
struct DeletionPage {
    shell: Shell,
    csrf_token: String,
}

pub async fn ask_to_delete(req: HttpRequest, _person: Person) -> Result<HttpResponse, AppError> {
    let shell = page::shell(&req, page::words(&req).t("title-deletion"));
    page::render(&req, StatusCode::OK, &DeletionPage { shell, csrf_token: page::csrf_token(&req) })
}

pub async fn delete(
    req: HttpRequest,
    post: Submitted<Person>,
    session: Session,
    accounts: Data<Accounts>,
    (config, limits, clock): (Data<WebConfig>, Data<Limits>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard: person, form } = post;
    limits.check(Rate::Writes, person.id, None)?;
    let (user, now) = (person.id, clock.now());
    let taken = accounts.disconnect_and(user, move |conn| {
        forget_account(conn, user)?;
        unname(conn, user, neutral_id(), now)?;
        Ok(())
    });
    let taken = taken.await.map_err(|error| AppError::from(error).keeping_for_later(&req, form))?;
    tracing::info!(event = "account_deleted", user.id = user.get(), "somebody deleted their account");
    let flash = match taken {
        TakenBack::Confirmed => Flash { tone: Tone::Good, message: Message::new("flash-account-deleted") },
        TakenBack::Unconfirmed => {
            Flash { tone: Tone::Warning, message: Message::new("flash-account-deleted-unconfirmed") }
        }
    };
    Ok(sign_out::gone(&session, &accounts, &config, &flash))
}
