//! What all of it was measured on.

use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::figures::{ms, share_of};

/// A list in Markdown.
pub fn told(place: &std::path::Path) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let lines = [
        format!("- {}, {cores} cores, {} of memory", processor(), memory()),
        format!("- Linux {}, {}", first_line("/proc/sys/kernel/osrelease"), answer("rustc", &["--version"])),
        format!("- {}, {}", answer("redis-server", &["--version"]), durability(place)),
        format!("- {} UTC, commit {}", answer("date", &["-u", "+%F %H:%M"]), commit()),
    ];
    lines.join("\n") + "\n"
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "an unknown processor".to_owned(), |(_, name)| name.to_owned())
}

fn memory() -> String {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = text.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok());
    format!("{} GiB", kib.unwrap_or(0_u64).div_ceil(1024 * 1024))
}

fn first_line(file: &str) -> String {
    fs::read_to_string(file).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

fn answer(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    // Redis says more than anybody asked for.
    text.trim().split(" sha=").next().unwrap_or_default().to_owned()
}

fn commit() -> String {
    let changed = !answer("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty();
    answer("git", &["rev-parse", "--short=10", "HEAD"]) + if changed { " with changes" } else { "" }
}

/// What a commit cannot be quicker than.
fn durability(place: &std::path::Path) -> String {
    let write = || {
        let mut file = tempfile::tempfile_in(place)?;
        let mut times = Vec::new();
        for _ in 0..200 {
            let began = Instant::now();
            file.write_all(&[7; 4096])?;
            file.sync_data()?;
            times.push(began.elapsed());
        }
        Ok::<Vec<Duration>, std::io::Error>(times)
    };
    match write() {
        Ok(mut times) => format!("a write made durable takes {:.2} ms (p50)", ms(share_of(&mut times, 50))),
        Err(_) => "a disk that cannot be written to".to_owned(),
    }
}
