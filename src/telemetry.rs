//! Logs: one span a request with its route and path, never its query (`/auth/callback?code=…`).

use std::io::IsTerminal as _;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::EnvFilter;

use crate::config::LogConfig;
use crate::web::WebConfig;
use crate::web::client_address::client_address;
use crate::web::error_pages::RequestLabel;

/// Begins logging. Only `main` calls this.
pub fn start(config: &LogConfig) {
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if config.json {
        logs.json().init();
    } else {
        logs.init();
    }
}

pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(req: &ServiceRequest) -> Span {
        let label = request_id(req);
        req.extensions_mut().insert(RequestLabel(label.clone()));
        let address = client_address(req.request());
        tracing::info_span!(
            "request",
            method = %req.method(),
            path = req.path(),
            route = tracing::field::Empty,
            client = %address,
            request_id = label,
            status = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        if let Ok(response) = outcome {
            span.record("status", response.status().as_u16());
            if let Some(route) = response.request().match_pattern() {
                span.record("route", route);
            }
            tracing::debug!(parent: &span, "answered");
        }
    }
}

/// The balancer's id if one of our proxies sent it, else a new one.
fn request_id(req: &ServiceRequest) -> String {
    let theirs = req.headers().get("x-request-id").and_then(|value| value.to_str().ok());
    let trusted = req.app_data::<Data<WebConfig>>().zip(req.peer_addr()).is_some_and(|(config, peer)| {
        let peer = peer.ip().to_canonical();
        config.trusted_proxies.iter().any(|net| net.contains(&peer))
    });
    match theirs.filter(|id| trusted && is_plain(id)) {
        Some(id) => id.to_owned(),
        None => req.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default(),
    }
}

/// Nothing that a log, a header or a page could take for anything else than a name.
fn is_plain(id: &str) -> bool {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (8..=64).contains(&id.len()) && id.bytes().all(safe)
}
