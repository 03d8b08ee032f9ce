//! Lists of a server with very many rows, beside the same lists of one with a hundred.

use std::time::Instant;

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use guildhall::db::{DatabaseUrl, Db};

use crate::figures::{Figure, Figures, ms, say, share_of};
use crate::ground::{Ground, Program};
use crate::rows;

const FEW: i64 = 100;
const LISTS: [&str; 5] = ["changes", "changes?module=music", "giveaways", "tickets", "tickets/ratings"];

/// # Errors
/// Whatever ends the run.
pub async fn measure(many: i64, asked: usize, figures: &mut Figures) -> anyhow::Result<()> {
    say(&format!("lists with {many} rows"));
    let ground = Ground::build(2, 2).await?;
    let [large, small] = [ground.guilds[0], ground.guilds[1]];
    let url: DatabaseUrl = ground.database_url().parse().map_err(anyhow::Error::msg)?;
    drop(Db::open(&url)?);
    let mut conn = url.connect().map_err(anyhow::Error::msg)?;
    // Nothing of this must outlast a power cut.
    conn.batch_execute("PRAGMA synchronous = OFF")?;
    for (guild, first, count) in [(large, 0, many), (small, many, FEW)] {
        for statements in rows::all(guild, first, count) {
            conn.batch_execute(&format!("BEGIN; {statements}; COMMIT"))?;
        }
    }
    drop(conn);
    let dashboard = ground.start(Program::Unlimited, ground.database_url()).await?;
    let admins = ground.admins(&dashboard.url()).await?;
    for list in LISTS {
        let mut pages = Vec::new();
        for guild in [large, small] {
            let admin = admins.iter().find(|admin| admin.guilds.contains(&guild)).context("a manager")?;
            pages.push(admin.asks(&dashboard.url(), &format!("/guilds/{guild}/{list}")));
        }
        let mut times = [Vec::new(), Vec::new()];
        for number in 0..asked * 2 + 20 {
            let side = number % 2;
            let request = pages[side].try_clone().context("a request without a body")?;
            let began = Instant::now();
            let answer = request.send().await?;
            anyhow::ensure!(answer.status() == 200, "{list} answered {}", answer.status());
            answer.bytes().await?;
            if number >= 20 {
                times[side].push(began.elapsed());
            }
        }
        let [with_many, with_few] = times.each_mut().map(|times| ms(share_of(times, 50)));
        let ratio = with_many / with_few;
        figures.add(Figure {
            what: format!("/{list} with {many} rows beside {FEW}, p50"),
            guildhall: format!("{with_many:.2} ms"),
            against: format!("{with_few:.2} ms"),
            ratio: format!("{ratio:.2}"),
            goal: "≤ 1.2".to_owned(),
            met: Some(ratio <= 1.2),
        });
    }
    Ok(())
}
