//! Who is calling: the bot, a person's token with its scopes, or nobody.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderMap, web::Data};

use super::ApiError;
use crate::{
    requests::Caller,
    state::State,
    world::{Token, World},
};

/// The caller, as a handler's parameter.
pub enum Who {
    /// No token, or one that is not good.
    Nobody,
    /// The bot.
    Bot,
    /// A person's living token.
    Person(Token),
}

impl Who {
    /// Passes the bot only.
    pub fn bot(&self, world: &World) -> Result<(), ApiError> {
        match self {
            Who::Bot => Ok(()),
            Who::Person(_) => Err(scope_missing(world)),
            Who::Nobody => Err(ApiError::unauthorized()),
        }
    }

    /// Passes a person whose token has all these scopes.
    pub fn person(&self, world: &World, scopes: &[&str]) -> Result<&Token, ApiError> {
        match self {
            Who::Person(token) if scopes.iter().all(|&scope| token.scopes.contains(scope)) => Ok(token),
            Who::Person(_) => Err(scope_missing(world)),
            Who::Bot | Who::Nobody => Err(ApiError::unauthorized()),
        }
    }
}

fn scope_missing(world: &World) -> ApiError {
    if world.options.missing_scope_is_403 {
        return ApiError::new(403, 50026, "Missing required OAuth2 scope");
    }
    ApiError::unauthorized()
}

impl FromRequest for Who {
    type Error = Infallible;
    type Future = Ready<Result<Who, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>();
        ready(Ok(state.map_or(Who::Nobody, |state| who(&state.world(), request.headers()))))
    }
}

fn who(world: &World, headers: &HeaderMap) -> Who {
    let header = headers.get("authorization").and_then(|value| value.to_str().ok());
    match header.and_then(|value| value.split_once(' ')) {
        Some(("Bot", token)) if token == world.application.bot_token => Who::Bot,
        Some(("Bearer", token)) => world.token(token).cloned().map_or(Who::Nobody, Who::Person),
        _ => Who::Nobody,
    }
}

/// The caller, for the request log.
pub fn caller(world: &World, headers: &HeaderMap) -> Caller {
    match who(world, headers) {
        Who::Nobody => Caller::Nobody,
        Who::Bot => Caller::Bot,
        Who::Person(token) => Caller::Person(token.user_id),
    }
}
