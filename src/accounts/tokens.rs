//! A person's Discord tokens: opened for use, renewed when they run out.
//!
//! A refresh ends the refresh token it was asked with, so there may be one at a time for a person, whatever
//! the number of instances: who claims the row's lease refreshes, the others wait and read again. A person is
//! signed out only if Discord calls the newest refresh token dead.

mod rows;
mod taking_back;

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

pub(super) use self::rows::Sealed;
use self::rows::TokenRow;
pub use self::rows::opened;
pub use self::taking_back::TakenBack;
use super::Accounts;
use crate::clock::Millis;
use crate::db::DbError;
use crate::discord::{RefreshTrouble, Tokens};
use crate::error::{AppError, Trouble};
use crate::ids::UserId;

/// A token is renewed this long before it runs out.
const EARLY: Millis = 60_000;
/// How long a claim holds: longer than any answer of Discord takes.
const LEASE: Millis = 30_000;
/// How long a request waits for somebody else's refresh.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Why there is no token to use.
#[derive(Debug, thiserror::Error)]
pub enum TokenTrouble {
    /// The access is gone for good and the person's sessions with it: they have to sign in again.
    #[error("Discord has ended the access")]
    SignedOut,
    /// Says nothing about the session, which stays.
    #[error("Discord cannot be reached: {0}")]
    Unavailable(String),
    #[error("Discord refused the client id or secret")]
    Misconfigured,
    #[error(transparent)]
    Database(#[from] DbError),
}

impl From<TokenTrouble> for AppError {
    fn from(trouble: TokenTrouble) -> Self {
        let cause = trouble.to_string();
        match trouble {
            TokenTrouble::SignedOut => Self::new(Trouble::SignedOut { draft: None }, cause),
            TokenTrouble::Unavailable(_) => Self::new(Trouble::Discord { wait: None }, cause),
            TokenTrouble::Misconfigured => Self::new(Trouble::Misconfigured, cause),
            TokenTrouble::Database(error) => error.into(),
        }
    }
}

/// How a claimed refresh ended.
enum Refreshed {
    New(SecretString),
    /// Somebody signed in or refreshed meanwhile: their tokens count.
    Overtaken,
}

impl Accounts {
    /// A token for speaking to Discord in this person's name.
    ///
    /// # Errors
    /// See [`TokenTrouble`].
    pub async fn access_token(&self, user: UserId) -> Result<SecretString, TokenTrouble> {
        self.usable(user, None).await
    }

    /// Another token than the one Discord has just refused with 401. Asked once a request: a second refusal
    /// in a row is not about the token.
    ///
    /// # Errors
    /// See [`TokenTrouble`].
    pub async fn refresh_after_401(&self, user: UserId, refused: &SecretString) -> Result<SecretString, TokenTrouble> {
        self.usable(user, Some(refused)).await
    }

    async fn usable(&self, user: UserId, refused: Option<&SecretString>) -> Result<SecretString, TokenTrouble> {
        let give_up = tokio::time::Instant::now() + PATIENCE;
        loop {
            let Some(row) = TokenRow::read(&self.db, user).await? else {
                self.sign_out(user, None).await?;
                continue;
            };
            let now = self.clock.now();
            let Ok(access) = row.open_access(&self.keys, user) else {
                self.sign_out(user, Some(row.version)).await?;
                continue;
            };
            let is_refused = refused.is_some_and(|refused| refused.expose_secret() == access.expose_secret());
            let lives = !is_refused && row.expires_at > now;
            if lives && row.expires_at > now + EARLY {
                return Ok(access);
            }
            if let Some(claim) = TokenRow::claim(&self.db, user, row.version, now).await? {
                match self.refresh_unhurt(user, row, claim).await {
                    Ok(Refreshed::New(access)) => return Ok(access),
                    Ok(Refreshed::Overtaken) => {}
                    Err(TokenTrouble::Unavailable(_)) if lives => return Ok(access),
                    Err(trouble) => return Err(trouble),
                }
            } else if lives {
                return Ok(access);
            } else if tokio::time::Instant::now() > give_up {
                return Err(TokenTrouble::Unavailable("another refresh does not end".to_owned()));
            } else {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }

    /// In a task of its own: a request that is dropped half-way must not lose the only refresh token.
    async fn refresh_unhurt(&self, user: UserId, row: TokenRow, claim: Millis) -> Result<Refreshed, TokenTrouble> {
        let this = self.clone();
        let task = tokio::spawn(async move { this.refresh(user, row, claim).await });
        task.await.unwrap_or_else(|panic| Err(TokenTrouble::Unavailable(panic.to_string())))
    }

    async fn refresh(&self, user: UserId, row: TokenRow, claim: Millis) -> Result<Refreshed, TokenTrouble> {
        let Ok(old) = row.open_refresh(&self.keys, user) else { return self.sign_out(user, Some(row.version)).await };
        match self.discord.refresh(&old).await {
            Ok(tokens) => self.keep_refreshed(user, row.version, &tokens).await,
            Err(RefreshTrouble::Dead) => self.sign_out(user, Some(row.version)).await,
            Err(RefreshTrouble::Unavailable(cause)) => {
                TokenRow::release(&self.db, user, claim).await;
                Err(TokenTrouble::Unavailable(cause))
            }
            Err(RefreshTrouble::Misconfigured) => {
                TokenRow::release(&self.db, user, claim).await;
                Err(TokenTrouble::Misconfigured)
            }
        }
    }

    /// Stores the new pair before anybody uses it. The old one is dead already, so a database that is away
    /// for a moment is waited for.
    async fn keep_refreshed(&self, user: UserId, version: i64, tokens: &Tokens) -> Result<Refreshed, TokenTrouble> {
        let sealed = Sealed::of(&self.keys, user, tokens, self.clock.now());
        let mut tries = 0;
        let stored = loop {
            match sealed.replace(&self.db, user, version).await {
                Err(DbError::Unavailable(cause)) if tries < 5 => {
                    tries += 1;
                    tracing::warn!(user.id = user.get(), cause, "refreshed tokens are not stored yet");
                    tokio::time::sleep(LOOK_AGAIN * tries * tries).await;
                }
                answer => break answer?,
            }
        };
        Ok(if stored { Refreshed::New(tokens.access.clone()) } else { Refreshed::Overtaken })
    }

    /// Ends every session of a person whose access is gone, unless other tokens are there by now.
    async fn sign_out(&self, user: UserId, version: Option<i64>) -> Result<Refreshed, TokenTrouble> {
        let Some(ended) = TokenRow::delete_with_sessions(&self.db, user, version).await? else {
            return Ok(Refreshed::Overtaken);
        };
        self.tell_of_end(user);
        let user = user.get();
        tracing::info!(event = "session_ended", reason = "access_gone", user.id = user, ended, "sessions ended");
        Err(TokenTrouble::SignedOut)
    }
}

#[cfg(test)]
mod tests;
