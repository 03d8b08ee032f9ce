//! Sign-in with Discord: the addresses people are sent to, and tokens for codes.
//!
//! Cookies, sessions and where tokens are stored are `accounts`. An error of the oauth2 crate is never
//! printed: it may hold the body, and with it tokens.

use std::collections::BTreeSet;
use std::time::Duration;

use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicRequestTokenError, BasicTokenResponse};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    TokenResponse, TokenUrl,
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use twilight_model::guild::Permissions;
use url::Url;

use super::answer::{cause, read_body};
use super::measured::{Api, Call, of_status};
use super::{BuildError, Discord, DiscordConfig, DiscordError};
use crate::ids::GuildId;

/// What sign-in asks for.
const SCOPES: [&str; 2] = ["identify", "guilds"];

const BODY_LIMIT: usize = 64 * 1024;

/// If Discord does not say how long a token lasts (it always does): ask again soon.
const UNSAID_LIFETIME: Duration = Duration::from_secs(60 * 60);

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

pub(super) struct OAuth {
    http: reqwest::Client,
    client: Client,
    authorize: Url,
    revoke: Url,
    deadline: Duration,
}

/// One try to sign in. State and verifier go into a cookie of this try and come back with the code.
#[derive(Debug)]
pub struct SignInAttempt {
    pub url: Url,
    pub state: String,
    pub verifier: SecretString,
}

/// A person's tokens as granted.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: SecretString,
    pub refresh: SecretString,
    pub expires_in: Duration,
    pub scopes: BTreeSet<String>,
}

impl Tokens {
    /// Whether everything sign-in asks for was granted.
    pub fn suffice(&self) -> bool {
        SCOPES.iter().all(|scope| self.scopes.contains(*scope))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInTrouble {
    /// The code is bad, used or too old: begin again.
    #[error("Discord refused the code")]
    Refused,
    /// Discord does not know our id or secret: only the operator can help.
    #[error("Discord refused the client id or secret")]
    Misconfigured,
    #[error("Discord cannot be reached: {0}")]
    Unavailable(String),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshTrouble {
    /// The person took the access back, or it ended: sign in again.
    #[error("the refresh token is dead")]
    Dead,
    #[error("Discord refused the client id or secret")]
    Misconfigured,
    /// Says nothing about the session: keep it.
    #[error("Discord cannot be reached: {0}")]
    Unavailable(String),
}

/// Why the token endpoint gave no answer worth parsing.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NoAnswer(String);

type Sending = std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send>>;

type Failure = BasicRequestTokenError<NoAnswer>;

impl OAuth {
    pub(super) fn new(http: reqwest::Client, config: &DiscordConfig, deadline: Duration) -> Result<Self, BuildError> {
        let authorize = config.base.join("/oauth2/authorize")?;
        let token = config.base.join("/api/v10/oauth2/token")?;
        let client = BasicClient::new(ClientId::new(config.client_id.to_string()))
            .set_client_secret(ClientSecret::new(config.client_secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::from_url(authorize.clone()))
            .set_token_uri(TokenUrl::from_url(token))
            .set_redirect_uri(RedirectUrl::from_url(config.redirect.clone()));
        let revoke = config.base.join("/api/v10/oauth2/token/revoke")?;
        Ok(Self { http, client, authorize, revoke, deadline })
    }

    /// Sends one request of the oauth2 crate. Only an answer that speaks OAuth gets through: JSON with
    /// 200, or with a 4xx that is no rate limit.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let request = request.try_into().map_err(|error: reqwest::Error| NoAnswer(cause(&error)))?;
        let exchange = async {
            let mut response = self.http.execute(request).await.map_err(|error| NoAnswer(cause(&error)))?;
            let body = read_body(&mut response, BODY_LIMIT).await.map_err(|error| NoAnswer(cause(&error)))?;
            let body = body.ok_or_else(|| NoAnswer("the answer is too long".to_owned()))?;
            Ok((response.status(), body))
        };
        let call = Call::begin(Api::Token);
        let answer = tokio::time::timeout(self.deadline, exchange).await;
        let answer = answer.unwrap_or_else(|_| Err(NoAnswer("no answer within the time there is".to_owned())));
        call.ended_with(of_status(answer.as_ref().map(|(status, _)| *status)));
        let (status, body) = answer?;
        let speaks = status == StatusCode::OK || (status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS);
        if !speaks {
            return Err(NoAnswer(format!("HTTP {}", status.as_u16())));
        }
        let mut answer = HttpResponse::new(body.to_vec());
        *answer.status_mut() = status;
        Ok(answer)
    }
}

impl Discord {
    /// How the oauth2 crate sends. It borrows nothing, so that an exchange may run in a task of its own.
    fn sender(&self) -> impl Fn(HttpRequest) -> Sending + use<> {
        let this = self.clone();
        move |request| {
            let this = this.clone();
            Box::pin(async move { this.0.oauth.send(request).await })
        }
    }

    /// Where to send somebody who wants to sign in.
    pub fn authorize_url(&self) -> SignInAttempt {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = self
            .0
            .oauth
            .client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        SignInAttempt {
            url: with_encoded_spaces(url),
            state: state.into_secret(),
            verifier: SecretString::from(verifier.into_secret()),
        }
    }

    /// Where to send somebody who wants the bot on a server, and who comes back to our callback.
    pub fn invite_url(&self, guild: Option<GuildId>, permissions: Permissions) -> SignInAttempt {
        let config = &self.0.config;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new_random().into_secret();
        let mut url = self.0.oauth.authorize.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &config.client_id.to_string())
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", config.redirect.as_str())
            .append_pair("scope", "bot applications.commands identify")
            .append_pair("permissions", &permissions.bits().to_string())
            .append_pair("state", &state)
            .append_pair("code_challenge", challenge.as_str())
            .append_pair("code_challenge_method", challenge.method().as_str());
        if let Some(guild) = guild {
            url.query_pairs_mut()
                .append_pair("guild_id", &guild.to_string())
                .append_pair("disable_guild_select", "true");
        }
        SignInAttempt { url: with_encoded_spaces(url), state, verifier: SecretString::from(verifier.into_secret()) }
    }

    pub async fn exchange(&self, code: &str, verifier: &SecretString) -> Result<Tokens, SignInTrouble> {
        let oauth = &self.0.oauth;
        let send = self.sender();
        let answer = oauth
            .client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.expose_secret().to_owned()))
            .request_async(&send)
            .await;
        let answer = answer.map_err(|failure| match said(&failure) {
            Some(BasicErrorResponseType::InvalidGrant | BasicErrorResponseType::InvalidRequest) => {
                SignInTrouble::Refused
            }
            Some(BasicErrorResponseType::InvalidClient) => {
                alarm();
                SignInTrouble::Misconfigured
            }
            _ => SignInTrouble::Unavailable(safe_cause(&failure)),
        })?;
        tokens(&answer, None).ok_or_else(|| SignInTrouble::Unavailable("no refresh token in the answer".to_owned()))
    }

    /// A new pair for an old one, which stops working: one at a time a person, stored before use.
    pub async fn refresh(&self, refresh: &SecretString) -> Result<Tokens, RefreshTrouble> {
        let oauth = &self.0.oauth;
        let send = self.sender();
        let old = RefreshToken::new(refresh.expose_secret().to_owned());
        let answer = oauth.client.exchange_refresh_token(&old).request_async(&send).await;
        let answer = answer.map_err(|failure| match said(&failure) {
            Some(BasicErrorResponseType::InvalidGrant) => RefreshTrouble::Dead,
            Some(BasicErrorResponseType::InvalidClient) => {
                alarm();
                RefreshTrouble::Misconfigured
            }
            _ => RefreshTrouble::Unavailable(safe_cause(&failure)),
        })?;
        tokens(&answer, Some(refresh)).ok_or_else(|| RefreshTrouble::Unavailable("no tokens in the answer".to_owned()))
    }

    /// Takes back every token this person gave us, on all their devices, whichever one is named.
    pub async fn revoke(&self, token: &SecretString) -> Result<(), DiscordError> {
        let (oauth, config) = (&self.0.oauth, &self.0.config);
        let request = oauth
            .http
            .post(oauth.revoke.clone())
            .basic_auth(config.client_id, Some(config.client_secret.expose_secret()))
            .form(&[("token", token.expose_secret())])
            .timeout(oauth.deadline);
        let call = Call::begin(Api::Token);
        let answer = request.send().await.map_err(|error| DiscordError::Unavailable(cause(&error)));
        call.ended_with(of_status(answer.as_ref().map(reqwest::Response::status)));
        match answer?.status() {
            StatusCode::OK => Ok(()),
            StatusCode::UNAUTHORIZED => {
                alarm();
                Err(DiscordError::Unavailable("the client id or secret was refused".to_owned()))
            }
            status => Err(DiscordError::Unavailable(format!("revocation: HTTP {}", status.as_u16()))),
        }
    }
}

/// Discord's documentation asks for `%20`; a real plus is `%2B` at this point.
fn with_encoded_spaces(mut url: Url) -> Url {
    let query = url.query().map(|query| query.replace('+', "%20"));
    url.set_query(query.as_deref());
    url
}

fn tokens(answer: &BasicTokenResponse, old_refresh: Option<&SecretString>) -> Option<Tokens> {
    let new_refresh = answer.refresh_token().map(|token| SecretString::from(token.secret().as_str()));
    let scopes = match answer.scopes() {
        Some(granted) => granted.iter().map(|scope| scope.to_string()).collect(),
        // Without a word on scopes, those asked for were granted (RFC 6749, 5.1).
        None => SCOPES.map(str::to_owned).into(),
    };
    Some(Tokens {
        access: SecretString::from(answer.access_token().secret().as_str()),
        refresh: new_refresh.or_else(|| old_refresh.cloned())?,
        expires_in: answer.expires_in().unwrap_or(UNSAID_LIFETIME),
        scopes,
    })
}

/// Discord's own error word, if it gave one.
fn said(failure: &Failure) -> Option<&BasicErrorResponseType> {
    match failure {
        RequestTokenError::ServerResponse(response) => Some(response.error()),
        _ => None,
    }
}

fn safe_cause(failure: &Failure) -> String {
    match failure {
        RequestTokenError::ServerResponse(_) => "an error that is not about us".to_owned(),
        RequestTokenError::Request(no_answer) => no_answer.to_string(),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => "the answer is not OAuth".to_owned(),
    }
}

fn alarm() {
    tracing::error!(
        event = "discord.client_refused",
        "Discord refuses our client id or secret: check DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET. \
         Nobody can sign in."
    );
}

#[cfg(test)]
mod tests;
