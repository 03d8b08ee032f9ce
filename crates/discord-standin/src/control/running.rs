//! How the stand-in runs: state, clock, options, faults, logs.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Refused, done, read};
use crate::{faults::Fault, state::State, world::Options};

pub async fn state(state: web::Data<State>) -> Answer {
    let world = state.world();
    let mut value = json!(*world);
    value["now_ms"] = json!(world.now_ms());
    value["living_tokens"] = json!(world.tokens.iter().filter(|token| !token.dead).count());
    Ok(HttpResponse::Ok().json(value))
}

pub async fn reset(state: web::Data<State>) -> Answer {
    state.reset();
    done()
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

pub async fn advance(state: web::Data<State>, body: web::Bytes) -> Answer {
    let Advance { seconds } = read(&body)?;
    state.world().advance(Duration::from_secs(seconds));
    done()
}

/// The named options change, the others stay.
pub async fn options(state: web::Data<State>, body: web::Bytes) -> Answer {
    let mut world = state.world();
    let mut merged = json!(world.options);
    let changes: serde_json::Map<String, Value> = read(&body)?;
    for (name, value) in changes {
        merged[name] = value;
    }
    let options: Options = serde_json::from_value(merged).map_err(|error| Refused::Unreadable(error.to_string()))?;
    world.options = options;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicationChange {
    redirect_uris: Option<Vec<String>>,
    bot_public: Option<bool>,
    bot_require_code_grant: Option<bool>,
    bot_token: Option<String>,
    client_secret: Option<String>,
    flags: Option<u64>,
}

pub async fn application(state: web::Data<State>, body: web::Bytes) -> Answer {
    let change: ApplicationChange = read(&body)?;
    let mut world = state.world();
    let app = &mut world.application;
    app.redirect_uris = change.redirect_uris.unwrap_or(std::mem::take(&mut app.redirect_uris));
    app.bot_public = change.bot_public.unwrap_or(app.bot_public);
    app.bot_require_code_grant = change.bot_require_code_grant.unwrap_or(app.bot_require_code_grant);
    app.bot_token = change.bot_token.unwrap_or(std::mem::take(&mut app.bot_token));
    app.client_secret = change.client_secret.unwrap_or(std::mem::take(&mut app.client_secret));
    app.flags = change.flags.unwrap_or(app.flags);
    done()
}

pub async fn faults(state: web::Data<State>) -> Answer {
    Ok(HttpResponse::Ok().json(state.faults().armed()))
}

pub async fn arm(state: web::Data<State>, body: web::Bytes) -> Answer {
    let fault: Fault = read(&body)?;
    state.faults().arm(fault);
    done()
}

pub async fn disarm(state: web::Data<State>) -> Answer {
    state.faults().clear();
    done()
}

pub async fn requests(state: web::Data<State>) -> Answer {
    Ok(HttpResponse::Ok().json(state.log().all()))
}

pub async fn forget_requests(state: web::Data<State>) -> Answer {
    state.log().clear();
    done()
}

pub async fn messages(state: web::Data<State>) -> Answer {
    Ok(HttpResponse::Ok().json(&state.world().messages))
}

pub async fn forget_messages(state: web::Data<State>) -> Answer {
    state.world().messages.clear();
    done()
}
