//! `guildhall ready`: asks the instance of this environment how it is, where nothing else could ask, as in a container.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// Less than whoever watches a container waits.
const PATIENCE: Duration = Duration::from_secs(4);

/// The word of `/readyz`.
///
/// # Errors
/// It does not answer, or says that nothing can be saved.
pub async fn ask((listen, tls): (SocketAddr, bool)) -> Result<String, Box<dyn std::error::Error>> {
    let scheme = if tls { "https" } else { "http" };
    // The certificate is for the name that the proxy asks for, and not for this address. It is this machine's own,
    // nobody is on the way, and nothing is said to it that others may not know.
    let client = reqwest::Client::builder().timeout(PATIENCE).no_proxy().danger_accept_invalid_certs(true).build()?;
    let answer = client.get(format!("{scheme}://{}/readyz", reachable(listen))).send().await?;
    let status = answer.status();
    let word = answer.text().await?.trim().to_owned();
    if status.is_success() { Ok(word) } else { Err(word.into()) }
}

/// Who listens at every address can be asked at this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(all) if all.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(all) if all.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        one => one,
    };
    SocketAddr::new(address, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_that_listens_everywhere_is_asked_at_home() {
        let reached = |listen: &str| reachable(listen.parse().unwrap()).to_string();
        assert_eq!(reached("0.0.0.0:8080"), "127.0.0.1:8080");
        assert_eq!(reached("[::]:8080"), "[::1]:8080");
        assert_eq!(reached("10.0.0.7:80"), "10.0.0.7:80");
    }
}
