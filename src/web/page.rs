//! Answering with a page: the shell around it, the person's language, the headers of a page.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::error::{AppError, Trouble};
use crate::keys::Keys;
use crate::web::shell::{GuildNav, Owner, PersonBadge, Shell};
use crate::web::taste::Taste;
use crate::web::words::Words;
use crate::web::{WebConfig, csrf, flash, language_choice};

/// The person's language and zone.
pub fn words(req: &HttpRequest) -> Words {
    let words = Words::new(language_choice::language_of(req));
    match Taste::of(req).zone {
        Some(zone) => words.in_zone(zone),
        None => words,
    }
}

/// What surrounds a page for this request: person, server and flash as the guards left them in it.
pub fn shell(req: &HttpRequest, title: impl Into<String>) -> Shell {
    let keys = req.app_data::<Data<Keys>>();
    // Each borrow ends with its statement: reading a cookie below may have to write extensions.
    let owner = req.extensions().get::<csrf::FormOwner>().copied();
    let person = req.extensions().get::<PersonBadge>().cloned();
    let guild = req.extensions().get::<GuildNav>().cloned();
    Shell {
        words: words(req),
        languages: if person.is_none() { language_choice::form(req) } else { None },
        theme: Taste::of(req).theme,
        title: title.into(),
        share: None,
        person,
        owner: owner.map(Owner::of).unwrap_or_default(),
        guild,
        flash: keys.and_then(|keys| flash::read(req, keys)),
        csrf_token: owner.zip(keys).map(|(owner, keys)| csrf::token(keys, owner)).unwrap_or_default(),
        links: req.app_data::<Data<WebConfig>>().map(|config| config.links.clone()).unwrap_or_default(),
    }
}

/// The part of a page that a script asks for by name; None: the whole page.
pub fn part(req: &HttpRequest) -> Option<&str> {
    req.headers().get("x-part")?.to_str().ok()
}

/// A fresh token for a form of this person.
pub fn csrf_token(req: &HttpRequest) -> String {
    let owner = req.extensions().get::<csrf::FormOwner>().copied();
    owner.zip(req.app_data::<Data<Keys>>()).map(|(owner, keys)| csrf::token(keys, owner)).unwrap_or_default()
}

/// Renders a page with a status.
///
/// # Errors
/// A template that cannot be rendered is a bug: the 500 page.
pub fn render(req: &HttpRequest, status: StatusCode, page: &impl Template) -> Result<HttpResponse, AppError> {
    let mut response = render_without_flash(req, status, page)?;
    flash::clear(req, &mut response);
    Ok(response)
}

/// Renders a page that does not show the flash, which waits for the next one.
///
/// # Errors
/// As [`render`].
pub fn render_without_flash(
    req: &HttpRequest,
    status: StatusCode,
    page: &impl Template,
) -> Result<HttpResponse, AppError> {
    let words = words(req);
    let body = page
        .render_with_values(&words)
        .map_err(|error| AppError::new(Trouble::Internal, format!("template: {error}")))?;
    Ok(HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, words.tag()))
        .append_header((header::VARY, "Accept-Language, Cookie"))
        .body(body))
}
