//! `/healthz` (the process is alive) and `/readyz` (ok, degraded or down; the reasons are in the log).

use actix_web::HttpResponse;
use actix_web::web::Data;
use futures_util::future::LocalBoxFuture;

/// How the service is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ok,
    /// Pages and saves work; something behind them does not.
    Degraded,
    Down,
}

/// Asks what the service stands on. Given by `app`, which knows the parts.
pub struct ReadinessProbe(pub Box<dyn Fn() -> LocalBoxFuture<'static, Readiness> + Send + Sync>);

pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

pub async fn ready(probe: Data<ReadinessProbe>) -> HttpResponse {
    let (mut response, word) = match (probe.0)().await {
        Readiness::Ok => (HttpResponse::Ok(), "ok\n"),
        Readiness::Degraded => (HttpResponse::Ok(), "degraded\n"),
        Readiness::Down => (HttpResponse::ServiceUnavailable(), "down\n"),
    };
    response.content_type("text/plain; charset=utf-8").body(word)
}
