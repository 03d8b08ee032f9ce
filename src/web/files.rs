//! Static files, as `assets` has them.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Path;

use crate::error::{AppError, Trouble};
use crate::web::assets;

pub async fn asset(name: Path<String>) -> Result<HttpResponse, AppError> {
    serve(&name)
}

pub async fn favicon() -> Result<HttpResponse, AppError> {
    serve("favicon.svg")
}

/// Nothing here is for search engines.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body("User-agent: *\nDisallow: /\n")
}

fn serve(name: &str) -> Result<HttpResponse, AppError> {
    let (bytes, content_type, hashed) = assets::find(name).ok_or(Trouble::NotFound)?;
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CACHE_CONTROL, cache))
        .body(bytes.into_owned()))
}
