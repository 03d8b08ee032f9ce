//! Mixed load for a given time: pages, saves, searches, streams, events and commands, sign-ins, and a Discord that
//! fails at times. Nothing may go wrong, and nothing may grow. `scripts/soak` runs it.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use discord_standin::Standin;
use faults::admin::Admin;
use faults::bot::Bot;
use faults::cluster::{self, Crowd, counted};
use faults::conduct::say;
use faults::dashboard::{Dashboard, Setting};
use faults::habits::{self, Done};
use faults::nginx::Nginx;
use faults::open_page::OpenPage;
use faults::redis::Redis;
use faults::soak_verdict::{Sample, judge};
use faults::store::Store;
use faults::world;
use futures_util::future::try_join_all;
use guildhall::keys::SecretKey;
use tokio::time::sleep;

const PEOPLE: usize = 8;
/// Of them, those whose pages stay open; the others' come and go.
const STAYING: usize = 4;
const PAGES: usize = 3;
const BETWEEN_PEOPLE: Duration = Duration::from_millis(1_500);
const BETWEEN_SAMPLES: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Arguments {
    /// For how long, in minutes. The first third does not count.
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// How many instances, behind nginx if they are several.
    #[arg(long, default_value_t = 1)]
    instances: usize,
    /// A PostgreSQL server to make a database on; without it SQLite.
    #[arg(long, value_name = "URL")]
    postgres: Option<url::Url>,
    /// The dashboard; without it the one beside this program.
    #[arg(long, value_name = "FILE")]
    binary: Option<std::path::PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (instances, well) = (arguments.instances, "Nothing went wrong, and nothing grows.");
    faults::run::judged("soak", instances, well, async |place: &Path| run(arguments, place).await).await
}

async fn run(arguments: Arguments, place: &Path) -> anyhow::Result<Vec<String>> {
    anyhow::ensure!(arguments.instances == 1 || arguments.postgres.is_some(), "several instances need PostgreSQL");
    let (world, people) = world::build(PEOPLE, PEOPLE)?;
    let standin = Arc::new(Standin::start(world).await?);
    let redis = Redis::start(place).await?;
    let store = Store::create(place, arguments.postgres)?;
    let beside = std::env::current_exe()?.parent().context("a folder")?.join("guildhall");
    let setting = Setting {
        binary: arguments.binary.unwrap_or(beside),
        place: place.to_owned(),
        database_url: store.url(),
        redis_url: redis.url(),
        discord_url: standin.url(),
        secret_key: SecretKey::generate(),
    };
    let mut nginx = Nginx::prepare(place)?;
    let public = (arguments.instances > 1).then(|| nginx.url());
    let prepare = |number| Dashboard::prepare(&setting, number, public.as_deref());
    let dashboards: Vec<Dashboard> = (0..arguments.instances).map(prepare).collect::<Result<_, _>>()?;
    try_join_all(dashboards.iter().map(Dashboard::begin)).await?;
    if public.is_some() {
        nginx.begin(&dashboards.iter().map(Dashboard::port).collect::<Vec<_>>()).await?;
    }
    let base = public.unwrap_or_else(|| dashboards[0].url());
    let bot = Bot::start(&redis.url(), &people.guilds)?;

    let crowd = Arc::new(Crowd::new(base.clone()));
    let done = Arc::new(Done::default());
    let (mut hands, mut pages) = (Vec::new(), Vec::new());
    let first = people.admins.first().map(|(user, _)| *user).context("somebody")?;
    for (number, (user, guilds)) in people.admins.into_iter().enumerate() {
        let own = cluster::own(&guilds, &people.guilds, number);
        let guild = own.first().copied().context("a server of their own")?;
        let admin = Admin::sign_in(number, user, own.clone(), &base).await?;
        if number < STAYING {
            pages.extend((0..PAGES).map(|_| OpenPage::opens(&admin, &base, guild)));
            let sender = Admin::sign_in(PEOPLE + number, user, own, &base).await?;
            hands.push(tokio::spawn(habits::commands(crowd.clone(), done.clone(), sender)));
        } else {
            let looker = Arc::new(Admin::sign_in(PEOPLE + number, user, own, &base).await?);
            hands.extend((0..2).map(|_| tokio::spawn(habits::glances(crowd.clone(), done.clone(), looker.clone()))));
        }
        hands.push(tokio::spawn(habits::works(crowd.clone(), admin, guild)));
        // Discord may be asked little in a second, and about each of them at first.
        sleep(BETWEEN_PEOPLE).await;
    }
    hands.push(tokio::spawn(habits::comes_and_goes(crowd.clone(), done.clone(), first)));
    hands.push(tokio::spawn(habits::stumbles(crowd.clone(), done.clone(), standin)));
    hands.push(tokio::spawn(cluster::hurries(crowd.clone())));
    hands.push(tokio::spawn(cluster::bot_tells(crowd.clone(), redis.url(), people.guilds.clone())));

    let began = Instant::now();
    let lasts = Duration::from_secs_f64(arguments.minutes.max(0.1) * 60.0);
    let mut samples = Vec::new();
    let mut told = 0;
    while began.elapsed() < lasts {
        samples.push(Sample::take(began.elapsed(), &dashboards, &store)?);
        if began.elapsed().as_secs() / 60 > told {
            told = began.elapsed().as_secs() / 60;
            say(&format!("{told:>4} min: {}", samples.last().map(Sample::line).unwrap_or_default()));
        }
        sleep(BETWEEN_SAMPLES).await;
    }
    crowd.over.store(true, Ordering::SeqCst);
    for hand in hands {
        hand.await?;
    }

    say(&format!("\n{:>7}  saves", crowd.ledger.count()));
    for (count, what) in [
        (&crowd.looks, "pages looked at"),
        (&crowd.posts, "other POSTs"),
        (&done.glances, "streams opened and closed"),
        (&crowd.events, "events of the bot"),
        (&done.commands, "commands"),
        (&done.sign_ins, "sign-ins and sign-outs"),
        (&done.stumbles, "times Discord stumbled"),
        (&done.outages, "times Discord was away"),
    ] {
        say(&format!("{:>7}  {what}", count.load(Ordering::Relaxed)));
    }
    say(&format!("{:>7}  ms the slowest answer took", crowd.slowest().as_millis()));
    say(&format!("{:>7}  were refused with 503 while Discord was away", crowd.excuses().len()));
    say(&format!("{:>7}  errors", crowd.failures().len()));
    let failures = crowd.failures().clone();
    let mut wrong: Vec<String> =
        counted(&failures).into_iter().map(|(what, times)| format!("{times} ×: {what}")).collect();
    let troubles: Vec<String> = pages.iter().flat_map(|page| page.heard().troubles.clone()).collect();
    wrong.extend(counted(&troubles).into_iter().map(|(what, times)| format!("{times} ×: {what}")));
    wrong.extend(bot.disorder());
    wrong.extend(judge(&samples, lasts / 3));
    Ok(wrong)
}
