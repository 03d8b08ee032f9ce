//! What can go wrong for a person, as one type: its status, its words, its cause for the log.
//!
//! Handlers return [`AppError`]; `web::error_pages` turns it into a page or JSON and logs it once.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};

use crate::db::DbError;
use crate::discord::DiscordError;
use crate::guilds::second_factor::Asker;
use crate::web::words::Message;

/// Why a request did not do what was asked. Each is a page of its own; `code` names its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Not signed in, on a GET: 303 to sign-in and back to this path.
    SignInFirst {
        return_to: String,
    },
    /// The request itself cannot be understood (400).
    Unreadable(Message),
    /// A POST without a session (401). `draft`: what was typed is kept for after signing in, and this page shows it.
    SignedOut {
        draft: Option<String>,
    },
    /// No such server for this person, or no right to manage it (403); the three look alike.
    NoAccess,
    /// Staff may do something on this server, and not this (403).
    NotGiven,
    /// Two-factor authentication is asked for of who does this, and they signed in without (403). `draft`: where what was
    /// typed is shown after signing in again, if it is kept.
    SecondFactor {
        asker: Asker,
        draft: Option<String>,
    },
    /// The form did not come from our page, or its token is too old (403).
    FormRefused,
    NotFound,
    MethodNotAllowed,
    TooLarge,
    /// What was sent did not come whole in the time there is (408).
    TooSlow,
    /// For another host than `PUBLIC_URL` names (421).
    WrongHost,
    UnsupportedType,
    /// Too many requests; seconds until the next may succeed.
    TooMany {
        wait: u64,
    },
    /// The bot is not on this server, so nothing can be changed (403).
    BotAbsent,
    /// Signing in did not work: refused consent, old code, unknown attempt. `code` says which.
    SignIn {
        code: &'static str,
        status: u16,
    },
    Internal,
    /// Discord does not answer, or asks us to wait some seconds (503).
    Discord {
        wait: Option<u64>,
    },
    /// The operator has to mend the bot's credentials (503).
    Misconfigured,
    Database,
}

impl Trouble {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignInFirst { .. } => StatusCode::SEE_OTHER,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut { .. } => StatusCode::UNAUTHORIZED,
            Self::NoAccess | Self::NotGiven | Self::SecondFactor { .. } | Self::FormRefused | Self::BotAbsent => {
                StatusCode::FORBIDDEN
            }
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::SignIn { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Discord { .. } | Self::Misconfigured | Self::Database => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Names the words: `error-{code}-title`, `error-{code}-advice`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignInFirst { .. } => "sign-in-first",
            Self::Unreadable(_) => "unreadable",
            Self::SignedOut { draft: Some(_) } => "signed-out-draft",
            Self::SignedOut { draft: None } => "signed-out",
            Self::NoAccess => "no-access",
            Self::NotGiven => "not-given",
            Self::SecondFactor { asker: Asker::Server, .. } => "second-factor",
            Self::SecondFactor { asker: Asker::Dashboard, .. } => "second-factor-always",
            Self::FormRefused => "form-refused",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::WrongHost => "wrong-host",
            Self::UnsupportedType => "unsupported-type",
            Self::TooMany { .. } => "too-many",
            Self::BotAbsent => "bot-absent",
            Self::SignIn { code, .. } => code,
            Self::Internal => "internal",
            Self::Discord { wait: None } => "discord",
            Self::Discord { wait: Some(_) } => "discord-wait",
            Self::Misconfigured => "misconfigured",
            Self::Database => "database",
        }
    }

    /// Where what was typed is shown once they have signed in again, if it is kept there.
    pub fn draft(&self) -> Option<&str> {
        match self {
            Self::SignedOut { draft } | Self::SecondFactor { draft, .. } => draft.as_deref(),
            _ => None,
        }
    }

    /// Seconds for `Retry-After`.
    pub fn wait(&self) -> Option<u64> {
        match self {
            Self::TooMany { wait } | Self::Discord { wait: Some(wait) } => Some(*wait),
            Self::Database => Some(5),
            _ => None,
        }
    }
}

/// What was typed, offered again by the error page. Only made when the form's token was ours for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub action: String,
    pub pairs: Vec<(String, String)>,
}

#[derive(Debug, thiserror::Error)]
#[error("{trouble:?}: {cause}")]
pub struct AppError {
    pub trouble: Trouble,
    /// For the log alone.
    pub cause: String,
    pub kept: Option<Kept>,
}

impl AppError {
    pub fn new(trouble: Trouble, cause: impl Into<String>) -> Self {
        Self { trouble, cause: cause.into(), kept: None }
    }

    pub fn keeping(mut self, kept: Option<Kept>) -> Self {
        self.kept = kept;
        self
    }
}

impl From<Trouble> for AppError {
    fn from(trouble: Trouble) -> Self {
        Self::new(trouble, "")
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        let trouble = match error {
            DbError::Unavailable(_) => Trouble::Database,
            DbError::Conflict(_) | DbError::Broken(_) => Trouble::Internal,
        };
        Self::new(trouble, error.to_string())
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        DbError::from(error).into()
    }
}

impl From<DiscordError> for AppError {
    fn from(error: DiscordError) -> Self {
        let trouble = match &error {
            DiscordError::RateLimited { retry_after } => {
                Trouble::Discord { wait: retry_after.map(|wait| wait.as_secs() + 1) }
            }
            DiscordError::Unauthorized => Trouble::Misconfigured,
            _ => Trouble::Discord { wait: None },
        };
        Self::new(trouble, error.to_string())
    }
}

/// The body is made by `web::error_pages`, which knows the request.
impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        self.trouble.status()
    }

    fn error_response(&self) -> HttpResponse {
        let Trouble::SignInFirst { return_to } = &self.trouble else { return HttpResponse::new(self.status_code()) };
        let path: String = form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
        HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/login?return_to={path}"))).finish()
    }
}
