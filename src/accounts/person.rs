//! The signed-in person as a handler's parameter: read from the session, without a query.

use actix_session::{Session, SessionExt as _};
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use futures_util::future::{LocalBoxFuture, Ready, ready};
use uuid::Uuid;

use super::avatar::avatar_url;
use super::session_store::{LANGUAGE, NETWORK, SID, THEME, TIME_ZONE, UNAVAILABLE, USER_AGENT, USER_ID};
use crate::discord::User;
use crate::error::{AppError, Trouble};
use crate::ids::{self, UserId};
use crate::web::csrf::FormOwner;
use crate::web::shell::PersonBadge;
use crate::web::submitted::Guard;
use crate::web::taste::Taste;

const NAME: &str = "name";
const AVATAR: &str = "avatar";
/// There only if it is so: sessions that began before it was asked have none.
const SECOND_FACTOR: &str = "second_factor";

/// Somebody who is signed in. As a parameter of a GET it sends others to sign-in; for a POST see
/// [`crate::web::submitted::Submitted`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    /// As Discord shows it, at the time of signing in.
    pub name: String,
    /// The hash of their picture.
    pub avatar: Option<String>,
    /// Whether their account at Discord had two-factor authentication, at the time of signing in.
    pub second_factor: bool,
    /// The session's public id.
    pub session: Uuid,
}

impl Person {
    /// Who is signed in, if anybody; the request then also knows whose forms and whose page it is.
    ///
    /// # Errors
    /// [`Trouble::Database`] when sessions cannot be read: nobody is taken for signed out then.
    pub fn of(req: &HttpRequest) -> Result<Option<Self>, AppError> {
        let session = req.get_session();
        if session.contains_key(UNAVAILABLE) {
            return Err(AppError::new(Trouble::Database, "sessions cannot be read"));
        }
        let person = Self::read(&session);
        if let Some(person) = &person {
            let mut extensions = req.extensions_mut();
            extensions.insert(FormOwner { user: person.id, session: person.session });
            extensions.insert(Self::taste(&session));
            extensions.insert(PersonBadge { name: person.name.clone(), avatar_url: person.avatar_url() });
        }
        Ok(person)
    }

    /// Whose session this is, if anybody's, and if sessions can be read.
    pub(super) fn id_in(session: &Session) -> Option<UserId> {
        ids::parse(&session.get::<String>(USER_ID).ok().flatten()?)
    }

    /// The address of their picture.
    pub fn avatar_url(&self) -> String {
        avatar_url(self.id, self.avatar.as_deref())
    }

    /// Whether the same is theirs to do: sessions of one person may differ in the second factor.
    pub fn may_the_same_as(&self, other: &Self) -> bool {
        (self.id, self.second_factor) == (other.id, other.second_factor)
    }

    fn taste(session: &Session) -> Taste {
        let text = |key: &str| session.get::<String>(key).ok().flatten();
        Taste::read(text(TIME_ZONE).as_deref(), text(THEME).as_deref(), text(LANGUAGE).as_deref())
    }

    fn read(session: &Session) -> Option<Self> {
        let text = |key: &str| session.get::<String>(key).ok().flatten();
        Some(Self {
            id: Self::id_in(session)?,
            name: text(NAME)?,
            avatar: text(AVATAR),
            second_factor: session.get::<bool>(SECOND_FACTOR).ok().flatten().unwrap_or_default(),
            session: Uuid::parse_str(&text(SID)?).ok()?,
        })
    }

    /// Begins a new session for somebody whom Discord has named, ending the one there was.
    pub(super) fn begin(session: &Session, user: &User, user_agent: &str, network: &str) -> Result<(), AppError> {
        session.clear();
        session.renew();
        let insert = |key: &str, value: &str| {
            session.insert(key, value).map_err(|error| AppError::new(Trouble::Internal, error.to_string()))
        };
        insert(USER_ID, &user.id.to_string())?;
        insert(NAME, user.display_name())?;
        if let Some(avatar) = &user.avatar {
            insert(AVATAR, avatar)?;
        }
        if user.mfa_enabled {
            session.insert(SECOND_FACTOR, true).map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
        }
        insert(USER_AGENT, user_agent)?;
        insert(NETWORK, network)
    }
}

impl FromRequest for Person {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req).and_then(|person| person.ok_or_else(|| sign_in_first(req))))
    }
}

impl Guard for Person {
    fn admit(req: &HttpRequest) -> LocalBoxFuture<'static, Result<Self, AppError>> {
        let person = Self::of(req).and_then(|person| person.ok_or_else(|| sign_in_first(req)));
        Box::pin(ready(person))
    }
}

/// A page can be asked for again after signing in; anything else cannot, and a form may not be redirected
/// to Discord (`form-action`).
pub fn sign_in_first(req: &HttpRequest) -> AppError {
    if req.method() != Method::GET && req.method() != Method::HEAD {
        return Trouble::SignedOut { draft: None }.into();
    }
    let return_to = req.uri().path_and_query().map_or("/", |there| there.as_str()).to_owned();
    Trouble::SignInFirst { return_to }.into()
}
