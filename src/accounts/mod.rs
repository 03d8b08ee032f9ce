//! Who is signed in: sign-in with Discord, sessions, and the tokens Discord gave for each person.
//!
//! What a signed-in person may do on a server is not said here; that is `guilds`.

pub mod allowance;
mod attempt;
mod avatar;
mod callback;
pub mod drafts;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod invite;
mod language;
mod names;
pub mod own;
mod page_limit;
mod person;
mod preferences;
mod refusal;
mod return_to;
mod session_cookie;
mod session_store;
mod sessions;
mod sign_in;
mod sign_in_limit;
mod sign_out;
mod tokens;
mod users;

#[cfg(test)]
mod fixture;

use std::sync::Arc;

use tokio::sync::broadcast;
use url::Url;

pub use avatar::avatar_url;
pub use callback::callback;
pub use invite::begin_invite;
pub use language::choose_language;
pub use names::{Names, names};
pub use page_limit::limit_pages;
pub use person::{Person, sign_in_first};
pub use preferences::{choose_preferences, preferences};
pub use return_to::safe_return_to;
pub use session_cookie::{accept_previous_key, session_middleware};
pub use session_store::SessionRows;
pub use sessions::{
    SessionInfo, end_all_sessions, end_everybodys_sessions, open_among, remove_ended_sessions, sessions_of,
};
pub use sign_in::login;
pub use sign_out::logout;
pub use tokens::{TakenBack, TokenTrouble, opened as opened_tokens};

use crate::clock::Clock;
use crate::db::Db;
use crate::discord::Discord;
use crate::ids::UserId;
use crate::keys::Keys;
use crate::sizes::Size;

/// People whose sessions have ended that are kept for who listens slowly.
const ENDED_KEPT: usize = 64;

/// What signing in and speaking to Discord in a person's name needs. Clones share limits.
#[derive(Clone)]
pub struct Accounts {
    db: Db,
    keys: Keys,
    clock: Clock,
    discord: Discord,
    /// What `iss` in Discord's answer must be, if it is there.
    issuer: String,
    limits: Arc<sign_in_limit::SignInLimits>,
    /// Whose sessions have ended.
    ended: broadcast::Sender<UserId>,
}

impl Accounts {
    /// `discord_url` is `DISCORD_URL`: who answers for a sign-in.
    pub fn new(db: Db, keys: Keys, clock: Clock, discord: Discord, discord_url: &Url) -> Self {
        Self {
            db,
            keys,
            issuer: discord_url.origin().ascii_serialization(),
            limits: Arc::new(sign_in_limit::SignInLimits::new(&clock)),
            clock,
            discord,
            ended: broadcast::Sender::new(ENDED_KEPT),
        }
    }

    /// Whose sessions were ended here, as they end: one of them, or all.
    pub fn ended_sessions(&self) -> broadcast::Receiver<UserId> {
        self.ended.subscribe()
    }

    pub fn sizes(&self) -> Vec<Size> {
        let ended = Size::queue("ended_sessions", self.ended.len(), ENDED_KEPT);
        self.limits.sizes().into_iter().chain([ended]).collect()
    }

    /// Without the limit of sign-ins an address, which a test run or a benchmark would meet.
    pub fn generous(mut self) -> Self {
        self.limits = Arc::new(sign_in_limit::SignInLimits::generous(&self.clock));
        self
    }
}
