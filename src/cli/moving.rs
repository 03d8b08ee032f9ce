//! `guildhall export-all FILE` and `guildhall import-all FILE`.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use super::{Outcome, say};
use crate::{config, db, moving};

pub(super) fn export_all(file: &Path) -> Outcome {
    let url = config::database_url()?;
    let mut conn = db::connect_for_long(&url).map_err(|error| format!("The database cannot be read ({error})."))?;
    let target = db::backup::new_file(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{} is there already. Nothing is overwritten: name another file.", file.display())
        }
        _ => format!("{} cannot be written: {error}", file.display()),
    })?;
    let written = moving::export(&mut conn, &mut BufWriter::new(&target))
        .and_then(|moved| Ok(db::backup::on_disk(&target, file).map(|()| moved)?));
    match written {
        Ok(moved) => say(&format!(
            "{} holds {} rows of {} tables of {url}. It holds what people have stored: keep it for yourself, and \
             remove it when it was imported.",
            file.display(),
            moved.rows,
            moved.tables
        )),
        Err(trouble) => {
            // A part of a file must not look like one.
            let _ = std::fs::remove_file(file);
            Err(trouble.into())
        }
    }
}

pub(super) fn import_all(file: &Path) -> Outcome {
    let url = config::database_url()?;
    let source = File::open(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let mut conn = db::open_for_long(&url)?;
    let moved = moving::import(&mut conn, BufReader::new(source))?;
    say(&format!("{url} now holds {} rows in {} tables. Start Guildhall on it.", moved.rows, moved.tables))
}
