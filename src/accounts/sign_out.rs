//! `POST /logout`: ends this session. While the person has others the tokens stay: revoking one at Discord would end
//! those of their other devices too.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::Data;

use super::{Accounts, Person};
use crate::error::AppError;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

pub async fn logout(
    post: Submitted<Person>,
    session: Session,
    accounts: Data<Accounts>,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    leave(&post.guard, &session, &accounts, &config).await
}

/// Ends the session that asks, and says so on the landing page.
pub(super) async fn leave(
    person: &Person,
    session: &Session,
    accounts: &Accounts,
    config: &WebConfig,
) -> Result<HttpResponse, AppError> {
    // Here, not by the purge alone: the store's trouble would be an empty 500.
    accounts.end_one(person.id, person.session).await?;
    accounts.take_back_after_last(person.id).await;
    let flash = Flash { tone: Tone::Good, message: Message::new("signed-out") };
    Ok(gone(session, accounts, config, &flash))
}

/// To the landing page, with nothing left in the browser: the session has ended before.
pub(super) fn gone(session: &Session, accounts: &Accounts, config: &WebConfig, flash: &Flash) -> HttpResponse {
    session.purge();
    let mut response = flash::redirect(config, &accounts.keys, "/", Some(flash));
    // Not cookies: the flash is one.
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), clear);
    response
}
