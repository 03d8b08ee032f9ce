//! The Redis that is killed, frozen, emptied and put back.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail};
use demo::ports::Port;
use tokio::time::sleep;

pub struct Redis {
    folder: PathBuf,
    copy: PathBuf,
    port: Port,
    child: Option<Child>,
}

impl Redis {
    pub async fn start(place: &Path) -> anyhow::Result<Self> {
        let folder = place.join("redis");
        std::fs::create_dir(&folder)?;
        let mut redis = Self { folder, copy: place.join("redis-copy"), port: Port::reserve()?, child: None };
        redis.begin().await?;
        Ok(redis)
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port.number())
    }

    /// With whatever is in its folder.
    pub async fn begin(&mut self) -> anyhow::Result<()> {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.with_extension("log"))?;
        let child = Command::new("redis-server")
            .args([
                "--bind",
                "127.0.0.1",
                "--port",
                &self.port.number().to_string(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--dir",
            ])
            .arg(&self.folder)
            .args(["--maxmemory-policy", "noeviction"])
            .stdin(Stdio::null())
            .stdout(log)
            .spawn()
            .context("redis-server")?;
        self.child = Some(child);
        for _ in 0..400 {
            if let Ok(mut connection) = self.connection().await
                && redis::cmd("PING").exec_async(&mut connection).await.is_ok()
            {
                return Ok(());
            }
            sleep(Duration::from_millis(25)).await;
        }
        bail!("redis-server does not answer within ten seconds")
    }

    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    pub fn freeze(&self) -> anyhow::Result<()> {
        self.signal("-STOP")
    }

    pub fn thaw(&self) -> anyhow::Result<()> {
        self.signal("-CONT")
    }

    fn signal(&self, signal: &str) -> anyhow::Result<()> {
        let child = self.child.as_ref().context("Redis does not run")?;
        Command::new("kill").args([signal, &child.id().to_string()]).status()?;
        Ok(())
    }

    /// Its files as they are at this moment, for [`Redis::put_back`].
    pub fn keep_copy(&self) -> anyhow::Result<()> {
        replace(&self.folder, &self.copy)
    }

    /// Only while it does not run.
    pub fn put_back(&self) -> anyhow::Result<()> {
        replace(&self.copy, &self.folder)
    }

    /// Only while it does not run.
    pub fn empty(&self) -> anyhow::Result<()> {
        std::fs::remove_dir_all(&self.folder)?;
        Ok(std::fs::create_dir(&self.folder)?)
    }

    pub async fn connection(&self) -> redis::RedisResult<redis::aio::MultiplexedConnection> {
        redis::Client::open(self.url())?.get_multiplexed_async_connection().await
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

fn replace(from: &Path, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    copy_folder(from, to)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy_folder(&entry.path(), &target)?,
            // Redis replaces files of its own while it runs: what is gone belongs to neither copy.
            false => drop(std::fs::copy(entry.path(), target)),
        }
    }
    Ok(())
}
