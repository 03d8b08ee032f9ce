//! `GET /auth/callback`: what Discord answers to a sign-in or an invitation.
//!
//! Each way this can fail is a page of its own. The try is over with the first answer, whichever it is.

use actix_session::Session;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use secrecy::SecretString;

use super::attempt::{Attempt, Attempts, LIFETIME, Purpose};
use super::own::place::network;
use super::person::Person;
use super::refusal::Refusal;
use super::{Accounts, invite};
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::discord::{DiscordError, SignInTrouble, Tokens};
use crate::error::{AppError, Trouble};
use crate::ids::{self, GuildId};
use crate::keys::fingerprint;
use crate::on_each;
use crate::schema::used_login_states;
use crate::web::client_address::client_address;
use crate::web::{WebConfig, flash};

/// One request to the callback and what it is answered with.
pub(super) struct Visit<'a> {
    pub req: &'a HttpRequest,
    pub accounts: &'a Accounts,
    pub config: &'a WebConfig,
}

/// Discord's answer, as its query says it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
    /// A hint only: where the bot was added.
    guild: Option<GuildId>,
}

pub async fn callback(
    req: HttpRequest,
    session: Session,
    accounts: Data<Accounts>,
    config: Data<WebConfig>,
) -> HttpResponse {
    let visit = Visit { req: &req, accounts: &accounts, config: &config };
    let answer = Answer::read(req.query_string());
    let mut response = match settle(&visit, &session, &answer).await {
        Ok(response) => response,
        Err(error) => {
            let code = error.trouble.code();
            tracing::warn!(event = "sign_in_refused", code, client.address = %client_address(&req), "no sign-in");
            HttpResponse::from_error(error)
        }
    };
    if let Some(state) = answer.ok().and_then(|answer| answer.state) {
        visit.attempts().forget(&state, &mut response);
    }
    response
}

async fn settle(
    visit: &Visit<'_>,
    session: &Session,
    answer: &Result<Answer, Refusal>,
) -> Result<HttpResponse, AppError> {
    let accounts = visit.accounts;
    accounts.limits.come_back(visit.req)?;
    let answer = answer.as_ref().map_err(|refusal| *refusal)?;
    if answer.iss.as_ref().is_some_and(|issuer| *issuer != accounts.issuer) {
        return Err(Refusal::WrongIssuer.into());
    }
    let attempt = answer.state.as_deref().and_then(|state| visit.attempts().find(state));
    if let Some(error) = &answer.error {
        return no_from_discord(visit, error, attempt);
    }
    let state = answer.state.as_deref().ok_or(Refusal::NoState)?;
    let Some(attempt) = attempt else { return Err(unknown(accounts, state).await?.into()) };
    if attempt.is_over(accounts.clock.now()) {
        return Err(Refusal::Expired.into());
    }
    let code = answer.code.as_deref().filter(|code| !code.is_empty()).ok_or(Refusal::NoCode)?;
    use_up(accounts, state).await?;
    let exchanged = accounts.discord.exchange(code, &SecretString::from(attempt.verifier)).await;
    match attempt.purpose {
        Purpose::SignIn { return_to } => sign_in(visit, session, exchanged.map_err(not_exchanged)?, &return_to).await,
        Purpose::Invite { guild } => invite::finish(visit, session, guild.or(answer.guild), exchanged).await,
    }
}

/// Makes the person whom the tokens belong to the one signed in here.
pub(super) async fn sign_in(
    visit: &Visit<'_>,
    session: &Session,
    tokens: Tokens,
    return_to: &str,
) -> Result<HttpResponse, AppError> {
    if !tokens.suffice() {
        return Err(Refusal::TooFewScopes.into());
    }
    let accounts = visit.accounts;
    let user = accounts.discord.me(&tokens.access).await.map_err(|error| match error {
        DiscordError::Unauthorized => AppError::from(Refusal::CodeRefused),
        other => other.into(),
    })?;
    accounts.welcome(&user, &tokens).await?;
    let agent = visit.req.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let address = client_address(visit.req);
    Person::begin(session, &user, agent, &network(address))?;
    tracing::info!(event = "sign_in", user.id = user.id.get(), client.address = %address, "somebody signed in");
    let home =
        if return_to.is_empty() { accounts.home_of(user.id, &tokens.access).await } else { return_to.to_owned() };
    Ok(flash::redirect(visit.config, &accounts.keys, &home, None))
}

impl Visit<'_> {
    fn attempts(&self) -> Attempts<'_> {
        let Accounts { keys, clock, .. } = self.accounts;
        Attempts { req: self.req, keys, config: self.config, now: clock.now() }
    }
}

impl Answer {
    fn read(query: &str) -> Result<Self, Refusal> {
        let mut answer = Self::default();
        let mut guild = None;
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match key.as_ref() {
                "code" => &mut answer.code,
                "state" => &mut answer.state,
                "error" => &mut answer.error,
                "iss" => &mut answer.iss,
                "guild_id" => &mut guild,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return Err(Refusal::Repeated);
            }
        }
        answer.guild = guild.as_deref().and_then(ids::parse);
        Ok(answer)
    }
}

fn no_from_discord(visit: &Visit<'_>, error: &str, attempt: Option<Attempt>) -> Result<HttpResponse, AppError> {
    match (error, attempt.map(|attempt| attempt.purpose)) {
        ("access_denied", Some(Purpose::Invite { guild })) => Ok(invite::cancelled(visit, guild)),
        ("access_denied", _) => Err(Refusal::Cancelled.into()),
        ("server_error" | "temporarily_unavailable", _) => Err(Trouble::Discord { wait: None }.into()),
        _ => {
            // Anybody can write this word; it goes to the log as letters only.
            let word: String = error.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect();
            Err(AppError { cause: word, ..Refusal::RefusedByDiscord.into() })
        }
    }
}

fn not_exchanged(trouble: SignInTrouble) -> AppError {
    match trouble {
        SignInTrouble::Refused => Refusal::CodeRefused.into(),
        SignInTrouble::Misconfigured => Trouble::Misconfigured.into(),
        SignInTrouble::Unavailable(cause) => AppError::new(Trouble::Discord { wait: None }, cause),
    }
}

/// Without its cookie a try is unknown, or was used: the Back button leads here.
async fn unknown(accounts: &Accounts, state: &str) -> Result<Refusal, AppError> {
    let hash = fingerprint(state.as_bytes());
    let used = accounts
        .db
        .run(move |conn| {
            diesel::select(diesel::dsl::exists(used_login_states::table.find(hash)))
                .get_result::<bool>(conn)
                .map_err(DbError::from)
        })
        .await?;
    Ok(if used { Refusal::Used } else { Refusal::UnknownAttempt })
}

/// A state serves once, even for who brings the cookie back.
async fn use_up(accounts: &Accounts, state: &str) -> Result<(), AppError> {
    let (hash, now) = (fingerprint(state.as_bytes()), accounts.clock.now());
    let fresh = accounts.db.write(move |conn| mark_used(conn, &hash, now)).await?;
    if fresh { Ok(()) } else { Err(Refusal::Used.into()) }
}

fn mark_used(conn: &mut Conn, hash: &str, now: Millis) -> Result<bool, DbError> {
    diesel::delete(used_login_states::table.filter(used_login_states::expires_at.lt(now))).execute(conn)?;
    // Twice its life, so that it outlives every cookie it could come back with.
    let until = now + 2 * i64::try_from(LIFETIME.as_millis()).unwrap_or_default();
    let row = (used_login_states::state_hash.eq(hash), used_login_states::expires_at.eq(until));
    let inserted = on_each!(conn, c => diesel::insert_into(used_login_states::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}

#[cfg(test)]
mod tests;
