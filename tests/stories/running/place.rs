//! What the program stands on, and the program itself as a process.

use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use demo::ports::Port;
use discord_standin::{Standin, World, seed};
use guildhall::db::DatabaseUrl;
use guildhall::keys::SecretKey;

use crate::support::app::eventually;
use crate::support::database::TestDatabase;
use crate::support::redis::{RedisServer, shared};
use crate::support::visitor::Visitor;

pub struct Place {
    pub discord: Standin,
    pub redis: Arc<RedisServer>,
    pub database: TestDatabase,
    pub folder: tempfile::TempDir,
    pub prefix: String,
    /// Wins over everything else.
    pub more: Vec<(String, String)>,
    key: String,
    port: Port,
}

/// A Discord that knows the way back to that port, to the letter.
fn known_at(port: &Port) -> World {
    seed::world().with_redirect(&format!("http://127.0.0.1:{}/auth/callback", port.number()))
}

impl Place {
    /// Everything as it should be.
    pub async fn make() -> Self {
        let port = Port::reserve().unwrap();
        let world = known_at(&port);
        Self::at(port, world, shared().await).await
    }

    pub async fn with_own_redis() -> Self {
        Self::with_this_redis(RedisServer::start().await).await
    }

    pub async fn with_this_redis(redis: RedisServer) -> Self {
        let port = Port::reserve().unwrap();
        let world = known_at(&port);
        let mut place = Self::at(port, world, Arc::new(redis)).await;
        place.prefix = String::new();
        place
    }

    pub async fn with(world: World, redis: Arc<RedisServer>) -> Self {
        Self::at(Port::reserve().unwrap(), world, redis).await
    }

    async fn at(port: Port, world: World, redis: Arc<RedisServer>) -> Self {
        Self {
            discord: Standin::start(world).await.unwrap(),
            redis,
            database: TestDatabase::create(),
            folder: tempfile::Builder::new().prefix("guildhall-place").tempdir().unwrap(),
            prefix: format!("{}:", uuid::Uuid::new_v4().simple()),
            more: Vec::new(),
            key: SecretKey::generate(),
            port,
        }
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.more.push((name.to_owned(), value.into()));
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.number())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn environment(&self) -> Vec<(String, String)> {
        let pairs = [
            ("PUBLIC_URL", self.url()),
            ("LISTEN", format!("127.0.0.1:{}", self.port.number())),
            ("DATABASE_URL", address(&self.database.url)),
            ("REDIS_URL", self.redis.url()),
            ("REDIS_PREFIX", self.prefix.clone()),
            ("DISCORD_URL", self.discord.url()),
            ("DISCORD_CDN_URL", self.discord.url()),
            ("DISCORD_CLIENT_ID", seed::CLIENT_ID.to_string()),
            ("DISCORD_CLIENT_SECRET", seed::CLIENT_SECRET.to_owned()),
            ("DISCORD_BOT_TOKEN", seed::BOT_TOKEN.to_owned()),
            ("SECRET_KEY", self.key.clone()),
        ];
        let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value));
        pairs.chain(self.more.iter().cloned()).collect()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().envs(self.environment());
        command
    }

    /// Runs the program to its end.
    pub async fn runs(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        output.await.unwrap().into()
    }

    /// Starts the program, and waits until it serves.
    pub async fn serves(&self) -> Program {
        let log = self.path("log");
        let file = std::fs::File::options().create(true).append(true).open(&log).unwrap();
        let (metrics, mut command) = (Port::reserve().unwrap(), self.command(&["serve"]));
        command.env("METRICS_LISTEN", format!("127.0.0.1:{}", metrics.number()));
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let mut program = Program { child: command.spawn().unwrap(), log, url: self.url(), metrics };
        eventually("the program serves", || async {
            reqwest::get(format!("{}/healthz", self.url())).await.is_ok_and(|answer| answer.status() == 200)
        })
        .await;
        assert!(program.child.try_wait().unwrap().is_none(), "{}", program.log());
        program
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.url())
    }

    /// The owner of the Harbour Club, signed in.
    pub async fn mira(&self) -> Visitor {
        let mut mira = self.visitor();
        mira.signs_in(seed::MIRA).await;
        mira
    }
}

/// As `DATABASE_URL` says it.
pub fn address(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite { path } => format!("sqlite://{path}"),
        DatabaseUrl::Postgres { url } => url.to_string(),
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ran {
    pub well: bool,
    /// What it said on both outputs.
    pub said: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let said = [output.stdout, output.stderr].concat();
        Self { well: output.status.success(), said: String::from_utf8(said).unwrap() }
    }
}

/// The program, serving. It ends with the story.
pub struct Program {
    child: Child,
    log: PathBuf,
    url: String,
    metrics: Port,
}

impl Program {
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// A signal, as a service manager sends it.
    pub fn is_told(&self, signal: &str) {
        let told = Command::new("kill").args([&format!("-{signal}"), &self.child.id().to_string()]).status();
        assert!(told.unwrap().success());
    }

    /// Waits for its end.
    pub async fn ends(&mut self) -> ExitStatus {
        for _ in 0..1_200 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("it does not end: {}", self.log());
    }

    /// A page of the metrics' listener: status and text.
    pub async fn tells(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://127.0.0.1:{}{path}", self.metrics.number())).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// What the public sees of its readiness.
    pub async fn readiness(&self) -> (u16, String) {
        let answer = reqwest::get(format!("{}/readyz", self.url)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap().trim().to_owned())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
