//! The token endpoint and revocation: forms only, client authentication by Basic or by form,
//! errors in the shape of the RFC.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, http::StatusCode, web};
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::{
    id::Id,
    params::Params,
    shapes,
    state::State,
    world::{GrantRefused, Token, World},
};

/// `POST /api/oauth2/token`
pub async fn grant(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let mut world = state.world();
    let form = match read(&world, &request, &body) {
        Ok(form) => form,
        Err(unread) => return unread.response(),
    };
    match form.get("grant_type") {
        Some("authorization_code") => {
            let code = form.get("code").unwrap_or_default();
            match world.exchange(code, form.get("redirect_uri"), form.get("code_verifier")) {
                Ok((token, guild)) => answer(&world, &token, guild),
                Err(refused) => refuse(refused),
            }
        }
        Some("refresh_token") => match world.refresh(form.get("refresh_token").unwrap_or_default()) {
            Ok(token) => answer(&world, &token, None),
            Err(refused) => refuse(refused),
        },
        other => unsupported(other),
    }
}

/// `POST /api/oauth2/token/revoke`
pub async fn revoke(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let mut world = state.world();
    match read(&world, &request, &body) {
        Ok(form) => {
            // RFC 7009: one that is not known is as good as revoked, but one has to be named.
            match form.get("token").filter(|token| !token.is_empty()) {
                Some(token) => world.revoke(token),
                None => return error(StatusCode::BAD_REQUEST, "invalid_request", None),
            }
            HttpResponse::Ok().json(json!({}))
        }
        Err(unread) => unread.response(),
    }
}

/// Any other method.
pub async fn wrong_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed().json(json!({"message": "405: Method Not Allowed", "code": 0}))
}

/// The form of an authenticated client.
fn read(world: &World, request: &HttpRequest, body: &[u8]) -> Result<Params, Unread> {
    if request.content_type() != "application/x-www-form-urlencoded" {
        return Err(Unread::NoForm);
    }
    let form = Params::parse(body);
    let in_form = form.get("client_id").zip(form.get("client_secret"));
    let in_form = in_form.map(|(id, secret)| (id.to_owned(), secret.to_owned()));
    let app = &world.application;
    match basic(request).or(in_form) {
        Some((id, secret)) if id == app.id.to_string() && secret == app.client_secret => Ok(form),
        _ => Err(Unread::WrongClient),
    }
}

/// Why a form does not count.
enum Unread {
    NoForm,
    WrongClient,
}

impl Unread {
    fn response(&self) -> HttpResponse {
        match self {
            Unread::NoForm => unsupported(None),
            Unread::WrongClient => error(StatusCode::UNAUTHORIZED, "invalid_client", None),
        }
    }
}

fn unsupported(grant_type: Option<&str>) -> HttpResponse {
    let description = format!("Grant type {} is not supported", grant_type.unwrap_or("None"));
    error(StatusCode::BAD_REQUEST, "unsupported_grant_type", Some(&description))
}

/// Client id and secret of HTTP Basic; both were form-encoded before they were joined.
fn basic(request: &HttpRequest) -> Option<(String, String)> {
    let header = request.headers().get("authorization")?.to_str().ok()?;
    let pair = BASE64.decode(header.strip_prefix("Basic ")?.as_bytes()).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let decoded = |text: &str| Params::parse(format!("value={text}")).get("value").map(str::to_owned);
    Some((decoded(id)?, decoded(secret)?))
}

fn answer(world: &World, token: &Token, guild: Option<Id>) -> HttpResponse {
    let scope = token.scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let mut body: Value = json!({
        "access_token": token.access, "token_type": "Bearer", "refresh_token": token.refresh,
        "expires_in": token.expires_ms.saturating_sub(world.now_ms()).div_ceil(1000), "scope": scope,
    });
    if let Some(guild) = guild.and_then(|id| world.guilds.get(&id)) {
        body["guild"] = shapes::guild(world, guild, false);
    }
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(body)
}

fn refuse(refused: GrantRefused) -> HttpResponse {
    let (code, description) = match refused {
        GrantRefused::Code => ("invalid_grant", "Invalid \"code\" in request."),
        GrantRefused::Redirect => ("invalid_request", "Invalid \"redirect_uri\" in request."),
        GrantRefused::VerifierMissing => ("invalid_request", "Missing \"code_verifier\" in request."),
        GrantRefused::VerifierWrong => ("invalid_request", "Invalid \"code_verifier\" in request."),
        GrantRefused::RefreshToken => ("invalid_grant", "Invalid \"refresh_token\" in request"),
    };
    error(StatusCode::BAD_REQUEST, code, Some(description))
}

fn error(status: StatusCode, code: &str, description: Option<&str>) -> HttpResponse {
    let mut body = json!({"error": code});
    if let Some(description) = description {
        body["error_description"] = json!(description);
    }
    HttpResponse::build(status).json(body)
}
