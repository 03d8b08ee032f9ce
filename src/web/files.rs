//! Static files, as `assets` has them.

use actix_web::http::header::{AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, Encoding, VARY};
use actix_web::web::{Header, Path};
use actix_web::{Either, HttpResponse};

use crate::error::{AppError, Trouble};
use crate::web::assets::{self, Packing};

/// What a browser says of packing; anything else counts as nothing said.
type Accepted = Either<Header<AcceptEncoding>, ()>;

pub async fn asset(name: Path<String>, accepted: Accepted) -> Result<HttpResponse, AppError> {
    serve(&name, accepted)
}

pub async fn favicon(accepted: Accepted) -> Result<HttpResponse, AppError> {
    serve("favicon.svg", accepted)
}

/// Nothing here is for search engines.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body("User-agent: *\nDisallow: /\n")
}

fn serve(name: &str, accepted: Accepted) -> Result<HttpResponse, AppError> {
    let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let taken = match accepted {
        Either::Left(Header(accepted)) => accepted.negotiate(offered.iter()),
        Either::Right(()) => None,
    };
    let packing = match taken {
        Some(taken) if taken == Encoding::brotli() => Some(Packing::Brotli),
        Some(taken) if taken == Encoding::gzip() => Some(Packing::Gzip),
        _ => None,
    };
    let file = assets::find(name, packing).ok_or(Trouble::NotFound)?;
    let cache = if file.hashed { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, file.content_type))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((VARY, "accept-encoding"));
    if let Some(encoding) = file.encoding {
        answer.insert_header((CONTENT_ENCODING, encoding));
    }
    Ok(answer.body(file.bytes))
}
