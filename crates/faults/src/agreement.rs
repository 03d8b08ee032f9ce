//! Whether database, snapshot and bot say the same of every pair.

use std::collections::HashMap;

use redis::AsyncCommands as _;
use serde_json::Value;

use crate::bot::Bot;
use crate::ledger::Pair;
use crate::redis::Redis;
use crate::store::Store;

/// The revision and settings of each pair in the snapshot.
pub type Snapshot = HashMap<Pair, (u64, Value)>;

pub async fn snapshot(redis: &Redis, guilds: &[u64]) -> anyhow::Result<Snapshot> {
    let mut connection = redis.connection().await?;
    let mut found = HashMap::new();
    for guild in guilds {
        let fields: HashMap<String, String> = connection.hgetall(format!("bot:config:current:{guild}")).await?;
        for (module, text) in fields {
            let message: Value = serde_json::from_str(&text)?;
            let revision = message["data"]["revision"].as_u64().unwrap_or(0);
            found.insert((*guild, module.to_lowercase()), (revision, message["data"]["settings"].clone()));
        }
    }
    Ok(found)
}

pub async fn is_complete(redis: &Redis) -> anyhow::Result<bool> {
    let complete: Option<String> = redis.connection().await?.hget("bot:config:epoch", "complete").await?;
    Ok(complete.as_deref() == Some("1"))
}

/// What is not settled yet, or differs; nothing if all is well.
pub async fn differences(
    store: &Store,
    redis: &Redis,
    bot: Option<&Bot>,
    guilds: &[u64],
) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let unsent = store.unsent()?;
    if unsent > 0 {
        found.push(format!("{unsent} changes are not sent"));
    }
    if !is_complete(redis).await? {
        found.push("the snapshot is not complete".to_owned());
    }
    let mut held = snapshot(redis, guilds).await?;
    let mut present = bot.map(Bot::present);
    for stored in store.settings()? {
        let expected = (stored.revision, stored.body);
        let snapshot = held.remove(&stored.pair);
        if snapshot.as_ref() != Some(&expected) {
            found.push(differs("the snapshot", &stored.pair, &expected, snapshot.as_ref()));
        }
        if let Some(present) = &mut present {
            let present = present.remove(&stored.pair);
            if present.as_ref() != Some(&expected) {
                found.push(differs("the bot", &stored.pair, &expected, present.as_ref()));
            }
        }
    }
    found.extend(held.keys().map(|pair| format!("the snapshot holds {pair:?}, which was never saved")));
    found.extend(present.iter().flatten().map(|(pair, _)| format!("the bot goes by {pair:?}, which was never saved")));
    Ok(found)
}

fn differs(who: &str, pair: &Pair, expected: &(u64, Value), other: Option<&(u64, Value)>) -> String {
    let what = match other {
        None => "has nothing".to_owned(),
        Some((revision, _)) if *revision != expected.0 => format!("has revision {revision}"),
        Some(_) => "has other settings under the same revision".to_owned(),
    };
    format!("{who} {what} for {pair:?}, the database has {}", expected.0)
}
