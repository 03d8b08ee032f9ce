//! How fast events are taken in. Run by hand: `cargo test --release --test stories taken_in_a_second -- --ignored
//! --nocapture`.

use serde_json::json;

use super::{event, rows};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

const EVENTS: usize = 100_000;

fn memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a story"]
async fn a_hundred_thousand_events_are_taken_in_a_second_or_some() {
    let app = TestApp::start().await;
    let stream = format!("{}bot:events", app.prefix);
    let mut connection = app.redis.connection().await.unwrap();
    let mut pipe = redis::pipe();
    for n in 0..EVENTS {
        let ticket = json!({"ticketId": (n / 4).to_string(), "username": "somebody"});
        let event = match n % 4 {
            0 => event("TICKET_CREATE", ticket),
            1 => event("TICKET_CLAIM", json!({"ticketId": (n / 4).to_string(), "claimerName": "jonas"})),
            2 => event("GIVEAWAY_ENTRY", json!({"giveawayId": "g", "entries": n})),
            _ => event("TICKET_CLOSE", ticket),
        };
        pipe.cmd("XADD").arg(&stream).arg("*").arg("event").arg(serde_json::to_string(&event).unwrap()).ignore();
        if n % 5_000 == 4_999 {
            pipe.exec_async(&mut connection).await.unwrap();
            pipe.clear();
        }
    }
    let (begun, before) = (std::time::Instant::now(), memory_kb());
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let entries = rows::giveaway(&app.parts.db, HARBOUR, "g").await.map_or(0, |row| row.entries);
        if entries as usize >= EVENTS - 2 {
            break;
        }
    }
    let (took, after) = (begun.elapsed(), memory_kb());
    eprintln!("{:.0} events a second; memory {before} KB before, {after} KB after", EVENTS as f64 / took.as_secs_f64());
}
