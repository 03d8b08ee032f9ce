//! `POST /language`: this browser is to keep a language. For those who are not signed in; what somebody has chosen in
//! their preferences counts more.

use actix_web::http::header;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::return_to;
use crate::error::{AppError, Trouble};
use crate::web::language::Language;
use crate::web::words::Message;
use crate::web::{WebConfig, csrf, language_choice, submitted};

pub async fn choose_language(
    req: HttpRequest,
    payload: Payload,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    // Without a session there is no token; a form of another site's is known by what browsers say.
    if !csrf::is_same_origin(&req, &config.public_url) {
        tracing::warn!(event = "csrf_refused", same_origin = false, "a choice of language was refused");
        return Err(AppError::new(Trouble::FormRefused, "a language, from elsewhere"));
    }
    let form = submitted::of_anybody(&req, payload.into_inner()).await?;
    let chosen = form.text("language").and_then(Language::parse);
    let offered = language_choice::offered(&req);
    let chosen = chosen.filter(|language| offered.contains(language));
    let chosen = chosen.ok_or_else(|| Trouble::Unreadable(Message::new("language-unknown")))?;
    let wish = form.text("return_to");
    let there = wish.and_then(|wish| return_to::page(&config.public_url, wish)).unwrap_or_else(|| "/".to_owned());
    let mut response = HttpResponse::SeeOther().insert_header((header::LOCATION, there)).finish();
    language_choice::keep(&mut response, &config, Some(chosen));
    Ok(response)
}
