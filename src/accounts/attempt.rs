//! One try to sign in (or to invite the bot), kept in a sealed cookie of its own while the person is at
//! Discord. Several tabs may try at once; nothing is stored here for who never comes back.

use std::time::Duration;

use actix_web::cookie::{Cookie, CookieJar, SameSite, time::Duration as CookieDuration};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use url::Url;

use crate::clock::Millis;
use crate::error::{AppError, Trouble};
use crate::ids::GuildId;
use crate::keys::{Keys, fingerprint};
use crate::web::WebConfig;

/// Longer than this nobody needs at Discord.
pub(super) const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Tries of one browser at once; a further one drops the oldest.
const MOST: usize = 5;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub state: String,
    pub verifier: String,
    pub started_at: Millis,
    pub purpose: Purpose,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Purpose {
    SignIn {
        return_to: String,
    },
    /// With the server, if the invitation fixed one.
    Invite {
        guild: Option<GuildId>,
    },
}

impl Attempt {
    pub(super) fn is_over(&self, now: Millis) -> bool {
        now - self.started_at > self::lifetime()
    }
}

fn lifetime() -> Millis {
    i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX)
}

/// Where the cookies of tries live.
#[derive(Clone, Copy)]
pub(super) struct Attempts<'a> {
    pub req: &'a HttpRequest,
    pub keys: &'a Keys,
    pub config: &'a WebConfig,
    pub now: Millis,
}

impl Attempts<'_> {
    /// Sends the person to Discord with this try in a cookie.
    pub(super) fn send_away(self, to: &Url, attempt: &Attempt) -> Result<HttpResponse, AppError> {
        let content =
            serde_json::to_string(attempt).map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
        let mut response = HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_str())).finish();
        for name in self.surplus() {
            remove(&mut response, self.cookie(name, String::new()));
        }
        let name = self.name(&attempt.state);
        let mut jar = CookieJar::new();
        jar.private_mut(self.keys.cookies()).add(Cookie::new(name.clone(), content));
        let sealed = jar.get(&name).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
        let mut cookie = self.cookie(name, sealed);
        cookie.set_max_age(CookieDuration::try_from(LIFETIME).unwrap_or(CookieDuration::MINUTE));
        response.add_cookie(&cookie).map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
        Ok(response)
    }

    /// The try that a state belongs to, if this browser made it.
    pub(super) fn find(self, state: &str) -> Option<Attempt> {
        let attempt = self.open(&self.req.cookie(&self.name(state))?)?;
        bool::from(attempt.state.as_bytes().ct_eq(state.as_bytes())).then_some(attempt)
    }

    /// Takes a try's cookie away: it has had its answer, whichever.
    pub(super) fn forget(self, state: &str, response: &mut HttpResponse) {
        let name = self.name(state);
        if self.req.cookie(&name).is_some() {
            remove(response, self.cookie(name, String::new()));
        }
    }

    /// Cookies of tries that have to go before there is a further one: what cannot be read, and the oldest.
    fn surplus(self) -> Vec<String> {
        let prefix = self.prefix();
        let cookies = self.req.cookies().map(|cookies| cookies.clone()).unwrap_or_default();
        let mut tries: Vec<(Option<Millis>, String)> = cookies
            .iter()
            .filter(|cookie| cookie.name().starts_with(prefix))
            .map(|cookie| {
                let attempt = self.open(cookie).filter(|attempt| !attempt.is_over(self.now));
                (attempt.map(|attempt| attempt.started_at), cookie.name().to_owned())
            })
            .collect();
        tries.sort();
        let live = tries.iter().filter(|(started_at, _)| started_at.is_some()).count();
        let dropped = tries.len() - live + live.saturating_sub(MOST - 1);
        tries.truncate(dropped);
        tries.into_iter().map(|(_, name)| name).collect()
    }

    fn open(self, cookie: &Cookie<'static>) -> Option<Attempt> {
        self.keys.cookie_readers().find_map(|key| {
            let mut jar = CookieJar::new();
            jar.add_original(cookie.clone());
            serde_json::from_str(jar.private(key).get(cookie.name())?.value()).ok()
        })
    }

    /// The name says which state it is for and tells nobody what the state is.
    fn name(self, state: &str) -> String {
        let print = fingerprint(state.as_bytes());
        format!("{}{}", self.prefix(), print.get(..12).unwrap_or(&print))
    }

    fn prefix(self) -> &'static str {
        if self.config.https() { "__Host-guildhall-login-" } else { "guildhall-login-" }
    }

    fn cookie(self, name: String, value: String) -> Cookie<'static> {
        Cookie::build(name, value)
            .path("/")
            .http_only(true)
            .secure(self.config.https())
            .same_site(SameSite::Lax)
            .finish()
    }
}

fn remove(response: &mut HttpResponse, mut cookie: Cookie<'static>) {
    cookie.make_removal();
    // A cookie that stays is refused by `used_login_states` and ends in ten minutes.
    let _ = response.add_cookie(&cookie);
}
