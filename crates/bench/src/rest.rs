//! Guildhall at rest, as it is delivered: how large, how soon it answers, what it holds when nobody asks.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::figures::{Figures, median, ms, say};
use crate::ground::{Ground, Program};

const STARTS: usize = 5;

/// # Errors
/// Whatever ends the run.
pub async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    say("at rest");
    let ground = Ground::build(1, 1).await?;
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    let size = std::fs::metadata(ground.file_of(Program::Guildhall))?.len();
    figures.most("size of the program", mib(size), 25.0, "MiB");
    let (mut empty, mut again) = (Vec::new(), Vec::new());
    for number in 0..STARTS {
        let url = format!("sqlite://{}", ground.place().join(format!("cold-{number}.db")).display());
        for times in [&mut empty, &mut again] {
            let began = Instant::now();
            let dashboard = ground.start(Program::Guildhall, &url).await?;
            times.push(ms(began.elapsed()));
            drop(dashboard);
        }
    }
    figures.most("from its start to its first answer", median(again), 200.0, "ms");
    figures.note("the same on a database that is not there yet", format!("{:.1} ms", median(empty)));
    let dashboard = ground.start(Program::Guildhall, ground.database_url()).await?;
    sleep(Duration::from_secs(10)).await;
    figures.most("memory when nobody has asked for anything", mib(dashboard.memory() * 1024), 25.0, "MiB");
    let admins = ground.admins(&dashboard.url()).await?;
    for path in ["guilds".to_owned(), format!("guilds/{}/settings/tickets", ground.guilds[0])] {
        for admin in &admins {
            admin.asks(&dashboard.url(), &format!("/{path}")).send().await?.error_for_status()?.bytes().await?;
        }
    }
    sleep(Duration::from_secs(2)).await;
    let after = mib(dashboard.memory() * 1024);
    figures.note("the same after a sign-in and the first pages", format!("{after:.1} MiB"));
    Ok(())
}
