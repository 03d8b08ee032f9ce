//! `/api/v10` without the token endpoints: one line a route.

mod auth;
mod channels;
mod error;
mod form;
mod guilds;
mod messages;
mod messages_form;
mod roles;
mod users;

use actix_web::{HttpResponse, web};

pub use auth::caller;
pub use error::ApiError;

/// What every handler of the API answers.
type Answer = Result<HttpResponse, ApiError>;

/// All routes of the API.
pub fn routes(config: &mut web::ServiceConfig) {
    let at = |path: &str| web::resource(path).default_service(web::to(wrong_method));
    let api = web::scope("/api/v10")
        .service(at("/users/@me").route(web::get().to(users::me)))
        .service(at("/users/@me/channels").route(web::post().to(messages::open_direct)))
        .service(at("/users/@me/guilds").route(web::get().to(users::guilds)))
        .service(at("/users/@me/guilds/{guild}/member").route(web::get().to(users::member)))
        .service(at("/oauth2/@me").route(web::get().to(users::authorization)))
        .service(at("/oauth2/applications/@me").route(web::get().to(users::application)))
        .service(at("/applications/@me").route(web::get().to(users::application)))
        .service(at("/voice/regions").route(web::get().to(guilds::voice_regions)))
        .service(at("/guilds/{guild}").route(web::get().to(guilds::show)))
        .service(
            at("/guilds/{guild}/channels")
                .route(web::get().to(guilds::channels))
                .route(web::post().to(channels::create)),
        )
        .service(at("/guilds/{guild}/roles").route(web::get().to(guilds::roles)))
        .service(at("/guilds/{guild}/roles/member-counts").route(web::get().to(guilds::role_member_counts)))
        .service(at("/guilds/{guild}/emojis").route(web::get().to(guilds::emojis)))
        .service(at("/guilds/{guild}/regions").route(web::get().to(guilds::regions)))
        .service(at("/guilds/{guild}/members/{user}").route(web::get().to(guilds::member)))
        .service(
            at("/guilds/{guild}/members/{user}/roles/{role}")
                .route(web::put().to(roles::give))
                .route(web::delete().to(roles::take)),
        )
        .service(
            at("/channels/{channel}")
                .route(web::get().to(channels::show))
                .route(web::patch().to(channels::change))
                .route(web::delete().to(channels::delete)),
        )
        .service(at("/channels/{channel}/permissions/{target}").route(web::put().to(channels::overwrite)))
        .service(at("/channels/{channel}/messages").route(web::post().to(messages::post)))
        .service(
            at("/channels/{channel}/messages/{message}")
                .route(web::patch().to(messages::edit))
                .route(web::delete().to(messages::delete)),
        )
        .default_service(web::to(no_such_path));
    config.service(api);
}

/// A path Discord does not have.
pub async fn no_such_path() -> HttpResponse {
    ApiError::new(404, 0, "404: Not Found").response()
}

async fn wrong_method() -> HttpResponse {
    ApiError::new(405, 0, "405: Method Not Allowed").response()
}
