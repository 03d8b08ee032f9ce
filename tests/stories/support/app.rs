//! The service under test, with everything it stands on.

use std::sync::Arc;
use std::time::Duration;

use demo::bot::ExampleBot;
use demo::ports::Port;
use discord_standin::{Standin, World, seed};
use guildhall::app::{App, Overrides, Parts};
use guildhall::clock::Clock;
use guildhall::config::{Config, DiscordSettings};
use guildhall::guilds::second_factor::SecondFactor;
use guildhall::keys::{Keys, SecretKey};
use guildhall::live::Stopping;
use guildhall::web::shell::FooterLinks;

use super::bot::Bot;
use super::database::TestDatabase;
use super::redis::{RedisServer, shared};
use super::visitor::Visitor;

pub const HARBOUR: u64 = seed::HARBOUR_CLUB.0;

pub struct TestApp {
    pub discord: Standin,
    pub redis: Arc<RedisServer>,
    pub prefix: String,
    pub config: Config,
    /// As the operator has it.
    pub secret_key: String,
    pub parts: Parts,
    pub clock: Clock,
    pub database: TestDatabase,
    /// Where the service comes back to.
    _port: Port,
    server: Option<Stopping>,
    running: Option<tokio::task::JoinHandle<()>>,
}

/// What a story wants otherwise.
pub struct Stage {
    pub world: World,
    pub own_redis: bool,
    /// Of a Redis of its own.
    pub redis_password: Option<String>,
    /// The limits people meet; without it they are so generous that no story meets them.
    pub real_limits: bool,
    /// How soon a body has to be there whole.
    pub body_within: Option<Duration>,
    /// Whether this machine counts as our own proxy.
    pub behind_proxy: bool,
    /// For how many days changes are kept.
    pub changes_kept: Option<&'static str>,
    /// For how many days closed tickets are kept.
    pub tickets_kept: Option<&'static str>,
    pub second_factor: SecondFactor,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            world: seed::world().with_redirect("http://127.0.0.1:*/auth/callback"),
            own_redis: false,
            redis_password: None,
            real_limits: false,
            body_within: None,
            behind_proxy: false,
            changes_kept: None,
            tickets_kept: None,
            second_factor: SecondFactor::Servers,
        }
    }
}

impl TestApp {
    pub async fn start() -> Self {
        Self::on(Stage::default()).await
    }

    /// With a Redis that the story may harm.
    pub async fn with_own_redis() -> Self {
        Self::on(Stage { own_redis: true, ..Stage::default() }).await
    }

    pub async fn on(stage: Stage) -> Self {
        let discord = Standin::start(stage.world).await.unwrap();
        let redis = match stage.own_redis {
            true => Arc::new(RedisServer::start_with(stage.redis_password).await),
            false => shared().await,
        };
        let database = TestDatabase::create();
        let prefix = if stage.own_redis { String::new() } else { format!("{}:", uuid::Uuid::new_v4().simple()) };
        let port = Port::reserve().unwrap();
        let address = format!("127.0.0.1:{}", port.number());
        let secret_key = SecretKey::generate();
        let key = SecretKey::parse(&secret_key).unwrap();
        let config = Config {
            public_url: format!("http://{address}").parse().unwrap(),
            listen: address.parse().unwrap(),
            certificate: None,
            database_url: database.url.clone(),
            redis_url: redis.url().into(),
            redis_prefix: prefix.clone(),
            discord: DiscordSettings {
                url: discord.url().parse().unwrap(),
                cdn_url: discord.url().parse().unwrap(),
                client_id: seed::CLIENT_ID.to_string().parse().unwrap(),
                client_secret: seed::CLIENT_SECRET.to_owned().into(),
                bot_token: seed::BOT_TOKEN.to_owned().into(),
            },
            keys: Keys::derive(&key, None),
            second_factor: stage.second_factor,
            trusted_proxies: stage.behind_proxy.then(|| "127.0.0.1/32".parse().unwrap()).into_iter().collect(),
            metrics_listen: None,
            stop_delay: Duration::ZERO,
            music_hosts: "youtu.be,www.youtube.com,*.bandcamp.com".parse().unwrap(),
            changes_kept: stage.changes_kept.map(|days| days.parse().unwrap()),
            tickets_kept: stage.tickets_kept.map(|days| days.parse().unwrap()),
            links: FooterLinks::default(),
            pseudo_languages: true,
        };
        let clock = Clock::default();
        let overrides = Overrides {
            clock: clock.clone(),
            generous_limits: !stage.real_limits,
            body_within: stage.body_within,
            ..Overrides::default()
        };
        let app = App::build_with(config.clone(), overrides).await.unwrap();
        let mut test = Self {
            discord,
            redis,
            prefix,
            config,
            secret_key,
            parts: app.parts.clone(),
            clock,
            database,
            _port: port,
            server: None,
            running: None,
        };
        test.run(app);
        test.redis_is_ready().await;
        test
    }

    fn run(&mut self, app: App) {
        self.server = Some(app.handle());
        self.running = Some(tokio::spawn(async move { app.run().await.unwrap() }));
    }

    /// As a service that follows the first one has it.
    fn overrides(&self) -> Overrides {
        let certificate_looked_at = Some(Duration::from_millis(25));
        Overrides { clock: self.clock.clone(), generous_limits: true, certificate_looked_at, ..Overrides::default() }
    }

    /// Ends the service and starts it again on the same port, database, Redis and keys.
    pub async fn restart(&mut self) {
        self.stop().await;
        let app = App::build_with(self.config.clone(), self.overrides()).await.unwrap();
        self.parts = app.parts.clone();
        self.run(app);
    }

    /// Ends the service and starts it with this key, the one it had being the previous one, or forgotten.
    pub async fn restart_with_key(&mut self, secret_key: &str, previous: Option<&str>) {
        let key = |text: &str| SecretKey::parse(text).unwrap();
        self.config.keys = Keys::derive(&key(secret_key), previous.map(key).as_ref());
        self.secret_key = secret_key.to_owned();
        self.restart().await;
    }

    /// Another instance on the same database, Redis and keys; gives its address. It ends with the story.
    pub async fn neighbour(&self) -> String {
        let port = Port::reserve().unwrap();
        let address = format!("127.0.0.1:{}", port.number());
        let public_url: url::Url = format!("http://{address}").parse().unwrap();
        let config = Config { listen: address.parse().unwrap(), public_url, ..self.config.clone() };
        let app = App::build_with(config, self.overrides()).await.unwrap();
        tokio::spawn(async move {
            let _held = port;
            app.run().await.unwrap();
        });
        format!("http://{address}")
    }

    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop(true).await;
        }
        if let Some(running) = self.running.take() {
            running.await.unwrap();
        }
    }

    pub fn url(&self) -> String {
        self.config.public_url.as_str().trim_end_matches('/').to_owned()
    }

    /// Somebody with a browser, not signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.url())
    }

    /// Somebody who has signed in through Discord's page.
    pub async fn signed_in(&self, user: discord_standin::Id) -> Visitor {
        let mut visitor = self.visitor();
        visitor.signs_in(user).await;
        visitor
    }

    /// The owner of the Harbour Club, signed in.
    pub async fn mira(&self) -> Visitor {
        self.signed_in(seed::MIRA).await
    }

    /// A bot that writes down every message.
    pub async fn bot(&self) -> Bot {
        Bot::listen(&self.redis, &self.prefix).await
    }

    /// A bot that follows its settings and reports back, in the Harbour Club.
    pub fn example_bot(&self) -> ExampleBot {
        let bot = ExampleBot::start(&self.redis.url(), &self.prefix, [HARBOUR]).unwrap();
        bot.lives_in(self.discord.world());
        bot
    }

    /// Waits until the publisher has found its Redis, so that counting begins from a settled state.
    async fn redis_is_ready(&self) {
        eventually("the publisher finds Redis", || async {
            let status = self.parts.relay.publisher().status().await;
            status.is_ok_and(|status| status.complete)
        })
        .await;
    }

    /// How many rows of the change log there are, and how many of them are sent.
    pub async fn changes(&self) -> (i64, i64) {
        use diesel::prelude::*;
        use guildhall::schema::changes::dsl::*;
        self.parts
            .db
            .run(|conn| {
                let all: i64 = changes.count().get_result(conn)?;
                let sent: i64 = changes.filter(published_at.is_not_null()).count().get_result(conn)?;
                Ok::<_, guildhall::db::DbError>((all, sent))
            })
            .await
            .unwrap()
    }

    /// What is stored for a module of the Harbour Club.
    pub async fn stored(&self, key: &str) -> Option<(serde_json::Value, i64)> {
        use diesel::prelude::*;
        use guildhall::schema::settings::dsl::*;
        let key = key.to_owned();
        let row: Option<(String, i64)> = self
            .parts
            .db
            .run(move |conn| {
                let row = settings.filter(guild_id.eq(HARBOUR.cast_signed())).filter(module.eq(key));
                Ok::<_, guildhall::db::DbError>(row.select((body, revision)).first(conn).optional()?)
            })
            .await
            .unwrap();
        row.map(|(text, number)| (serde_json::from_str(&text).unwrap(), number))
    }

    /// Requests that reached Discord's REST API since the log was cleared: method and path.
    pub fn discord_calls(&self) -> Vec<String> {
        let seen = self.discord.requests();
        seen.iter()
            .filter(|one| one.path.starts_with("/api"))
            .map(|one| format!("{} {}", one.method, one.path))
            .collect()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
        }
    }
}

/// Asks again for up to half a minute, which only a very busy machine needs. A story never asserts how long something took.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut ask: impl FnMut() -> F) {
    for _ in 0..1200 {
        if ask().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it did not happen within half a minute: {what}");
}
