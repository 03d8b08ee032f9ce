//! The one chromedriver of the test run, and where the programs are.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use tokio::sync::OnceCell;

use crate::support::app::eventually;

/// One chromedriver for all stories; each has a session and a Chromium of its own.
static DRIVER: OnceCell<Driver> = OnceCell::const_new();

pub struct Driver {
    pub port: u16,
    /// Of all profiles: what runs on one of them is ended with us.
    pub folder: PathBuf,
}

pub async fn shared() -> &'static Driver {
    DRIVER.get_or_init(Driver::start).await
}

impl Driver {
    /// A shell ends everything when our end of its input closes, however we end.
    async fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("guildhall-chromium").tempdir().unwrap().keep();
        let script = "\"$DRIVER\" --port=0 >\"$FOLDER/log\" 2>&1 & pid=$!; read _; kill -9 $pid; \
                      for one in $(grep -lsF \"$FOLDER\" /proc/[0-9]*/cmdline | cut -d/ -f3); do kill -9 $one; done; \
                      sleep 1; rm -rf \"$FOLDER\"";
        let shell = Command::new("sh")
            .arg("-c")
            .arg(script)
            .env("DRIVER", program("CHROMEDRIVER", "chromedriver"))
            .env("FOLDER", &folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The input stays open as long as this process lives.
        std::mem::forget(shell);
        let log = folder.join("log");
        let port = || {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            text.split("started successfully on port ").nth(1)?.split('.').next()?.trim().parse::<u16>().ok()
        };
        eventually("chromedriver starts", || async { port().is_some() }).await;
        Self { port: port().unwrap(), folder }
    }
}

/// Where a program is: as the environment says, else in `PATH`.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment what to run")]
pub fn program(variable: &str, name: &str) -> PathBuf {
    if let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        assert!(path.exists(), "{variable} names {}, which does not exist", path.display());
        return path;
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("the browser stories need {name}: install it, or name it in {variable}"))
}
