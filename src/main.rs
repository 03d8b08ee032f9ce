//! Reads the command line and does what it says. Nothing else.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    guildhall::cli::run(guildhall::cli::Cli::parse()).await
}
