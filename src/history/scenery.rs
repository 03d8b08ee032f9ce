//! What the log's pages need of the server's page: its addresses, and names as they were.

use serde_json::Value;

use crate::server_page::ServerPage;
use crate::settings::names;

use super::version::Version;

/// The place in the navigation.
pub(super) const PLACE: &str = "changes";

/// The names in a version as they were, as far as this person may know them.
pub(super) fn names(page: &ServerPage, version: &Version) -> Value {
    names::as_then(&page.judge(), &page.words, &version.names, &[&version.before(), &version.after])
}

/// The list's address.
pub(super) fn list_href(page: &ServerPage) -> String {
    page.href("/changes")
}

pub(super) fn href(page: &ServerPage, id: &str) -> String {
    page.href(&format!("/changes/{id}"))
}
