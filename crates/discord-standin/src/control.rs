//! The switches over HTTP.
use actix_web::web;
/// Routes.
pub fn routes(_config: &mut web::ServiceConfig) {}
