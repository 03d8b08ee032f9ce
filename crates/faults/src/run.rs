//! How each of the programs begins and ends: a folder of its own that goes with it, and a verdict.

use std::path::Path;
use std::process::ExitCode;

use crate::conduct::say;
use crate::logs;

/// Lets `work` do its run in a folder of its own. It gives what is wrong; `well` is said if nothing is. Otherwise the
/// logs of so many dashboards are shown.
pub async fn judged(
    name: &str,
    dashboards: usize,
    well: &str,
    work: impl AsyncFnOnce(&Path) -> anyhow::Result<Vec<String>>,
) -> ExitCode {
    let place = match tempfile::Builder::new().prefix(&format!("guildhall-{name}-")).tempdir() {
        Ok(place) => place,
        Err(error) => {
            say(&format!("no temporary folder: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match work(place.path()).await {
        Ok(wrong) if wrong.is_empty() => {
            say(&format!("\n{well}"));
            return ExitCode::SUCCESS;
        }
        Ok(wrong) => {
            say(&format!("\n{} things are wrong:", wrong.len()));
            wrong.iter().take(40).for_each(|one| say(&format!("- {one}")));
        }
        Err(error) => say(&format!("\nThe run cannot go on: {error:#}")),
    }
    logs::show(place.path(), dashboards);
    ExitCode::FAILURE
}
