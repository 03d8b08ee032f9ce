//! What was measured.

use std::time::Duration;

#[derive(Default)]
pub struct Figures(Vec<(String, String)>);

impl Figures {
    pub fn note(&mut self, what: impl Into<String>, value: impl Into<String>) {
        self.0.push((what.into(), value.into()));
    }

    /// A table in Markdown.
    #[expect(clippy::print_stdout, reason = "that is what the program is for")]
    pub fn print(&self) {
        println!("\n| figure | measured |\n|---|---|");
        for (what, value) in &self.0 {
            println!("| {what} | {value} |");
        }
    }
}

/// What is being done, for whoever waits.
#[expect(clippy::print_stderr, reason = "progress is no result")]
pub fn say(line: &str) {
    eprintln!("{line}");
}

/// A rate in whole numbers a second.
pub fn a_second(count: usize, took: Duration) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let rate = count as f64 / took.as_secs_f64();
    format!("{rate:.0} a second")
}

/// Half, nearly all, and the slowest.
pub fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    let ms =
        |time: Option<&Duration>| time.map_or_else(|| "–".into(), |time| format!("{:.0} ms", time.as_secs_f64() * 1e3));
    format!("p50 {}, p99 {}, max {}", ms(at(50)), ms(at(99)), ms(times.last()))
}
