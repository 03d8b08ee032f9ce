//! A posted form together with the guard that admits it, as ONE handler parameter.
//!
//! actix polls parameters together and the first failure wins, so a guard beside a form would answer 400 or
//! 403 by timing. Here the order is fixed: read the body, then the guard (session, rights), then the form's
//! token, then how often; a refusal keeps what was typed only if the token shows that this person typed it on our page.
//! A form with a file is never kept, so it is read only once the guard has admitted who sends it.

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

    /// Counts the form for its sender, once it is known to be theirs: another site's would use up what they may do.
    ///
    /// # Errors
    /// They have sent too many.
    fn count(&self, _req: &HttpRequest) -> Result<(), AppError> {
        Ok(())
    }

    /// Called when its owner has to sign in (again) and the form's token is ours: keeps what was typed for them, and
    /// answers where they find it once they have. None: it is not kept.
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
            if with_file { brought::<G>(&req, payload).await } else { typed::<G>(&req, payload).await }
        })
    }
}

async fn typed<G: Guard>(req: &HttpRequest, payload: Payload) -> Result<Submitted<G>, AppError> {
    let body = read_in_time(req, payload, Body::Form).await;
    let guard = G::admit(req).await;
    let made_for = body.as_ref().ok().and_then(|form| made_for(req, form));
    let owner = owner(req);
    let guard = match guard {
        Ok(guard) => guard,
        Err(error) => return Err(refused::<G>(req, error, made_for, owner, body.ok()).await),
    };
    let form = body?;
    let ours = is_ours(req);
    if !ours || made_for.is_none() || made_for != owner {
        let same_person = made_for.zip(owner).is_some_and(|(made, now)| made.user == now.user);
        let kept = (ours && same_person && G::KEEPS).then(|| kept(req, form));
        return Err(not_theirs(ours).keeping(kept));
    }
    match guard.count(req) {
        Ok(()) => Ok(Submitted { guard, form }),
        Err(error) => Err(refused::<G>(req, error, made_for, owner, Some(form)).await),
    }
}

/// A form with a file.
async fn brought<G: Guard>(req: &HttpRequest, payload: Payload) -> Result<Submitted<G>, AppError> {
    let guard = G::admit(req).await?;
    let ours = is_ours(req);
    if !ours {
        return Err(not_theirs(ours));
    }
    let form = read_in_time(req, payload, Body::WithFile).await?;
    let made_for = made_for(req, &form);
    if made_for.is_none() || made_for != owner(req) {
        return Err(not_theirs(ours));
    }
    guard.count(req)?;
    Ok(Submitted { guard, form })
}

/// A small form that anybody may send, signed in or not. Ask first where it comes from.
///
/// # Errors
/// It cannot be read, or does not end in time ([`Trouble::TooSlow`]).
pub async fn of_anybody(req: &HttpRequest, payload: Payload) -> Result<FormData, AppError> {
    read_in_time(req, payload, Body::Small).await
}

/// Whose form it is by its token, if that is one of ours.
fn made_for(req: &HttpRequest, form: &FormData) -> Option<FormOwner> {
    let keys = req.app_data::<Data<Keys>>()?;
    csrf::owner_of(keys, form.text("csrf_token")?)
}

/// Who is signed in, once the guard has looked.
fn owner(req: &HttpRequest) -> Option<FormOwner> {
    req.extensions().get::<FormOwner>().copied()
}

fn is_ours(req: &HttpRequest) -> bool {
    req.app_data::<Data<WebConfig>>().is_some_and(|config| csrf::is_same_origin(req, &config.public_url))
}

fn not_theirs(same_origin: bool) -> AppError {
    tracing::warn!(event = "csrf_refused", same_origin, "a form was refused");
    AppError::from(Trouble::FormRefused)
}

async fn refused<G: Guard>(
    req: &HttpRequest,
    error: AppError,
    made_for: Option<FormOwner>,
    owner: Option<FormOwner>,
    form: Option<FormData>,
) -> AppError {
    let (Some(made_for), Some(form), true) = (made_for, form, G::KEEPS) else { return error };
    match (&error.trouble, owner) {
        (Trouble::SignedOut { .. }, _) => {
            let draft = G::keep_draft(req, made_for, form).await;
            AppError { trouble: Trouble::SignedOut { draft }, ..error }
        }
        // To send it again would help only after signing in again, which is a page away.
        (&Trouble::SecondFactor { asker, .. }, Some(owner)) if owner.user == made_for.user => {
            let draft = G::keep_draft(req, made_for, form.clone()).await;
            let again = draft.is_none().then(|| kept(req, form));
            AppError { trouble: Trouble::SecondFactor { asker, draft }, ..error }.keeping(again)
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
pub const BODY_WITHIN: Duration = Duration::from_secs(60);
/// What is no form of settings, and no file.
const SMALL: usize = 64 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Form,
    WithFile,
    Small,
}

impl Body {
    fn max(self) -> usize {
        match self {
            Self::Form => MAX_BYTES,
            Self::WithFile => multipart::MAX_BODY,
            Self::Small => SMALL,
        }
    }
}

async fn read_in_time(req: &HttpRequest, payload: Payload, kind: Body) -> Result<FormData, AppError> {
    let within = req.app_data::<Data<WebConfig>>().map_or(BODY_WITHIN, |config| config.body_within);
    let late = |_| Err(AppError::new(Trouble::TooSlow, "a body that does not end"));
    let form = tokio::time::timeout(within, read(req, payload, kind)).await.unwrap_or_else(late);
    form.inspect_err(|error| {
        let (code, cause) = (error.trouble.code(), error.cause.as_str());
        tracing::warn!(event = "body_refused", code, cause, "a body was refused");
    })
}

/// The body as pairs, within its limits.
async fn read(req: &HttpRequest, mut payload: Payload, kind: Body) -> Result<FormData, AppError> {
    if req.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(AppError::new(Trouble::UnsupportedType, "content-encoding"));
    }
    let (with_file, max) = (kind == Body::WithFile, kind.max());
    if !with_file && !is(req, PLAIN) {
        return Err(AppError::new(Trouble::UnsupportedType, req.content_type().to_owned()));
    }
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
