//! `METRICS_LISTEN`: `/metrics` for Prometheus on a listener of its own, never on the public one.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::web::{Data, get};
use actix_web::{App, HttpResponse, HttpServer};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::app::Parts;

/// Starts the listener. Only `main` calls this: the recorder is one for the whole process.
///
/// # Errors
/// An address that cannot be listened on, or a second recorder.
pub fn start(address: SocketAddr, parts: Parts) -> Result<(), Box<dyn std::error::Error>> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            // Without it histograms would grow for ever.
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    let (handle, parts) = (Data::new(handle), Data::new(parts));
    let server = HttpServer::new(move || {
        App::new().app_data(handle.clone()).app_data(parts.clone()).route("/metrics", get().to(page))
    });
    tokio::spawn(server.workers(1).disable_signals().bind(address)?.run());
    Ok(())
}

async fn page(handle: Data<PrometheusHandle>, parts: Data<Parts>) -> HttpResponse {
    metrics::gauge!("guildhall_redis_up").set(f64::from(u8::from(parts.relay.health().is_up())));
    metrics::gauge!("guildhall_redis_foreign").set(f64::from(u8::from(parts.relay.health().is_foreign())));
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render())
}
