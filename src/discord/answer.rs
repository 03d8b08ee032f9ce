//! One HTTP answer of Discord: its body within limits, and what its status means.
//!
//! What follows from it (waiting, trying again, an alarm) is in [`super::rest`].

use std::time::Duration;

use actix_web::web::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::DiscordError;
use super::json_path::path_at;
use super::pace::Wait;

/// Five hundred channels or a thousand emojis are well below a megabyte.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// How long a route rests after a 429 that names no time.
const UNNAMED_WAIT: Duration = Duration::from_secs(5);

pub(super) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// May pass by itself.
    Passing(String),
    Wait {
        wait: Wait,
        global: bool,
    },
    Final(DiscordError),
}

impl From<reqwest::Error> for Trouble {
    fn from(error: reqwest::Error) -> Self {
        Self::Passing(cause(&error))
    }
}

/// The chain of causes below the first, which names the URL: a query is no log's business.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut text = if error.is_connect() { "cannot connect" } else { "request failed" }.to_owned();
    let mut next = std::error::Error::source(error);
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}

/// Reads a body, unless it is longer than it may be.
pub(super) async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Option<Bytes>, reqwest::Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(body.freeze()))
}

impl Answer {
    pub(super) async fn of(mut response: reqwest::Response) -> Result<Self, Trouble> {
        let too_long = || Trouble::Final(DiscordError::Unavailable("the answer is too long".to_owned()));
        let body = read_body(&mut response, BODY_LIMIT).await?.ok_or_else(too_long)?;
        Ok(Self { status: response.status(), headers: response.headers().clone(), body })
    }

    /// Tells an answer from all that is none.
    pub(super) fn judge(self) -> Result<Self, Trouble> {
        if self.status == StatusCode::OK {
            return Ok(self);
        }
        if self.status.is_server_error() {
            return Err(Trouble::Passing(format!("HTTP {}", self.status.as_u16())));
        }
        let said: Option<ErrorBody> = serde_json::from_slice(&self.body).ok();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            return Err(self.wait(said.as_ref()));
        }
        let status = self.status.as_u16();
        // A refusal that is not Discord's JSON comes from something in between, and says nothing
        // about the token or the server asked for.
        Err(Trouble::Final(match (status, said) {
            (_, None) => DiscordError::Unavailable(format!("HTTP {status} without JSON")),
            (_, Some(ErrorBody { code: BLOCKED, .. })) => {
                DiscordError::Unavailable("blocked before it reached Discord (40333)".to_owned())
            }
            (401, Some(_)) => DiscordError::Unauthorized,
            (403, Some(_)) => DiscordError::Forbidden,
            (404, Some(said)) => DiscordError::NotFound { code: said.code },
            (_, Some(said)) => DiscordError::Unavailable(format!("HTTP {status}, code {}", said.code)),
        }))
    }

    fn wait(&self, said: Option<&ErrorBody>) -> Trouble {
        let text = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok());
        let header = text(RETRY_AFTER.as_str()).and_then(|value| value.trim().parse().ok()).and_then(seconds);
        let body = said.and_then(|said| said.retry_after).and_then(seconds);
        let global = said.is_some_and(|said| said.global) || text("x-ratelimit-global").is_some();
        let wait = match header.max(body) {
            Some(for_) => Wait { for_, named: true },
            None => Wait { for_: UNNAMED_WAIT, named: false },
        };
        Trouble::Wait { wait, global }
    }
}

/// At least a millisecond, so that a wait of zero is not asked again without end.
fn seconds(number: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(number).ok().map(|wait| wait.max(Duration::from_millis(1)))
}

const BLOCKED: u64 = 40333;

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    code: u64,
    #[serde(default)]
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

/// Reads the body; where it cannot be read is said by path, never by its content.
pub(super) fn read_json<T: DeserializeOwned>(answer: &Answer, route: &str) -> Result<T, DiscordError> {
    serde_json::from_slice(&answer.body).map_err(|error| {
        let place = path_at(&answer.body, error.line(), error.column());
        let kind = match error.classify() {
            serde_json::error::Category::Data => "something else than expected",
            _ => "no JSON",
        };
        DiscordError::Unavailable(format!("{route}: {kind} at {place}"))
    })
}
