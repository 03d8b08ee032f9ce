//! `GET /login`: to Discord, with where to come back to. What comes back is `callback`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use secrecy::ExposeSecret as _;

use super::Accounts;
use super::attempt::{Attempt, Attempts, Purpose};
use super::return_to::safe_return_to;
use crate::error::AppError;
use crate::web::WebConfig;

/// Begins a sign-in. Somebody who is signed in already may sign in again, as somebody else too.
pub async fn login(
    req: HttpRequest,
    accounts: Data<Accounts>,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    accounts.limits.leave(&req)?;
    let wish = form_urlencoded::parse(req.query_string().as_bytes()).find(|(key, _)| key == "return_to");
    // Without a wish it is decided once it is known who came.
    let return_to = wish.map(|(_, wish)| safe_return_to(&config.public_url, Some(&wish))).unwrap_or_default();
    let start = accounts.discord.authorize_url();
    let now = accounts.clock.now();
    let attempt = Attempt {
        state: start.state,
        verifier: start.verifier.expose_secret().to_owned(),
        started_at: now,
        purpose: Purpose::SignIn { return_to },
    };
    Attempts { req: &req, keys: &accounts.keys, config: &config, now }.send_away(&start.url, &attempt)
}
