//! `guildhall backup FILE`.

use std::path::Path;

use super::{Outcome, say};
use crate::{config, db};

pub(super) fn backup(file: &Path) -> Outcome {
    let url = config::database_url()?;
    db::backup::backup(&url, file)?;
    say(&format!(
        "{} is a whole copy of {url}. It holds what people have stored: keep it for yourself, and not beside SECRET_KEY.",
        file.display()
    ))
}
