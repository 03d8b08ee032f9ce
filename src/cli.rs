//! The command line: `guildhall serve | migrate | secret | redis adopt`.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use config_sync::{Answer, Publisher};
use secrecy::ExposeSecret as _;

use crate::app::App;
use crate::config::{Config, LogConfig};
use crate::db::Db;
use crate::keys::SecretKey;
use crate::telemetry;

#[derive(Parser)]
#[command(name = "guildhall", version, about = "The admin dashboard of a Discord bot.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the dashboard (the default); applies migrations first.
    Serve,
    /// Bring the database to this version and end.
    Migrate,
    /// Print a new SECRET_KEY.
    Secret,
    /// What concerns Redis.
    Redis {
        #[command(subcommand)]
        command: RedisCommand,
    },
}

#[derive(Subcommand)]
enum RedisCommand {
    /// Take over a Redis that belongs to another deployment: its settings are replaced by this database's.
    Adopt,
}

/// Does what the command line says.
pub async fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command.unwrap_or(Command::Serve) {
        Command::Secret => say(&SecretKey::generate()),
        Command::Serve => serve().await,
        Command::Migrate => migrate(),
        Command::Redis { command: RedisCommand::Adopt } => adopt().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // The console is the operator's page: the reason in full, once.
            let _ = writeln!(std::io::stderr(), "{trouble}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn serve() -> Outcome {
    telemetry::start(&LogConfig::from_env());
    let config = Config::from_env()?;
    let metrics = config.metrics_listen;
    let public_url = config.public_url.clone();
    let app = App::build(config).await?;
    if let Some(address) = metrics {
        crate::metrics_page::start(address, app.parts.clone())?;
    }
    tracing::info!(address = %app.address(), %public_url, "serving");
    let handle = app.handle();
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        handle.stop(true).await;
    });
    Ok(app.run().await?)
}

/// Ctrl-C, or SIGTERM of a service manager.
async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn migrate() -> Outcome {
    let config = Config::from_env()?;
    Db::open(&config.database_url)?;
    say(&format!("{} has this version's schema.", config.database_url))
}

async fn adopt() -> Outcome {
    let config = Config::from_env()?;
    let db = Db::open(&config.database_url)?;
    let publisher = Publisher::new(config.redis_url.expose_secret(), &config.redis_prefix, db.deployment())?;
    let known = crate::relay::highest_n(&db).await?;
    match publisher.adopt(known).await? {
        Answer::Sent { .. } => say("This Redis is now this deployment's. Running dashboards fill it within seconds."),
        other => Err(format!("Redis refused: {other:?}").into()),
    }
}

/// On standard output, for scripts.
fn say(text: &str) -> Outcome {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
