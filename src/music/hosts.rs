//! The hosts that addresses of tracks may name, as whoever runs Guildhall allows them.

use std::str::FromStr;
use std::sync::Arc;

use url::{Host, Url};

use crate::web::words::Message;

/// An address of a track at most, in characters.
const LONGEST: usize = 2048;

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct MusicHosts(Arc<[String]>);

/// Why a list of hosts cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadHosts {
    #[error("names no host")]
    Empty,
    #[error("{0:?} is no host name: write youtu.be for this host alone, *.bandcamp.com for every host below it")]
    NoHost(String),
}

impl FromStr for MusicHosts {
    type Err = BadHosts;

    /// Host names with commas between them. `youtu.be` is this host alone; `*.bandcamp.com` is every host below it,
    /// and not itself.
    fn from_str(text: &str) -> Result<Self, BadHosts> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let hosts = names.map(read).collect::<Result<Vec<String>, _>>()?;
        if hosts.is_empty() { Err(BadHosts::Empty) } else { Ok(Self(hosts.into())) }
    }
}

fn read(name: &str) -> Result<String, BadHosts> {
    let bad = || BadHosts::NoHost(name.to_owned());
    let (below, rest) = match name.strip_prefix("*.") {
        Some(rest) => ("*.", rest),
        None => ("", name),
    };
    match Host::parse(rest) {
        Ok(Host::Domain(host)) if host.contains('.') && !host.contains('*') => Ok(format!("{below}{host}")),
        _ => Err(bad()),
    }
}

impl MusicHosts {
    fn allow(&self, host: &str) -> bool {
        self.0.iter().any(|allowed| match allowed.strip_prefix("*.") {
            Some(above) => host.strip_suffix(above).is_some_and(|below| below.len() > 1 && below.ends_with('.')),
            None => host == allowed,
        })
    }

    /// As people read them.
    pub fn listed(&self) -> String {
        self.0.join(", ")
    }

    /// An https address in the one form in which everybody reads the same host in it.
    ///
    /// # Errors
    /// What is wrong with it: its host is not allowed, or it names a port.
    pub fn check(&self, address: &str) -> Result<String, Message> {
        let url = Url::parse(address).map_err(|_| Message::new("problem-url"))?;
        let host = url.host_str().unwrap_or_default();
        if !self.allow(host) || url.port().is_some() {
            return Err(Message::new("problem-track-host").name("host", host).text("allowed", self.listed()));
        }
        let plain = url.as_str();
        if plain.len() > LONGEST {
            let message = Message::new("problem-too-long").number("max", LONGEST as i64);
            return Err(message.number("length", plain.len() as i64));
        }
        Ok(plain.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> MusicHosts {
        text.parse().expect("hosts")
    }

    #[test]
    fn a_host_is_allowed_by_its_name_and_those_below_it_by_a_star() {
        let hosts = hosts(" YouTu.be, *.bandcamp.com ,, ");
        for fine in ["youtu.be", "a.bandcamp.com", "a.b.bandcamp.com"] {
            assert!(hosts.allow(fine), "{fine}");
        }
        for other in ["www.youtu.be", "xyoutu.be", "bandcamp.com", ".bandcamp.com", "evilbandcamp.com", ""] {
            assert!(!hosts.allow(other), "{other}");
        }
    }

    #[test]
    fn what_names_no_host_is_refused_and_named() {
        for bad in
            ["https://youtu.be", "localhost", "youtu.be:443", "10.0.0.1", "*", "a.*.com", "*.", "[::1]", "a b.com"]
        {
            assert_eq!(bad.parse::<MusicHosts>().err(), Some(BadHosts::NoHost(bad.into())), "{bad}");
        }
        assert_eq!(" , ".parse::<MusicHosts>().err(), Some(BadHosts::Empty));
    }

    #[test]
    fn an_address_is_kept_in_the_form_in_which_its_host_is_plain() {
        let hosts = hosts("youtu.be");
        assert_eq!(hosts.check("https://YOUTU.BE/a?b=c"), Ok("https://youtu.be/a?b=c".into()));
        assert_eq!(hosts.check("https://ｙoutu.be/é"), Ok("https://youtu.be/%C3%A9".into()));
        assert_eq!(hosts.check("https://youtu.be:443/"), Ok("https://youtu.be/".into()));
        for other in ["https://youtu.be.evil.example/", "https://youtu.be:8443/", "https://youtu.be./"] {
            assert_eq!(hosts.check(other).map_err(|message| message.key), Err("problem-track-host".into()), "{other}");
        }
        let long = format!("https://youtu.be/{}", "é".repeat(400));
        assert_eq!(hosts.check(&long).map_err(|message| message.key), Err("problem-too-long".into()));
    }
}
