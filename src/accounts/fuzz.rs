//! The sealed cookies: a session's, a message's after a redirect, a try to sign in's. Made up they never open; ours
//! open only as they are.

use std::sync::LazyLock;

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, CookieJar};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::web::Data;

use super::attempt::{Attempt, Attempts, Purpose};
use super::session_cookie::{cookie_name, reseal};
use crate::fuzz::NOW;
use crate::fuzz::edits::edited;
use crate::keys::{Keys, SecretKey};
use crate::web::shell::{Flash, Tone};
use crate::web::words::Message;
use crate::web::{WebConfig, flash, submitted};

const STATE: &str = "a state of nobody";

/// A cookie as it was set.
struct Ours {
    name: String,
    value: String,
}

static SESSION: LazyLock<Ours> = LazyLock::new(|| {
    let name = cookie_name(true);
    let mut jar = CookieJar::new();
    jar.private_mut(old_keys().cookies()).add(Cookie::new(name, "a session"));
    let value = jar.get(name).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    Ours { name: name.to_owned(), value }
});

static FLASH: LazyLock<Ours> = LazyLock::new(|| {
    let flash = Flash { tone: Tone::Note, message: Message::new("x") };
    first(&flash::redirect(&config(), &keys(), "/guilds", Some(&flash)))
});

static LOGIN: LazyLock<Ours> = LazyLock::new(|| {
    let attempt = Attempt {
        state: STATE.to_owned(),
        verifier: "a verifier".to_owned(),
        started_at: NOW,
        purpose: Purpose::SignIn { return_to: "/guilds".to_owned() },
    };
    let (req, keys, config) = (TestRequest::default().to_http_request(), keys(), config());
    let there = "https://discord.com/oauth2/authorize".parse().expect("an address");
    let attempts = Attempts { req: &req, keys: &keys, config: &config, now: NOW };
    match attempts.send_away(&there, &attempt) {
        Ok(response) => first(&response),
        Err(_) => panic!("a cookie of ours can be set"),
    }
});

/// Whether a cookie of this name and with this value opens.
type Opens = fn(&Ours, &[u8]) -> bool;

pub fn cookies(data: &[u8]) {
    let kinds: [(&Ours, Opens); 3] = [(&SESSION, is_session), (&FLASH, is_flash), (&LOGIN, is_login)];
    for (ours, opens) in kinds {
        // What is compared with ours, a fuzzer can read and send.
        assert!(is_read_as(ours, data) || !opens(ours, data), "{} was made up", ours.name);
        let changed = edited(ours.value.as_bytes(), data);
        if changed == ours.value.as_bytes() {
            assert!(opens(ours, &changed), "{} is ours", ours.name);
        } else if !is_read_as(ours, &changed) {
            assert!(!opens(ours, &changed), "{} was changed", ours.name);
        }
    }
}

/// Whether a reader of cookies finds ours in this: what stands around it and at its end, and how its letters are
/// written, is not sealed.
fn is_read_as(ours: &Ours, value: &[u8]) -> bool {
    let line = [ours.name.as_bytes(), b"=", value].concat();
    let Ok(line) = str::from_utf8(&line) else { return false };
    let mut all = line.split(';').filter_map(|one| Cookie::parse_encoded(one.trim()).ok());
    all.any(|one| one.name() == ours.name && without_padding(one.value()) == without_padding(&ours.value))
}

fn without_padding(value: &str) -> &str {
    value.trim_end_matches('=')
}

/// By a session of the previous key, which is sealed anew if it is one.
fn is_session(ours: &Ours, value: &[u8]) -> bool {
    let Some(line) = line(ours, value) else { return false };
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, line.clone());
    reseal(&mut headers, &ours.name, &keys());
    headers.get(header::COOKIE) != Some(&line)
}

fn is_flash(ours: &Ours, value: &[u8]) -> bool {
    request(ours, value).is_some_and(|req| flash::read(&req, &keys()).is_some())
}

fn is_login(ours: &Ours, value: &[u8]) -> bool {
    let (keys, config) = (keys(), config());
    let found = |req: HttpRequest| Attempts { req: &req, keys: &keys, config: &config, now: NOW }.find(STATE).is_some();
    request(ours, value).is_some_and(found)
}

/// The header, if one can hold this.
fn line(ours: &Ours, value: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_bytes(&[ours.name.as_bytes(), b"=", value].concat()).ok()
}

fn request(ours: &Ours, value: &[u8]) -> Option<HttpRequest> {
    let request = TestRequest::default().app_data(Data::new(config()));
    Some(request.insert_header((header::COOKIE, line(ours, value)?)).to_http_request())
}

fn first(response: &actix_web::HttpResponse) -> Ours {
    let cookie = response.cookies().next().expect("a cookie");
    Ours { name: cookie.name().to_owned(), value: cookie.value().to_owned() }
}

fn keys() -> Keys {
    Keys::derive(&key("3a"), Some(&key("b7")))
}

fn old_keys() -> Keys {
    Keys::derive(&key("b7"), None)
}

fn key(byte: &str) -> SecretKey {
    SecretKey::parse(&byte.repeat(64)).expect("a key")
}

fn config() -> WebConfig {
    WebConfig {
        public_url: "https://dashboard.example.com".parse().expect("an address"),
        links: Default::default(),
        trusted_proxies: Vec::new(),
        body_within: submitted::BODY_WITHIN,
        pseudo_languages: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_ours_is_known_however_its_line_is_written_and_no_other_is() {
        for (ours, opens) in [(&*SESSION, is_session as Opens), (&*FLASH, is_flash), (&*LOGIN, is_login)] {
            let value = &ours.value;
            let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for same in [format!("  \t{value}"), format!("{value} ; x=y"), encoded] {
                assert!(opens(ours, same.as_bytes()) && is_read_as(ours, same.as_bytes()), "{}: {same}", ours.name);
            }
            for other in [format!("x{value}"), value.replacen(&value[..4], "", 1), "%3D".to_owned()] {
                assert!(!is_read_as(ours, other.as_bytes()), "{}: {other}", ours.name);
            }
        }
    }
}
