//! Every metric by its name, as docs/operations.md lists them: base units, counters end in `_total`.

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
}

/// One metric. With `labels` it has no value until it is first counted.
pub struct Metric {
    pub name: &'static str,
    pub kind: Kind,
    pub labels: &'static [&'static str],
    pub help: &'static str,
}

const fn counter(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Counter, labels, help }
}

const fn gauge(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge, labels, help }
}

const fn histogram(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Histogram, labels, help }
}

/// What is told of the process itself, by the names all programs use; `metrics_process` describes and collects it.
pub const OF_THE_PROCESS: [&str; 8] = [
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
    "process_virtual_memory_bytes",
    "process_virtual_memory_max_bytes",
    "process_open_fds",
    "process_max_fds",
    "process_threads",
    "process_start_time_seconds",
];

/// What is told besides.
pub const METRICS: &[Metric] = &[
    counter("http_requests_total", &["route", "method", "status"], "Requests answered."),
    histogram("http_request_duration_seconds", &["route", "method"], "Time until the head of the answer."),
    gauge("http_requests_in_flight", &[], "Requests that are being answered."),
    gauge("guildhall_ready", &["status"], "1 at the word that /readyz says."),
    gauge("guildhall_certificate_unusable", &[], "1 while the files of the certificate cannot take its place."),
    gauge("guildhall_sessions", &[], "Sessions that are open, of all instances."),
    gauge("guildhall_live_streams", &[], "Pages that are open and seen."),
    gauge("guildhall_instances", &[], "Instances that share this Redis, as this one counts them."),
    counter("guildhall_live_slow_total", &[], "Streams ended because the browser did not keep up."),
    counter("guildhall_live_unsure_total", &[], "Streams of staff ended because Discord did not confirm them in time."),
    counter("guildhall_news_dropped_total", &[], "Changes that open pages were not told of: too many at once."),
    gauge("guildhall_database_up", &[], "1 while the database answers."),
    gauge("guildhall_database_connections", &["state"], "Open connections to the database."),
    gauge("guildhall_database_connections_max", &[], "Connections to the database there may be."),
    gauge("guildhall_database_waiting", &[], "Who waits for a connection to the database."),
    histogram("guildhall_database_wait_seconds", &[], "Time until there was a connection to the database."),
    counter("guildhall_database_queries_total", &[], "Statements run."),
    counter("guildhall_database_transactions_total", &[], "Transactions begun."),
    gauge("guildhall_redis_up", &[], "1 while Redis answers."),
    gauge("guildhall_redis_foreign", &[], "1 while Redis belongs to another database."),
    gauge("guildhall_redis_evicting", &[], "1 while Redis may drop keys when its memory is full."),
    counter("guildhall_redis_round_trips_total", &[], "Commands and pipelines of the publisher."),
    counter("guildhall_redis_connections_total", &[], "Connections to Redis begun by the publisher."),
    gauge("guildhall_relay_unsent", &[], "Changes in the database that are not yet sent."),
    gauge("guildhall_relay_unsent_age_seconds", &[], "How long the oldest of them has waited."),
    gauge("guildhall_relay_queued", &[], "Changes this instance has handed over and not yet sent."),
    gauge("guildhall_relay_rebuilding", &[], "1 while this instance fills Redis."),
    counter("guildhall_relay_compared_total", &[], "Settings compared with Redis."),
    counter("guildhall_relay_repaired_total", &[], "Settings found different in Redis and sent."),
    counter("guildhall_relay_restarts_total", &[], "Faults of the task that sends."),
    counter("guildhall_commands_sent_total", &["sent"], "Tries to send a command to the bot."),
    counter("guildhall_events_taken_total", &[], "Events of the bot that were taken in."),
    counter("guildhall_events_refused_total", &[], "Events that could not be read."),
    counter("guildhall_events_put_aside_total", &[], "Events that could not be taken in five times."),
    counter("guildhall_events_left_to_stream_total", &[], "Published events not waited for: too many at once."),
    gauge("guildhall_bot_processes", &[], "Processes of the bot that are there."),
    gauge("guildhall_bot_last_beat_age_seconds", &[], "How long ago one was heard of; infinite if never."),
    counter("guildhall_discord_requests_total", &["api", "result"], "Calls at Discord."),
    histogram("guildhall_discord_request_duration_seconds", &["api"], "Time that a call at Discord took."),
    gauge("guildhall_queue_entries", &["queue"], "What waits in a queue."),
    gauge("guildhall_queue_entries_max", &["queue"], "What may wait in it."),
    gauge("guildhall_cache_entries", &["cache"], "What a cache or a list of limits holds."),
    gauge("guildhall_cache_entries_max", &["cache"], "What it may hold."),
    gauge("guildhall_image_cache_bytes", &[], "Images of Discord that are kept."),
    gauge("guildhall_image_cache_bytes_max", &[], "How much of them may be kept."),
];

/// Says what each is, and begins those at nothing that are there from the beginning.
pub(super) fn describe() {
    for metric in METRICS {
        let plain = metric.labels.is_empty();
        match metric.kind {
            Kind::Counter => {
                describe_counter!(metric.name, metric.help);
                if plain {
                    counter!(metric.name).absolute(0);
                }
            }
            Kind::Gauge => {
                describe_gauge!(metric.name, metric.help);
                if plain {
                    gauge!(metric.name).set(0.0);
                }
            }
            Kind::Histogram => {
                describe_histogram!(metric.name, metric.help);
                if plain {
                    // There from the beginning, with nothing in it.
                    drop(histogram!(metric.name));
                }
            }
        }
    }
    for sent in ["yes", "no"] {
        counter!("guildhall_commands_sent_total", "sent" => sent).absolute(0);
    }
    metrics_process::Collector::default().describe();
}
