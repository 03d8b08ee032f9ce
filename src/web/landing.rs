//! The page for people who are not signed in.

use askama::Template;

use crate::web::shell::Shell;
use crate::web::words::filters;

#[derive(Template)]
#[template(path = "landing.html")]
pub struct LandingPage {
    pub shell: Shell,
    pub sign_in_href: String,
}
