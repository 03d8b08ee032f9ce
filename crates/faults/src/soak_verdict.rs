//! Whether memory, files and connections of dashboards under load stay what they are.

use std::time::Duration;

use crate::conduct::say;
use crate::dashboard::Dashboard;
use crate::store::Store;
use crate::trend::Trend;

/// Caches and pools fill, and an allocator keeps what it has had; what grows by more than this share of itself, or by
/// more than this much where it is small, does not stop by itself. A leak of one kilobyte a request would be tens of
/// megabytes here.
const MEMORY_SHARE: f64 = 0.06;
const MEMORY_LEAST: f64 = 4.0 * 1024.0;
/// Connections come and go with what is going on at the moment.
const FILES: f64 = 8.0;
/// The pool has a fixed size, and is full long before it counts.
const CONNECTIONS: f64 = 1.5;

/// All that was seen at one moment: each dashboard, then what they have in common.
#[derive(Clone, Debug)]
pub struct Sample {
    at: Duration,
    /// In KiB.
    memory: Vec<f64>,
    files: Vec<f64>,
    connections: f64,
}

impl Sample {
    /// # Errors
    /// As the database answers.
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    pub fn take(at: Duration, dashboards: &[Dashboard], store: &Store) -> anyhow::Result<Self> {
        let of_files: usize = dashboards.iter().map(|one| one.opens("guildhall.db")).sum();
        Ok(Self {
            at,
            memory: dashboards.iter().map(|one| one.memory() as f64).collect(),
            files: dashboards.iter().map(|one| one.files() as f64).collect(),
            connections: (store.connections()? + i64::try_from(of_files)?) as f64,
        })
    }

    /// For whoever waits.
    pub fn line(&self) -> String {
        let memory: Vec<String> = self.memory.iter().map(|kib| format!("{:.1} MiB", kib / 1024.0)).collect();
        let files: Vec<String> = self.files.iter().map(|count| format!("{count:.0}")).collect();
        format!(
            "memory {}; files {}; database connections {:.0}",
            memory.join(", "),
            files.join(", "),
            self.connections
        )
    }
}

/// Prints the slopes; gives what grows. What was sampled before `from` is the warm-up.
pub fn judge(samples: &[Sample], from: Duration) -> Vec<String> {
    let mut wrong = Vec::new();
    say("\n| what | mean | most | slope a minute | growth | allowed |\n|---|---|---|---|---|---|");
    let instances = samples.first().map_or(0, |sample| sample.memory.len());
    let of = |value: &dyn Fn(&Sample) -> f64| Trend::of(samples.iter().map(|sample| (sample.at, value(sample))), from);
    for number in 0..instances {
        let trend = of(&|sample| sample.memory[number]);
        let allowed = (trend.mean() * MEMORY_SHARE).max(MEMORY_LEAST);
        look(&format!("memory of dashboard {number}, KiB"), &trend, allowed, &mut wrong);
        look(&format!("open files of dashboard {number}"), &of(&|sample| sample.files[number]), FILES, &mut wrong);
    }
    look("database connections", &of(&|sample| sample.connections), CONNECTIONS, &mut wrong);
    wrong
}

fn look(what: &str, trend: &Trend, allowed: f64, wrong: &mut Vec<String>) {
    let (slope, growth) = (trend.slope(), trend.growth());
    say(&format!("| {what} | {:.0} | {:.0} | {slope:+.2} | {growth:+.1} | {allowed:.1} |", trend.mean(), trend.most()));
    if growth > allowed {
        wrong.push(format!("{what} grows: {slope:+.2} a minute, {growth:+.1} in all"));
    }
}
