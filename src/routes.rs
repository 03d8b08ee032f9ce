//! The whole URL map on one page, grouped by who may come. Nothing registers itself elsewhere.

use actix_web::web::{ServiceConfig, get, post, resource, scope};

use crate::modules::{Giveaway, Music, TempVoice, Tickets};
use crate::settings::module::SettingsModule;
use crate::settings::{reset, save, show, try_out};
use crate::{accounts, guilds, overview, web};

/// For anybody, without a session.
pub fn open(routes: &mut ServiceConfig) {
    routes
        .route("/healthz", get().to(web::health::alive))
        .route("/readyz", get().to(web::health::ready))
        .route("/static/{name}", get().to(web::files::asset))
        .route("/favicon.ico", get().to(web::files::favicon))
        .route("/robots.txt", get().to(web::files::robots))
        .route("/cdn/{path:.*}", get().to(crate::images::image));
}

/// With a session; each handler's guard says who may come.
pub fn pages(routes: &mut ServiceConfig) {
    routes
        // Anybody.
        .route("/", get().to(crate::landing::landing))
        .route("/login", get().to(accounts::login))
        .route("/auth/callback", get().to(accounts::callback))
        // Signed in.
        .route("/logout", post().to(accounts::logout))
        .route("/guilds", get().to(guilds::picker::picker))
        // Managers of the server.
        .service(
            scope("/guilds/{guild_id}")
                .route("", get().to(overview::overview))
                .route("/invite", get().to(overview::invite))
                .configure(module::<TempVoice>)
                .configure(module::<Giveaway>)
                .configure(module::<Tickets>)
                .configure(module::<Music>),
        );
}

/// The pages of one module's settings.
fn module<M: SettingsModule>(routes: &mut ServiceConfig) {
    let path = |tail: &str| format!("/settings/{}{tail}", M::KEY.as_str());
    routes
        .service(resource(path("")).route(get().to(show::show::<M>)).route(post().to(save::save::<M>)))
        .route(&path("/preview"), post().to(try_out::preview::<M>))
        .service(resource(path("/reset")).route(get().to(reset::ask::<M>)).route(post().to(reset::reset::<M>)));
}
