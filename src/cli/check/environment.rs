//! Whether the variables make sense together.

use super::Finding;
use crate::config::{self, Config};
use crate::web::certificate::CertificateFiles;

const LISTEN: &str = "LISTEN";

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings = vec![public_url(config), proxies(config), listen(config), metrics(config), secret_key()];
    let exposed = config.exposed();
    // It is well in all else, and that is said below.
    findings.retain(|one| !(one.is_ok() && exposed.iter().any(|exposed| exposed.variable == one.about)));
    let exposed = exposed.into_iter();
    findings.extend(exposed.map(|one| Finding::look(one.variable, format!("{} {}", one.host, one.advice))));
    findings
}

fn public_url(config: &Config) -> Finding {
    let url = &config.public_url;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Finding::wrong("PUBLIC_URL", format!("{url} has a path: name scheme, host and port alone."));
    }
    match config.is_https() {
        true => Finding::ok("PUBLIC_URL", format!("{url}; cookies are Secure and bound to this host.")),
        false => Finding::look("PUBLIC_URL", format!("{url} is this machine alone. Others need an https address.")),
    }
}

fn proxies(config: &Config) -> Finding {
    let about = "TRUSTED_PROXIES";
    let all = config.trusted_proxies.iter().find(|net| net.prefix_len() == 0);
    if let Some(all) = all {
        let says = format!("{all} trusts everybody, so anybody can choose their address: name your proxy's network.");
        return Finding::wrong(about, says);
    }
    let named: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
    match (named.is_empty(), config.is_https()) {
        (false, _) => Finding::ok(about, named.join(", ")),
        (true, false) => Finding::ok(about, "none, and none is needed on this machine."),
        (true, true) => Finding::look(
            about,
            "none: behind a proxy all people share one limit on signing in, and its request ids are not kept. Name its network.",
        ),
    }
}

fn listen(config: &Config) -> Finding {
    match config.certificate.as_ref().map(CertificateFiles::read) {
        None => Finding::ok(LISTEN, config.listen.to_string()),
        Some(Ok(_)) => Finding::ok(LISTEN, format!("{}, in TLS.", config.listen)),
        Some(Err(trouble)) => Finding::wrong(LISTEN, trouble.to_string()),
    }
}

fn metrics(config: &Config) -> Finding {
    let about = "METRICS_LISTEN";
    match config.metrics_listen {
        None => Finding::ok(about, "off"),
        Some(address) if address == config.listen => {
            Finding::wrong(about, format!("{address} is LISTEN too: choose another port."))
        }
        Some(address) => Finding::ok(about, address.to_string()),
    }
}

fn secret_key() -> Finding {
    match config::secret_key_is_random() {
        true => Finding::ok("SECRET_KEY", "128 hex digits"),
        false => Finding::wrong("SECRET_KEY", "is not random and can be guessed: set what `guildhall secret` prints."),
    }
}
