//! `GET /`: what this is, for those who are not signed in; the servers for those who are.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::Person;
use crate::error::AppError;
use crate::web::landing::LandingPage;
use crate::web::shell::Share;
use crate::web::{WebConfig, page};

pub async fn landing(req: HttpRequest, config: Data<WebConfig>) -> Result<HttpResponse, AppError> {
    // A landing page is worth showing also while sessions cannot be read.
    if let Ok(Some(_)) = Person::of(&req) {
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/guilds")).finish());
    }
    let words = page::words(&req);
    let mut shell = page::shell(&req, words.t("title-landing"));
    let whole = |path: &str| config.public_url.join(path).map(String::from).unwrap_or_default();
    shell.share = Some(Share {
        url: whole("/"),
        image_url: whole(&shell.asset("share.png")),
        description: words.t("landing-lead"),
    });
    let page = LandingPage { shell, sign_in_href: "/login".into() };
    page::render(&req, StatusCode::OK, &page)
}
