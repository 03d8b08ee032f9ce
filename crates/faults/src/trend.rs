//! Whether what was sampled grows: a straight line through the samples.

use std::time::Duration;

/// One figure over time.
#[derive(Clone, Debug)]
pub struct Trend {
    samples: Vec<(Duration, f64)>,
}

impl Trend {
    /// Of the samples from this moment on.
    pub fn of(samples: impl IntoIterator<Item = (Duration, f64)>, from: Duration) -> Self {
        Self { samples: samples.into_iter().filter(|(at, _)| *at >= from).collect() }
    }

    /// By least squares, a minute.
    pub fn slope(&self) -> f64 {
        let (x, y) = self.means();
        let (mut both, mut square) = (0.0, 0.0);
        for (at, value) in &self.samples {
            let from_mean = minutes(*at) - x;
            both += from_mean * (value - y);
            square += from_mean * from_mean;
        }
        if square > 0.0 { both / square } else { 0.0 }
    }

    /// How much the line rises from the first sample to the last.
    pub fn growth(&self) -> f64 {
        let (first, last) = (self.samples.first(), self.samples.last());
        let length = first.zip(last).map_or(0.0, |((first, _), (last, _))| minutes(*last) - minutes(*first));
        self.slope() * length
    }

    pub fn mean(&self) -> f64 {
        self.means().1
    }

    pub fn most(&self) -> f64 {
        self.samples.iter().map(|(_, value)| *value).fold(0.0, f64::max)
    }

    fn means(&self) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "a run has some thousand samples")]
        let count = self.samples.len().max(1) as f64;
        let sum = self.samples.iter().fold((0.0, 0.0), |(x, y), (at, value)| (x + minutes(*at), y + value));
        (sum.0 / count, sum.1 / count)
    }
}

fn minutes(at: Duration) -> f64 {
    at.as_secs_f64() / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_second(value: impl Fn(f64) -> f64) -> Vec<(Duration, f64)> {
        (0..=120).map(|second| (Duration::from_secs(second), value(second as f64))).collect()
    }

    #[test]
    fn a_leak_is_seen_through_noise_and_a_flat_line_is_flat() {
        let noise = |second: f64| 5.0 * (second * 1.7).sin();
        let leak = Trend::of(every_second(|second| 100.0 + second / 6.0 + noise(second)), Duration::ZERO);
        assert!((leak.slope() - 10.0).abs() < 0.5, "{}", leak.slope());
        assert!((leak.growth() - 20.0).abs() < 1.0, "{}", leak.growth());
        let flat = Trend::of(every_second(|second| 100.0 + noise(second)), Duration::ZERO);
        assert!(flat.growth().abs() < 1.0, "{}", flat.growth());
    }

    #[test]
    fn what_comes_before_the_warm_up_ends_does_not_count() {
        let warming = every_second(|second| if second < 60.0 { second } else { 60.0 });
        assert!(Trend::of(warming.clone(), Duration::ZERO).growth() > 50.0);
        assert!(Trend::of(warming, Duration::from_secs(60)).growth().abs() < 0.01);
    }
}
