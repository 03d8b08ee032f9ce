//! Thousands of open pages on one process: what each costs, how soon they hear, and what they do when Redis is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::figures::{Figures, rate, say, spread};
use crate::ground::{Ground, Program};

/// Streams a person may have.
const EACH: usize = 5;
const PEOPLE_A_SERVER: usize = 50;
/// Streams opened at once.
const AT_ONCE: usize = 16;
/// Events whose way to every page is measured.
const ROUNDS: usize = 20;

/// Watched for so long to see what idling costs: whatever happens by the minute is in it.
const IDLE: Duration = Duration::from_secs(60);

/// What a page heard, and when.
type Heard = (u64, Instant);

/// # Errors
/// Whatever ends the run.
pub async fn measure(count: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let people = count.div_ceil(EACH);
    let guilds = people.div_ceil(PEOPLE_A_SERVER).max(1);
    let mut ground = Ground::build(guilds, people).await?;
    let dashboard = ground.start(Program::Unlimited, ground.database_url()).await?;
    say(&format!("{people} people sign in, on {guilds} servers"));
    let admins = ground.admins(&dashboard.url()).await?;
    let before = dashboard.memory();
    let (heard, mut news) = mpsc::unbounded_channel::<Heard>();
    let open = Arc::new(AtomicUsize::new(0));
    let wanted: Vec<(reqwest::RequestBuilder, u64)> = admins
        .iter()
        .flat_map(|admin| std::iter::repeat_n(admin, EACH))
        .take(count)
        .map(|admin| {
            let guild = admin.guilds.first().copied().unwrap_or_default();
            (admin.asks(&dashboard.url(), &format!("/guilds/{guild}/live")), guild)
        })
        .collect();
    let begun = Instant::now();
    let mut streams = Vec::with_capacity(count);
    let mut again = 0;
    let mut wanted = wanted.into_iter().peekable();
    while wanted.peek().is_some() {
        let some: Vec<_> = wanted.by_ref().take(AT_ONCE).collect();
        let opened =
            join_all(some.into_iter().map(|(request, guild)| async move { (open_one(request).await, guild) })).await;
        for (answer, guild) in opened {
            let (answer, refused) = answer?;
            again += refused;
            streams.push(tokio::spawn(follow(answer, guild, heard.clone(), open.clone())));
        }
        if streams.len() % 500 < AT_ONCE {
            say(&format!("{} streams after {:.0} s", streams.len(), begun.elapsed().as_secs_f64()));
        }
    }
    let opened = rate(count, begun.elapsed());
    figures.note(
        format!("{count} open streams: opened, and told to come again"),
        format!("{opened:.0} a second, {again}"),
    );
    sleep(Duration::from_secs(3)).await;
    let after = dashboard.memory();
    figures.note("memory of the process, before and with them", format!("{} and {} MiB", before / 1024, after / 1024));
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let each = (after.saturating_sub(before)) as f64 / count as f64;
    figures.most("memory a stream", each, 15.0, "KiB");
    let cpu = dashboard.cpu();
    let began = Instant::now();
    sleep(IDLE).await;
    let idle = (dashboard.cpu() - cpu).as_secs_f64() / began.elapsed().as_secs_f64() * 100.0;
    figures.most("the process idle, with all of them open", idle, 2.0, "% of a core");

    while news.try_recv().is_ok() {}
    let times = rounds(&ground, count, &open, &mut news).await?;
    figures.note("from the event in Redis to each page", spread(times));

    say("Redis is killed");
    ground.redis.kill();
    sleep(Duration::from_secs(5)).await;
    let lost = count - open.load(Ordering::Relaxed);
    figures.note("streams that ended when Redis was killed", lost.to_string());
    ground.redis.begin().await?;
    let back = Instant::now();
    sleep(Duration::from_millis(500)).await;
    while news.try_recv().is_ok() {}
    loop {
        happens(&ground, ground.guilds[0], "again").await?;
        let heard = timeout(Duration::from_secs(1), news.recv()).await;
        if matches!(heard, Ok(Some((guild, _))) if guild == ground.guilds[0]) {
            break;
        }
        anyhow::ensure!(back.elapsed() < Duration::from_secs(60), "nothing is heard after Redis is back");
    }
    figures.note("pages hear again after Redis is back", format!("within {:.1} s", back.elapsed().as_secs_f64()));
    streams.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

/// Opens a stream as a browser does: who is told that it cannot be had now comes again. Also says how often.
async fn open_one(request: reqwest::RequestBuilder) -> anyhow::Result<(reqwest::Response, usize)> {
    for refused in 0..20 {
        let answer = request.try_clone().context("a request without a body")?.send().await?;
        match answer.status().as_u16() {
            200 => return Ok((answer, refused)),
            429 | 502 | 503 => sleep(Duration::from_secs(2)).await,
            other => anyhow::bail!("a stream answered {other}"),
        }
    }
    anyhow::bail!("a stream was refused twenty times")
}

/// One event a server, and when it came to each of the server's pages.
async fn rounds(
    ground: &Ground,
    count: usize,
    open: &AtomicUsize,
    news: &mut mpsc::UnboundedReceiver<Heard>,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let guild = ground.guilds[round % ground.guilds.len()];
        let pages = count / ground.guilds.len();
        let began = Instant::now();
        happens(ground, guild, &format!("round-{round}")).await?;
        let mut missing = pages;
        while missing > 0 {
            let heard = timeout(Duration::from_secs(10), news.recv()).await;
            let Ok(Some((of, at))) = heard else {
                anyhow::bail!(
                    "{missing} of {pages} pages heard nothing; {} of {count} are open",
                    open.load(Ordering::Relaxed)
                )
            };
            if of == guild {
                times.push(at.duration_since(began));
                missing -= 1;
            }
        }
        // What comes twice belongs to this round.
        sleep(Duration::from_millis(1500)).await;
        while news.try_recv().is_ok() {}
    }
    Ok(times)
}

async fn happens(ground: &Ground, guild: u64, name: &str) -> anyhow::Result<()> {
    let data = json!({ "giveawayId": name, "prize": "Nitro", "endTime": "2027-01-01T00:00:00Z", "winners": 1, "hostId": guild.to_string() });
    let event = json!({ "id": Uuid::now_v7(), "type": "GIVEAWAY_START", "guildId": guild.to_string(), "data": data, "timestamp": 1_795_000_000_000_u64 });
    let mut connection = ground.redis.connection().await?;
    let text = event.to_string();
    redis::cmd("XADD").arg("bot:events").arg("*").arg("event").arg(&text).exec_async(&mut connection).await?;
    Ok(redis::cmd("PUBLISH").arg("discord_events").arg(&text).exec_async(&mut connection).await?)
}

/// Reads a stream until it ends.
async fn follow(
    mut answer: reqwest::Response,
    guild: u64,
    heard: mpsc::UnboundedSender<Heard>,
    open: Arc<AtomicUsize>,
) {
    open.fetch_add(1, Ordering::Relaxed);
    while let Ok(Some(chunk)) = answer.chunk().await {
        if chunk.windows(13).any(|part| part == b"event: topics") {
            // The run may be over.
            let _ = heard.send((guild, Instant::now()));
        }
    }
    open.fetch_sub(1, Ordering::Relaxed);
}
