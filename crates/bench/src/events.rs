//! A million events of a lively bot, put on its stream faster than they are taken, and how long they take to be rows.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use redis::aio::MultiplexedConnection;
use redis::{Value, from_redis_value};
use serde_json::json;
use tokio::time::sleep;
use uuid::Uuid;

use crate::figures::{Figures, a_second, say};
use crate::stage::Stage;

/// Servers the events are about.
const GUILDS: usize = 200;
/// So many wait at most: a bot's stream is not longer than 100,000.
const AHEAD: usize = 50_000;
const BATCH: usize = 1_000;

/// # Errors
/// Whatever ends the run.
pub async fn measure(binary: Option<PathBuf>, count: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let stage = Stage::build(binary, GUILDS, GUILDS).await?;
    let mut connection = stage.redis.connection().await?;
    let mut memory = vec![stage.dashboard.memory()];
    let mut given = 0;
    // The first ones say that the reader is there.
    give(&mut connection, &stage.guilds, 0..BATCH).await?;
    wait_until_behind(&mut connection, 0).await?;
    given += BATCH;
    let began = Instant::now();
    let mut told = given;
    while given < count + BATCH {
        give(&mut connection, &stage.guilds, given..given + BATCH).await?;
        given += BATCH;
        wait_until_behind(&mut connection, AHEAD).await?;
        if given - told >= count / 10 {
            told = given;
            memory.push(stage.dashboard.memory());
            say(&format!(
                "{given} given after {:.0} s, {} KiB",
                began.elapsed().as_secs_f64(),
                stage.dashboard.memory()
            ));
        }
    }
    wait_until_behind(&mut connection, 0).await?;
    let took = began.elapsed();
    let mib = |kib: Option<&u64>| kib.map_or(0, |kib| kib / 1024);
    figures.note(format!("{count} events of the bot taken in by one process"), a_second(count, took));
    figures.note(
        "its memory: before, after a tenth, at most, at the end",
        format!(
            "{}, {}, {}, {} MiB",
            mib(memory.first()),
            mib(memory.get(1)),
            mib(memory.iter().max()),
            mib(memory.last())
        ),
    );
    let taken = stage.dashboard.metric("guildhall_events_taken_total").await.unwrap_or_default();
    anyhow::ensure!(taken >= count as f64, "only {taken} events were taken");
    Ok(())
}

async fn give(
    connection: &mut MultiplexedConnection,
    guilds: &[u64],
    numbers: std::ops::Range<usize>,
) -> anyhow::Result<()> {
    let mut all = redis::pipe();
    for number in numbers {
        let event = event(guilds[number % guilds.len()], number);
        all.cmd("XADD").arg("bot:events").arg(&["MAXLEN", "~"]).arg(100_000).arg("*").arg("event").arg(event).ignore();
    }
    all.exec_async(connection).await?;
    Ok(())
}

/// What a busy evening is made of.
fn event(guild: u64, number: usize) -> String {
    let thing = format!("{guild}-{}", number / GUILDS % 500);
    let channel = (guild + 1000 + (number as u64 / 200) % 50).to_string();
    let (kind, data) = match number / GUILDS % 8 {
        0 => (
            "GIVEAWAY_START",
            json!({ "giveawayId": thing, "prize": "Nitro", "endTime": "2027-01-01T00:00:00Z", "winners": 1, "hostId": guild.to_string() }),
        ),
        1..=3 => ("GIVEAWAY_ENTRY", json!({ "giveawayId": thing, "entries": number })),
        4 => (
            "TICKET_CREATE",
            json!({ "ticketId": thing, "channelId": channel, "userId": guild.to_string(), "username": "Noor", "createdAt": "2026-11-24T00:00:00Z" }),
        ),
        5 => ("TICKET_CLOSE", json!({ "ticketId": thing, "channelId": channel, "reason": "Solved" })),
        6 => (
            "VOICE_ROOM_UPDATE",
            json!({ "channelId": channel, "ownerId": guild.to_string(), "name": "Noor's room", "members": number % 10 }),
        ),
        _ => ("TRACK_START", json!({ "title": "A song", "durationSeconds": 180 })),
    };
    json!({ "id": Uuid::now_v7(), "type": kind, "guildId": guild.to_string(), "data": data, "timestamp": 1_795_000_000_000_u64 }).to_string()
}

/// How many entries of the stream the group has not acknowledged.
async fn behind(connection: &mut MultiplexedConnection) -> anyhow::Result<usize> {
    let groups: Vec<std::collections::HashMap<String, Value>> =
        redis::cmd("XINFO").arg("GROUPS").arg("bot:events").query_async(connection).await.unwrap_or_default();
    let Some(group) = groups.into_iter().next() else { return Ok(usize::MAX) };
    let number =
        |name: &str| group.get(name).and_then(|value| from_redis_value::<Option<usize>>(value.clone()).ok()?);
    Ok(number("lag").unwrap_or(0) + number("pending").unwrap_or(0))
}

async fn wait_until_behind(connection: &mut MultiplexedConnection, most: usize) -> anyhow::Result<()> {
    let began = Instant::now();
    while behind(connection).await? > most {
        anyhow::ensure!(began.elapsed() < Duration::from_secs(600), "events are not taken any more");
        sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}
