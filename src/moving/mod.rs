//! A whole database in a file, to be taken from SQLite to PostgreSQL or back.
//!
//! A file is lines of JSON: who wrote it and with which schema, then each table with its columns, then its rows, and
//! an end. Ids, revisions and the deployment's own id stay what they are, so that Redis and the bot notice nothing.
//! There are no sequences to be set: every id is made by the program.

mod export;
mod import;

use serde::{Deserialize, Serialize};

pub use export::export;
pub use import::import;

/// All tables, each after those that its rows may refer to. A test says when one is missing.
pub const TABLES: [&str; 32] = [
    "deployment",
    "users",
    "preferences",
    "discord_tokens",
    "sessions",
    "used_login_states",
    "guilds",
    "pinned_guilds",
    "grants",
    "settings",
    "changes",
    "batches",
    "commands",
    "giveaways",
    "tickets",
    "transcripts",
    "ratings",
    "rating_counts",
    "rooms",
    "tracks",
    "playlists",
    "panels",
    "panel_drafts",
    "drafts",
    "carried_settings",
    "carryings",
    "confirmations",
    "activities",
    "bots",
    "taken_events",
    "put_aside_events",
    "leases",
];

/// Rules of a file; another number is another kind of file.
const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    guildhall: u32,
    /// The migrations of the database it was written from.
    schema: Vec<String>,
}

/// The line before a table's rows.
#[derive(Debug, Serialize, Deserialize)]
struct TableHead {
    table: String,
    columns: Vec<String>,
    rows: i64,
}

/// The last line: without it a file is cut off.
#[derive(Debug, Serialize, Deserialize)]
struct End {
    end: bool,
}

/// How much was moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub tables: usize,
    pub rows: i64,
}

/// Why nothing was moved. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum MoveTrouble {
    #[error("The database does not have this version's schema. Run `guildhall migrate` first.")]
    NotMigrated,
    #[error("The database is not empty: {0} has rows. Name an empty one in DATABASE_URL; nothing was changed.")]
    NotEmpty(String),
    #[error(
        "The file was written with another version's schema. Export and import with the same version of Guildhall."
    )]
    OtherSchema,
    #[error("This is no file of export-all: {0}")]
    NoExport(String),
    #[error("The file is damaged or cut off (line {line}: {cause}). Nothing was changed.")]
    Damaged { line: usize, cause: String },
    #[error("The database: {0}")]
    Database(#[from] diesel::result::Error),
    #[error("The file: {0}")]
    File(#[from] std::io::Error),
}

/// A name of ours within a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
