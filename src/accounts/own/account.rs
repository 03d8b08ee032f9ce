//! `/account`: what a person can do about all that is kept of them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::{OwnPage, pages};
use crate::accounts::Person;
use crate::error::AppError;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::filters;

pub(super) const ADDRESS: &str = "/account";

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    shell: Shell,
    pages: Vec<OwnPage>,
}

pub async fn show(req: HttpRequest, _person: Person) -> Result<HttpResponse, AppError> {
    let shell = page::shell(&req, page::words(&req).t("title-account"));
    page::render(&req, StatusCode::OK, &AccountPage { shell, pages: pages(ADDRESS) })
}
