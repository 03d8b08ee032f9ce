//! Saves and settings pages a second, beside the floor.

use crate::figures::{Figures, say};
use crate::load::{Turns, compare};
use crate::sides::Sides;

/// # Errors
/// Whatever ends the run.
pub async fn measure(sides: &mut Sides, turns: Turns, least: f64, figures: &mut Figures) -> anyhow::Result<()> {
    let database = if sides.store.copies_while_in_use() { "SQLite" } else { "PostgreSQL" };
    say(&format!("saves on {database}"));
    let savers = sides.savers().await?;
    let compared = compare(turns, sides.servers(), savers).await?;
    figures.share(format!("saves, {database}"), compared.sides(), compared.ratio, least);
    Ok(())
}

/// # Errors
/// Whatever ends the run.
pub async fn pages(sides: &Sides, turns: Turns, figures: &mut Figures) -> anyhow::Result<()> {
    say("settings pages");
    let mut readers = sides.readers();
    // So that both render the same.
    let mut bytes = [0, 0];
    for (side, readers) in readers.iter_mut().enumerate() {
        for reader in readers {
            crate::load::Browser::asks(reader).await?;
            bytes[side] += reader.bytes;
        }
    }
    anyhow::ensure!(bytes[0].abs_diff(bytes[1]) * 50 < bytes[0], "the pages are not the same: {bytes:?} bytes");
    let what = format!("settings pages, {} KiB each", bytes[0] / readers[0].len() / 1024);
    let compared = compare(turns, sides.servers(), readers).await?;
    figures.share(what, compared.sides(), compared.ratio, 0.7);
    Ok(())
}
