//! A Redis of the test's own: started on a port that is held for it, in a temporary folder, frozen, killed,
//! started again, and gone with the test.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use config_sync::{
    Action, Applied, Change, ConfigData, ConfigMessage, ConfigSubscriber, ConfigSubscriberBuilder, GuildId, ModuleName,
    Publisher,
};
use redis::aio::MultiplexedConnection;
use redis::io::tcp::socket2::{Domain, Socket, Type};
use redis::{AsyncCommands, FromRedisValue};
use serde_json::json;

pub const GUILD: GuildId = GuildId(816_370_501_973_721_107);
pub const DATABASE: &str = "d1";
pub const PREFIX: &str = "t:";

pub struct Redis {
    server: Option<Child>,
    port: u16,
    /// Bound to the port and not listening, so that nobody else gets it while the server is down.
    _held: Socket,
    folder: tempfile::TempDir,
    more: Vec<String>,
}

impl Redis {
    pub async fn start() -> Self {
        Self::start_with(|_| Vec::new()).await
    }

    /// Starts it with more arguments, told where its folder is.
    pub async fn start_with(more: impl FnOnce(&std::path::Path) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let held = held_port();
        let port = held.local_addr().unwrap().as_socket().unwrap().port();
        let more = more(folder.path());
        let server = spawn(port, folder.path(), &more);
        let mut redis = Self { server: Some(server), port, _held: held, folder, more };
        assert!(redis.answers().await, "redis-server did not start on port {port}");
        redis
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn publisher(&self) -> Publisher {
        self.publisher_of(DATABASE)
    }

    pub fn publisher_of(&self, database: &str) -> Publisher {
        Publisher::new(&self.url(), PREFIX, database).unwrap()
    }

    /// A publisher whose Redis has been filled and is complete.
    pub async fn ready_publisher(&self) -> Publisher {
        let publisher = self.publisher();
        publisher.begin_rebuild(0).await.unwrap();
        publisher.complete_rebuild(0).await.unwrap();
        publisher
    }

    /// A connection of the test's own, that waits for answers however busy the machine is.
    pub async fn connection(&self) -> MultiplexedConnection {
        let client = redis::Client::open(self.url()).unwrap();
        let patient = redis::AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let connecting = client.get_multiplexed_async_connection_with_config(&patient);
        connecting.await.unwrap()
    }

    pub async fn field<T: FromRedisValue>(&self, key: String, field: &str) -> Option<T> {
        self.connection().await.hget(key, field).await.unwrap()
    }

    /// What is noted as applied of the music settings in [`GUILD`].
    pub async fn applied(&self) -> Option<Applied> {
        let key = format!("{PREFIX}bot:config:applied:{GUILD}");
        let text: Option<String> = self.field(key, "MUSIC").await;
        text.map(|text| serde_json::from_str(&text).unwrap())
    }

    /// Stops it without a word, as a power cut would; nothing was saved to disk.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// Starts it again on the same port, empty.
    pub async fn start_again(&mut self) {
        self.kill();
        self.server = Some(spawn(self.port, self.folder.path(), &self.more));
        assert!(self.answers().await, "redis-server did not come back on port {}", self.port);
    }

    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.server.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    async fn answers(&mut self) -> bool {
        let client = redis::Client::open(self.url()).unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Some(server) = &mut self.server
                && server.try_wait().unwrap().is_some()
            {
                return false;
            }
            if let Ok(mut connection) = client.get_multiplexed_async_connection().await
                && redis::cmd("PING").exec_async(&mut connection).await.is_ok()
            {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that the system gives to nobody else, and that a server may listen on: as `demo::ports`, which tests of this
/// crate cannot use.
pub fn held_port() -> Socket {
    let held = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    held.set_reuse_address(true).unwrap();
    held.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    held
}

fn spawn(port: u16, folder: &std::path::Path, more: &[String]) -> Child {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .args(["--enable-debug-command", "local"])
        .args(more)
        .arg("--dir")
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("these tests need redis-server on the PATH: {error}"))
}

/// A change of the music settings in [`GUILD`]; the volume tells one from another.
pub fn change(revision: u64) -> ConfigMessage {
    change_of(GUILD, ModuleName::MUSIC, revision)
}

pub fn change_of(guild_id: GuildId, module: ModuleName, revision: u64) -> ConfigMessage {
    ConfigMessage {
        guild_id,
        module,
        action: Action::Update,
        timestamp: 1_795_462_987_711,
        data: Some(ConfigData {
            revision,
            schema: 1,
            changed: vec!["defaultVolume".to_owned()],
            settings: json!({ "defaultVolume": revision, "note": "\"revision\":99999999999999" }),
        }),
    }
}

/// Waits until `what` answers something; a test that waits for ever has failed.
pub async fn eventually<T>(what: impl AsyncFn() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = what().await {
            return found;
        }
        assert!(Instant::now() < until, "it did not happen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The revisions a bot's handler was called with, in order.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<u64>>>);

impl Heard {
    pub fn all(&self) -> Vec<u64> {
        self.0.lock().unwrap().clone()
    }

    pub fn last(&self) -> Option<u64> {
        self.all().last().copied()
    }

    /// Waits for so many calls, and sees that they are these.
    pub async fn until(&self, revisions: &[u64]) {
        eventually(async || (self.all().len() >= revisions.len()).then_some(())).await;
        assert_eq!(self.all(), revisions);
    }
}

/// A bot in [`GUILD`] that notes all it hears, and whose heart beats fast.
pub fn following(redis: &Redis, heard: &Heard) -> ConfigSubscriberBuilder {
    following_at(&redis.url(), heard)
}

/// As [`following`], by another way than straight.
pub fn following_at(url: &str, heard: &Heard) -> ConfigSubscriberBuilder {
    let heard = heard.clone();
    let note = move |change: Change| {
        heard.0.lock().unwrap().push(change.revision);
        std::future::ready(Ok::<(), String>(()))
    };
    let bot = ConfigSubscriber::builder(url).prefix(PREFIX).guilds([GUILD]);
    bot.heartbeat(Duration::from_millis(50)).on_all(note)
}

/// A way to Redis on which connections can go dead without a word, as when a firewall forgets
/// them. New ones work.
pub struct Way {
    pub url: String,
    dead: Arc<tokio::sync::Notify>,
}

impl Way {
    pub async fn to(redis: &Redis) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("redis://{}", listener.local_addr().unwrap());
        let dead = Arc::new(tokio::sync::Notify::new());
        let (port, died) = (redis.port, Arc::clone(&dead));
        tokio::spawn(async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                let mut far = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                let died = Arc::clone(&died);
                tokio::spawn(async move {
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        // Both ends stay open, and nothing passes.
                        () = died.notified() => std::future::pending().await,
                    }
                });
            }
        });
        Self { url, dead }
    }

    pub fn kill_connections(&self) {
        self.dead.notify_waiters();
    }
}
