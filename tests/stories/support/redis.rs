//! A real redis-server of our own, on a port that is held for it, gone with the test run.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use demo::ports::Port;
use tokio::sync::OnceCell;

/// One server for all stories that do it no harm; each has a prefix of its own.
static SHARED: OnceCell<Arc<RedisServer>> = OnceCell::const_new();

pub async fn shared() -> Arc<RedisServer> {
    SHARED.get_or_init(|| async { Arc::new(RedisServer::start().await) }).await.clone()
}

/// Of a server in TLS and of its clients, by file.
pub const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/config-sync/tests/redis/certificates");

/// A server that a story may kill, freeze and restart.
pub struct RedisServer {
    port: Port,
    /// Where it speaks TLS, if it does.
    tls: Option<Port>,
    folder: PathBuf,
    password: Option<String>,
    /// A shell that ends the server when our end of its input closes, however we end, and sees it gone from its port.
    child: std::sync::Mutex<Option<Child>>,
}

impl RedisServer {
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// With a password, without which it answers nothing.
    pub async fn start_with(password: Option<String>) -> Self {
        Self::make(password, None).await
    }

    /// With TLS at an address of its own, for who shows a certificate of the authority that has signed the server's.
    pub async fn start_certified() -> Self {
        Self::make(None, Some(Port::reserve().unwrap())).await
    }

    async fn make(password: Option<String>, tls: Option<Port>) -> Self {
        let folder = tempfile::Builder::new().prefix("guildhall-redis").tempdir().unwrap().keep();
        let port = Port::reserve().unwrap();
        let server = Self { port, tls, folder, password, child: std::sync::Mutex::new(None) };
        server.restart().await;
        server
    }

    pub fn url(&self) -> String {
        let password = self.password.as_ref().map(|word| format!(":{word}@")).unwrap_or_default();
        format!("redis://{password}127.0.0.1:{}", self.port.number())
    }

    /// Where it speaks TLS; who comes there has to name certificates.
    pub fn tls_url(&self) -> String {
        format!("rediss://127.0.0.1:{}", self.tls.as_ref().unwrap().number())
    }

    /// Starts the server on its port, empty.
    pub async fn restart(&self) {
        let tls = self.tls.as_ref().map(|port| {
            let of = |option: &str, file: &str| format!("--tls-{option} '{CERTIFICATES}/{file}'");
            let files = [of("cert-file", "server.pem"), of("key-file", "key.pem"), of("ca-cert-file", "authority.pem")];
            format!("--tls-port {} {} --tls-auth-clients yes", port.number(), files.join(" "))
        });
        let tls = tls.unwrap_or_default();
        let script = format!(
            "redis-server --port {} --bind 127.0.0.1 --save '' --appendonly no --dir {} --maxmemory-policy noeviction \
             --requirepass '{}' {tls} >{1}/log 2>&1 & pid=$!; echo $pid > {1}/pid; read _; kill -9 $pid 2>/dev/null; \
             wait $pid 2>/dev/null",
            self.port.number(),
            self.folder.display(),
            self.password.as_deref().unwrap_or_default()
        );
        let child = Command::new("sh").arg("-c").arg(script).stdin(Stdio::piped()).spawn().unwrap();
        *self.child.lock().unwrap() = Some(child);
        for _ in 0..800 {
            if let Ok(mut connection) = self.connection().await
                && redis::cmd("PING").exec_async(&mut connection).await.is_ok()
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("redis-server did not start on port {}: is it installed? {log}", self.port.number());
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
