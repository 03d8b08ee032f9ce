//! nginx before several dashboards, with the configuration that `docs/nginx.conf` recommends.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use demo::ports::Port;
use tokio::time::sleep;

const RECOMMENDED: &str = include_str!("../../../docs/nginx.conf");

/// What is added around it here: a folder of its own, and a log that says what was sent to whom.
const AROUND: &str = "\
daemon off;
worker_processes 2;
pid PLACE/pid;
error_log PLACE/error.log warn;
USER
events { worker_connections 8192; }
http {
    log_format tries '$request_method $uri $status [$upstream_addr] [$upstream_bytes_sent]';
    access_log PLACE/access.log tries;
    client_body_temp_path PLACE/body;
    proxy_temp_path PLACE/proxy;
    fastcgi_temp_path PLACE/fastcgi;
    uwsgi_temp_path PLACE/uwsgi;
    scgi_temp_path PLACE/scgi;
    include PLACE/guildhall.conf;
}
";

pub struct Nginx {
    folder: PathBuf,
    port: Port,
    /// Where it sends people on from, in the place of port 80.
    redirect: Port,
    child: Option<Child>,
}

/// A request as nginx has logged it.
pub struct Logged {
    pub method: String,
    pub path: String,
    pub status: u16,
    /// What was sent to each instance that was tried, in bytes; the last one has answered.
    pub sent: Vec<u64>,
}

impl Nginx {
    /// Not started yet: the dashboards have to know its address first.
    pub fn prepare(place: &Path) -> anyhow::Result<Self> {
        let folder = place.join("nginx");
        std::fs::create_dir(&folder)?;
        Ok(Self { folder, port: Port::reserve()?, redirect: Port::reserve()?, child: None })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.number())
    }

    /// # Errors
    /// When nginx is not installed, or refuses the configuration.
    pub async fn begin(&mut self, dashboards: &[u16]) -> anyhow::Result<()> {
        let adapted = adapt(RECOMMENDED, self.port.number(), self.redirect.number(), dashboards)?;
        std::fs::write(self.folder.join("guildhall.conf"), adapted)?;
        let place = self.folder.to_str().context("a path that is text")?;
        // Only root may say as whom nginx works, and its own user may not write here.
        let user = if std::fs::metadata("/proc/self")?.uid() == 0 { "user root;" } else { "" };
        let around = AROUND.replace("PLACE", place).replace("USER", user);
        let file = self.folder.join("nginx.conf");
        std::fs::write(&file, around)?;
        let log = std::fs::File::create(self.folder.join("start.log"))?;
        let child = Command::new("nginx")
            .arg("-c")
            .arg(&file)
            .args(["-e", "stderr"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("nginx")?;
        self.child = Some(child);
        for _ in 0..200 {
            if reqwest::get(format!("{}/healthz", self.url())).await.is_ok_and(|answer| answer.status() == 200) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        let said = std::fs::read_to_string(self.folder.join("start.log"))?;
        bail!("nginx does not answer within ten seconds: {said}")
    }

    /// Requests that have ended.
    pub fn log(&self) -> anyhow::Result<Vec<Logged>> {
        let text = std::fs::read_to_string(self.folder.join("access.log"))?;
        text.lines().map(|line| read(line).with_context(|| format!("nginx logged {line:?}"))).collect()
    }

    /// What it complained of.
    pub fn complaints(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.join("error.log")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Asked, so that it ends its workers; it may have ended already.
            let _ = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }
}

/// The recommended configuration with our instances, and without TLS. Everything else is tried as it stands there.
fn adapt(text: &str, port: u16, redirect: u16, dashboards: &[u16]) -> anyhow::Result<String> {
    let mut adapted = String::new();
    let (mut listens, mut servers) = (0, 0);
    for line in text.lines() {
        let words = line.trim();
        let line = match words {
            _ if words.starts_with("server 127.0.0.1:") => {
                servers += 1;
                let parameters =
                    words.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map_or(";", |(_, rest)| rest);
                match servers {
                    1 => dashboards.iter().map(|port| format!("server 127.0.0.1:{port} {parameters}\n")).collect(),
                    _ => String::new(),
                }
            }
            _ if words.starts_with("listen ") && words.contains(" ssl") => {
                listens += 1;
                if listens == 1 { format!("listen 127.0.0.1:{port};") } else { String::new() }
            }
            // Only root may listen there, and others may do so already.
            _ if words == "listen 80;" => format!("listen 127.0.0.1:{redirect};"),
            _ if words.starts_with("listen ") || words.starts_with("ssl_") => String::new(),
            _ => line.to_owned(),
        };
        adapted.push_str(&line);
        adapted.push('\n');
    }
    if listens == 0 || servers == 0 {
        bail!("docs/nginx.conf has no place for a port or for instances");
    }
    Ok(adapted)
}

fn read(line: &str) -> Option<Logged> {
    let mut words = line.split(' ');
    let (method, path, status) = (words.next()?.to_owned(), words.next()?.to_owned(), words.next()?.parse().ok()?);
    let sent = line.rsplit_once('[')?.1.trim_end_matches(']').split(',').map(|count| count.trim().parse().unwrap_or(0));
    Some(Logged { method, path, status, sent: sent.collect() })
}
