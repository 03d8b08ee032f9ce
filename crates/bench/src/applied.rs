//! From the click to the bot's handler, one save after the other, beside what cannot be had for less: a PUBLISH that is
//! received, and a commit.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use faults::bot::Bot;
use futures_util::StreamExt as _;
use redis::aio::{MultiplexedConnection, PubSubStream};
use tokio::time::{sleep, timeout};

use crate::figures::{Figure, Figures, ms, say, share_of};
use crate::sides::Sides;

const CHANNEL: &str = "floor:heard";
/// About as long as a change of the modules that are saved.
const BYTES: usize = 3_000;
/// So that what follows a save is over before the next.
const PAUSE: Duration = Duration::from_millis(15);

/// # Errors
/// Whatever ends the run.
pub async fn measure(sides: &mut Sides, count: usize, figures: &mut Figures) -> anyhow::Result<()> {
    say("from the click to the bot");
    let bot = Bot::start(&sides.ground.redis.url(), &sides.ground.guilds)?;
    // It reads everything first.
    sleep(Duration::from_secs(2)).await;
    let client = redis::Client::open(sides.ground.redis.url())?;
    let mut subscription = client.get_async_pubsub().await?;
    subscription.subscribe(CHANNEL).await?;
    let mut messages = subscription.into_on_message();
    let mut connection = sides.ground.redis.connection().await?;
    let floor = sides.floor.url();
    let mut commits: Vec<String> = Vec::new();
    for guild in &sides.ground.guilds {
        let module = faults::admin::MODULES[commits.len() % faults::admin::MODULES.len()].0;
        commits.push(format!("{floor}/guilds/{guild}/settings/{module}/commit"));
    }
    let [mut savers, _] = sides.savers().await?;
    let http = reqwest::Client::builder().build()?;
    let (mut real, mut bare, mut commit) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..count + savers.len() {
        let place = number % savers.len();
        let bare_now = publish_and_receive(&mut connection, &mut messages).await?;
        let answer = http.post(&commits[place]).send().await?.error_for_status()?.text().await?;
        let saver = &mut savers[place];
        let sent = saver.saves().await?;
        let reached = reached(&bot, saver.number).await?;
        sleep(PAUSE).await;
        // The first save of each is for getting warm.
        if number >= savers.len() {
            bare.push(bare_now);
            commit.push(Duration::from_micros(answer.parse()?));
            real.push(reached.duration_since(sent));
        }
    }
    for share in [50, 99] {
        let [real, bare, commit] = [&mut real, &mut bare, &mut commit].map(|times| ms(share_of(times, share)));
        figures.add(Figure {
            what: format!("from the click to the bot's handler, p{share}"),
            guildhall: format!("{real:.2} ms"),
            against: format!("{bare:.2} ms PUBLISH and receive, {commit:.2} ms commit"),
            ratio: format!("{:+.2} ms", real - bare - commit),
            goal: if share == 99 { "≤ both together".to_owned() } else { String::new() },
            met: (share == 99).then_some(real <= bare + commit),
        });
    }
    Ok(())
}

async fn publish_and_receive(
    connection: &mut MultiplexedConnection,
    messages: &mut PubSubStream,
) -> anyhow::Result<Duration> {
    let text = "x".repeat(BYTES);
    let began = Instant::now();
    redis::cmd("PUBLISH").arg(CHANNEL).arg(text).exec_async(connection).await?;
    timeout(Duration::from_secs(5), messages.next()).await?.context("the subscription ended")?;
    Ok(began.elapsed())
}

/// When the save of this number first reached a handler.
async fn reached(bot: &Bot, number: u64) -> anyhow::Result<Instant> {
    let began = Instant::now();
    loop {
        if let Some(at) = bot.reached().get(&number) {
            return Ok(*at);
        }
        anyhow::ensure!(began.elapsed() < Duration::from_secs(5), "save {number} did not reach the bot");
        sleep(Duration::from_millis(1)).await;
    }
}
