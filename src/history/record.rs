//! A change as a line of a file: what it was in words, the rest in words for machines.

use serde::Serialize;

use crate::ids::Snowflake;
use crate::server_page::ServerPage;
use crate::web::csv;
use crate::web::words::{Message, Words};

use super::deed::Deed;
use super::export::Format;
use super::filter::Stage;
use super::pages::{Fact, What};
use super::rows::Row;

/// The columns of a CSV file, and the fields of a JSON file's objects.
const COLUMNS: [&str; 13] = [
    "id", "when", "module", "kind", "action", "number", "actorId", "actor", "state", "title", "changed", "restores",
    "batch",
];

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record<'r> {
    id: &'r str,
    /// RFC 3339, UTC.
    when: String,
    module: &'r str,
    /// `settings`, `command`, `content`.
    kind: &'r str,
    action: &'r str,
    /// The how-manieth change of its settings; of anything else none.
    number: Option<i32>,
    actor_id: Option<String>,
    actor: &'r str,
    /// Of settings: `waiting`, `sent`, `live`, `refused`, `replaced`, when the file was made.
    state: Option<&'static str>,
    /// Of anything but settings: what was done, in words.
    title: Option<String>,
    /// What differs, in words.
    changed: Vec<String>,
    restores: Option<&'r str>,
    batch: Option<&'r str>,
}

impl<'r> Record<'r> {
    pub fn of(page: &ServerPage, row: &'r Row, told: &[Fact]) -> Self {
        let entry = &row.entry;
        let title = Deed::of(row).map(|deed| plain(&page.words.say(&deed.title(page))));
        Self {
            id: &entry.id,
            when: page.words.exact_time(entry.created_at),
            module: &entry.subject,
            kind: &row.kind,
            action: &row.action,
            number: row.revision.map(|_| entry.number),
            actor_id: entry.actor_id.and_then(Snowflake::id).map(|id| id.to_string()),
            actor: &entry.actor_name,
            state: Stage::of(row).map(Stage::as_str),
            title,
            changed: told.iter().map(|fact| plain(&in_words(&page.words, fact))).collect(),
            restores: row.restores_id.as_deref(),
            batch: row.batch_id.as_deref(),
        }
    }

    /// # Errors
    /// A record that is no JSON would be a bug.
    pub fn write(&self, format: Format, is_first: bool, into: &mut Vec<u8>) -> serde_json::Result<()> {
        if format == Format::Json {
            into.extend(if is_first { "\n".bytes() } else { ",\n".bytes() });
            return serde_json::to_writer(into, self);
        }
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        let changed = self.changed.join("; ");
        let or_none = |text: Option<&'r str>| text.unwrap_or_default();
        let cells: [&str; COLUMNS.len()] = [
            self.id,
            &self.when,
            self.module,
            self.kind,
            self.action,
            &number,
            self.actor_id.as_deref().unwrap_or_default(),
            self.actor,
            or_none(self.state),
            self.title.as_deref().unwrap_or_default(),
            &changed,
            or_none(self.restores),
            or_none(self.batch),
        ];
        csv::line(into, cells);
        Ok(())
    }
}

/// What stands in front of all changes.
pub(super) fn head(format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    match format {
        Format::Csv => csv::line(&mut bytes, COLUMNS),
        Format::Json => bytes.push(b'['),
    }
    bytes
}

/// What stands behind all changes.
pub(super) fn tail(format: Format) -> &'static [u8] {
    match format {
        Format::Csv => b"",
        Format::Json => b"\n]\n",
    }
}

/// "Places in a room: 0 → 5"
fn in_words(words: &Words, fact: &Fact) -> String {
    let line = |key: &'static str| Message::new(key).text("label", fact.label.as_str());
    words.say(&match &fact.what {
        What::FromTo { before, after } => {
            line("history-line-from-to").text("before", before.as_str()).text("after", after.as_str())
        }
        What::Items { added, removed } if removed.is_empty() => {
            line("history-line-added").text("added", added.as_str())
        }
        What::Items { added, removed } if added.is_empty() => {
            line("history-line-removed").text("removed", removed.as_str())
        }
        What::Items { added, removed } => {
            line("history-line-both").text("added", added.as_str()).text("removed", removed.as_str())
        }
        What::Said(message) => line("history-line-said").text("said", words.say(message)),
    })
}

/// Without the marks that isolate a name on a page.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
