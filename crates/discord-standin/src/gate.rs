//! What every request passes before its handler: the log, the User-Agent check, the faults.
//! Control calls pass untouched.

use std::{net::TcpStream, sync::Arc, time::Duration};

use actix_web::{
    Error, HttpResponse,
    body::{BodyStream, BoxBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    rt::time::sleep,
    web::{self, Bytes},
};
use serde_json::{Value, json};

use crate::{
    faults::{FaultKind, RateLimitScope, wrong_types},
    requests::{SeenRequest, masked_headers, masked_query},
    rest::{ApiError, caller},
    state::State,
};

/// One bucket for all: nothing here counts.
const BUCKET: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// The middleware.
pub async fn gate(
    state: web::Data<State>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.path().starts_with("/control") {
        return next.call(request).await;
    }
    let number = note(&state, &request);
    let fault = state.faults().meet(request.method().as_str(), request.path());
    let reset = matches!(fault, Some(FaultKind::Reset));
    let limited = fault.is_none() && request.path().starts_with("/api/v10");
    let mut response = match refused_agent(&state, &request) {
        Some(refusal) => request.into_response(refusal),
        None => act(fault, request, next).await?,
    };
    if limited {
        show_quota(response.headers_mut());
    }
    if !reset {
        state.log().answered(number, response.status().as_u16());
    }
    Ok(response)
}

/// What Discord tells about a bucket that is far from empty.
fn show_quota(headers: &mut HeaderMap) {
    for (name, value) in [
        ("x-ratelimit-limit", "50"),
        ("x-ratelimit-remaining", "49"),
        ("x-ratelimit-reset-after", "1.000"),
        ("x-ratelimit-bucket", BUCKET),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn note(state: &State, request: &ServiceRequest) -> u64 {
    let world = state.world();
    let seen = SeenRequest {
        number: 0,
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: masked_query(request.query_string()),
        headers: masked_headers(request.headers()),
        caller: caller(&world, request.headers()),
        status: None,
        at_ms: world.now_ms(),
    };
    drop(world);
    state.log().add(seen)
}

fn refused_agent(state: &State, request: &ServiceRequest) -> Option<HttpResponse> {
    let agent = request.headers().get("user-agent").is_some_and(|agent| !agent.is_empty());
    let refuse = !agent && request.path().starts_with("/api") && state.world().options.strict_user_agent;
    refuse.then(|| ApiError::new(403, 40333, "internal network error").response())
}

async fn act(
    fault: Option<FaultKind>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match fault {
        None => next.call(request).await,
        Some(FaultKind::DelayHeaders { delay }) => {
            sleep(delay).await;
            next.call(request).await
        }
        Some(FaultKind::DelayBody { delay }) => {
            let (parts, bytes) = real_answer(next.call(request).await?).await?;
            Ok(parts.map_body(|_, _| BoxBody::new(BodyStream::new(halting(bytes, delay)))))
        }
        Some(FaultKind::TruncatedJson) => {
            let (parts, bytes) = real_answer(next.call(request).await?).await?;
            let half = bytes.slice(..bytes.len() / 2);
            Ok(parts.map_body(|_, _| BoxBody::new(half)))
        }
        Some(FaultKind::WrongTypes) => {
            let (parts, bytes) = real_answer(next.call(request).await?).await?;
            let value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
            Ok(parts.map_body(|_, _| BoxBody::new(wrong_types(value).to_string())))
        }
        Some(FaultKind::Reset) => {
            let broken = reset(&request);
            Ok(request.into_response(broken))
        }
        Some(answer) => Ok(request.into_response(instead(answer))),
    }
}

async fn real_answer(response: ServiceResponse<BoxBody>) -> Result<(ServiceResponse<()>, Bytes), Error> {
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body).await.map_err(|error| actix_web::error::ErrorInternalServerError(error.to_string()))?;
    Ok((ServiceResponse::new(request, head.set_body(())), bytes))
}

/// The first half, a pause, the second half.
fn halting(bytes: Bytes, delay: Duration) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> {
    let middle = bytes.len() / 2;
    let halves = [(bytes.slice(..middle), Duration::ZERO), (bytes.slice(middle..), delay)];
    futures_util::stream::unfold(halves.into_iter(), |mut halves| async move {
        let (half, delay) = halves.next()?;
        sleep(delay).await;
        Some((Ok(half), halves))
    })
}

/// Closing a socket that must not linger sends a reset; a body that fails makes the server close.
fn reset(request: &ServiceRequest) -> HttpResponse {
    if let Some(socket) = request.conn_data::<Arc<TcpStream>>() {
        let lingering = socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO));
        if let Err(error) = lingering {
            tracing::warn!(%error, "the connection will be closed instead of reset");
        }
    }
    let failing = futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("reset")) });
    HttpResponse::Ok().streaming(failing)
}

/// Faults that need no real answer.
fn instead(kind: FaultKind) -> HttpResponse {
    match kind {
        FaultKind::Status { status, json } => answer(status, "application/json", json.to_string()),
        FaultKind::Raw { status, content_type, body } => answer(status, &content_type, body),
        FaultKind::Unauthorized => ApiError::unauthorized().response(),
        FaultKind::MissingAccess => ApiError::missing_access().response(),
        FaultKind::MissingPermissions => ApiError::missing_permissions().response(),
        FaultKind::NotFound { code, message } => ApiError::new(404, code, &message).response(),
        FaultKind::ServerError => ApiError::new(500, 0, "500: Internal Server Error").response(),
        FaultKind::BadGateway => HttpResponse::BadGateway().finish(),
        FaultKind::Html => answer(200, "text/html", "<!doctype html><title>Discord</title><p>Hello".to_owned()),
        FaultKind::RateLimited { scope, retry_after, html_1015 } => rate_limited(scope, retry_after, html_1015),
        _ => answer(
            503,
            "text/plain",
            "upstream connect error or disconnect/reset before headers. reset reason: overflow".to_owned(),
        ),
    }
}

fn rate_limited(scope: RateLimitScope, retry_after: Option<f64>, html_1015: bool) -> HttpResponse {
    let mut response = HttpResponse::TooManyRequests();
    if let Some(seconds) = retry_after {
        response.insert_header(("Retry-After", format!("{}", seconds.ceil())));
    }
    if html_1015 {
        let page = "<!doctype html><title>Access denied</title><p>error code: 1015";
        return response.content_type("text/html").body(page);
    }
    let global = scope == RateLimitScope::Global;
    response.insert_header(("X-RateLimit-Scope", scope.word()));
    if global {
        response.insert_header(("X-RateLimit-Global", "true"));
    }
    let shared = scope == RateLimitScope::Shared;
    let what = if shared { "The resource is being" } else { "You are being" };
    let mut body = json!({"message": format!("{what} rate limited."), "global": global});
    if let Some(seconds) = retry_after {
        body["retry_after"] = json!(seconds);
        response.insert_header(("X-RateLimit-Limit", "5"));
        response.insert_header(("X-RateLimit-Remaining", "0"));
        response.insert_header(("X-RateLimit-Reset-After", format!("{seconds:.3}")));
        response.insert_header(("X-RateLimit-Bucket", BUCKET));
    }
    response.json(body)
}

fn answer(status: u16, content_type: &str, body: String) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).content_type(content_type).body(body)
}
