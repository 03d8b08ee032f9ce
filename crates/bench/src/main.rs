//! Measures Guildhall from outside: the dashboard is a process of its own, and so is what loads it.
//! `scripts/bench` runs it.
//!
//! - `stage`: the dashboard, a Redis, a Discord and people who are signed in
//! - `events`: how fast the bot's events become rows
//! - `streams`: many open pages, and how soon they hear of what happens
//! - `figures`: what was measured, as a table

mod events;
mod figures;
mod stage;
mod streams;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::figures::Figures;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// The dashboard; without it the one beside this program.
    #[arg(long, value_name = "FILE", global = true)]
    binary: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// Events of the bot on its stream, taken in by one process.
    Events {
        #[arg(long, default_value_t = 1_000_000)]
        count: usize,
    },
    /// Open streams of pages on one process.
    Streams {
        #[arg(long, default_value_t = 5_000)]
        count: usize,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut figures = Figures::default();
    match arguments.what {
        What::Events { count } => events::measure(arguments.binary, count, &mut figures).await?,
        What::Streams { count } => streams::measure(arguments.binary, count, &mut figures).await?,
    }
    figures.print();
    Ok(())
}
