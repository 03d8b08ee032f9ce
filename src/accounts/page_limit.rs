//! How often pages are asked for: by a person, or from an address by whoever is not signed in.
//!
//! Stands within the session, so that what is refused costs the look at the session and nothing else. What changes
//! something has limits of its own (`web::limits`), and so has signing in.

use actix_session::SessionExt as _;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest};

use super::Person;
use crate::error::AppError;
use crate::web::client_address::client_address;
use crate::web::limits::{Limits, Rate};

/// Within [`super::session_middleware`].
pub async fn limit_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    match judge(req.request()) {
        Ok(()) => Ok(next.call(req).await?.map_into_left_body()),
        Err(error) => {
            // The page that says so is theirs, in their language.
            let _known = Person::of(req.request());
            Ok(req.error_response(error).map_into_right_body())
        }
    }
}

fn judge(req: &HttpRequest) -> Result<(), AppError> {
    if *req.method() != Method::GET && *req.method() != Method::HEAD {
        return Ok(());
    }
    let Some(limits) = req.app_data::<Data<Limits>>() else { return Ok(()) };
    match Person::id_in(&req.get_session()) {
        Some(person) => limits.check(rate_of(req.path()), person, None),
        None => limits.check_stranger(client_address(req)),
    }
}

/// An open page begins its stream again whenever it is looked at again.
fn rate_of(path: &str) -> Rate {
    let is_stream =
        path.strip_prefix("/guilds/").and_then(|rest| rest.split_once('/')).is_some_and(|(_, page)| page == "live");
    if is_stream { Rate::Streams } else { Rate::Pages }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_counted_apart_and_nothing_else_is() {
        assert_eq!(rate_of("/guilds/1/live"), Rate::Streams);
        for path in ["/guilds/1", "/guilds/1/live/", "/guilds/1/settings/live", "/live", "/guilds/live", "/guilds"] {
            assert_eq!(rate_of(path), Rate::Pages, "{path}");
        }
    }
}
