//! States, asked for at the moment they are shown.

use metrics::{counter, gauge};

use super::Watched;
use crate::readiness::Report;
use crate::sizes::{Kind, Size};

pub(super) async fn set(watched: &Watched) {
    readiness(&watched.watch.report().await);
    database(watched).await;
    relay(watched);
    gauge!("guildhall_live_streams").set(number(watched.hub.streams()));
    sizes(watched);
    let (held, room) = watched.parts.discord.image_bytes().await;
    gauge!("guildhall_image_cache_bytes").set(big(held));
    gauge!("guildhall_image_cache_bytes_max").set(big(room));
    // Memory, files and time of this process, by the names all programs use.
    metrics_process::Collector::default().collect();
}

fn readiness(report: &Report) {
    let flag = |yes: bool| f64::from(u8::from(yes));
    for word in ["ok", "degraded", "down", "closing"] {
        gauge!("guildhall_ready", "status" => word).set(flag(report.status == word));
    }
    gauge!("guildhall_database_up").set(flag(report.database.status == "ok"));
    gauge!("guildhall_redis_up").set(flag(report.redis.status != "away"));
    gauge!("guildhall_redis_foreign").set(flag(report.redis.status == "foreign"));
    gauge!("guildhall_redis_evicting").set(flag(report.eviction_policy.status == "evicting"));
    gauge!("guildhall_bot_processes").set(number(report.bot.processes));
    // Without a beat there is no time since it: as if the bot had been silent for ever.
    gauge!("guildhall_bot_last_beat_age_seconds").set(report.bot.last_beat_seconds.unwrap_or(f64::INFINITY));
}

async fn database(watched: &Watched) {
    let db = &watched.parts.db;
    let pool = db.pool();
    for (state, count) in [("used", pool.open.saturating_sub(pool.idle)), ("idle", pool.idle)] {
        gauge!("guildhall_database_connections", "state" => state).set(count);
    }
    gauge!("guildhall_database_connections_max").set(pool.most);
    gauge!("guildhall_database_waiting").set(number(pool.waiting));
    counter!("guildhall_database_queries_total").absolute(db.queries());
    counter!("guildhall_database_transactions_total").absolute(db.transactions());
    // Away means unknown: what was last known stays.
    if let Ok(open) = watched.sessions.count().await {
        gauge!("guildhall_sessions").set(big(open.unsigned_abs()));
    }
}

fn relay(watched: &Watched) {
    let relay = &watched.parts.relay;
    gauge!("guildhall_relay_queued").set(number(relay.queued()));
    counter!("guildhall_redis_round_trips_total").absolute(relay.publisher().round_trips());
    counter!("guildhall_redis_connections_total").absolute(relay.publisher().connections());
}

/// Each queue and cache beside its bound.
fn sizes(watched: &Watched) {
    let parts = &watched.parts;
    let all = (parts.discord.sizes().into_iter())
        .chain(parts.access.sizes())
        .chain(parts.accounts.sizes())
        .chain(parts.relay.sizes())
        .chain([parts.commands.size(), parts.bots.size(), parts.news.size("news")])
        .chain(watched.hub.sizes())
        .chain(watched.live.all())
        .chain(watched.limits.sizes())
        .chain([watched.bot_servers.size(), watched.sessions.size(), watched.forms.size()])
        .chain(parts.db.size());
    for Size { kind, name, held, room } in all {
        match kind {
            Kind::Queue => {
                gauge!("guildhall_queue_entries", "queue" => name).set(big(held));
                gauge!("guildhall_queue_entries_max", "queue" => name).set(big(room));
            }
            Kind::Cache => {
                gauge!("guildhall_cache_entries", "cache" => name).set(big(held));
                gauge!("guildhall_cache_entries_max", "cache" => name).set(big(room));
            }
        }
    }
}

fn number(count: usize) -> f64 {
    big(count as u64)
}

/// Nothing here is counted beyond 2^53.
fn big(count: u64) -> f64 {
    count as f64
}
