//! The session's cookie: its name, how long it lives, and how it outlives a change of the secret key.

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy};
use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, CookieJar, SameSite, time::Duration};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::session_store::{IDLE, SessionRows};
use crate::keys::Keys;
use crate::web::WebConfig;

/// The prefix makes browsers refuse such a cookie from another path, a sibling host or plain http.
pub(super) fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-guildhall" } else { "guildhall" }
}

/// Reads and keeps the session of every request below it. For the scope of pages, not for static files.
pub fn session_middleware(config: &WebConfig, keys: &Keys, rows: SessionRows) -> SessionMiddleware<SessionRows> {
    let idle = Duration::try_from(IDLE).unwrap_or(Duration::WEEK);
    let lifecycle =
        PersistentSession::default().session_ttl(idle).session_ttl_extension_policy(TtlExtensionPolicy::OnEveryRequest);
    SessionMiddleware::builder(rows, keys.cookies().clone())
        .cookie_name(cookie_name(config.https()).to_owned())
        .cookie_secure(config.https())
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Private)
        .session_lifecycle(lifecycle)
        .build()
}

/// Outside of [`session_middleware`], which knows one key: seals a cookie of the previous key anew, so that
/// changing `SECRET_KEY` signs nobody out.
pub async fn accept_previous_key(
    mut req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let (keys, config) = (req.app_data::<Data<Keys>>().cloned(), req.app_data::<Data<WebConfig>>().cloned());
    if let (Some(keys), Some(config)) = (keys, config)
        && keys.cookie_readers().count() > 1
    {
        reseal(req.headers_mut(), cookie_name(config.https()), &keys);
    }
    next.call(req).await
}

pub(super) fn reseal(headers: &mut HeaderMap, name: &str, keys: &Keys) {
    let lines: Vec<HeaderValue> = headers.get_all(header::COOKIE).cloned().collect();
    let mut changed = false;
    let mut resealed = Vec::with_capacity(lines.len());
    for line in &lines {
        let pairs = line.to_str().unwrap_or_default().split(';').map(str::trim);
        let pairs: Vec<String> = pairs
            .map(|pair| match reseal_pair(pair, name, keys) {
                Some(new) => {
                    changed = true;
                    new
                }
                None => pair.to_owned(),
            })
            .collect();
        resealed.extend(HeaderValue::from_str(&pairs.join("; ")));
    }
    if changed {
        headers.remove(header::COOKIE);
        for line in resealed {
            headers.append(header::COOKIE, line);
        }
    }
}

/// The pair under the current key, if it is ours under the previous one.
fn reseal_pair(pair: &str, name: &str, keys: &Keys) -> Option<String> {
    let cookie = Cookie::parse_encoded(pair).ok().filter(|cookie| cookie.name() == name)?.into_owned();
    let open = |key| {
        let mut jar = CookieJar::new();
        jar.add_original(cookie.clone());
        jar.private(key).get(name)
    };
    if open(keys.cookies()).is_some() {
        return None;
    }
    let content = keys.cookie_readers().skip(1).find_map(open)?;
    let mut jar = CookieJar::new();
    jar.private_mut(keys.cookies()).add(Cookie::new(name.to_owned(), content.value().to_owned()));
    jar.get(name).map(|sealed| sealed.stripped().encoded().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    #[test]
    fn a_cookie_of_the_previous_key_is_sealed_anew_and_others_stay_as_they_are() {
        let key = || SecretKey::parse(&SecretKey::generate()).expect("a key");
        let (old, new) = (key(), key());
        let mut jar = CookieJar::new();
        jar.private_mut(Keys::derive(&old, None).cookies()).add(Cookie::new("guildhall", "the+key/="));
        let sealed = jar.get("guildhall").expect("sealed").stripped().encoded().to_string();

        let keys = Keys::derive(&new, Some(&old));
        let mut headers = HeaderMap::new();
        let line = format!("theme=dark; {sealed}; guildhall-flash=x");
        headers.insert(header::COOKIE, HeaderValue::from_str(&line).expect("a header"));
        reseal(&mut headers, "guildhall", &keys);

        let line = headers.get(header::COOKIE).and_then(|line| line.to_str().ok()).expect("one line").to_owned();
        assert!(line.starts_with("theme=dark; guildhall=") && line.ends_with("; guildhall-flash=x"), "{line}");
        let pair = line.split("; ").nth(1).expect("the pair");
        let mut jar = CookieJar::new();
        jar.add_original(Cookie::parse_encoded(pair).expect("a cookie").into_owned());
        assert_eq!(jar.private(keys.cookies()).get("guildhall").expect("opens").value(), "the+key/=");

        reseal(&mut headers, "guildhall", &keys);
        assert_eq!(headers.get(header::COOKIE).and_then(|now| now.to_str().ok()), Some(line.as_str()));
    }
}
