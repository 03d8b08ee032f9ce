//! What stands around every page: `templates/layout.html` puts it around the page's own parts, and each page is a
//! template of its own. The person's language goes along from there.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::shell::Shell;
use crate::web::words::filters;

/// From the beginning to the first way past what is the same everywhere.
#[derive(Template)]
#[template(path = "layout/head.html")]
pub struct Head<'a> {
    shell: &'a Shell,
}

/// The site, the person, the server, and what has just happened.
#[derive(Template)]
#[template(path = "layout/top.html")]
pub struct Top<'a> {
    shell: &'a Shell,
}

/// What comes after the page.
#[derive(Template)]
#[template(path = "layout/foot.html")]
pub struct Foot<'a> {
    shell: &'a Shell,
}

impl HtmlSafe for Head<'_> {}
impl HtmlSafe for Top<'_> {}
impl HtmlSafe for Foot<'_> {}

impl Shell {
    pub fn head(&self) -> Head<'_> {
        Head { shell: self }
    }

    pub fn top(&self) -> Top<'_> {
        Top { shell: self }
    }

    pub fn foot(&self) -> Foot<'_> {
        Foot { shell: self }
    }
}
