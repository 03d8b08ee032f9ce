//! The stand-in as a program, for the demo and for looking around.

use std::net::SocketAddr;

use clap::{Parser, ValueEnum};
use discord_standin::{Standin, seed};

/// A faithful local Discord for Guildhall's demo and tests. Loopback only.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; anything but a loopback address is refused.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Which world to serve.
    #[arg(long, value_enum, default_value_t = Seed::Default)]
    seed: Seed,
    /// A redirect to register beside the seed's own; may be repeated, `*` fits any port.
    #[arg(long)]
    redirect: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Seed {
    Default,
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let arguments = Arguments::parse();
    let mut world = match arguments.seed {
        Seed::Default => seed::world(),
    };
    for redirect in &arguments.redirect {
        world = world.with_redirect(redirect);
    }
    let standin = Standin::start_at(arguments.listen, world).await?;
    tracing::info!(url = standin.url(), "a stand-in for Discord, not Discord");
    tokio::signal::ctrl_c().await
}
