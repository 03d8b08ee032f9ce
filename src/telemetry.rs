//! Logs: one span a request with its route and path, never its query (`/auth/callback?code=…`).

use std::io::IsTerminal as _;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::LogConfig;
use crate::web::WebConfig;
use crate::web::client_address::client_address;
use crate::web::error_pages::RequestLabel;

/// Begins logging. Only `main` calls this.
pub fn start(config: &LogConfig) {
    let filter = filter_of(&config.filter);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let logs = tracing_subscriber::registry().with(filter);
    if config.json {
        logs.with(lines.json()).init();
    } else {
        logs.with(lines).init();
    }
}

/// A level, or levels of parts of the program; where there is nonsense among it, the default.
fn filter_of(text: &str) -> Targets {
    understood(text).unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO))
}

/// Errors of parts that are not named are told in any case.
fn understood(text: &str) -> Option<Targets> {
    let level = |text: &str| (!text.is_empty()).then(|| text.parse::<LevelFilter>().ok()).flatten();
    let mut pieces = text.split(',').map(str::trim).filter(|piece| !piece.is_empty()).peekable();
    pieces.peek()?;
    pieces.try_fold(Targets::new().with_default(LevelFilter::ERROR), |targets, piece| match piece.split_once('=') {
        None => Some(targets.with_default(level(piece)?)),
        Some((part, of_part)) => {
            let is_part =
                !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b':'));
            if is_part { Some(targets.with_target(part, level(of_part)?)) } else { None }
        }
    })
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

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn levels_of_parts_are_understood_and_nonsense_is_the_default() {
        let filter = filter_of("guildhall=debug,warn");
        assert!(filter.would_enable("guildhall::relay", &Level::DEBUG));
        assert!(filter.would_enable("actix_server", &Level::WARN));
        assert!(!filter.would_enable("actix_server", &Level::INFO));
        assert!(filter_of("trace").would_enable("actix_server", &Level::TRACE));
        assert!(filter_of("guildhall=debug").would_enable("actix_server", &Level::ERROR));
        assert!(!filter_of("off").would_enable("guildhall", &Level::ERROR));
        for text in [
            "info",
            "info,",
            " info ",
            "",
            ",",
            "warning",
            "guildhall=loudly",
            "guildhall=",
            "=debug",
            "[request]=debug",
        ] {
            let filter = filter_of(text);
            assert!(filter.would_enable("guildhall", &Level::INFO), "{text}");
            assert!(!filter.would_enable("guildhall", &Level::DEBUG), "{text}");
        }
    }
}
