//! A lively evening of the bot, put on its stream as fast as it is taken, and how long it takes to be rows; beside the
//! same rows in bare Diesel.

use std::time::{Duration, Instant};

use diesel::dsl::count_star;
use diesel::prelude::*;
use floor::evening::{self, What};
use guildhall::db::Conn;
use guildhall::schema::{activities, giveaways, rooms, taken_events, tickets, tracks};
use redis::aio::MultiplexedConnection;
use redis::{Value, from_redis_value};
use serde_json::json;
use tokio::time::sleep;
use uuid::Uuid;

use crate::figures::{Figures, a_second, median, rate, say};
use crate::ground::{Ground, Program};

/// So many wait at most: a bot's stream is not longer than 100,000.
const AHEAD: usize = 50_000;
const BATCH: usize = 1_000;
const ROUNDS: usize = 5;

/// # Errors
/// Whatever ends the run.
pub async fn measure(count: usize, figures: &mut Figures) -> anyhow::Result<()> {
    say("events of the bot");
    // The first ones say that the reader is there; all numbers are whole rounds of the evening.
    let first = evening::GUILDS * 8;
    let each = (count / ROUNDS).next_multiple_of(first);
    anyhow::ensure!(first + ROUNDS * each <= evening::LONGEST, "an evening has {} events", evening::LONGEST);
    let ground = Ground::build(1, 1).await?;
    let guildhall = ground.start(Program::Unlimited, ground.database_url()).await?;
    let copy = format!("sqlite://{}", ground.place().join("floor.db").display());
    let floor = ground.start(Program::Floor, &copy).await?;
    let http = reqwest::Client::builder().build()?;
    let mut connection = ground.redis.connection().await?;
    let before = guildhall.memory();
    let mut most = before;
    let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    let mut given = 0;
    for round in 0..=ROUNDS {
        let until = given + if round == 0 { first } else { each };
        let began = Instant::now();
        while given < until {
            let next = until.min(given + BATCH);
            give(&mut connection, given..next).await?;
            wait_until_behind(&mut connection, AHEAD).await?;
            given = next;
        }
        wait_until_behind(&mut connection, 0).await?;
        let took = began.elapsed();
        let from = if round == 0 { 0 } else { until - each };
        let answer = http.post(format!("{}/events/{from}/{until}", floor.url())).send().await?.error_for_status()?;
        let bare = Duration::from_micros(answer.text().await?.parse()?);
        most = most.max(guildhall.memory());
        if round > 0 {
            let now = [rate(each, took), rate(each, bare)];
            ratios.push(now[0] / now[1]);
            rates.iter_mut().zip(now).for_each(|(rates, now)| rates.push(now));
            say(&format!("  round {round}: {:.0} and {:.0} a second", now[0], now[1]));
        }
    }
    let rows = [ground.database_url(), copy.as_str()].map(rows_in);
    let [rows, bare] = [rows[0].as_ref(), rows[1].as_ref()];
    anyhow::ensure!(rows.ok() == bare.ok() && rows.is_ok(), "the rows are not the same: {rows:?} and {bare:?}");
    let what = format!("events of the bot, {given} taken by one process");
    figures.share(what, rates.map(|rates| a_second(median(rates))), median(ratios), 0.6);
    let mib = |kib: u64| kib / 1024;
    let memory = format!("{}, {}, {} MiB", mib(before), mib(most), mib(guildhall.memory()));
    figures.note("its memory before them, at most, at the end", memory);
    let taken = guildhall.metric("guildhall_events_taken_total").await.unwrap_or_default();
    anyhow::ensure!(taken >= given as f64, "only {taken} events were taken");
    Ok(())
}

/// How many rows the evening left.
fn rows_in(url: &str) -> anyhow::Result<Vec<i64>> {
    let url: guildhall::db::DatabaseUrl = url.parse().map_err(anyhow::Error::msg)?;
    let mut conn: Conn = url.connect().map_err(anyhow::Error::msg)?;
    let closed = tickets::table.filter(tickets::state.eq("closed"));
    Ok(vec![
        taken_events::table.select(count_star()).first(&mut conn)?,
        activities::table.select(count_star()).first(&mut conn)?,
        giveaways::table.select(count_star()).first(&mut conn)?,
        tickets::table.select(count_star()).first(&mut conn)?,
        closed.select(count_star()).first(&mut conn)?,
        rooms::table.select(count_star()).first(&mut conn)?,
        tracks::table.select(count_star()).first(&mut conn)?,
    ])
}

async fn give(connection: &mut MultiplexedConnection, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
    let mut all = redis::pipe();
    for number in numbers {
        let event = event(number);
        all.cmd("XADD").arg("bot:events").arg(&["MAXLEN", "~"]).arg(100_000).arg("*").arg("event").arg(event).ignore();
    }
    all.exec_async(connection).await?;
    Ok(())
}

fn event(number: usize) -> String {
    let happens = evening::event(number);
    let guild = evening::guild_id(happens.guild);
    let thing = evening::thing_id(guild, happens.thing);
    let room = evening::room_id(guild, happens.room).to_string();
    let (kind, data) = match happens.what {
        What::GiveawayStart => (
            "GIVEAWAY_START",
            json!({ "giveawayId": thing, "prize": "Nitro", "endTime": "2027-01-01T00:00:00Z", "winners": 1, "hostId": guild.to_string() }),
        ),
        What::GiveawayEntry => ("GIVEAWAY_ENTRY", json!({ "giveawayId": thing, "entries": number })),
        What::TicketCreate => (
            "TICKET_CREATE",
            json!({ "ticketId": thing, "channelId": room, "userId": guild.to_string(), "username": "Noor", "createdAt": "2026-11-24T00:00:00Z" }),
        ),
        What::TicketClose => ("TICKET_CLOSE", json!({ "ticketId": thing, "channelId": room, "reason": "Solved" })),
        What::RoomUpdate => (
            "VOICE_ROOM_UPDATE",
            json!({ "channelId": room, "ownerId": guild.to_string(), "name": "Noor's room", "members": number % 10 }),
        ),
        What::TrackStart => ("TRACK_START", json!({ "title": "A song", "durationSeconds": 180 })),
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
