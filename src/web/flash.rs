//! The message that a redirect brings along: a short-lived sealed cookie, never a session field.
//!
//! A session write after a commit could fail and turn a saved change into an error; and parallel requests
//! would overwrite each other's.

use actix_web::cookie::{Cookie, CookieJar, SameSite, time::Duration};
use actix_web::{HttpRequest, HttpResponse};

use crate::keys::Keys;
use crate::web::WebConfig;
use crate::web::shell::Flash;

const NAME: &str = "guildhall-flash";

/// `303 See Other` to `to`, with what happened.
pub fn redirect(config: &WebConfig, keys: &Keys, to: &str, flash: Option<&Flash>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((actix_web::http::header::LOCATION, to));
    if let Some(flash) = flash.and_then(|flash| serde_json::to_string(flash).ok()) {
        let mut jar = CookieJar::new();
        jar.private_mut(keys.cookies()).add(Cookie::new(NAME, flash));
        if let Some(sealed) = jar.get(NAME) {
            let mut cookie = sealed.clone();
            cookie.set_path("/");
            cookie.set_http_only(true);
            cookie.set_secure(config.https());
            cookie.set_same_site(SameSite::Lax);
            cookie.set_max_age(Duration::seconds(60));
            response.cookie(cookie);
        }
    }
    response.finish()
}

/// The flash that came with this request.
pub fn read(req: &HttpRequest, keys: &Keys) -> Option<Flash> {
    let cookie = req.cookie(NAME)?;
    keys.cookie_readers().find_map(|key| {
        let mut jar = CookieJar::new();
        jar.add_original(cookie.clone());
        serde_json::from_str(jar.private(key).get(NAME)?.value()).ok()
    })
}

/// Takes the cookie away once its message is on a page. A page that looks at itself again by script shows none: it is
/// left for whom it is meant for.
pub fn clear(req: &HttpRequest, response: &mut HttpResponse) {
    if req.cookie(NAME).is_some() && !req.headers().contains_key("x-live") {
        let mut gone = Cookie::build(NAME, "").path("/").finish();
        gone.make_removal();
        // A cookie that could not be written as a header would show the message twice; it ends in a minute anyway.
        let _ = response.add_cookie(&gone);
    }
}
