//! `guildhall serve`, until it is asked to stop.

use std::time::Duration;

use metrics_exporter_prometheus::BuildError;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::Outcome;
use crate::app::App;
use crate::config::{Config, LogConfig};
use crate::live::Stopping;
use crate::readiness::Watch;
use crate::{metrics_page, telemetry};

pub(super) async fn serve() -> Outcome {
    telemetry::start(&LogConfig::from_env());
    let config = Config::from_env()?;
    for one in config.exposed() {
        tracing::warn!(variable = one.variable, host = one.host, "{}", one.advice);
    }
    // From here on, so that a service that is told to end while it begins ends in good order too.
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    let metrics = config.metrics_listen.map(|address| Ok::<_, BuildError>((address, metrics_page::record()?)));
    let metrics = metrics.transpose()?;
    let (public_url, delay, tls) = (config.public_url.clone(), config.stop_delay, config.certificate.is_some());
    let app = App::build(config).await?;
    if let Some((address, handle)) = metrics {
        metrics_page::start(address, handle, app.watched())
            .map_err(|error| format!("METRICS_LISTEN: {address} cannot be listened on: {error}"))?;
    }
    tracing::info!(address = %app.address(), %public_url, tls, "serving");
    tokio::spawn(stop_when_asked(signals, app.handle(), app.watched().watch, delay));
    app.run().await?;
    tracing::info!("stopped");
    Ok(())
}

/// SIGTERM of a service manager, or Ctrl-C. A second one ends at once.
async fn stop_when_asked(mut signals: [std::io::Result<Signal>; 2], stopping: Stopping, watch: Watch, delay: Duration) {
    asked(&mut signals).await;
    tracing::info!(delay_seconds = delay.as_secs(), "stopping: nothing new is wanted");
    watch.close();
    let in_good_order = async {
        tokio::time::sleep(delay).await;
        tracing::info!("stopping: open pages are told, and what has begun is answered");
        stopping.stop(true).await;
    };
    tokio::select! {
        () = in_good_order => {}
        () = asked(&mut signals) => {
            tracing::warn!("asked to stop again: ends at once");
            stopping.stop(false).await;
        }
    }
}

async fn asked(signals: &mut [std::io::Result<Signal>; 2]) {
    async fn one(signal: &mut std::io::Result<Signal>) {
        if let Ok(signal) = signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
    let [terminate, interrupt] = signals;
    tokio::select! {
        () = one(terminate) => {}
        () = one(interrupt) => {}
    }
}
