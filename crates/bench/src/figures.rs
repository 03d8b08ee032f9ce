//! What was measured, as one table.

use std::time::Duration;

/// One line of the table.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub what: String,
    pub guildhall: String,
    /// What it is compared with: the floor, or itself with less to do.
    pub against: String,
    pub ratio: String,
    pub goal: String,
    /// None: there is no goal.
    pub met: Option<bool>,
}

#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// A figure without a goal.
    pub fn note(&mut self, what: impl Into<String>, value: impl Into<String>) {
        self.0.push(Figure { what: what.into(), guildhall: value.into(), ..Figure::default() });
    }

    pub fn add(&mut self, figure: Figure) {
        say(&format!("{}: {} | {} | {}", figure.what, figure.guildhall, figure.against, figure.ratio));
        self.0.push(figure);
    }

    /// A share of the floor that is to be reached.
    pub fn share(&mut self, what: impl Into<String>, sides: [String; 2], ratio: f64, least: f64) {
        let [guildhall, against] = sides;
        self.add(Figure {
            what: what.into(),
            guildhall,
            against,
            ratio: format!("{ratio:.2}"),
            goal: format!("≥ {least}"),
            met: Some(ratio >= least),
        });
    }

    /// A value that is not to be exceeded.
    pub fn most(&mut self, what: impl Into<String>, value: f64, most: f64, unit: &str) {
        self.add(Figure {
            what: what.into(),
            guildhall: format!("{value:.1} {unit}"),
            goal: format!("≤ {most} {unit}"),
            met: Some(value <= most),
            ..Figure::default()
        });
    }

    /// A table in Markdown.
    pub fn table(&self) -> String {
        let mut table = "| figure | Guildhall | against | ratio | goal | |\n|---|---|---|---|---|---|\n".to_owned();
        for Figure { what, guildhall, against, ratio, goal, met } in &self.0 {
            let met = met.map_or("", |met| if met { "met" } else { "**missed**" });
            table.push_str(&format!("| {what} | {guildhall} | {against} | {ratio} | {goal} | {met} |\n"));
        }
        table
    }
}

/// On standard output, for whoever asked for it.
#[expect(clippy::print_stdout, reason = "that is what the program is for")]
pub fn print(text: &str) {
    println!("\n{text}");
}

/// What is being done, for whoever waits.
#[expect(clippy::print_stderr, reason = "progress is no result")]
pub fn say(line: &str) {
    eprintln!("{line}");
}

/// A rate in whole numbers a second.
pub fn a_second(rate: f64) -> String {
    format!("{rate:.0} a second")
}

pub fn rate(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let rate = count as f64 / took.as_secs_f64();
    rate
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The time that so many of a hundred do not exceed.
pub fn share_of(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
}

pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Half, nearly all, and the slowest.
pub fn spread(mut times: Vec<Duration>) -> String {
    let (half, most) = (share_of(&mut times, 50), share_of(&mut times, 99));
    let slowest = times.last().copied().unwrap_or_default();
    format!("p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms", ms(half), ms(most), ms(slowest))
}
