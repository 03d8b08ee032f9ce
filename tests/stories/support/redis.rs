//! A real redis-server of our own, on a free port, gone with the test run.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::sync::OnceCell;

/// One server for all stories that do it no harm; each has a prefix of its own.
static SHARED: OnceCell<Arc<RedisServer>> = OnceCell::const_new();

pub async fn shared() -> Arc<RedisServer> {
    SHARED.get_or_init(|| async { Arc::new(RedisServer::start().await) }).await.clone()
}

/// A server that a story may kill, freeze and restart.
pub struct RedisServer {
    pub port: u16,
    folder: PathBuf,
    password: Option<String>,
    /// A shell that ends the server when our end of its input closes, however we end.
    child: std::sync::Mutex<Option<Child>>,
}

/// A port that stays free while its server is down: none that the system gives to connections by itself, and none
/// that was given to another story.
pub fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    // Several runs at once begin at different places.
    static FIRST: LazyLock<u16> = LazyLock::new(|| u16::try_from(uuid::Uuid::new_v4().as_u128() % 12_000).unwrap());
    loop {
        let port = 20_000 + (*FIRST + GIVEN.fetch_add(1, Ordering::Relaxed)) % 12_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl RedisServer {
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// With a password, without which it answers nothing.
    pub async fn start_with(password: Option<String>) -> Self {
        let folder = tempfile::Builder::new().prefix("guildhall-redis").tempdir().unwrap().keep();
        let server = Self { port: free_port(), folder, password, child: std::sync::Mutex::new(None) };
        server.restart().await;
        server
    }

    pub fn url(&self) -> String {
        let password = self.password.as_ref().map(|word| format!(":{word}@")).unwrap_or_default();
        format!("redis://{password}127.0.0.1:{}", self.port)
    }

    /// Starts the server on its port, empty.
    pub async fn restart(&self) {
        // A port that others of this machine have taken for a moment becomes free again.
        for _ in 0..4 {
            if self.begins().await {
                return;
            }
            self.kill();
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("redis-server did not start on port {}: is it installed? {log}", self.port);
    }

    async fn begins(&self) -> bool {
        let script = format!(
            "redis-server --port {} --bind 127.0.0.1 --save '' --appendonly no --dir {} --maxmemory-policy noeviction \
             --requirepass '{}' >{1}/log 2>&1 & pid=$!; echo $pid > {1}/pid; read _; kill -9 $pid 2>/dev/null",
            self.port,
            self.folder.display(),
            self.password.as_deref().unwrap_or_default()
        );
        let child = Command::new("sh").arg("-c").arg(script).stdin(Stdio::piped()).spawn().unwrap();
        *self.child.lock().unwrap() = Some(child);
        for _ in 0..200 {
            if let Ok(mut connection) = self.connection().await
                && redis::cmd("PING").exec_async(&mut connection).await.is_ok()
            {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        false
    }

    /// Ends the server at once, as kill -9 does; what it held is lost.
    pub fn kill(&self) {
        self.signal("-KILL");
        if let Some(mut child) = self.child.lock().unwrap().take() {
            drop(child.stdin.take());
            child.wait().unwrap();
        }
    }

    /// Stops answering without closing anything.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        // Once it has ended, its number may be another program's.
        if self.child.lock().unwrap().is_none() {
            return;
        }
        let pid = std::fs::read_to_string(self.folder.join("pid")).unwrap();
        Command::new("kill").args([signal, pid.trim()]).status().unwrap();
    }

    pub async fn connection(&self) -> redis::RedisResult<redis::aio::MultiplexedConnection> {
        redis::Client::open(self.url())?.get_multiplexed_async_connection().await
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.thaw();
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
