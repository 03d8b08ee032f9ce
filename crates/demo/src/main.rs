//! Guildhall with everything around it, to look at: `scripts/demo`.

use std::collections::BTreeMap;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clap::Parser;
use config_sync::{GuildId, now_ms};
use demo::bot::{Behaviour, ExampleBot, Told};
use demo::gallery::Gallery;
use demo::greeting;
use demo::orders::{HELP, Order};
use demo::place::Place;
use demo::ports::Port;
use demo::redis_server::RedisServer;
use demo::report;
use demo::world::{self, Discord, Pace, World};
use discord_standin::{Standin, seed};
use guildhall::app::App;
use guildhall::config::{Config, DiscordSettings, LogConfig};
use guildhall::guilds::second_factor::SecondFactor;
use guildhall::keys::Keys;
use guildhall::telemetry;
use guildhall::web::shell::FooterLinks;
use tokio::signal::unix::{SignalKind, signal};

/// The dashboard, a stand-in for Discord and an example bot. On this machine's own addresses alone.
#[derive(Parser)]
struct Arguments {
    /// The dashboard's port; without it 8080, or a free one if that is taken.
    #[arg(long)]
    port: Option<u16>,
    /// Keep the database and Redis in this folder, and start from what is in it.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// How much happens on the servers: calm, lively, wild or off.
    #[arg(long, default_value = "calm", value_parser = Pace::from_str)]
    pace: Pace,
    /// What to log, as in LOG.
    #[arg(long, default_value = "warn")]
    log: String,
}

/// The guilds the bot is in, by id, as the bot last saw them.
type Guilds = Arc<Mutex<BTreeMap<u64, String>>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("The demo cannot go on: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    telemetry::start(&LogConfig { filter: arguments.log, json: false });
    let held = dashboard_port(arguments.port)?;
    let port = held.number();
    let place = Place::open(arguments.keep)?;
    let redis = RedisServer::start(place.path()).await?;
    let mut scenery = seed::world().with_redirect(&format!("http://127.0.0.1:{port}/auth/callback"));
    world::move_in(&mut scenery, &world::ALIVE.map(GuildId::get));
    let standin = Standin::start(scenery).await?;
    let guilds = Guilds::default();
    let world = World::of(now_ms(), standin.world(), Discord::new(&standin.url(), seed::BOT_TOKEN)?);
    world.awakes(&world::ALIVE);
    world.goes_at(arguments.pace);
    if arguments.pace != Pace::Off {
        world.has_a_past(&redis.url(), "", &world::ALIVE[..2]).await?;
    }
    let bot = Bot { redis_url: redis.url(), guilds: guilds.clone(), world, running: Mutex::default() };
    bot.start()?;
    let app = App::build(config(port, &place, &redis, &standin)?).await?;
    let gallery = Gallery::open(0)?;
    say(&greeting::greeting(port, &gallery.url(), &standin.url(), &redis.url(), &place));

    let handle = app.handle();
    let mut serving = pin!(app.run());
    tokio::select! {
        ended = &mut serving => return Ok(ended?),
        () = follow_invitations(&standin, &bot, &guilds) => {}
        () = take_orders(&bot) => {}
        () = until_told_to_end() => {}
    }
    say("\nEnding.");
    let ((), ended) = tokio::join!(handle.stop(false), serving);
    bot.end().await;
    standin.stop();
    redis.stop().await;
    Ok(ended?)
}

fn dashboard_port(wanted: Option<u16>) -> std::io::Result<Port> {
    let Some(port) = wanted else { return Port::reserve_this(8080).or_else(|_| Port::reserve()) };
    Port::reserve_this(port).map_err(|error| std::io::Error::new(error.kind(), format!("port {port}: {error}")))
}

fn config(port: u16, place: &Place, redis: &RedisServer, standin: &Standin) -> Result<Config, Box<dyn Error>> {
    Ok(Config {
        public_url: format!("http://127.0.0.1:{port}").parse()?,
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        certificate: None,
        database_url: format!("sqlite://{}", place.path().join("guildhall.db").display()).parse()?,
        redis_url: redis.url().into(),
        redis_prefix: String::new(),
        discord: DiscordSettings {
            url: standin.url().parse()?,
            cdn_url: standin.url().parse()?,
            client_id: seed::CLIENT_ID.to_string().parse()?,
            client_secret: seed::CLIENT_SECRET.into(),
            bot_token: seed::BOT_TOKEN.into(),
        },
        keys: Keys::derive(&place.secret_key()?, None),
        second_factor: SecondFactor::Servers,
        trusted_proxies: Vec::new(),
        metrics_listen: None,
        stop_delay: Duration::ZERO,
        music_hosts: "www.youtube.com,youtu.be,soundcloud.com,*.bandcamp.com".parse()?,
        changes_kept: None,
        tickets_kept: None,
        links: FooterLinks { support: None, privacy: None, terms: None },
        pseudo_languages: true,
    })
}

/// The example bot, which may die and be started again.
struct Bot {
    redis_url: String,
    guilds: Guilds,
    /// What it remembers while it is dead.
    world: World,
    running: Mutex<Option<ExampleBot>>,
}

impl Bot {
    fn start(&self) -> Result<(), config_sync::BadRedisUrl> {
        let names = Arc::clone(&self.guilds);
        let tell = move |told: &Told| {
            let names = names.lock().unwrap_or_else(PoisonError::into_inner);
            let id = told.guild().get();
            let name = names.get(&id).cloned().unwrap_or_else(|| id.to_string());
            say(&match told {
                Told::Heard(heard) => report::lines(heard, &name, now_ms()),
                Told::Commanded(command, outcome) => report::command_line(command, outcome, &name),
            });
        };
        let present: Vec<u64> = self.guilds.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect();
        let bot = ExampleBot::start_living(&self.redis_url, "", present, &self.world, tell)?;
        *self.running() = Some(bot);
        Ok(())
    }

    fn obey(&self, order: &Order) {
        match order {
            Order::Behave(behaviour) => self.with(|bot| bot.behave(behaviour.clone())),
            Order::Pace(pace) => self.world.goes_at(*pace),
            Order::Die => *self.running() = None,
            Order::Start if self.running().is_some() => self.with(|bot| bot.behave(Behaviour::default())),
            // The address was understood when it started the first time.
            Order::Start => self.start().unwrap_or_default(),
        }
    }

    fn with(&self, act: impl FnOnce(&ExampleBot)) {
        if let Some(bot) = &*self.running() {
            act(bot);
        }
    }

    async fn end(&self) {
        let running = self.running().take();
        if let Some(bot) = running {
            bot.stop().await;
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<ExampleBot>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what is typed, until the end of the input; without a terminal nothing ever comes.
async fn take_orders(bot: &Bot) {
    let (typed, mut lines) = tokio::sync::mpsc::unbounded_channel();
    // A thread of its own: a runtime would wait at its end for a line that nobody types.
    std::thread::spawn(move || std::io::stdin().lines().map_while(Result::ok).try_for_each(|line| typed.send(line)));
    while let Some(line) = lines.recv().await {
        match Order::parse(&line) {
            Some(order) => {
                bot.obey(&order);
                say(&order.said());
            }
            None => say(HELP),
        }
    }
    std::future::pending().await
}

/// Tells the bot of the guilds it is in, as Discord's gateway does.
async fn follow_invitations(standin: &Standin, bot: &Bot, guilds: &Guilds) {
    loop {
        let present: BTreeMap<u64, String> = standin.edit(|world| {
            let present = world.guilds.values().filter(|guild| guild.bot_present);
            present.map(|guild| (guild.id.0, guild.name.clone())).collect()
        });
        let before = std::mem::replace(&mut *guilds.lock().unwrap_or_else(PoisonError::into_inner), present.clone());
        present.keys().filter(|id| !before.contains_key(id)).for_each(|id| bot.with(|bot| bot.joined(*id)));
        before.keys().filter(|id| !present.contains_key(id)).for_each(|id| bot.with(|bot| bot.left(*id)));
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn until_told_to_end() {
    let wait = async |kind| match signal(kind) {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    };
    tokio::select! {
        () = wait(SignalKind::interrupt()) => {}
        () = wait(SignalKind::terminate()) => {}
        () = wait(SignalKind::hangup()) => {}
    }
}

#[expect(clippy::print_stdout, reason = "this program talks to a person at a terminal")]
fn say(text: &str) {
    println!("{text}");
}
