//! The smallest bot: follows the guilds named on the command line and prints each change.
//!
//! `cargo run -p config-sync --example bot -- redis://127.0.0.1:6379 816370501973721107`
//!
//! In TLS, with a private authority: `'rediss://redis.example?sslrootcert=authority.pem'`.

use config_sync::{Change, ConfigSubscriber, GuildId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tracing_subscriber::fmt().init();
    let mut arguments = std::env::args().skip(1);
    let redis_url = arguments.next().unwrap_or_else(|| "redis://127.0.0.1:6379".to_owned());
    let guilds = arguments.map(|id| id.parse()).collect::<Result<Vec<GuildId>, _>>()?;

    let subscriber = ConfigSubscriber::builder(redis_url).guilds(guilds).on_all(apply).announce("example").start()?;
    tokio::signal::ctrl_c().await?;
    subscriber.stop().await;
    Ok(())
}

async fn apply(change: Change) -> Result<(), String> {
    tracing::info!(guild.id = %change.guild_id, module = %change.module,
        revision = change.revision, changed = ?change.changed, settings = %change.settings, "applied");
    Ok(())
}
