//! People save while everything around the dashboard is killed, frozen, emptied and put back; at the end nothing
//! may be lost. `scripts/faults` runs it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use discord_standin::Standin;
use faults::conduct::{Conductor, Seen, say};
use faults::dashboard::{Dashboard, Setting};
use faults::{admin, bot, dashboard, plan, random, redis, stage, store, verdict, world};
use guildhall::keys::SecretKey;

/// Servers; each person manages two of them or more.
const GUILDS: usize = 150;
/// People who save at the same time.
const AT_ONCE: usize = 6;

#[derive(Parser)]
struct Arguments {
    /// How many saves.
    #[arg(long, default_value_t = 10_000)]
    saves: usize,
    /// What breaks when; the same number gives the same plan. Without it one is drawn.
    #[arg(long)]
    seed: Option<u64>,
    /// No more saves after so many minutes.
    #[arg(long, default_value_t = 120)]
    minutes: u64,
    /// A PostgreSQL server to make a database on, for two instances. Without it: SQLite, one instance.
    #[arg(long, value_name = "URL")]
    postgres: Option<url::Url>,
    /// Copy the dashboards' logs into this folder at the end.
    #[arg(long, value_name = "DIR")]
    keep_logs: Option<PathBuf>,
    /// The dashboard; without it the one beside this program.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let keep = arguments.keep_logs.clone();
    let well = "Nothing was lost, nothing arrived twice, and all agree.";
    faults::run::judged("faults", 2, well, async |place: &Path| {
        let outcome = run(arguments, place).await;
        if let Some(Err(error)) = keep.map(|folder| keep_logs(place, &folder)) {
            say(&format!("the logs cannot be kept: {error}"));
        }
        outcome
    })
    .await
}

fn keep_logs(place: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    (0..2).try_for_each(|number| {
        let file = dashboard::log_file(place, number);
        let name = file.file_name().unwrap_or_default().to_owned();
        if file.exists() { std::fs::copy(&file, folder.join(name)).map(drop) } else { Ok(()) }
    })
}

async fn run(arguments: Arguments, place: &Path) -> anyhow::Result<Vec<String>> {
    let drawn = u64::from(uuid::Uuid::new_v4().as_fields().0);
    let seed = arguments.seed.unwrap_or(drawn);
    let mut random = random::Random::new(seed);
    let plan = plan::plan(&mut random, arguments.saves);
    let instances = if arguments.postgres.is_some() { 2 } else { 1 };
    let which = if instances == 1 { "SQLite, one dashboard" } else { "PostgreSQL, two dashboards" };
    say(&format!("{} saves, {} faults, seed {seed}; {which}\n", arguments.saves, plan.len()));

    let admins = (arguments.saves / 12).clamp(24, GUILDS);
    let (world, people) = world::build(GUILDS, admins)?;
    let standin = Standin::start(world).await?;
    let redis = redis::Redis::start(place).await?;
    let store = store::Store::create(place, arguments.postgres)?;
    let beside = std::env::current_exe()?.parent().context("a folder")?.join("guildhall");
    let setting = Setting {
        binary: arguments.binary.unwrap_or(beside),
        place: place.to_owned(),
        database_url: store.url(),
        redis_url: redis.url(),
        discord_url: standin.url(),
        secret_key: SecretKey::generate(),
    };
    let mut dashboards = Vec::new();
    for number in 0..instances {
        dashboards.push(Dashboard::start(&setting, number).await?);
    }
    let bot = bot::Bot::start(&redis.url(), &people.guilds)?;
    let base = dashboards[0].url();
    let mut hands: Vec<Vec<admin::Admin>> = (0..AT_ONCE).map(|_| Vec::new()).collect();
    for (number, (user, guilds)) in people.admins.into_iter().enumerate() {
        hands[number % AT_ONCE].push(admin::Admin::sign_in(number, user, guilds, &base).await?);
    }

    let stage = Arc::new(stage::Stage::new(dashboards));
    let working: Vec<_> =
        hands.into_iter().map(|admins| tokio::spawn(stage::save_on(stage.clone(), admins, random.fork()))).collect();
    let mut conductor = Conductor {
        stage: stage.clone(),
        redis,
        store,
        bot,
        guilds: people.guilds,
        random: random.fork(),
        began: Instant::now(),
        until: Instant::now() + Duration::from_secs(arguments.minutes * 60),
        seen: Seen::default(),
        copied_at: None,
    };
    conductor.play(&plan).await?;
    stage.end();
    for hand in working {
        hand.await?;
    }
    conductor.agree("at the end", true).await?;
    let wrong = verdict::judge(&conductor)?;
    say(&format!("        seed {seed}"));
    Ok(wrong)
}
