//! Running it: the program as a process of its own, as its operator meets it.

mod answering_tls;
mod backups;
mod checking;
mod checking_discord;
mod checking_redis;
mod database_tls;
mod few_rights;
mod forgetting;
mod log_lines;
mod metrics;
mod moving;
mod place;
mod ready;
mod redis_tls;
mod request_ids;
mod stopping;
