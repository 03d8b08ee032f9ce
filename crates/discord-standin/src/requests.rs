//! The request log: what was asked, by whom, with secrets masked. Tests count calls with it.

use actix_web::http::header::HeaderMap;
use serde::Serialize;

use crate::{id::Id, params::Params};

/// More than this and the oldest are dropped; a demo may run for days.
const KEPT: usize = 10_000;
/// Parameters whose values are never kept.
const SECRET_PARAMS: [&str; 6] = ["code", "client_secret", "code_verifier", "access_token", "refresh_token", "token"];

/// One request, in the order of arrival.
#[derive(Clone, Debug, Serialize)]
pub struct SeenRequest {
    /// Counts up from 1 and goes on after the log was cleared.
    pub number: u64,
    /// Upper case.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// As sent, secrets masked; empty if there was none.
    pub query: String,
    /// Lower-case names, secrets masked.
    pub headers: Vec<(String, String)>,
    /// Whose token it carried.
    pub caller: Caller,
    /// The status it was answered with; none while it is open or when the line was cut.
    pub status: Option<u16>,
    /// Unix milliseconds of the world's clock.
    pub at_ms: u64,
}

impl SeenRequest {
    /// A header's value (masked if secret).
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Whose token a request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// No token, or one that is not good.
    Nobody,
    /// The bot's.
    Bot,
    /// A person's.
    Person(Id),
}

/// The log itself.
#[derive(Default)]
pub struct Log {
    seen: Vec<SeenRequest>,
    last: u64,
}

impl Log {
    /// Adds a request and gives its number.
    pub fn add(&mut self, mut request: SeenRequest) -> u64 {
        self.last += 1;
        request.number = self.last;
        if self.seen.len() >= KEPT {
            self.seen.drain(..KEPT / 10);
        }
        self.seen.push(request);
        self.last
    }

    /// Notes how a request was answered.
    pub fn answered(&mut self, number: u64, status: u16) {
        if let Some(request) = self.seen.iter_mut().rev().find(|seen| seen.number == number) {
            request.status = Some(status);
        }
    }

    /// Everything since the last clearing.
    pub fn all(&self) -> Vec<SeenRequest> {
        self.seen.clone()
    }

    /// Forgets the requests, not the count.
    pub fn clear(&mut self) {
        self.seen.clear();
    }
}

/// Header names and values, without anything that would let a reader act as somebody.
pub fn masked_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let pairs = headers.iter().map(|(name, value)| {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let text = match name.as_str() {
            "authorization" => format!("{} ***", text.split(' ').next().unwrap_or_default()),
            "cookie" => "***".to_owned(),
            _ => text,
        };
        (name.as_str().to_owned(), text)
    });
    pairs.collect()
}

/// The query with secret values masked; one without secrets stays as it was sent.
pub fn masked_query(query: &str) -> String {
    let params = Params::parse(query);
    if !params.iter().any(|(name, _)| SECRET_PARAMS.contains(&name)) {
        return query.to_owned();
    }
    let mut masked = form_urlencoded::Serializer::new(String::new());
    for (name, value) in params.iter() {
        masked.append_pair(name, if SECRET_PARAMS.contains(&name) { "***" } else { value });
    }
    masked.finish()
}
