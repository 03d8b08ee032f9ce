//! Three dashboards behind nginx are started together, and then started anew one after the other while people save,
//! look, and keep pages open. No request may fail, nothing may be lost. `scripts/rolling` runs it.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use discord_standin::Standin;
use faults::admin::Admin;
use faults::bot::Bot;
use faults::cluster::{self, Crowd};
use faults::cluster_verdict::Cluster;
use faults::conduct::say;
use faults::dashboard::{Dashboard, Setting};
use faults::nginx::Nginx;
use faults::open_page::OpenPage;
use faults::redis::Redis;
use faults::store::Store;
use faults::world;
use futures_util::future::try_join_all;
use guildhall::keys::SecretKey;
use tokio::time::sleep;

/// Each has a server of their own, so that nobody saves what another one saves. An instance that has just begun asks
/// Discord about each of them, some questions a second, and a request waits for the answer for five seconds at most.
const PEOPLE: usize = 6;
/// Open pages of each.
const PAGES: usize = 4;
/// A person may save thirty times a minute at each instance, and one of them may be away.
const BETWEEN_SAVES: Duration = Duration::from_millis(1_300);
/// What a service manager grants, and more than Guildhall takes by its own word.
const AT_MOST_TO_END: Duration = Duration::from_secs(20);

#[derive(Parser)]
struct Arguments {
    /// A PostgreSQL server to make a database on.
    #[arg(long, value_name = "URL")]
    postgres: url::Url,
    /// How many instances.
    #[arg(long, default_value_t = 3)]
    instances: usize,
    /// How often each is started anew; of several, the last counts.
    #[arg(long, default_value_t = 1, overrides_with = "rounds")]
    rounds: usize,
    /// The dashboard; without it the one beside this program.
    #[arg(long, value_name = "FILE")]
    binary: Option<std::path::PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let well = "No request failed, nothing was lost, and every open page heard of everything.";
    let instances = arguments.instances;
    faults::run::judged("rolling", instances, well, async |place: &Path| run(arguments, place).await).await
}

async fn run(arguments: Arguments, place: &Path) -> anyhow::Result<Vec<String>> {
    let (world, people) = world::build(PEOPLE, PEOPLE)?;
    let standin = Standin::start(world).await?;
    let redis = Redis::start(place).await?;
    let store = Store::create(place, Some(arguments.postgres))?;
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
    let prepare = |number| Dashboard::prepare(&setting, number, Some(&nginx.url()));
    let dashboards: Vec<Dashboard> = (0..arguments.instances).map(prepare).collect::<Result<_, _>>()?;
    // Together, on an empty database.
    try_join_all(dashboards.iter().map(Dashboard::begin)).await?;
    nginx.begin(&dashboards.iter().map(Dashboard::port).collect::<Vec<_>>()).await?;
    say(&format!("{} dashboards were started together and stand behind nginx", dashboards.len()));

    let bot = Bot::start(&redis.url(), &people.guilds)?;
    let base = nginx.url();
    let mut admins = Vec::new();
    for (number, (user, guilds)) in people.admins.into_iter().enumerate() {
        admins.push(Admin::sign_in(number, user, cluster::own(&guilds, &people.guilds, number), &base).await?);
    }
    let pages: Vec<OpenPage> = admins
        .iter()
        .flat_map(|admin| std::iter::repeat_n((admin, admin.guilds.first().copied().unwrap_or_default()), PAGES))
        .map(|(admin, guild)| OpenPage::opens(admin, &base, guild))
        .collect();
    cluster::until("every page is open", || pages.iter().all(|page| page.heard().open)).await?;

    let crowd = Arc::new(Crowd::new(base));
    let mut hands: Vec<_> =
        admins.into_iter().map(|admin| tokio::spawn(saves_and_looks(crowd.clone(), admin))).collect();
    hands.extend((0..4).map(|_| tokio::spawn(cluster::hurries(crowd.clone()))));
    hands.push(tokio::spawn(cluster::bot_tells(crowd.clone(), redis.url(), people.guilds.clone())));
    sleep(Duration::from_secs(3)).await;
    let mut ended = Vec::new();
    for round in 0..arguments.rounds {
        for (number, dashboard) in dashboards.iter().enumerate() {
            let took = dashboard.end(AT_MOST_TO_END).await?;
            dashboard.begin().await?;
            say(&format!("round {}: dashboard {number} ended within {} ms and is back", round + 1, took.as_millis()));
            ended.push(took);
            sleep(Duration::from_secs(2)).await;
        }
    }
    sleep(Duration::from_secs(2)).await;
    crowd.over.store(true, Ordering::SeqCst);
    for hand in hands {
        hand.await?;
    }
    Cluster { nginx, store, redis, bot, guilds: people.guilds, pages, crowd, restarts: ended.len() }.judge().await
}

/// Few pages: what is asked of Discord for them must fit into what instances that know nothing yet may ask.
async fn saves_and_looks(crowd: Arc<Crowd>, admin: Admin) {
    let guild = admin.guilds.first().copied().unwrap_or_default();
    let pages = ["", "/changes", "/settings/tickets", "/giveaways"].map(|tail| format!("/guilds/{guild}{tail}"));
    cluster::saves_and_looks(crowd, admin, pages.to_vec(), BETWEEN_SAVES).await;
}
