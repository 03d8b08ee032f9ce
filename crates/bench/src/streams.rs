//! Thousands of open pages on one process: what each costs, how soon they hear, and what they do when Redis is gone.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::figures::{Figures, say, spread};
use crate::stage::Stage;

/// Streams a person may have.
const EACH: usize = 5;
const PEOPLE_A_SERVER: usize = 50;
/// Streams opened at once.
const AT_ONCE: usize = 16;
/// Events whose way to every page is measured.
const ROUNDS: usize = 20;

/// What a page heard, and when.
type Heard = (u64, Instant);

/// # Errors
/// Whatever ends the run.
pub async fn measure(binary: Option<PathBuf>, count: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let people = count.div_ceil(EACH);
    let guilds = people.div_ceil(PEOPLE_A_SERVER).max(1);
    let mut stage = Stage::build(binary, guilds, people).await?;
    say(&format!("{people} people sign in, on {guilds} servers"));
    let admins = stage.admins().await?;
    let before = stage.dashboard.memory();
    let (heard, mut news) = mpsc::unbounded_channel::<Heard>();
    let open = Arc::new(AtomicUsize::new(0));
    let wanted: Vec<(reqwest::RequestBuilder, u64)> = admins
        .iter()
        .flat_map(|admin| std::iter::repeat_n(admin, EACH))
        .take(count)
        .map(|admin| {
            let guild = admin.guilds.first().copied().unwrap_or_default();
            (admin.asks(&stage.dashboard.url(), &format!("/guilds/{guild}/live")), guild)
        })
        .collect();
    let begun = Instant::now();
    let mut streams = Vec::with_capacity(count);
    let mut wanted = wanted.into_iter().peekable();
    while wanted.peek().is_some() {
        let some: Vec<_> = wanted.by_ref().take(AT_ONCE).collect();
        let opened =
            join_all(some.into_iter().map(|(request, guild)| async move { (request.send().await, guild) })).await;
        for (answer, guild) in opened {
            let answer = answer?;
            anyhow::ensure!(answer.status() == 200, "a stream answered {}", answer.status());
            streams.push(tokio::spawn(follow(answer, guild, heard.clone(), open.clone())));
        }
        if streams.len() % 500 < AT_ONCE {
            say(&format!("{} streams after {:.0} s", streams.len(), begun.elapsed().as_secs_f64()));
        }
    }
    sleep(Duration::from_secs(3)).await;
    let after = stage.dashboard.memory();
    figures.note(
        format!("{count} open streams: memory of the process, before and with them"),
        format!("{} and {} MiB", before / 1024, after / 1024),
    );
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let each = (after.saturating_sub(before)) as f64 / count as f64;
    figures.note("memory a stream", format!("{each:.1} KiB"));
    let cpu = stage.dashboard.cpu();
    sleep(Duration::from_secs(10)).await;
    let idle = (stage.dashboard.cpu() - cpu).as_secs_f64() * 10.0;
    figures.note("the process idle, with all of them open", format!("{idle:.1} % of a core"));

    while news.try_recv().is_ok() {}
    let times = rounds(&stage, count, &mut news).await?;
    figures.note("from the event in Redis to each page", spread(times));

    say("Redis is killed");
    stage.redis.kill();
    sleep(Duration::from_secs(5)).await;
    let lost = count - open.load(Ordering::Relaxed);
    figures.note("streams that ended when Redis was killed", lost.to_string());
    stage.redis.begin().await?;
    let back = Instant::now();
    sleep(Duration::from_millis(500)).await;
    while news.try_recv().is_ok() {}
    loop {
        happens(&stage, stage.guilds[0], "again").await?;
        let heard = timeout(Duration::from_secs(1), news.recv()).await;
        if matches!(heard, Ok(Some((guild, _))) if guild == stage.guilds[0]) {
            break;
        }
        anyhow::ensure!(back.elapsed() < Duration::from_secs(60), "nothing is heard after Redis is back");
    }
    figures.note("pages hear again after Redis is back", format!("within {:.1} s", back.elapsed().as_secs_f64()));
    streams.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

/// One event a server, and when it came to each of the server's pages.
async fn rounds(
    stage: &Stage,
    count: usize,
    news: &mut mpsc::UnboundedReceiver<Heard>,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let guild = stage.guilds[round % stage.guilds.len()];
        let pages = count / stage.guilds.len();
        let began = Instant::now();
        happens(stage, guild, &format!("round-{round}")).await?;
        let mut missing = pages;
        while missing > 0 {
            let heard = timeout(Duration::from_secs(10), news.recv()).await;
            let Ok(Some((of, at))) = heard else { anyhow::bail!("{missing} of {pages} pages heard nothing") };
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

async fn happens(stage: &Stage, guild: u64, name: &str) -> anyhow::Result<()> {
    let data = json!({ "giveawayId": name, "prize": "Nitro", "endTime": "2027-01-01T00:00:00Z", "winners": 1, "hostId": guild.to_string() });
    let event = json!({ "id": Uuid::now_v7(), "type": "GIVEAWAY_START", "guildId": guild.to_string(), "data": data, "timestamp": 1_795_000_000_000_u64 });
    let mut connection = stage.redis.connection().await?;
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
