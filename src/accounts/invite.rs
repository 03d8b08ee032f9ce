//! Inviting the bot with the way back: the same try, cookie and callback as a sign-in.
//!
//! Who may invite it where is Discord's to say; what Discord answers here is a hint, and `guilds` asks anew.

use actix_session::Session;
use actix_web::{HttpRequest, HttpResponse};
use secrecy::ExposeSecret as _;
use twilight_model::guild::Permissions;

use super::Accounts;
use super::attempt::{Attempt, Attempts, Purpose};
use super::callback::{Visit, sign_in};
use super::person::Person;
use super::return_to::HOME;
use crate::discord::{SignInTrouble, Tokens, What};
use crate::error::{AppError, Trouble};
use crate::ids::GuildId;
use crate::web::WebConfig;
use crate::web::flash;
use crate::web::shell::{Flash, Tone};
use crate::web::words::Message;

/// Sends a person to Discord to add the bot, to this server if one is named, and back to its page.
///
/// # Errors
/// [`Trouble::Internal`] if the cookie cannot be made.
pub fn begin_invite(
    req: &HttpRequest,
    accounts: &Accounts,
    config: &WebConfig,
    guild: Option<GuildId>,
    permissions: Permissions,
) -> Result<HttpResponse, AppError> {
    let start = accounts.discord.invite_url(guild, permissions);
    let now = accounts.clock.now();
    let attempt = Attempt {
        state: start.state,
        verifier: start.verifier.expose_secret().to_owned(),
        started_at: now,
        purpose: Purpose::Invite { guild },
    };
    Attempts { req, keys: &accounts.keys, config, now }.send_away(&start.url, &attempt)
}

/// Where an invitation leads back to.
pub(super) fn page_of(guild: Option<GuildId>) -> String {
    guild.map_or_else(|| HOME.to_owned(), |guild| format!("{HOME}/{guild}"))
}

/// The person said no at Discord.
pub(super) fn cancelled(visit: &Visit<'_>, guild: Option<GuildId>) -> HttpResponse {
    back(visit, guild, Some("invite-cancelled"))
}

/// Discord has answered with a code. Taking it completes the invitation of a bot that requires that; the
/// tokens are not kept, because an invitation asks for less than a sign-in.
pub(super) async fn finish(
    visit: &Visit<'_>,
    session: &Session,
    guild: Option<GuildId>,
    exchanged: Result<Tokens, SignInTrouble>,
) -> Result<HttpResponse, AppError> {
    // The page before the invitation has just found the bot absent; now Discord is to be asked anew.
    if let Some(guild) = guild {
        visit.accounts.discord.evict(guild, What::All);
    }
    let tokens = match exchanged {
        Ok(tokens) => tokens,
        Err(SignInTrouble::Misconfigured) => return Err(Trouble::Misconfigured.into()),
        Err(trouble) => {
            tracing::warn!(cause = %trouble, "an invitation was not confirmed");
            return Ok(back(visit, guild, Some("invite-unfinished")));
        }
    };
    let Some(person) = Person::of(visit.req)? else { return sign_in_for(visit, session, guild, tokens).await };
    match visit.accounts.discord.me(&tokens.access).await {
        Ok(user) if user.id != person.id => sign_in_for(visit, session, guild, tokens).await,
        Ok(_) => Ok(back(visit, guild, None)),
        Err(error) => {
            tracing::warn!(cause = %error, "who invited the bot is not known");
            Ok(back(visit, guild, None))
        }
    }
}

/// Another Discord account than the one signed in here, or none: a sign-in, by itself if this answer allows it.
async fn sign_in_for(
    visit: &Visit<'_>,
    session: &Session,
    guild: Option<GuildId>,
    tokens: Tokens,
) -> Result<HttpResponse, AppError> {
    if tokens.suffice() {
        return sign_in(visit, session, tokens, &page_of(guild)).await;
    }
    let page: String = form_urlencoded::byte_serialize(page_of(guild).as_bytes()).collect();
    Ok(flash::redirect(visit.config, &visit.accounts.keys, &format!("/login?return_to={page}"), None))
}

fn back(visit: &Visit<'_>, guild: Option<GuildId>, words: Option<&'static str>) -> HttpResponse {
    let flash = words.map(|key| Flash { tone: Tone::Warning, message: Message::new(key) });
    flash::redirect(visit.config, &visit.accounts.keys, &page_of(guild), flash.as_ref())
}
