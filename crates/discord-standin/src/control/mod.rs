//! The same switches over HTTP, as JSON, for browser tests and the demo: one line a route.
//! Discord has none of this; nothing here is logged or met by faults.

mod running;
mod scenery;

use actix_web::{HttpResponse, ResponseError, http::StatusCode, web};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::{id::Id, world::NoSuch};

/// All control routes.
pub fn routes(config: &mut web::ServiceConfig) {
    let (get, post, put) = (web::get, web::post, web::put);
    let (patch, delete) = (web::patch, web::delete);
    let control = web::scope("/control")
        .route("/state", get().to(running::state))
        .route("/reset", post().to(running::reset))
        .route("/time", post().to(running::advance))
        .route("/options", patch().to(running::options))
        .route("/application", patch().to(running::application))
        .route("/faults", get().to(running::faults))
        .route("/faults", post().to(running::arm))
        .route("/faults", delete().to(running::disarm))
        .route("/requests", get().to(running::requests))
        .route("/requests", delete().to(running::forget_requests))
        .route("/messages", get().to(running::messages))
        .route("/messages", delete().to(running::forget_messages))
        .route("/users", post().to(scenery::add_user))
        .route("/users/{user}", patch().to(scenery::change_user))
        .route("/users/{user}/tokens", post().to(scenery::sign_in))
        .route("/users/{user}/tokens", delete().to(scenery::revoke))
        .route("/guilds", post().to(scenery::add_guild))
        .route("/guilds/{guild}", patch().to(scenery::change_guild))
        .route("/guilds/{guild}", delete().to(scenery::remove_guild))
        .route("/guilds/{guild}/bot", put().to(scenery::set_bot_present))
        .route("/guilds/{guild}/members/{user}", post().to(scenery::set_member))
        .route("/guilds/{guild}/members/{user}", delete().to(scenery::remove_member))
        .route("/guilds/{guild}/roles", post().to(scenery::add_role))
        .route("/guilds/{guild}/roles/{role}", patch().to(scenery::change_role))
        .route("/guilds/{guild}/roles/{role}", delete().to(scenery::delete_role))
        .route("/guilds/{guild}/emojis", post().to(scenery::add_emoji))
        .route("/guilds/{guild}/emojis/{emoji}", delete().to(scenery::delete_emoji))
        .route("/guilds/{guild}/channels", post().to(scenery::add_channel))
        .route("/channels/{channel}/visible", put().to(scenery::set_visible))
        .route("/channels/{channel}", delete().to(scenery::delete_channel));
    config.service(control);
}

/// What every control handler answers.
type Answer = Result<HttpResponse, Refused>;

/// A control call that asks for something that is not there or cannot be read.
#[derive(Debug)]
enum Refused {
    Unreadable(String),
    NotFound(NoSuch),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::Unreadable(why) => f.write_str(why),
            Refused::NotFound(what) => what.fmt(f),
        }
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        match self {
            Refused::Unreadable(_) => StatusCode::BAD_REQUEST,
            Refused::NotFound(_) => StatusCode::NOT_FOUND,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).json(json!({"error": self.to_string()}))
    }
}

impl From<NoSuch> for Refused {
    fn from(what: NoSuch) -> Refused {
        Refused::NotFound(what)
    }
}

/// A body of whatever content type, so that plain `curl -d` works.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused::Unreadable(error.to_string()))
}

fn id(text: &str) -> Result<Id, Refused> {
    text.parse().map_err(|_| Refused::Unreadable(format!("not an id: {text}")))
}

fn done() -> Answer {
    Ok(HttpResponse::NoContent().finish())
}
