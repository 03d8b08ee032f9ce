//! Measures Guildhall from outside: the dashboard is a process of its own, and so are what loads it and the floor it is
//! compared with. `scripts/bench` runs it.
//!
//! - `ground`, `serve`, `sides`: what it is measured on; `load`, `browsers`, `heard`: who asks, and in turns
//! - `saves`, `applied`, `events`, `lists`, `streams`, `rest`: what is measured; `rows`: very many rows
//! - `figures`, `machine`, `document`: the table, and where it is written

mod applied;
mod browsers;
mod document;
mod events;
mod figures;
mod ground;
mod heard;
mod lists;
mod load;
mod machine;
mod rest;
mod rows;
mod saves;
mod serve;
mod sides;
mod streams;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use url::Url;

use crate::figures::{Figures, print};
use crate::load::Turns;
use crate::sides::Sides;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Measures, and prints one table.
    Measure(Measure),
    /// Serves Guildhall without the limits that one person meets; for `measure`.
    Serve,
}

#[derive(clap::Args)]
struct Measure {
    /// Parts; without any all of them.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// A PostgreSQL for saves.
    #[arg(long, value_name = "URL")]
    postgres: Option<Url>,
    /// A document with a place for the table.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Only whether everything works: the figures mean nothing.
    #[arg(long)]
    quick: bool,
    #[arg(long, default_value_t = 160_000)]
    events: usize,
    #[arg(long, default_value_t = 10_000)]
    streams: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Saves,
    Postgres,
    Pages,
    Applied,
    Events,
    Lists,
    Streams,
    Rest,
}

/// How much of everything.
struct Extent {
    turns: Turns,
    applied: usize,
    events: usize,
    rows: i64,
    asked: usize,
    streams: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().what {
        What::Serve => serve::serve().await,
        What::Measure(measure) => measure.run().await,
    }
}

impl Measure {
    fn extent(&self) -> Extent {
        match self.quick {
            true => Extent {
                turns: Turns { rounds: 1, each: Duration::from_secs(1) },
                applied: 20,
                events: 8_000,
                rows: 2_000,
                asked: 20,
                streams: self.streams.min(200),
            },
            false => Extent {
                turns: Turns { rounds: 7, each: Duration::from_secs(2) },
                applied: 500,
                events: self.events,
                rows: 100_000,
                asked: 200,
                streams: self.streams,
            },
        }
    }

    async fn run(self) -> anyhow::Result<()> {
        let (extent, mut figures) = (self.extent(), Figures::default());
        let wants = |part| self.parts.is_empty() || self.parts.contains(&part);
        if [Part::Saves, Part::Pages, Part::Applied].into_iter().any(wants) {
            let mut sides = Sides::build(None).await?;
            if wants(Part::Saves) {
                saves::measure(&mut sides, extent.turns, 0.6, &mut figures).await?;
            }
            if wants(Part::Pages) {
                saves::pages(&sides, extent.turns, &mut figures).await?;
            }
            if wants(Part::Applied) {
                applied::measure(&mut sides, extent.applied, &mut figures).await?;
            }
        }
        if wants(Part::Postgres)
            && let Some(postgres) = &self.postgres
        {
            let mut sides = Sides::build(Some(postgres.clone())).await?;
            saves::measure(&mut sides, extent.turns, 0.7, &mut figures).await?;
        }
        if wants(Part::Events) {
            events::measure(extent.events, &mut figures).await?;
        }
        if wants(Part::Lists) {
            lists::measure(extent.rows, extent.asked, &mut figures).await?;
        }
        if wants(Part::Streams) {
            streams::measure(extent.streams, &mut figures).await?;
        }
        if wants(Part::Rest) {
            rest::measure(&mut figures).await?;
        }
        let text = format!("{}\n{}", machine::told(&std::env::temp_dir()), figures.table());
        print(&text);
        match &self.write {
            Some(file) => document::write(file, &text),
            None => Ok(()),
        }
    }
}
