//! Guildhall without the limits that one person or server meets: a few people of the load do the work of many. All
//! else is the same program.

use guildhall::app::{App, Overrides};
use guildhall::config::{Config, LogConfig};
use guildhall::{metrics_page, telemetry};

/// Takes the environment that `guildhall serve` takes.
///
/// # Errors
/// As the service says.
pub async fn serve() -> anyhow::Result<()> {
    telemetry::start(&LogConfig::from_env());
    let config = Config::from_env()?;
    // Before anything counts.
    let metrics = config.metrics_listen.map(|address| metrics_page::record().map(|handle| (address, handle)));
    let metrics = metrics.transpose().map_err(|error| anyhow::anyhow!("{error}"))?;
    let overrides = Overrides { generous_limits: true, unpaced_discord: true, ..Overrides::default() };
    let app = App::build_with(config, overrides).await?;
    if let Some((address, handle)) = metrics {
        metrics_page::start(address, handle, app.watched())?;
    }
    Ok(app.run().await?)
}
