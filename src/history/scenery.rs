//! What the log's pages need of the server's page: its addresses, names as they were, and a row in words.

use serde_json::Value;

use crate::server_page::ServerPage;
use crate::settings::describe::Describe;
use crate::settings::module::Module;
use crate::settings::names;
use crate::web::words::Message;

use super::deed::Deed;
use super::diff::diff;
use super::facts::facts;
use super::pages::Fact;
use super::rows::Row;
use super::version::Version;

/// The place in the navigation.
pub(super) const PLACE: &str = "changes";

/// The names in a version as they were, as far as this person may know them.
pub(super) fn names(page: &ServerPage, version: &Version) -> Value {
    names::as_then(&page.judge(), &page.words, &version.names, &[&version.before(), &version.after])
}

/// What a row is called: "Music, change 3", "Told the bot to end the giveaway Nitro".
pub(super) fn title(page: &ServerPage, row: &Row) -> Message {
    match Deed::of(row) {
        Some(deed) => deed.title(page),
        None => entry_title(page, &row.entry.subject, row.entry.number),
    }
}

/// "Music, change 3"
pub(super) fn entry_title(page: &ServerPage, module: &str, number: i32) -> Message {
    Message::new("history-entry").text("module", page.module_name(module)).number("number", number)
}

/// What differs by a row, a fact each.
pub(super) fn told(page: &ServerPage, modules: &'static [Module], row: &Row) -> Vec<Fact> {
    if let Some(deed) = Deed::of(row) {
        return deed.facts(page);
    }
    let Some(version) = Version::of(row, modules) else { return Vec::new() };
    let before = version.before();
    let changes = diff(version.module.fields(), &before, &version.after);
    let names = names(page, &version);
    facts(&Describe { table: version.module.table(), names: &names, words: &page.words }, &changes)
}

/// The list's address.
pub(super) fn list_href(page: &ServerPage) -> String {
    page.href("/changes")
}

pub(super) fn href(page: &ServerPage, id: &str) -> String {
    page.href(&format!("/changes/{id}"))
}

/// The page of what became of a command.
pub(super) fn command_href(page: &ServerPage, command: &str) -> String {
    page.href(&format!("/commands/{command}"))
}
