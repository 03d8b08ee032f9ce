//! What dashboards logged, for who looks at a run that went wrong.

use std::path::Path;

use crate::conduct::say;
use crate::dashboard::log_file;

/// What the dashboards warned about last.
pub fn show(place: &Path, instances: usize) {
    for number in 0..instances {
        let text = std::fs::read_to_string(log_file(place, number)).unwrap_or_default();
        let told: Vec<&str> = text.lines().filter(|line| line.contains("ERROR") || line.contains("WARN")).collect();
        for line in told.iter().skip(told.len().saturating_sub(25)) {
            say(&format!("dashboard {number}: {line}"));
        }
    }
}
