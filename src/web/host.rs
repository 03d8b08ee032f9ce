//! Only requests for our own host are answered: a foreign `Host` could poison caches and addresses.

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HOST;
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::error::{AppError, Trouble};
use crate::web::WebConfig;

pub async fn check(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let host = req.headers().get(HOST).and_then(|host| host.to_str().ok());
    // What the first line of a request names counts too: caches differ in which of the two they go by.
    let named = req.uri().authority().map(|authority| authority.as_str());
    // Probes of a balancer come by address, not by name.
    let probe = matches!(req.path(), "/healthz" | "/readyz");
    let ours = match (host, req.app_data::<Data<WebConfig>>()) {
        (Some(host), Some(config)) => is_ours(host, config) && named.is_none_or(|named| is_ours(named, config)),
        (None, _) => named.is_none(),
        (_, None) => false,
    };
    if ours || probe {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    let asked = [host, named].into_iter().flatten().collect::<Vec<_>>().join(" ");
    tracing::info!(event = "host_refused", host = asked, "another host was asked for");
    let error = AppError::new(Trouble::WrongHost, format!("{asked:?}"));
    Ok(req.error_response(error).map_into_right_body())
}

/// Whether a `Host` names this dashboard.
pub fn is_ours(host: &str, config: &WebConfig) -> bool {
    let Some(name) = config.public_url.host_str() else { return false };
    let default = config.public_url.port_or_known_default();
    match config.public_url.port() {
        Some(port) => host.eq_ignore_ascii_case(&format!("{name}:{port}")),
        None => {
            host.eq_ignore_ascii_case(name)
                || default.is_some_and(|port| host.eq_ignore_ascii_case(&format!("{name}:{port}")))
        }
    }
}
