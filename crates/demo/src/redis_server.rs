//! A Redis of one's own, on a port of 127.0.0.1 that is held for it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::ports::Port;

/// A running redis-server. Dropping it kills it; [`RedisServer::stop`] lets it write its file first.
pub struct RedisServer {
    child: Child,
    port: Port,
}

impl RedisServer {
    /// Starts one that keeps its data and its log in `folder`.
    ///
    /// # Errors
    /// When `redis-server` is not installed, ends at once, or does not answer within five seconds.
    pub async fn start(folder: &Path) -> io::Result<Self> {
        let port = Port::reserve()?;
        let number = port.number().to_string();
        let log = std::fs::File::create(folder.join("redis.log"))?;
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &number, "--save", "", "--appendonly", "yes", "--dir"])
            .arg(folder)
            .args(["--maxmemory-policy", "noeviction"])
            .stdin(Stdio::null())
            .stdout(log)
            // Ctrl-C must not end it before the dashboard and the bot have said their last words.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("redis-server: {error}")))?;
        let mut server = Self { child, port };
        let answering = timeout(Duration::from_secs(5), server.wait_until_it_answers(folder)).await;
        answering.map_err(|_| io::Error::other("redis-server does not answer within five seconds"))??;
        Ok(server)
    }

    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port.number())
    }

    /// Ends it in good order, within five seconds.
    pub async fn stop(mut self) {
        let asked = self.say("SHUTDOWN\r\n").await;
        let ended = timeout(Duration::from_secs(5), self.child.wait()).await;
        if ended.is_err() {
            tracing::warn!(?asked, "redis-server did not end by itself and is killed");
        }
    }

    async fn wait_until_it_answers(&mut self, folder: &Path) -> io::Result<()> {
        loop {
            if self.child.try_wait()?.is_some() {
                let log = std::fs::read_to_string(folder.join("redis.log"))?;
                return Err(io::Error::other(format!("redis-server ended at once:\n{log}")));
            }
            match self.say("PING\r\n").await {
                Ok(answer) if answer.starts_with("+PONG") => return Ok(()),
                _ => sleep(Duration::from_millis(20)).await,
            }
        }
    }

    async fn say(&self, command: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port.number()))).await?;
        stream.write_all(command.as_bytes()).await?;
        let mut answer = [0; 64];
        let length = stream.read(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
    }
}
