//! One small REST client: GET, a deadline over headers and body, a body limit, and Discord's waits.
//!
//! It retries what may pass by itself (no connection, a timeout, a 5xx) within one budget and tells
//! everything else apart in [`DiscordError`]. What is asked, and what is kept, is in `users` and
//! `guild_data`; how an answer is read is in `answer`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::http::header::HttpDate;
use reqwest::header::{AUTHORIZATION, DATE, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use url::Url;

use super::answer::{Answer, Trouble, cause, read_json};
use super::measured::{Api, Call};
use super::pace::{BotGate, BotToken, NotBefore, Quotee, Urgency, Wait};
use super::{DiscordConfig, DiscordError};
use crate::clock::Clock;
use crate::sizes::Size;

/// How long Discord may take. Tests shorten it.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    pub connect: Duration,
    /// One GET, headers and body.
    pub attempt: Duration,
    /// A GET with its retries and waits.
    pub budget: Duration,
    pub pauses: [Duration; 2],
    /// What is sent once: tokens, images.
    pub exchange: Duration,
    /// Whether the bot's token is held to its pace.
    pub paced: bool,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(3),
            budget: Duration::from_secs(5),
            pauses: [Duration::from_millis(300), Duration::from_secs(1)],
            exchange: Duration::from_secs(8),
            paced: true,
        }
    }
}

/// `site` is where this dashboard stands: Discord blocks clients that do not name themselves like this.
pub(super) fn http_client(timing: &Timing, site: &str) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(format!("DiscordBot ({site}, {}) Guildhall", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(timing.connect)
        .build()
}

/// Whose token is sent.
#[derive(Clone)]
pub(super) enum Token {
    Bot(Urgency),
    Bearer(SecretString),
}

/// Cheap to clone: questions under way outlive whoever asked first.
#[derive(Clone)]
pub(super) struct Rest(Arc<Parts>);

struct Parts {
    http: reqwest::Client,
    base: Url,
    bot_token: SecretString,
    timing: Timing,
    gate: BotGate,
    not_before: NotBefore,
    bot: BotToken,
}

impl Rest {
    pub(super) fn new(http: reqwest::Client, config: &DiscordConfig, clock: Clock, timing: Timing) -> Self {
        Self(Arc::new(Parts {
            http,
            base: config.base.clone(),
            bot_token: config.bot_token.clone(),
            gate: BotGate::new(timing.paced),
            timing,
            not_before: NotBefore::new(clock.clone()),
            bot: BotToken::new(clock),
        }))
    }

    pub(super) fn gate(&self) -> &BotGate {
        &self.0.gate
    }

    /// Asks for `/api/v10{path}`. The path without its query is the route Discord's waits count for.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, token: Token) -> Result<T, DiscordError> {
        let route = path.split('?').next().unwrap_or(path);
        let url = self
            .0
            .base
            .join(&format!("/api/v10{path}"))
            .map_err(|error| DiscordError::Unavailable(format!("{route} is no address: {error}")))?;
        let deadline = Instant::now() + self.0.timing.budget;
        match tokio::time::timeout_at(deadline, self.ask(url, route, &token, deadline)).await {
            Ok(answer) => read_json(&answer?, route),
            Err(_) => Err(DiscordError::Unavailable(format!("{route}: no answer within the time there is"))),
        }
    }

    async fn ask(&self, url: Url, route: &str, token: &Token, deadline: Instant) -> Result<Answer, DiscordError> {
        let quotee = token.quotee();
        let mut retries = self.0.timing.pauses.into_iter();
        loop {
            self.wait_as_asked(quotee, route, deadline).await?;
            if let Token::Bot(urgency) = token {
                self.0.bot.may_be_sent()?;
                if !self.0.gate.pass(*urgency).await {
                    return Err(DiscordError::Unavailable(format!("{route}: too many questions wait already")));
                }
                self.0.bot.may_be_sent()?;
            }
            match self.send(url.clone(), token).await {
                Ok(answer) => return Ok(answer),
                Err(Trouble::Wait { wait, global }) => self.0.not_before.remember(quotee, route, global, wait),
                Err(Trouble::Final(error)) => {
                    if error == DiscordError::Unauthorized && quotee == Quotee::Bot {
                        self.0.bot.was_refused();
                    }
                    return Err(error);
                }
                Err(Trouble::Passing(cause)) => {
                    let error = DiscordError::Unavailable(format!("{route}: {cause}"));
                    let Some(pause) = retries.next() else { return Err(error) };
                    let pause = with_jitter(pause);
                    if Instant::now() + pause >= deadline {
                        return Err(error);
                    }
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    /// Waits if Discord asked for it and it fits the budget; without a named time it never does.
    async fn wait_as_asked(&self, quotee: Quotee, route: &str, deadline: Instant) -> Result<(), DiscordError> {
        while let Some(Wait { for_, named }) = self.0.not_before.wait(quotee, route) {
            if !named {
                return Err(DiscordError::RateLimited { retry_after: None });
            }
            if Instant::now() + for_ >= deadline {
                return Err(DiscordError::RateLimited { retry_after: Some(for_) });
            }
            tokio::time::sleep(for_).await;
        }
        Ok(())
    }

    /// What Discord's clock says, to the second. Any answer will do, and no token is sent.
    pub(super) async fn date(&self) -> Result<SystemTime, DiscordError> {
        let unavailable = |cause: &str| DiscordError::Unavailable(cause.to_owned());
        let url = self.0.base.join("/api/v10/gateway").map_err(|error| unavailable(&error.to_string()))?;
        let asking = tokio::time::timeout(self.0.timing.attempt, self.0.http.get(url).send()).await;
        let answer = asking.map_err(|_| unavailable("timed out"))?.map_err(|error| unavailable(&cause(&error)))?;
        let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| date.parse::<HttpDate>().ok()).ok_or_else(|| unavailable("no date"))?;
        Ok(date.into())
    }

    pub(super) fn sizes(&self) -> [Size; 2] {
        [self.0.not_before.size(), self.0.gate.size()]
    }

    async fn send(&self, url: Url, token: &Token) -> Result<Answer, Trouble> {
        let authorization = match token {
            Token::Bot(_) => header("Bot", &self.0.bot_token),
            Token::Bearer(access) => header("Bearer", access),
        };
        // A token that cannot stand in a header is no token of Discord's.
        let authorization = authorization.ok_or(Trouble::Final(DiscordError::Unauthorized))?;
        let exchange = async {
            let response = self.0.http.get(url).header(AUTHORIZATION, authorization).send().await?;
            Answer::of(response).await
        };
        let call = Call::begin(Api::Rest);
        let answer = tokio::time::timeout(self.0.timing.attempt, exchange).await;
        let answer = answer.unwrap_or_else(|_| Err(Trouble::Passing("timed out".to_owned())));
        call.ended(answer.and_then(Answer::judge))
    }
}

impl Token {
    fn quotee(&self) -> Quotee {
        match self {
            Self::Bot(_) => Quotee::Bot,
            Self::Bearer(access) => {
                let mut hasher = DefaultHasher::new();
                access.expose_secret().hash(&mut hasher);
                Quotee::Person(hasher.finish())
            }
        }
    }
}

fn header(scheme: &str, token: &SecretString) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(format!("{scheme} {}", token.expose_secret())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Up to a fifth longer, so that those who failed together do not come back together.
fn with_jitter(pause: Duration) -> Duration {
    let share = getrandom::u32().map_or(0.0, |random| f64::from(random) / f64::from(u32::MAX));
    pause.mul_f64(1.0 + share / 5.0)
}

#[cfg(test)]
mod tests;
