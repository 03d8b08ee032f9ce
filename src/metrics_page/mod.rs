//! `METRICS_LISTEN`: `/metrics` for Prometheus, and `/readyz` in full, on a listener of its own, never on the public
//! one.
//!
//! What is counted where it happens is only shown here; what is a state is asked for at the moment it is shown
//! (`gauges`). `names` describes all of it.

mod gauges;
pub mod names;

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::web::{Data, get};
use actix_web::{App, HttpResponse, HttpServer};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::accounts::SessionRows;
use crate::app::Parts;
use crate::guilds::picker::BotServers;
use crate::live::{self, Hub};
use crate::readiness::Watch;
use crate::settings::drawn::DrawnForms;
use crate::web::limits::Limits;

/// From a page out of memory to a question at Discord that was tried three times, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// Everything that has a state worth showing. Clones share it.
#[derive(Clone)]
pub struct Watched {
    pub parts: Parts,
    pub watch: Watch,
    pub hub: Hub,
    pub live: live::Sizes,
    pub limits: Data<Limits>,
    pub bot_servers: BotServers,
    pub sessions: SessionRows,
    pub forms: DrawnForms,
}

/// Begins to count. Only `main` calls this, before anything is counted: the recorder is one for the whole process.
///
/// # Errors
/// A second recorder.
pub fn record() -> Result<PrometheusHandle, BuildError> {
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS)?;
    let handle = builder.install_recorder()?;
    names::describe();
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            // Without it histograms would grow for ever.
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    Ok(handle)
}

/// Starts the listener.
///
/// # Errors
/// An address that cannot be listened on.
pub fn start(address: SocketAddr, handle: PrometheusHandle, watched: Watched) -> std::io::Result<()> {
    let (handle, watched) = (Data::new(handle), Data::new(watched));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(handle.clone())
            .app_data(watched.clone())
            .route("/metrics", get().to(page))
            .route("/readyz", get().to(report))
    });
    tokio::spawn(server.workers(1).disable_signals().bind(address)?.run());
    Ok(())
}

async fn page(handle: Data<PrometheusHandle>, watched: Data<Watched>) -> HttpResponse {
    gauges::set(&watched).await;
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render())
}

/// As on the public listener, with the reasons.
async fn report(watched: Data<Watched>) -> HttpResponse {
    let report = watched.watch.report().await;
    match report.status {
        "ok" | "degraded" => HttpResponse::Ok().json(report),
        _ => HttpResponse::ServiceUnavailable().json(report),
    }
}
