//! Asking as fast as answers come, for a while, by a number of browsers at once.

use std::time::{Duration, Instant};

use faults::dashboard::Dashboard;
use futures_util::future::try_join_all;

use crate::figures::{median, rate, say};

/// Browsers that ask at once.
pub const AT_ONCE: usize = 16;

/// How long and how often two sides take turns.
#[derive(Clone, Copy, Debug)]
pub struct Turns {
    pub rounds: usize,
    pub each: Duration,
}

/// What the two sides did, over all rounds.
pub struct Compared {
    /// Guildhall's and the floor's rates: the middle ones.
    pub rates: [f64; 2],
    /// Of each round's two rates.
    pub ratio: f64,
    /// Of the server's processor time for each answer.
    pub cpu: [Duration; 2],
}

impl Compared {
    /// A rate, and what of the processor each answer costs the server.
    pub fn sides(&self) -> [String; 2] {
        [0, 1].map(|side| {
            let [rate, cpu] = [self.rates[side], self.cpu[side].as_secs_f64() * 1e6];
            format!("{rate:.0} a second, {cpu:.0} µs of CPU each")
        })
    }
}

/// One browser's work: asks once, and expects success.
pub trait Browser {
    async fn asks(&mut self) -> anyhow::Result<()>;
}

/// Lets Guildhall and the floor take turns, so that the machine's moods meet both.
pub async fn compare<B: Browser>(
    turns: Turns,
    servers: [&Dashboard; 2],
    mut sides: [Vec<B>; 2],
) -> anyhow::Result<Compared> {
    for side in &mut sides {
        for_a_while(side, Duration::from_millis(500)).await?;
    }
    let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    let (mut cpu, mut counts) = ([Duration::ZERO; 2], [0_u32; 2]);
    for round in 0..turns.rounds {
        let mut now = [0.0; 2];
        for turn in 0..2 {
            // Who begins changes, too.
            let side = (turn + round) % 2;
            let before = servers[side].cpu();
            let (count, took) = for_a_while(&mut sides[side], turns.each).await?;
            cpu[side] += servers[side].cpu() - before;
            counts[side] += u32::try_from(count)?;
            now[side] = rate(count, took);
            rates[side].push(now[side]);
        }
        ratios.push(now[0] / now[1]);
        say(&format!("  round {round}: {:.0} and {:.0} a second", now[0], now[1]));
    }
    let cpu = [0, 1].map(|side| cpu[side] / counts[side].max(1));
    Ok(Compared { rates: rates.map(median), ratio: median(ratios), cpu })
}

/// Counts the answers.
async fn for_a_while<B: Browser>(browsers: &mut [B], span: Duration) -> anyhow::Result<(usize, Duration)> {
    let began = Instant::now();
    let all = try_join_all(browsers.iter_mut().map(|browser| async move {
        let mut count = 0_usize;
        while began.elapsed() < span {
            browser.asks().await?;
            count += 1;
        }
        Ok::<_, anyhow::Error>(count)
    }));
    let count = all.await?.into_iter().sum();
    Ok((count, began.elapsed()))
}
