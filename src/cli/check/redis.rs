//! Redis: is it there, new enough, ours, and set not to forget?

use std::time::Duration;

use config_sync::{BadRedisUrl, Publisher};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisResult};
use secrecy::ExposeSecret as _;

use super::{Finding, rights};
use crate::config::Config;
use crate::relay;

const ABOUT: &str = "Redis";
const PATIENCE: Duration = Duration::from_secs(3);
/// The first with the scripts' rules we count on.
const OLDEST: u32 = 7;

pub(super) async fn look(config: &Config, deployment: Option<String>) -> Vec<Finding> {
    let (client, publisher) = match prepare(config, deployment.as_deref().unwrap_or_default()) {
        Ok(both) => both,
        Err(error) => return vec![Finding::wrong(ABOUT, format!("REDIS_URL: {error}"))],
    };
    // Without the password.
    let place = client.get_connection_info().addr().to_string();
    let mut connection = match connect(&client).await {
        Ok(connection) => connection,
        Err(error) => {
            let says = format!(
                "{place} does not answer ({error}). Check REDIS_URL, the account and that Redis is running. Saves are kept \
                 meanwhile and sent later."
            );
            return vec![Finding::wrong(ABOUT, says)];
        }
    };
    let mut findings = vec![version(&mut connection, &place).await];
    match publisher.status().await {
        Ok(status) => {
            findings.push(policy(status.eviction_policy.as_deref()));
            findings.push(owner(status.database.as_deref(), deployment.as_deref()));
        }
        Err(error) => findings.push(Finding::wrong(ABOUT, format!("cannot be read: {error}."))),
    }
    findings.push(match rights::lacking(&client, publisher.names()).await {
        lacking if lacking.is_empty() => Finding::ok(ABOUT, "the account has all rights it needs."),
        lacking => Finding::wrong(ABOUT, relay::lacks_rights(&lacking.join("; "))),
    });
    findings
}

fn prepare(config: &Config, deployment: &str) -> Result<(Client, Publisher), BadRedisUrl> {
    let url = config.redis_url.expose_secret();
    Ok((config_sync::redis_client(url)?, Publisher::new(url, &config.redis_prefix, deployment)?))
}

/// A connection of its own.
pub(super) async fn connect(client: &Client) -> RedisResult<MultiplexedConnection> {
    let config =
        AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
    let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    redis::cmd("PING").exec_async(&mut connection).await?;
    Ok(connection)
}

async fn version(connection: &mut MultiplexedConnection, place: &str) -> Finding {
    let said: String = redis::cmd("INFO").arg("server").query_async(connection).await.unwrap_or_default();
    let of = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    if let Some(valkey) = of("valkey_version:") {
        return Finding::ok(ABOUT, format!("{place} answers; Valkey {valkey}."));
    }
    let Some(version) = of("redis_version:") else {
        return Finding::look(ABOUT, format!("{place} answers, and does not say its version."));
    };
    match version.split('.').next().and_then(|major| major.parse::<u32>().ok()) {
        Some(major) if major < OLDEST => {
            Finding::wrong(ABOUT, format!("{place} is Redis {version}: {OLDEST} or later, or Valkey, is needed."))
        }
        _ => Finding::ok(ABOUT, format!("{place} answers; Redis {version}.")),
    }
}

fn policy(policy: Option<&str>) -> Finding {
    match policy {
        Some("noeviction") => Finding::ok(ABOUT, "keeps everything when its memory is full (noeviction)."),
        Some(policy) => {
            let says = format!(
                "drops keys when its memory is full ({policy}). Set `maxmemory-policy noeviction` in its configuration."
            );
            Finding::wrong(ABOUT, says)
        }
        None => Finding::look(ABOUT, "does not say what it does when its memory is full: it must be noeviction."),
    }
}

fn owner(owner: Option<&str>, ours: Option<&str>) -> Finding {
    match (owner, ours) {
        (None, _) => Finding::ok(ABOUT, "is empty: Guildhall fills it."),
        (Some(owner), Some(ours)) if owner == ours => Finding::ok(ABOUT, "belongs to this database."),
        (Some(_), _) => Finding::wrong(
            ABOUT,
            "belongs to another database, so nothing would be sent. Give each deployment a REDIS_PREFIX of its own; or, \
             if this database is to take it over, run `guildhall redis adopt`.",
        ),
    }
}
