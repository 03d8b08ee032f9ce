//! Signing in and adding the bot: what a person sees, and the token endpoint behind it.

mod authorize;
mod install;
mod pages;
mod request;
mod token;

use actix_web::web;

/// All routes of OAuth.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource(["/oauth2/authorize", "/api/oauth2/authorize"])
            .route(web::get().to(authorize::show))
            .route(web::post().to(authorize::decide)),
    );
    config.service(
        web::resource(["/api/oauth2/token", "/api/v10/oauth2/token"])
            .route(web::post().to(token::grant))
            .default_service(web::to(token::wrong_method)),
    );
    config.service(
        web::resource(["/api/oauth2/token/revoke", "/api/v10/oauth2/token/revoke"])
            .route(web::post().to(token::revoke))
            .default_service(web::to(token::wrong_method)),
    );
}
