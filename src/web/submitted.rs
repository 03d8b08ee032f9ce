//! A posted form together with the guard that admits it, as ONE handler parameter.
//!
//! actix polls parameters together and the first failure wins, so a guard beside a form would answer 400 or
//! 403 by timing. Here the order is fixed: read the body, then the guard (session, rights), then the form's
//! token; a refusal keeps what was typed only if the token shows that this person typed it on our page.

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;

use crate::error::{AppError, Kept, Trouble};
use crate::keys::Keys;
use crate::web::WebConfig;
use crate::web::csrf::{self, FormOwner};
use crate::web::form::{FormData, MAX_BYTES, Unreadable};
use crate::web::multipart;
use crate::web::words::Message;

/// Who may post here. Implemented by the guards.
pub trait Guard: Sized + 'static {
    /// Whether the form may bring a file. One with a file is never kept: it would be too large to be sent again.
    const FILES: bool = false;
    /// Whether a form that is refused is offered for sending again, or kept for after signing in.
    const KEEPS: bool = true;

    fn admit(req: &HttpRequest) -> LocalBoxFuture<'static, Result<Self, AppError>>;

    /// Called when nobody is signed in and the form's token is ours: keeps what was typed for its owner, and answers
    /// where they find it once they have signed in. None: it is not kept.
    fn keep_draft(_req: &HttpRequest, _owner: FormOwner, _form: FormData) -> LocalBoxFuture<'static, Option<String>> {
        Box::pin(async { None })
    }
}

/// An admitted form.
pub struct Submitted<G> {
    pub guard: G,
    pub form: FormData,
}

impl<G: Guard> FromRequest for Submitted<G> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let payload = payload.take();
        Box::pin(async move {
            let with_file = G::FILES && is(&req, WITH_FILE);
            let body = read_in_time(&req, payload, with_file, DEADLINE).await;
            let guard = G::admit(&req).await;
            let form = body.as_ref().ok();
            let token = form.and_then(|form| form.text("csrf_token"));
            let made_for =
                token.zip(req.app_data::<Data<Keys>>()).and_then(|(token, keys)| csrf::owner_of(keys, token));
            let owner = req.extensions().get::<FormOwner>().copied();
            match guard {
                Err(error) => {
                    let typed = body.ok().filter(|_| G::KEEPS && !with_file);
                    Err(refused::<G>(&req, error, made_for, owner, typed).await)
                }
                Ok(guard) => {
                    let form = body?;
                    let ours = req
                        .app_data::<Data<WebConfig>>()
                        .is_some_and(|config| csrf::is_same_origin(&req, &config.public_url));
                    if !ours || made_for.is_none() || made_for != owner {
                        tracing::warn!(event = "csrf_refused", same_origin = ours, "a form was refused");
                        let same_person = made_for.zip(owner).is_some_and(|(made, now)| made.user == now.user);
                        let kept = (ours && same_person && G::KEEPS && !with_file).then(|| kept(&req, form));
                        return Err(AppError::from(Trouble::FormRefused).keeping(kept));
                    }
                    Ok(Self { guard, form })
                }
            }
        })
    }
}

async fn refused<G: Guard>(
    req: &HttpRequest,
    error: AppError,
    made_for: Option<FormOwner>,
    owner: Option<FormOwner>,
    form: Option<FormData>,
) -> AppError {
    let (Some(made_for), Some(form)) = (made_for, form) else { return error };
    match (&error.trouble, owner) {
        (Trouble::SignedOut { .. }, _) => {
            let draft = G::keep_draft(req, made_for, form).await;
            AppError { trouble: Trouble::SignedOut { draft }, ..error }
        }
        (_, Some(owner)) if owner.user == made_for.user => error.keeping(Some(kept(req, form))),
        _ => error,
    }
}

impl AppError {
    /// An admitted form that could not be dealt with now: it is offered for sending again. One that will never
    /// be understood is not.
    pub fn keeping_for_later(self, req: &HttpRequest, form: FormData) -> Self {
        match self.trouble {
            Trouble::Database | Trouble::Discord { .. } | Trouble::Internal | Trouble::TooMany { .. } => {
                self.keeping(Some(kept(req, form)))
            }
            _ => self,
        }
    }
}

fn kept(req: &HttpRequest, form: FormData) -> Kept {
    let mut pairs = form.into_pairs();
    pairs.retain(|(name, _)| name != "csrf_token");
    Kept { action: req.path().to_owned(), pairs }
}

const PLAIN: &str = "application/x-www-form-urlencoded";
const WITH_FILE: &str = "multipart/form-data";

fn is(req: &HttpRequest, content_type: &str) -> bool {
    req.content_type().eq_ignore_ascii_case(content_type)
}

/// A body that trickles in would hold its place and its memory for as long as whoever sends it likes, signed in or
/// not. The largest form comes in time over 300 kbit/s.
const DEADLINE: Duration = Duration::from_secs(60);

async fn read_in_time(
    req: &HttpRequest,
    payload: Payload,
    with_file: bool,
    deadline: Duration,
) -> Result<FormData, AppError> {
    let late = |_| Err(unreadable("form-cut-off", "a body that does not end"));
    tokio::time::timeout(deadline, read(req, payload, with_file)).await.unwrap_or_else(late)
}

/// The body as pairs, within its limits.
async fn read(req: &HttpRequest, mut payload: Payload, with_file: bool) -> Result<FormData, AppError> {
    if req.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(AppError::new(Trouble::UnsupportedType, "content-encoding"));
    }
    if !with_file && !is(req, PLAIN) {
        return Err(AppError::new(Trouble::UnsupportedType, req.content_type().to_owned()));
    }
    let max = if with_file { multipart::MAX_BODY } else { MAX_BYTES };
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| unreadable("form-cut-off", error.to_string()))?;
        if body.len() + chunk.len() > max {
            return Err(AppError::new(Trouble::TooLarge, format!("a body over {max} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    let form = if with_file { decode_with_file(req, &body) } else { FormData::decode(&body) };
    form.map_err(|error| match error {
        Unreadable::NotUtf8 => unreadable("form-not-utf8", "invalid UTF-8"),
        Unreadable::CutOff => unreadable("form-cut-off", "no form with a file"),
        Unreadable::TooManyPairs => AppError::new(Trouble::TooLarge, "form with too many pairs"),
        Unreadable::TooLarge => AppError::new(Trouble::TooLarge, "file over 2 MiB"),
    })
}

fn decode_with_file(req: &HttpRequest, body: &[u8]) -> Result<FormData, Unreadable> {
    let content_type = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = content_type.and_then(multipart::boundary).ok_or(Unreadable::CutOff)?;
    multipart::decode(boundary, body)
}

fn unreadable(key: &'static str, cause: impl Into<String>) -> AppError {
    AppError::new(Trouble::Unreadable(Message::new(key)), cause)
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use actix_web::error::PayloadError;
    use actix_web::test::TestRequest;
    use actix_web::web::Bytes;
    use futures_util::{Stream, stream};

    use super::*;

    type Chunk = Result<Bytes, PayloadError>;

    fn body(chunks: impl Stream<Item = Chunk> + 'static) -> Payload {
        let payload: Pin<Box<dyn Stream<Item = Chunk>>> = Box::pin(chunks);
        Payload::Stream { payload }
    }

    #[actix_web::test]
    async fn a_body_that_does_not_end_is_given_up() {
        let req = TestRequest::post().insert_header((header::CONTENT_TYPE, PLAIN)).to_http_request();
        let begun = stream::iter([Chunk::Ok(Bytes::from_static(b"a=1&b="))]).chain(stream::pending());
        let read = read_in_time(&req, body(begun), false, Duration::from_millis(10)).await;
        assert!(matches!(read, Err(AppError { trouble: Trouble::Unreadable(_), .. })), "{read:?}");
        let whole = stream::iter([Chunk::Ok(Bytes::from_static(b"a=1"))]);
        let read = read_in_time(&req, body(whole), false, DEADLINE).await;
        assert_eq!(read.expect("a form").text("a"), Some("1"));
    }
}
