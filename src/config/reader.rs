//! Reading one variable after another, and noting everything that is wrong with them.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::keys::SecretKey;

/// A variable that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "this file is the one reader of the environment")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// What stands in no file that `NAME_FILE` names, and why.
const IN_NO_FILE: [(&str, &str); 3] = [
    ("LISTEN_CERTIFICATE", "is itself the path of a file"),
    ("LISTEN_KEY", "is itself the path of a file"),
    ("LOG_FORMAT", "is read from no file"),
];

#[derive(Default)]
pub(super) struct Reader {
    pub wrong: Vec<String>,
}

impl Reader {
    /// `NAME`, or the content of the file that `NAME_FILE` names.
    pub fn read(&mut self, name: &str) -> Option<String> {
        let Some(path) = variable(&format!("{name}_FILE")) else { return variable(name) };
        if let Some((_, why)) = IN_NO_FILE.iter().find(|(one, _)| *one == name) {
            // Without a word its owner would take it for heard.
            self.wrong.push(format!("  {name}_FILE: {name} {why}; set {name}"));
            return variable(name);
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => Some(text.trim_end().to_owned()),
            Err(error) => {
                self.wrong.push(format!("  {name}_FILE cannot be read: {error}"));
                None
            }
        }
    }

    pub fn secret(&mut self, name: &str, default: Option<&str>) -> Option<SecretString> {
        let before = self.wrong.len();
        let text = self.read(name).or_else(|| default.map(str::to_owned));
        if text.is_none() && self.wrong.len() == before {
            self.wrong.push(format!("  {name} is missing"));
        }
        text.map(SecretString::from)
    }

    pub fn parsed<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &str, default: Option<&str>) -> Option<T> {
        let before = self.wrong.len();
        let Some(text) = self.read(name).or_else(|| default.map(str::to_owned)) else {
            if self.wrong.len() == before {
                self.wrong.push(format!("  {name} is missing"));
            }
            return None;
        };
        self.understood(name, &text)
    }

    pub fn optional<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &str) -> Option<T> {
        let text = self.read(name)?;
        self.understood(name, &text)
    }

    fn understood<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &str, text: &str) -> Option<T> {
        text.parse().map_err(|error| self.wrong.push(format!("  {name} {error}"))).ok()
    }

    pub fn url(&mut self, name: &str, default: &str) -> Option<Url> {
        let url = self.parsed(name, Some(default))?;
        self.of_the_web(name, url)
    }

    pub fn link(&mut self, name: &str) -> Option<String> {
        let url = self.optional(name)?;
        self.of_the_web(name, url).map(|url| url.to_string())
    }

    fn of_the_web(&mut self, name: &str, url: Url) -> Option<Url> {
        if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
            return Some(url);
        }
        self.wrong.push(format!("  {name} must be an http or https address"));
        None
    }

    /// Two files of which neither is of use alone.
    pub fn both(&mut self, one: &str, other: &str) -> Option<(PathBuf, PathBuf)> {
        let before = self.wrong.len();
        let (missing, given) = match (self.read(one), self.read(other)) {
            (Some(first), Some(second)) => {
                // Its neighbours take secrets themselves. What it says is not repeated: it may be one.
                for (name, text) in [(one, &first), (other, &second)] {
                    if text.contains(['\n', '\r']) || text.contains("-----") {
                        self.wrong.push(format!("  {name} must name a file, and not say what is in it"));
                    }
                }
                return Some((first.into(), second.into()));
            }
            (None, None) => return None,
            (Some(_), None) => (other, one),
            (None, Some(_)) => (one, other),
        };
        if self.wrong.len() == before {
            self.wrong.push(format!("  {missing} is missing: {given} is of no use alone"));
        }
        None
    }

    /// Whole seconds, nothing meaning none.
    pub fn seconds(&mut self, name: &str, most: u64) -> Duration {
        let Some(text) = self.read(name) else { return Duration::ZERO };
        match text.parse() {
            Ok(seconds) if seconds <= most => Duration::from_secs(seconds),
            _ => {
                self.wrong.push(format!("  {name} must be a number of seconds, {most} at most"));
                Duration::ZERO
            }
        }
    }

    /// `on` or `off`, which is also what nothing means.
    pub fn switch(&mut self, name: &str) -> bool {
        match self.read(name).as_deref() {
            Some("on") => true,
            None | Some("off") => false,
            Some(_) => {
                self.wrong.push(format!("  {name} must be on or off"));
                false
            }
        }
    }

    pub fn list(&mut self, name: &str) -> Vec<IpNet> {
        let text = self.read(name).unwrap_or_default();
        let mut nets = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse().or_else(|_| part.parse::<std::net::IpAddr>().map(IpNet::from)) {
                Ok(net) => nets.push(net),
                Err(_) => self.wrong.push(format!("  {name}: {part:?} is no address or network (10.0.0.0/8)")),
            }
        }
        nets
    }

    pub fn key(&mut self, name: &str, text: &SecretString) -> Option<SecretKey> {
        let key = SecretKey::parse(text.expose_secret());
        if key.is_none() {
            self.wrong.push(format!("  {name} must be 128 hex digits; `guildhall secret` prints one"));
        }
        key
    }
}
