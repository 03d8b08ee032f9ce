//! The authorize page and the decision on it. Adding a bot branches off to `install`.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::{StatusCode, header},
    web,
};

use super::{
    install, pages,
    request::{AuthorizeRequest, Callback, Refused},
};
use crate::{id::Id, params::Params, state::State, world::World};

/// Remembers who was picked last, as a browser that stays signed in at Discord does. Below its
/// own path, for the dashboard may run on the same host.
const COOKIE: &str = "standin_user";

/// `GET /oauth2/authorize`
pub async fn show(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let mut world = state.world();
    let asked = match AuthorizeRequest::read(&world, request.query_string()) {
        Ok(asked) => asked,
        Err(refused) => return refuse(refused),
    };
    let last = request.cookie(COOKIE).and_then(|cookie| cookie.value().parse::<Id>().ok());
    let last = last.filter(|id| world.users.contains_key(id));
    let switch = Params::parse(request.query_string()).is_true("switch_user");
    match (last, &asked.callback) {
        (Some(user), _) if asked.install.is_some() && !switch => {
            install::show(&world, &asked, user, request.query_string())
        }
        (Some(user), Some(callback))
            if asked.quiet && asked.install.is_none() && world.has_approved(user, &asked.scopes) =>
        {
            grant(&mut world, &asked, callback, user, None)
        }
        _ => pages::people(&world, &asked, last, request.query_string()),
    }
}

/// `POST /oauth2/authorize` with the same query; the form has `user_id` and `decision`, for a bot
/// also `guild_id`.
pub async fn decide(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let mut world = state.world();
    let asked = match AuthorizeRequest::read(&world, request.query_string()) {
        Ok(asked) => asked,
        Err(refused) => return refuse(refused),
    };
    let form = Params::parse(&body);
    if form.get("decision") == Some("cancel") {
        return cancelled(&asked);
    }
    let user = form.get("user_id").and_then(|text| text.parse::<Id>().ok());
    let Some(user) = user.and_then(|id| world.users.get(&id)) else {
        return pages::refusal(StatusCode::BAD_REQUEST, "Pick one of the people.");
    };
    let (user, verified) = (user.id, user.verified);
    if !verified {
        return pages::refusal(StatusCode::FORBIDDEN, "Verify your account before you authorize anything.");
    }
    let mut response = match (form.get("decision"), &asked.callback) {
        (Some("authorize"), Some(callback)) if asked.install.is_none() => {
            grant(&mut world, &asked, callback, user, None)
        }
        (Some("authorize"), _) if asked.install.is_some() => {
            install::decide(&mut world, &asked, user, &form, request.query_string())
        }
        (Some("continue"), _) if asked.install.is_some() => install::show(&world, &asked, user, request.query_string()),
        _ => pages::refusal(StatusCode::BAD_REQUEST, "Decide: authorize or cancel."),
    };
    remember(&mut response, user);
    response
}

/// Records the approval and goes back with a code.
pub(super) fn grant(
    world: &mut World,
    asked: &AuthorizeRequest,
    callback: &Callback,
    user: Id,
    installed: Option<(Id, u64)>,
) -> HttpResponse {
    let guild = installed.map(|(guild, _)| guild);
    let code = world.approve(user, &asked.scopes, &callback.uri, asked.challenge.clone(), guild);
    let facts = installed.map(|(guild, bits)| (guild.to_string(), bits.to_string()));
    let mut pairs = vec![("code", code.as_str())];
    if let Some((guild, bits)) = &facts {
        pairs.extend([("guild_id", guild.as_str()), ("permissions", bits.as_str())]);
    }
    redirect(&callback.with(&pairs))
}

fn cancelled(asked: &AuthorizeRequest) -> HttpResponse {
    let denied = "The resource owner or authorization server denied the request";
    match &asked.callback {
        Some(callback) => redirect(&callback.error("access_denied", denied)),
        None => pages::nothing_added(),
    }
}

fn refuse(refused: Refused) -> HttpResponse {
    match refused {
        Refused::Here(sentence) => pages::refusal(StatusCode::BAD_REQUEST, sentence),
        Refused::Back(location) => redirect(&location),
    }
}

fn redirect(location: &str) -> HttpResponse {
    HttpResponse::Found().insert_header((header::LOCATION, location)).finish()
}

fn remember(response: &mut HttpResponse, user: Id) {
    let cookie = Cookie::build(COOKIE, user.to_string()).path("/oauth2").http_only(true).same_site(SameSite::Lax);
    if let Err(error) = response.add_cookie(&cookie.finish()) {
        tracing::warn!(%error, "the cookie cannot be set");
    }
}
