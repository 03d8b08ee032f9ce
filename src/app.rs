//! The whole service, built from its configuration: server, publisher, listener. Port 0 in tests.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, scope, to};
use actix_web::{App as ActixApp, HttpServer};
use config_sync::Publisher;
use secrecy::ExposeSecret as _;
use tracing_actix_web::TracingLogger;

use crate::accounts::{Accounts, SessionRows, accept_previous_key, limit_pages, session_middleware};
use crate::bots::Bots;
use crate::changes::news::News;
use crate::clock::Clock;
use crate::commands::Commands;
use crate::config::Config;
use crate::db::{Db, SchemaTrouble};
use crate::discord::{BuildError, Discord};
use crate::entrance::Entrance;
use crate::erasure::Erasure;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Access;
use crate::guilds::picker::BotServers;
use crate::happenings::Recounting;
use crate::happenings::old_tickets::{self, OldTickets};
use crate::history::retention::{Kept, Retention};
use crate::hourly::Job;
use crate::live::{self, Live, Stopping};
use crate::metrics_page::Watched;
use crate::readiness::Watch;
use crate::relay::Relay;
use crate::settings::drawn::DrawnForms;
use crate::settings::scene::Settings;
use crate::staff::Endings;
use crate::telemetry::RequestSpan;
use crate::web::certificate::CertificateTrouble;
use crate::web::door::{self, Door};
use crate::web::health::ReadinessProbe;
use crate::web::limits::Limits;
use crate::web::submitted::BODY_WITHIN;
use crate::web::{WebConfig, counted, error_pages, headers, host};
use crate::{modules, routes, self_check};

/// Why the service cannot start. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartTrouble {
    #[error(transparent)]
    Database(#[from] SchemaTrouble),
    #[error("LISTEN: {0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    #[error(transparent)]
    Certificate(#[from] CertificateTrouble),
    #[error("REDIS_URL: {0}")]
    Redis(#[from] config_sync::BadRedisUrl),
    #[error("{0}")]
    Discord(#[from] BuildError),
    #[error("PUBLIC_URL: {0}")]
    PublicUrl(#[from] url::ParseError),
}

/// What tests set otherwise.
#[derive(Default)]
pub struct Overrides {
    pub clock: Clock,
    /// Limits so generous that no test or benchmark meets them.
    pub generous_limits: bool,
    /// How soon a body has to be there whole.
    pub body_within: Option<Duration>,
    /// How long until the files of the certificate are looked at again.
    pub certificate_looked_at: Option<Duration>,
    /// Discord is a stand-in, which may be asked as often as one likes.
    pub unpaced_discord: bool,
}

/// The parts, for whoever holds the service: `main`, tests, the demo. Clones share them.
#[derive(Clone)]
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub discord: Discord,
    pub accounts: Accounts,
    pub access: Access,
    pub relay: Relay,
    pub commands: Commands,
    pub bots: Bots,
    pub news: News,
}

impl Parts {
    /// What removes what is kept for nothing any more.
    pub fn erasure(&self) -> Erasure {
        let Self { db, clock, discord, accounts, relay, .. } = self.clone();
        Erasure::new(db, clock, discord, accounts, relay)
    }
}

pub struct App {
    pub parts: Parts,
    address: SocketAddr,
    server: Server,
    live: Live,
    door: Door,
    jobs: Vec<Job>,
    watched: Watched,
}

impl App {
    /// Binds, migrates and starts everything but the serving itself.
    ///
    /// # Errors
    /// [`StartTrouble`] names what is wrong; Redis or Discord being away is not.
    pub async fn build(config: Config) -> Result<Self, StartTrouble> {
        Self::build_with(config, Overrides::default()).await
    }

    /// # Errors
    /// As [`App::build`].
    pub async fn build_with(config: Config, overrides: Overrides) -> Result<Self, StartTrouble> {
        let entrance = Entrance::of(&config)?;
        let parts = parts(&config, &overrides)?;
        let web = WebConfig {
            public_url: config.public_url.clone(),
            links: config.links.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
            body_within: overrides.body_within.unwrap_or(BODY_WITHIN),
            pseudo_languages: config.pseudo_languages,
        };
        let live = Live::start(live_parts(&config, &parts), &config.redis_url)?;
        let watched = Watched {
            watch: Watch::new(parts.clone()),
            parts: parts.clone(),
            hub: live.hub.clone(),
            live: live.sizes.clone(),
            limits: Data::new(if overrides.generous_limits { Limits::generous() } else { Limits::default() }),
            bot_servers: BotServers::new(&parts.clock),
            sessions: SessionRows::new(parts.db.clone(), parts.clock.clone()),
            forms: DrawnForms::default(),
        };
        let server = serve(&entrance, &config, &live, web, &watched)
            .map_err(|error| StartTrouble::Listen(config.listen, error))?;
        tokio::spawn(self_check::report(parts.discord.clone(), &modules::ALL));
        let keep = |days| Retention::new(parts.db.clone(), parts.clock.clone(), days).start();
        let keep_tickets = |days| OldTickets::new(parts.db.clone(), parts.clock.clone(), days).start();
        let endings = Endings::new(parts.db.clone(), parts.clock.clone(), parts.news.clone());
        let recounting = Recounting::new(parts.db.clone(), parts.clock.clone());
        let jobs = [parts.erasure().start(), endings.start(), recounting.start()];
        let kept = config.changes_kept.map(keep).into_iter().chain(config.tickets_kept.map(keep_tickets));
        let jobs = kept.chain(jobs).chain(entrance.renewal(overrides.certificate_looked_at)).collect();
        Ok(Self { parts, address: entrance.address, server, live, door: entrance.door, jobs, watched })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends the service from outside.
    pub fn handle(&self) -> Stopping {
        Stopping { server: self.server.handle(), door: self.door.clone(), live: self.live.leaving() }
    }

    /// What the metrics are made from.
    pub fn watched(&self) -> Watched {
        self.watched.clone()
    }

    /// Serves until the server is stopped by its handle; then writes down what is known.
    ///
    /// # Errors
    /// As the server says.
    pub async fn run(self) -> io::Result<()> {
        let answer = self.server.await;
        drop(self.jobs);
        self.parts.relay.stop().await;
        // Last: what the others have committed on their way out is still told to open pages elsewhere.
        self.live.stop().await;
        answer
    }
}

fn parts(config: &Config, overrides: &Overrides) -> Result<Parts, StartTrouble> {
    let clock = overrides.clock.clone();
    let db = Db::open(&config.database_url)?;
    let publisher = Publisher::new(config.redis_url.expose_secret(), &config.redis_prefix, db.deployment())?;
    let new = if overrides.unpaced_discord { Discord::unpaced } else { Discord::new };
    let discord = new(config.for_discord()?, clock.clone())?;
    let accounts = Accounts::new(db.clone(), config.keys.clone(), clock.clone(), discord.clone(), &config.discord.url);
    let accounts = if overrides.generous_limits { accounts.generous() } else { accounts };
    let access = Access::new(discord.clone(), accounts.clone(), db.clone(), clock.clone(), config.second_factor);
    let news = News::default();
    let relay = Relay::start(db.clone(), clock.clone(), publisher, news.clone());
    let commands = Commands::start(db.clone(), clock.clone(), relay.clone(), news.clone());
    let bots = Bots::new(db.clone(), clock.clone());
    Ok(Parts { db, clock, discord, accounts, access, relay, commands, bots, news })
}

fn live_parts(config: &Config, parts: &Parts) -> live::Parts {
    let parts = parts.clone();
    live::Parts {
        db: parts.db,
        clock: parts.clock,
        discord: parts.discord,
        accounts: parts.accounts,
        access: parts.access,
        relay: parts.relay,
        commands: parts.commands,
        bots: parts.bots,
        news: parts.news,
        modules: &modules::ALL,
        application: config.discord.client_id.to_string(),
    }
}

fn serve(way_in: &Entrance, config: &Config, live: &Live, web: WebConfig, watched: &Watched) -> io::Result<Server> {
    let parts = &watched.parts;
    let settings = Data::new(Settings {
        db: parts.db.clone(),
        clock: parts.clock.clone(),
        access: parts.access.clone(),
        relay: parts.relay.clone(),
        bots: parts.bots.clone(),
        news: parts.news.clone(),
        modules: &modules::ALL,
        forms: watched.forms.clone(),
    });
    let (limits, web, keys) = (watched.limits.clone(), Data::new(web), Data::new(config.keys.clone()));
    let (db, clock, discord) =
        (Data::new(parts.db.clone()), Data::new(parts.clock.clone()), Data::new(parts.discord.clone()));
    let (accounts, access) = (Data::new(parts.accounts.clone()), Data::new(parts.access.clone()));
    let (hub, asking) = (Data::new(live.hub.clone()), Data::new(live.asking.clone()));
    let (listener, door) = (way_in.door.listener()?, Data::new(way_in.door.clone()));
    let commands = Data::new(parts.commands.clone());
    let kept = Data::new(Kept(config.changes_kept));
    let kept_tickets = Data::new(old_tickets::Kept(config.tickets_kept));
    let music_hosts = Data::new(config.music_hosts.clone());
    let bot_servers = Data::new(watched.bot_servers.clone());
    let probe = Data::new(probe(&watched.watch));
    let sessions = watched.sessions.clone();
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8));
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(settings.clone())
            .app_data(limits.clone())
            .app_data(web.clone())
            .app_data(keys.clone())
            .app_data(db.clone())
            .app_data(clock.clone())
            .app_data(discord.clone())
            .app_data(accounts.clone())
            .app_data(access.clone())
            .app_data(music_hosts.clone())
            .app_data(bot_servers.clone())
            .app_data(hub.clone())
            .app_data(asking.clone())
            .app_data(door.clone())
            .app_data(commands.clone())
            .app_data(kept.clone())
            .app_data(kept_tickets.clone())
            .app_data(probe.clone())
            .configure(routes::open)
            .service(
                scope("")
                    .wrap(from_fn(limit_pages))
                    .wrap(session_middleware(&web, &keys, sessions.clone()))
                    .wrap(from_fn(accept_previous_key))
                    .configure(routes::pages),
            )
            .default_service(to(nowhere))
            .wrap(from_fn(host::check))
            .wrap(from_fn(error_pages::answer))
            .wrap(Compress::default())
            .wrap(from_fn(headers::add))
            .wrap(from_fn(door::last_answer))
            .wrap(from_fn(counted::count))
            .wrap(TracingLogger::<RequestSpan>::new())
    });
    let server = server.workers(workers).disable_signals().shutdown_timeout(10);
    // Of handshakes that are under way on one worker: who begins many and says nothing keeps nobody else out.
    let server = server.max_connection_rate(4096);
    let server = match way_in.tls()? {
        Some(tls) => server.listen_rustls_0_23(listener, tls)?,
        None => server.listen(listener)?,
    };
    Ok(server.client_request_timeout(Duration::from_secs(10)).run())
}

async fn nowhere() -> Result<actix_web::HttpResponse, AppError> {
    Err(Trouble::NotFound.into())
}

fn probe(watch: &Watch) -> ReadinessProbe {
    let watch = watch.clone();
    ReadinessProbe(Box::new(move || {
        let watch = watch.clone();
        Box::pin(async move { watch.word().await })
    }))
}
