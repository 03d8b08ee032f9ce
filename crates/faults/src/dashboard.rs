//! A dashboard as a process of its own, so that SIGKILL is the real thing.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use demo::ports::Port;
use discord_standin::seed;
use tokio::time::sleep;

/// What all instances have in common.
#[derive(Clone)]
pub struct Setting {
    pub binary: PathBuf,
    pub place: PathBuf,
    pub database_url: String,
    pub redis_url: String,
    pub discord_url: String,
    pub secret_key: String,
}

pub struct Dashboard {
    setting: Setting,
    number: usize,
    port: Port,
    metrics: Port,
    /// `PUBLIC_URL`, if people come by another address than its own.
    public: Option<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    child: Option<Child>,
    /// From the kill until it answered again; the last may be open.
    away: Vec<(Instant, Option<Instant>)>,
}

impl Dashboard {
    pub async fn start(setting: &Setting, number: usize) -> anyhow::Result<Self> {
        let dashboard = Self::prepare(setting, number, None)?;
        dashboard.begin().await?;
        Ok(dashboard)
    }

    /// One that is not started yet. `public`: where people reach it, through a balancer.
    pub fn prepare(setting: &Setting, number: usize, public: Option<&str>) -> anyhow::Result<Self> {
        let (port, metrics) = (Port::reserve()?, Port::reserve()?);
        let public = public.map(str::to_owned);
        Ok(Self { setting: setting.clone(), number, port, metrics, public, state: Mutex::default() })
    }

    pub fn port(&self) -> u16 {
        self.port.number()
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.number())
    }

    pub async fn begin(&self) -> anyhow::Result<()> {
        let child = self.spawn()?;
        self.state().child = Some(child);
        let client = reqwest::Client::builder().timeout(Duration::from_secs(1)).build()?;
        for _ in 0..15_000 {
            if client.get(format!("{}/healthz", self.url())).send().await.is_ok_and(|answer| answer.status() == 200) {
                if let Some((_, until)) = self.state().away.last_mut() {
                    *until = Some(Instant::now());
                }
                return Ok(());
            }
            sleep(Duration::from_millis(2)).await;
        }
        bail!("dashboard {} does not answer within 30 s; see {}", self.number, self.log().display())
    }

    fn spawn(&self) -> anyhow::Result<Child> {
        let Setting { binary, database_url, redis_url, discord_url, secret_key, .. } = &self.setting;
        let log = std::fs::File::options().create(true).append(true).open(self.log())?;
        let child = Command::new(binary)
            .arg("serve")
            .current_dir(&self.setting.place)
            .env("PUBLIC_URL", self.public.clone().unwrap_or_else(|| self.url()))
            .env("LISTEN", format!("127.0.0.1:{}", self.port.number()))
            .env("METRICS_LISTEN", format!("127.0.0.1:{}", self.metrics.number()))
            .env("DATABASE_URL", database_url)
            .env("REDIS_URL", redis_url)
            .env("DISCORD_URL", discord_url)
            .env("DISCORD_CDN_URL", discord_url)
            .env("DISCORD_CLIENT_ID", seed::CLIENT_ID.to_string())
            .env("DISCORD_CLIENT_SECRET", seed::CLIENT_SECRET)
            .env("DISCORD_BOT_TOKEN", seed::BOT_TOKEN)
            .env("SECRET_KEY", secret_key)
            // So that each admin comes from an address of their own.
            .env("TRUSTED_PROXIES", "127.0.0.1/32")
            .env("LOG", "info")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        Ok(child)
    }

    fn log(&self) -> PathBuf {
        log_file(&self.setting.place, self.number)
    }

    /// SIGKILL: nothing is finished, nothing is said.
    pub fn kill(&self) {
        let mut state = self.state();
        if let Some(mut child) = state.child.take() {
            state.away.push((Instant::now(), None));
            // It may have ended by itself; that is found by whoever asks it next.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// SIGTERM, as a service manager does it; gives how long it took to end. It may take as long as `at_most`.
    pub async fn end(&self, at_most: Duration) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let mut child = {
            let mut state = self.state();
            state.away.push((began, None));
            state.child.take().context("it runs")?
        };
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        loop {
            match child.try_wait()? {
                Some(status) if status.success() => return Ok(began.elapsed()),
                Some(status) => bail!("dashboard {} ended with {status}; see {}", self.number, self.log().display()),
                None if began.elapsed() > at_most => {
                    child.kill()?;
                    child.wait()?;
                    bail!("dashboard {} did not end within {} s", self.number, at_most.as_secs());
                }
                None => sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Whether it was away at any moment of these.
    pub fn was_away(&self, from: Instant, to: Instant) -> bool {
        self.state().away.iter().any(|(began, ended)| *began <= to && ended.is_none_or(|ended| ended >= from))
    }

    /// Resident memory in KiB.
    pub fn memory(&self) -> u64 {
        let Some(id) = self.state().child.as_ref().map(Child::id) else { return 0 };
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    /// Open files and connections.
    pub fn files(&self) -> usize {
        let Some(id) = self.state().child.as_ref().map(Child::id) else { return 0 };
        std::fs::read_dir(format!("/proc/{id}/fd")).map_or(0, Iterator::count)
    }

    /// How often a file of this name is open: SQLite opens its own for each connection.
    pub fn opens(&self, name: &str) -> usize {
        let Some(id) = self.state().child.as_ref().map(Child::id) else { return 0 };
        let Ok(files) = std::fs::read_dir(format!("/proc/{id}/fd")) else { return 0 };
        let leads_there = |path: PathBuf| std::fs::read_link(path).is_ok_and(|path| path.ends_with(name));
        files.flatten().filter(|file| leads_there(file.path())).count()
    }

    /// The time its threads have worked so far; of Linux, in hundredths of a second.
    pub fn cpu(&self) -> Duration {
        let Some(id) = self.state().child.as_ref().map(Child::id) else { return Duration::ZERO };
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // The name in brackets may hold anything.
        let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// A number that it tells about itself.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        let url = format!("http://127.0.0.1:{}/metrics", self.metrics.number());
        let page = reqwest::get(url).await.ok()?.text().await.ok()?;
        page.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Dashboard {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn log_file(place: &Path, number: usize) -> PathBuf {
    place.join(format!("dashboard-{number}.log"))
}
