//! Reads the command line and does what it says. Nothing else.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser as _;

/// A database that does not answer may hold a thread for ever: so long the end waits for it.
const FOR_THREADS: Duration = Duration::from_secs(3);

fn main() -> std::io::Result<ExitCode> {
    let cli = guildhall::cli::Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(guildhall::cli::run(cli));
    runtime.shutdown_timeout(FOR_THREADS);
    Ok(code)
}
