//! The message that a redirect brings along: a short-lived sealed cookie, never a session field.
//!
//! A session write after a commit could fail and turn a saved change into an error; and parallel requests
//! would overwrite each other's.

use actix_web::cookie::{Cookie, CookieJar, SameSite, time::Duration};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::keys::Keys;
use crate::web::WebConfig;
use crate::web::shell::Flash;

/// The prefix makes browsers refuse such a cookie from a sibling host.
fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-guildhall-flash" } else { "guildhall-flash" }
}

/// `303 See Other` to `to`, with what happened.
pub fn redirect(config: &WebConfig, keys: &Keys, to: &str, flash: Option<&Flash>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((actix_web::http::header::LOCATION, to));
    if let Some(flash) = flash.and_then(|flash| serde_json::to_string(flash).ok()) {
        let (https, mut jar) = (config.https(), CookieJar::new());
        jar.private_mut(keys.cookies()).add(Cookie::new(cookie_name(https), flash));
        if let Some(sealed) = jar.get(cookie_name(https)) {
            let mut cookie = cookie(https, sealed.value().to_owned());
            cookie.set_max_age(Duration::seconds(60));
            response.cookie(cookie);
        }
    }
    response.finish()
}

fn cookie(https: bool, value: String) -> Cookie<'static> {
    Cookie::build(cookie_name(https), value).path("/").http_only(true).secure(https).same_site(SameSite::Lax).finish()
}

fn is_https(req: &HttpRequest) -> bool {
    req.app_data::<Data<WebConfig>>().is_some_and(|config| config.https())
}

/// The flash that came with this request.
pub fn read(req: &HttpRequest, keys: &Keys) -> Option<Flash> {
    let cookie = req.cookie(cookie_name(is_https(req)))?;
    keys.cookie_readers().find_map(|key| {
        let mut jar = CookieJar::new();
        jar.add_original(cookie.clone());
        serde_json::from_str(jar.private(key).get(cookie.name())?.value()).ok()
    })
}

/// Takes the cookie away once its message is on a page. A page that looks at itself again by script shows none: it is
/// left for whom it is meant for.
pub fn clear(req: &HttpRequest, response: &mut HttpResponse) {
    let https = is_https(req);
    if req.cookie(cookie_name(https)).is_some() && !req.headers().contains_key("x-live") {
        let mut gone = cookie(https, String::new());
        gone.make_removal();
        // A cookie that could not be written as a header would show the message twice; it ends in a minute anyway.
        let _ = response.add_cookie(&gone);
    }
}
