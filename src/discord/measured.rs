//! Calls at Discord, counted by how they ended, and timed. What they are about is not told.

use std::time::Instant;

use reqwest::StatusCode;

use super::DiscordError;
use super::answer::Trouble;

/// Which part of Discord was called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Api {
    Rest,
    /// Tokens: signing in, renewing, revoking.
    Token,
    Image,
}

/// One call on the wire. Dropped before it has ended, it counts as given up.
pub(super) struct Call {
    api: Api,
    begun: Instant,
    result: &'static str,
}

impl Call {
    pub(super) fn begin(api: Api) -> Self {
        Self { api, begun: Instant::now(), result: "given_up" }
    }

    pub(super) fn ended<T>(mut self, answer: Result<T, Trouble>) -> Result<T, Trouble> {
        self.result = match &answer {
            Ok(_) => "ok",
            Err(Trouble::Wait { .. }) => "rate_limited",
            Err(Trouble::Passing(_)) => "unavailable",
            Err(Trouble::Final(error)) => word(error),
        };
        answer
    }

    pub(super) fn ended_with(mut self, result: &'static str) {
        self.result = result;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let api = match self.api {
            Api::Rest => "rest",
            Api::Token => "token",
            Api::Image => "image",
        };
        metrics::counter!("guildhall_discord_requests_total", "api" => api, "result" => self.result).increment(1);
        metrics::histogram!("guildhall_discord_request_duration_seconds", "api" => api)
            .record(self.begun.elapsed().as_secs_f64());
    }
}

fn word(error: &DiscordError) -> &'static str {
    match error {
        DiscordError::Unauthorized => "unauthorized",
        DiscordError::Forbidden | DiscordError::NotFound { .. } => "refused",
        DiscordError::RateLimited { .. } => "rate_limited",
        DiscordError::Unavailable(_) => "unavailable",
    }
}

/// How an exchange ended whose answer is not the REST API's.
pub(super) fn of_status<E>(status: Result<StatusCode, E>) -> &'static str {
    match status {
        Ok(status) if status.is_success() => "ok",
        Ok(StatusCode::TOO_MANY_REQUESTS) => "rate_limited",
        Ok(StatusCode::UNAUTHORIZED) => "unauthorized",
        Ok(status) if status.is_client_error() => "refused",
        _ => "unavailable",
    }
}
