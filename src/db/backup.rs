//! A copy of an SQLite database in a file of its own, made while the database is in use.

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Conn, DatabaseUrl};

/// Why there is no backup. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupTrouble {
    #[error("This database is PostgreSQL: make its backups with pg_dump, as docs/operations.md says.")]
    Postgres,
    #[error("{0} is there already. Nothing is overwritten: name another file.")]
    FileExists(String),
    #[error("{0} cannot be written: {1}")]
    File(String, io::Error),
    #[error("The database cannot be read ({0}). Check DATABASE_URL.")]
    Unreadable(String),
    #[error("The copy is damaged ({0}) and was removed. Check the disk and the database.")]
    Damaged(String),
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Copies the database as it is at one moment. Writers need not wait for it. The file is readable for its owner
/// alone, is on the disk when this returns, and was found to be whole.
///
/// # Errors
/// [`BackupTrouble`]; no file is left then.
pub fn backup(url: &DatabaseUrl, file: &Path) -> Result<(), BackupTrouble> {
    let DatabaseUrl::Sqlite { path } = url else { return Err(BackupTrouble::Postgres) };
    let name = file.display().to_string();
    let mut conn = super::connect_for_long(url).map_err(BackupTrouble::Unreadable)?;
    let Conn::Sqlite(conn) = &mut conn else { return Err(BackupTrouble::Postgres) };
    // Empty and ours alone from its first moment on; SQLite fills it only because it is empty.
    let target = new_file(file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupTrouble::FileExists(name.clone()),
        _ => BackupTrouble::File(name.clone(), error),
    })?;
    let copied = diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(&name).execute(conn);
    let whole = match copied {
        Ok(_) => whole(&name).and_then(|()| on_disk(&target, file).map_err(|error| BackupTrouble::File(name, error))),
        Err(error) => Err(BackupTrouble::Unreadable(format!("{path}: {error}"))),
    };
    if whole.is_err() {
        // The reason matters more than a file that cannot be removed either.
        let _ = std::fs::remove_file(file);
    }
    whole
}

/// A file that was not there before, for its owner's eyes alone.
///
/// # Errors
/// It is there, or cannot be made.
pub fn new_file(file: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(0o600).open(file)
}

fn whole(name: &str) -> Result<(), BackupTrouble> {
    let unreadable = |error: String| BackupTrouble::Damaged(error);
    // Not as a database in use, which would leave files of its own beside it.
    let mut copy = SqliteConnection::establish(name).map_err(|error| unreadable(error.to_string()))?;
    let said: Vec<Word> = diesel::sql_query("SELECT integrity_check AS word FROM pragma_integrity_check")
        .load(&mut copy)
        .map_err(|error| unreadable(error.to_string()))?;
    match said.as_slice() {
        [one] if one.word == "ok" => Ok(()),
        other => Err(unreadable(other.iter().map(|one| one.word.as_str()).collect::<Vec<_>>().join("; "))),
    }
}

/// The file and its name outlive a power cut.
///
/// # Errors
/// As the system says.
pub fn on_disk(written: &File, file: &Path) -> io::Result<()> {
    written.sync_all()?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
