//! What the program tells of itself on its metrics listener.

use std::collections::{BTreeMap, BTreeSet};

use guildhall::metrics_page::names::{METRICS, OF_THE_PROCESS};

use super::place::Place;
use crate::support::app::eventually;

/// Name, kind and labels of each metric.
type Table = BTreeMap<String, (String, BTreeSet<String>)>;

/// The rows of docs/operations.md that are about metrics: name, kind, labels, meaning.
fn documented() -> Table {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operations.md")).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells.first()?.trim_matches('`');
        let ours = ["http_", "guildhall_", "process_"].iter().any(|begin| name.starts_with(begin));
        (ours && cells.len() == 4).then(|| {
            let labels = cells[2].split(", ").map(|label| label.trim_matches('`').to_owned());
            (name.to_owned(), (cells[1].to_owned(), labels.filter(|label| !label.is_empty()).collect()))
        })
    });
    rows.collect()
}

/// What a page of metrics says, and which have no help.
fn told(page: &str) -> (Table, Vec<String>) {
    let (mut table, mut helped) = (Table::new(), BTreeSet::new());
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            table.insert(name.to_owned(), (kind.to_owned(), BTreeSet::new()));
        } else if let Some(rest) = line.strip_prefix("# HELP ") {
            helped.insert(rest.split_once(' ').unwrap().0.to_owned());
        } else if let Some((name, rest)) = line.split_once('{') {
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
            let found = if table.contains_key(name) { name } else { base };
            let labels = rest.rsplit_once('}').unwrap().0.split("\",").filter_map(|pair| Some(pair.split_once('=')?.0));
            table.get_mut(found).unwrap().1.extend(labels.filter(|label| *label != "le").map(str::to_owned));
        }
    }
    let unhelped = table.keys().filter(|name| !helped.contains(*name)).cloned().collect();
    (table, unhelped)
}

pub fn value(page: &str, sample: &str) -> f64 {
    let line = page.lines().find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {sample} in {page}")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_metrics_is_what_the_program_tells() {
    let place = Place::make().await;
    let program = place.serves().await;
    let mut mira = place.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "61")]).await.status, 303);
    let (status, page) = program.tells("/metrics").await;
    assert_eq!(status, 200);
    let (table, unhelped) = told(&page);
    assert_eq!(unhelped, [""; 0], "each says what it is");
    assert_eq!(table, documented());
    let known = METRICS.iter().map(|metric| metric.name).chain(OF_THE_PROCESS);
    assert_eq!(table.keys().map(String::as_str).collect::<BTreeSet<_>>(), known.collect());
    for (name, (kind, _)) in &table {
        assert_eq!(name.ends_with("_total"), kind == "counter", "{name} is a {kind}");
        for word in ["_ms", "_millis", "_minutes", "_kb", "_percent"] {
            assert!(!name.contains(word), "{name} is not in a base unit");
        }
    }
    // The numbers are numbers of something.
    assert!(value(&page, "process_resident_memory_bytes") > 1_000_000.0);
    assert!(value(&page, "process_open_fds") > 5.0);
    assert_eq!(value(&page, "guildhall_sessions"), 1.0);
    assert_eq!(value(&page, "guildhall_ready{status=\"ok\"}"), 1.0);
    assert!(value(&page, "guildhall_database_queries_total") > 5.0);
    let saves = "http_requests_total{route=\"/guilds/{guild_id}/settings/music\",method=\"POST\",status=\"3xx\"}";
    assert_eq!(value(&page, saves), 1.0);
    assert!(page.contains("guildhall_discord_requests_total{api=\"token\",result=\"ok\"}"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_knows_makes_no_metric_of_its_own() {
    let place = Place::make().await;
    let program = place.serves().await;
    let mut visitor = place.visitor();
    let before = program.tells("/metrics").await.1.lines().count();
    for n in 0..40 {
        assert_eq!(visitor.get(&format!("/nothing/{n}")).await.status, 404);
        let made_up = reqwest::Method::from_bytes(format!("MADE{n}").as_bytes()).unwrap();
        let request = visitor.request(made_up, "/");
        visitor.send(request).await;
    }
    let after = program.tells("/metrics").await.1;
    assert!(after.lines().count() < before + 80, "{after}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_queue_and_cache_has_a_bound_and_stays_below_it() {
    let place = Place::make().await;
    let program = place.serves().await;
    let mut mira = place.mira().await;
    mira.saves("music", &[("default_volume", "62")]).await;
    let page = program.tells("/metrics").await.1;
    let mut seen = 0;
    for kind in ["queue", "cache"] {
        let held = format!("guildhall_{kind}_entries{{");
        for line in page.lines().filter_map(|line| line.strip_prefix(&held)) {
            let (label, count) = line.rsplit_once(' ').unwrap();
            let room = value(&page, &format!("guildhall_{kind}_entries_max{{{label}"));
            assert!(count.parse::<f64>().unwrap() <= room && room < 1e6, "{label}: {count} of {room}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_learns_a_word_and_the_operator_the_reasons() {
    let place = Place::with_own_redis().await;
    let program = place.serves().await;
    eventually("it is well", || async { program.readiness().await == (200, "ok".into()) }).await;
    let details = async || serde_json::from_str::<serde_json::Value>(&program.tells("/readyz").await.1).unwrap();
    let well = details().await;
    assert_eq!(well["status"], "ok");
    assert_eq!(well["database"]["status"], "ok");
    assert_eq!(well["redis"]["status"], "ok");
    assert_eq!(well["eviction_policy"], serde_json::json!({"status": "ok", "policy": "noeviction"}));
    assert_eq!(well["unsent_changes"], serde_json::json!({"status": "ok", "count": 0, "oldest_seconds": 0.0}));
    assert_eq!(well["bot"]["status"], "never");

    let mut mira = place.mira().await;
    place.redis.kill();
    mira.saves("music", &[("default_volume", "63")]).await;
    eventually("the public sees it", || async { program.readiness().await == (200, "degraded".into()) }).await;
    eventually("the operator sees why", || async {
        let ill = details().await;
        let lost = ill["redis"]["lost_for_seconds"].as_f64().is_some();
        ill["status"] == "degraded" && ill["redis"]["status"] == "away" && lost && ill["unsent_changes"]["count"] == 1
    })
    .await;
}
