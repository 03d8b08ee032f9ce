//! What can go wrong on purpose: which requests a fault meets and what it does to them. Acting
//! it out is `gate`'s.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A fault to arm. Faults are tried in the order they were armed; the first that meets a request
/// and is not used up decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// Upper-case method, or any.
    #[serde(default)]
    pub method: Option<String>,
    /// A prefix of the path such as `/api/v10/users/@me`; ending in `$` it must be the whole
    /// path. With `{placeholders}`, each standing for one segment, it is always the whole path.
    pub path: String,
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// For how many requests; none for all of them.
    #[serde(default)]
    pub times: Option<u32>,
}

impl Fault {
    /// For every request whose path begins like this (or fits the pattern).
    pub fn at(path: &str, kind: FaultKind) -> Fault {
        Fault { method: None, path: path.to_owned(), kind, times: None }
    }

    /// The same fault for one method only.
    #[must_use]
    pub fn method(self, method: &str) -> Fault {
        Fault { method: Some(method.to_ascii_uppercase()), ..self }
    }

    /// The same fault for this many requests only.
    #[must_use]
    pub fn times(self, times: u32) -> Fault {
        Fault { times: Some(times), ..self }
    }

    fn meets(&self, method: &str, path: &str) -> bool {
        let method_fits = self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        method_fits && self.times != Some(0) && path_fits(&self.path, path)
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    if let Some(whole) = pattern.strip_suffix('$').filter(|whole| !whole.contains('{')) {
        return whole == path;
    }
    if !pattern.contains('{') {
        return path.starts_with(pattern);
    }
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let fits = |(wanted, found): (&str, &str)| {
        (wanted.starts_with('{') && wanted.ends_with('}') && !found.is_empty()) || wanted == found
    };
    pattern.split('/').count() == path.split('/').count() && pattern.split('/').zip(path.split('/')).all(fits)
}

/// What a fault does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// A status with a JSON body.
    Status {
        /// HTTP status.
        status: u16,
        /// Body.
        json: Value,
    },
    /// A status with any body.
    Raw {
        /// HTTP status.
        status: u16,
        /// `Content-Type`.
        content_type: String,
        /// Body.
        body: String,
    },
    /// 401 `{"message":"401: Unauthorized","code":0}`
    Unauthorized,
    /// 403 50001 Missing Access
    MissingAccess,
    /// 403 50013 Missing Permissions
    MissingPermissions,
    /// 404 with one of Discord's `Unknown …` codes.
    NotFound {
        /// Such as 10004.
        code: u32,
        /// Such as `Unknown Guild`.
        message: String,
    },
    /// 500 as JSON.
    ServerError,
    /// 502 with nothing in it.
    BadGateway,
    /// 503 as plain text.
    Unavailable,
    /// 200 with an HTML page.
    Html,
    /// The real answer, cut in the middle of its JSON.
    TruncatedJson,
    /// The real answer with every value of another type.
    WrongTypes,
    /// 429.
    RateLimited {
        /// Whose limit.
        scope: RateLimitScope,
        /// Seconds to wait; none leaves out the field and the header.
        retry_after: Option<f64>,
        /// Cloudflare's page instead of Discord's JSON.
        #[serde(default)]
        html_1015: bool,
    },
    /// Nothing is sent for this long, then the real answer.
    DelayHeaders {
        /// How long.
        #[serde(with = "millis", rename = "ms")]
        delay: Duration,
    },
    /// Headers and half of the real body, a pause, the rest.
    DelayBody {
        /// How long.
        #[serde(with = "millis", rename = "ms")]
        delay: Duration,
    },
    /// The connection is reset without an answer.
    Reset,
}

/// Whose limit a 429 is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimitScope {
    /// This caller's on this route.
    User,
    /// This caller's on everything.
    Global,
    /// Everybody's on this resource.
    Shared,
}

impl RateLimitScope {
    /// The value of `X-RateLimit-Scope`.
    pub fn word(self) -> &'static str {
        match self {
            RateLimitScope::User => "user",
            RateLimitScope::Global => "global",
            RateLimitScope::Shared => "shared",
        }
    }
}

/// The armed faults.
#[derive(Default)]
pub struct Faults {
    armed: Vec<Fault>,
}

impl Faults {
    /// Arms one more.
    pub fn arm(&mut self, fault: Fault) {
        self.armed.push(fault);
    }

    /// Disarms all.
    pub fn clear(&mut self) {
        self.armed.clear();
    }

    /// All that are not used up.
    pub fn armed(&self) -> &[Fault] {
        &self.armed
    }

    /// The fault this request meets, counted.
    pub fn meet(&mut self, method: &str, path: &str) -> Option<FaultKind> {
        let fault = self.armed.iter_mut().find(|fault| fault.meets(method, path))?;
        let kind = fault.kind.clone();
        fault.times = fault.times.map(|times| times - 1);
        self.armed.retain(|fault| fault.times != Some(0));
        Some(kind)
    }
}

/// Turns every value of a JSON answer into one of another type.
pub fn wrong_types(value: Value) -> Value {
    match value {
        Value::Null => json!(0),
        Value::Bool(_) => json!("yes"),
        Value::Number(number) => json!(number.to_string()),
        Value::String(_) => json!(true),
        Value::Array(_) => json!({"items": "none"}),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, wrong_types(value))).collect(),
    }
}

mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(delay: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_meets_the_paths_it_should() {
        let cases = [
            ("/api/v10/users/@me", "/api/v10/users/@me/guilds", true),
            ("/api/v10/users/@me$", "/api/v10/users/@me/guilds", false),
            ("/api/v10/guilds/{id}", "/api/v10/guilds/1", true),
            ("/api/v10/guilds/{id}", "/api/v10/guilds/1/roles", false),
            ("/api/v10/guilds/{id}/members/{user}", "/api/v10/guilds/1/members/2", true),
            ("/api/v10/guilds/{id}", "/api/v10/channels/1", false),
        ];
        for (pattern, path, fits) in cases {
            assert_eq!(path_fits(pattern, path), fits, "{pattern} {path}");
        }
    }
}
