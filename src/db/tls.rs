//! TLS to PostgreSQL: what an address says of it, what is written out where it says nothing, and what to do when it
//! fails. The speaking itself is libpq's.

use std::net::IpAddr;

use url::Url;

/// What the `sslmode` of an address is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// There is none, or there is none as soon as somebody on the way says so.
    Without,
    /// To whoever answers.
    Unproven,
    /// To whom a trusted authority has signed a certificate.
    Proven,
}

const MODES: [(&str, Tls); 6] = [
    ("disable", Tls::Without),
    ("allow", Tls::Without),
    ("prefer", Tls::Without),
    ("require", Tls::Unproven),
    ("verify-ca", Tls::Proven),
    ("verify-full", Tls::Proven),
];

/// Writes out what the address leaves open: no TLS where it stays on this machine, else TLS with a certificate that a
/// public authority has signed for this name. libpq itself would take whatever it can get.
pub(super) fn settle(url: &mut Url) -> Result<(), String> {
    let mode = match said(url) {
        Some(mode) if MODES.iter().any(|(name, _)| *name == mode) => mode,
        Some(_) => {
            let names = MODES.map(|(name, _)| name).join(", ");
            return Err(format!("has an sslmode that there is not: it is one of {names}"));
        }
        None => {
            let mode = if stays_here(url) { "disable" } else { "verify-full" };
            url.query_pairs_mut().append_pair("sslmode", mode);
            mode.to_owned()
        }
    };
    if mode == "verify-full" && named(url, "sslrootcert").is_none() {
        url.query_pairs_mut().append_pair("sslrootcert", "system");
    }
    Ok(())
}

/// The first host of another machine that the address names, and how it is spoken to.
pub(super) fn elsewhere(url: &Url) -> Option<(String, Tls)> {
    let host = host_elsewhere(&hosts(url)?)?.to_owned();
    let mode = said(url).unwrap_or_default();
    let tls = MODES.iter().find(|(name, _)| *name == mode).map_or(Tls::Without, |(_, tls)| *tls);
    // With an authority named, libpq takes `require` for `verify-ca`.
    let is_proven = tls == Tls::Unproven && named(url, "sslrootcert").is_some();
    Some((host, if is_proven { Tls::Proven } else { tls }))
}

/// The last word on it counts, as for libpq.
fn said(url: &Url) -> Option<String> {
    let words = url.query_pairs().filter_map(|(key, value)| match (&*key, &*value) {
        ("sslmode", mode) => Some(mode.to_owned()),
        // libpq knows it from other clients.
        ("ssl", "true") => Some("require".to_owned()),
        _ => None,
    });
    words.last()
}

/// Without a host libpq looks for one in its own variables and files, or takes a socket, where there is no TLS anyway.
fn stays_here(url: &Url) -> bool {
    hosts(url).is_some_and(|hosts| host_elsewhere(&hosts).is_none())
}

/// With commas between them, if there are several.
fn hosts(url: &Url) -> Option<String> {
    let in_front = || url.host_str().filter(|host| !host.is_empty()).map(str::to_owned);
    named(url, "hostaddr").or_else(|| named(url, "host")).or_else(in_front)
}

fn host_elsewhere(hosts: &str) -> Option<&str> {
    let is_socket =
        |host: &str| host.is_empty() || host.starts_with(['/', '@']) || host.to_ascii_lowercase().starts_with("%2f");
    hosts.split(',').find(|host| !is_socket(host) && !is_here(host))
}

/// What a parameter says at last, if that is anything.
fn named(url: &Url, name: &str) -> Option<String> {
    let values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    values.last().filter(|value| !value.is_empty())
}

/// Whether a host, as an address writes it, is this machine by its name or number.
pub fn is_here(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.to_canonical().is_loopback())
}

/// What to do when there is no connection, by what libpq said.
pub fn advice(error: &str) -> &'static str {
    const NO_AUTHORITY: &str = "The server's certificate has run out, or no authority that is trusted has signed it: \
                                name the file with its authority by sslrootcert=FILE in DATABASE_URL. Who runs a \
                                managed database offers that file.";
    const NAME: &str = "The certificate is for another name: write that name as the host in DATABASE_URL \
                        (hostaddr=ADDRESS beside it says where that is), or have a certificate made for this one.";
    const NO_TLS: &str = "Switch TLS on there (ssl = on). Where nobody can listen, between containers of one machine \
                          or in a tunnel, write sslmode=disable in DATABASE_URL.";
    const NO_FILE: &str = "Name a file that is there, and that this user may read, by sslrootcert=FILE in \
                           DATABASE_URL; with sslmode=verify-full and without a file the public authorities count.";
    const WANTS_TLS: &str = "It may want TLS of this account: write sslmode=verify-full in DATABASE_URL, and the file \
                             with its authority by sslrootcert=FILE.";
    const CLIENT: &str = "Name the client's certificate and its key by sslcert=FILE and sslkey=FILE in DATABASE_URL; \
                          nobody but their owner may be able to read the key.";
    const SIGNS: [(&str, &str); 8] = [
        ("certificate verify failed", NO_AUTHORITY),
        ("does not match host name", NAME),
        ("server does not support SSL", NO_TLS),
        ("root certificate file", NO_FILE),
        ("no encryption", WANTS_TLS),
        ("valid client certificate", CLIENT),
        ("private key file", CLIENT),
        ("could not open certificate file", CLIENT),
    ];
    let known = SIGNS.into_iter().find(|(sign, _)| error.contains(sign));
    known.map_or("Check DATABASE_URL and that the database is running.", |(_, advice)| advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(address: &str) -> Url {
        let mut url = Url::parse(address).unwrap();
        settle(&mut url).unwrap();
        url
    }

    #[test]
    fn what_leaves_this_machine_is_known_by_its_address() {
        for (address, host) in [
            ("postgres://guildhall:word@db/guildhall", Some("db")),
            ("postgres://db.example/guildhall?sslmode=require", Some("db.example")),
            ("postgres://127.0.0.1/guildhall", None),
            ("postgres://localhost/guildhall?host=db", Some("db")),
            ("postgres://localhost/guildhall?host=localhost&host=db", Some("db")),
            ("postgres://localhost/guildhall?host=localhost,10.0.0.7", Some("10.0.0.7")),
            ("postgres://db/guildhall?hostaddr=127.0.0.1", None),
            ("postgres:///guildhall?host=/run/postgresql", None),
            ("postgres://%2Frun%2Fpostgresql/guildhall", None),
            ("postgres:///guildhall", None),
        ] {
            let found = elsewhere(&settled(address)).map(|(host, _)| host);
            assert_eq!(found.as_deref(), host, "{address}");
        }
    }

    #[test]
    fn an_address_that_says_nothing_of_tls_has_it_wherever_it_leaves_this_machine() {
        for address in ["postgres://db/guildhall", "postgres://localhost,10.0.0.7/guildhall", "postgres:///guildhall"] {
            let url = settled(address);
            assert_eq!(said(&url).as_deref(), Some("verify-full"), "{address}");
            assert_eq!(named(&url, "sslrootcert").as_deref(), Some("system"), "{address}");
            assert!(elsewhere(&url).is_none_or(|(_, tls)| tls == Tls::Proven), "{address}");
        }
        for address in ["postgres://[::1]/guildhall", "postgres://localhost/guildhall?host=/run/postgresql"] {
            let url = settled(address);
            assert_eq!(said(&url).as_deref(), Some("disable"), "{address}");
            assert_eq!(named(&url, "sslrootcert"), None, "{address}");
        }
    }

    #[test]
    fn what_an_address_says_of_tls_stays_and_its_last_word_counts() {
        for (words, mode, authority, tls) in [
            ("sslmode=disable", "disable", None, Tls::Without),
            ("sslmode=allow", "allow", None, Tls::Without),
            ("sslmode=prefer", "prefer", None, Tls::Without),
            ("sslmode=require", "require", None, Tls::Unproven),
            ("ssl=true", "require", None, Tls::Unproven),
            ("sslmode=require&sslrootcert=", "require", None, Tls::Unproven),
            ("sslmode=require&sslrootcert=/ca.pem", "require", Some("/ca.pem"), Tls::Proven),
            ("ssl=true&sslrootcert=/ca.pem", "require", Some("/ca.pem"), Tls::Proven),
            ("sslmode=prefer&sslrootcert=/ca.pem", "prefer", Some("/ca.pem"), Tls::Without),
            ("sslmode=verify-ca&sslrootcert=/ca.pem", "verify-ca", Some("/ca.pem"), Tls::Proven),
            ("sslmode=verify-full", "verify-full", Some("system"), Tls::Proven),
            ("sslrootcert=/ca.pem", "verify-full", Some("/ca.pem"), Tls::Proven),
            ("sslmode=verify-full&sslmode=disable", "disable", None, Tls::Without),
        ] {
            let url = settled(&format!("postgres://db/guildhall?{words}"));
            assert_eq!(said(&url).as_deref(), Some(mode), "{words}");
            assert_eq!(named(&url, "sslrootcert").as_deref(), authority, "{words}");
            assert_eq!(elsewhere(&url), Some(("db".to_owned(), tls)), "{words}");
        }
    }

    #[test]
    fn an_sslmode_that_there_is_not_is_refused() {
        for words in ["sslmode=", "sslmode=verify_full", "sslmode=verify-full&sslmode=on"] {
            let mut url = Url::parse(&format!("postgres://db/guildhall?{words}")).unwrap();
            assert!(settle(&mut url).unwrap_err().contains("verify-full"), "{words}");
        }
    }

    #[test]
    fn each_failure_of_tls_is_told_with_what_to_do_and_others_are_not_taken_for_one() {
        for (error, word) in [
            ("connection failed: SSL error: certificate verify failed", "sslrootcert=FILE"),
            ("server certificate for \"a\" (and 1 other name) does not match host name \"b\"", "hostaddr="),
            ("server does not support SSL, but SSL was required", "sslmode=disable"),
            ("root certificate file \"/ca.pem\" does not exist", "sslrootcert=FILE"),
            ("FATAL: no pg_hba.conf entry for host \"::1\", user \"a\", database \"b\", no encryption", "verify-full"),
            ("FATAL: connection requires a valid client certificate", "sslcert=FILE"),
            ("private key file \"/key.pem\" has group or world access", "sslkey=FILE"),
            ("connection to server failed: Connection refused", "running"),
        ] {
            assert!(advice(error).contains(word), "{error}");
        }
    }
}
