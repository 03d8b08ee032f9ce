//! The one page every failure ends at: what happened to the change, and what to do next.

use askama::Template;

use crate::web::shell::Shell;
use crate::web::words::filters;

#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub shell: Shell,
    pub heading: String,
    /// Paragraphs: what happened, what it means for the change.
    pub advice: Vec<String>,
    /// The ways on, the best first.
    pub actions: Vec<Action>,
    /// What was typed, offered for sending again.
    pub again: Option<Again>,
    /// For the operator; shown small.
    pub request_id: String,
}

#[derive(Clone, Debug)]
pub struct Action {
    pub href: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct Again {
    pub action: String,
    pub pairs: Vec<(String, String)>,
    pub label: String,
}
