//! In which language a request is answered: as the person has chosen for good, else as this browser was told to keep,
//! else as it asks by itself. And the chooser for those who have no preferences yet.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::{Method, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::WebConfig;
use crate::web::language::Language;
use crate::web::taste::Taste;
use crate::web::words::Words;

/// How long a browser keeps the choice. Browsers allow little more.
const KEPT: Duration = Duration::days(400);

/// The languages to choose from, each in its own words; drawn by `templates/parts/languages.html`.
#[derive(Clone, Debug)]
pub struct LanguageForm {
    pub choices: Vec<LanguageButton>,
    /// Where the choice leads back to.
    pub return_to: String,
}

#[derive(Clone, Debug)]
pub struct LanguageButton {
    pub language: Language,
    pub name: String,
    pub current: bool,
}

/// The language of whatever is said to this request.
pub fn language_of(req: &HttpRequest) -> Language {
    chosen(req).unwrap_or_else(|| asked(req))
}

/// What somebody has chosen: the person for good, or somebody with this browser.
pub fn chosen(req: &HttpRequest) -> Option<Language> {
    let offered = offered(req);
    let is_offered = |language: &Language| offered.contains(language);
    Taste::of(req).language.filter(is_offered).or_else(|| kept(req).filter(is_offered))
}

/// What can be chosen here.
pub fn offered(req: &HttpRequest) -> &'static [Language] {
    match req.app_data::<Data<WebConfig>>() {
        Some(config) if config.pseudo_languages => &Language::ALL,
        _ => &Language::REAL,
    }
}

fn kept(req: &HttpRequest) -> Option<Language> {
    let config = req.app_data::<Data<WebConfig>>()?;
    Language::parse(req.cookie(cookie_name(config.https()))?.value())
}

/// What the browser asks for by itself.
pub fn asked(req: &HttpRequest) -> Language {
    let header = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    header.map(Language::accepted).unwrap_or_default()
}

fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-guildhall-language" } else { "guildhall-language" }
}

/// Tells this browser to keep a language, or that none is kept any more.
pub fn keep(response: &mut HttpResponse, config: &WebConfig, language: Option<Language>) {
    let mut cookie = Cookie::build(cookie_name(config.https()), language.map_or("", Language::tag))
        .path("/")
        .http_only(true)
        .secure(config.https())
        .same_site(SameSite::Lax)
        .max_age(KEPT)
        .finish();
    if language.is_none() {
        cookie.make_removal();
    }
    // Its parts are ours: it can always be written as a header.
    let _ = response.add_cookie(&cookie);
}

/// What a language calls itself.
pub fn own_name(language: Language) -> String {
    Words::new(language).t("language-own-name")
}

/// The chooser at the foot of a page for somebody who is not signed in. A page that answers a form has none: it cannot
/// be come back to.
pub fn form(req: &HttpRequest) -> Option<LanguageForm> {
    let current = language_of(req);
    let button = |language: &Language| LanguageButton {
        language: *language,
        name: own_name(*language),
        current: *language == current,
    };
    // An address that could be read as another host's is said nowhere.
    let here = req.uri().path_and_query().map(|here| here.as_str()).filter(|here| !here.starts_with("//"));
    let here = here.unwrap_or("/");
    (req.method() == Method::GET)
        .then(|| LanguageForm { choices: offered(req).iter().map(button).collect(), return_to: here.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_https_no_other_host_can_set_the_choice() {
        let kept = |public_url: &str, language| {
            let config = WebConfig {
                public_url: public_url.parse().expect("a URL"),
                links: Default::default(),
                trusted_proxies: Vec::new(),
                body_within: crate::web::submitted::BODY_WITHIN,
                pseudo_languages: false,
            };
            let mut response = HttpResponse::Ok().finish();
            keep(&mut response, &config, language);
            let cookie = response.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
            cookie.expect("a cookie").to_owned()
        };
        let cookie = kept("https://dash.example", Some(Language::Vietnamese));
        assert!(cookie.starts_with("__Host-guildhall-language=vi;"), "{cookie}");
        assert!(cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"), "{cookie}");
        let cookie = kept("http://127.0.0.1:8080", None);
        assert!(cookie.starts_with("guildhall-language=;") && cookie.contains("Max-Age=0"), "{cookie}");
    }
}
