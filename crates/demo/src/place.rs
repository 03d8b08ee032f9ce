//! Where the demo keeps its database, its Redis and its key: a temporary folder, or one that stays.

use std::io;
use std::path::{Path, PathBuf};

use guildhall::keys::SecretKey;

/// A folder. A temporary one is removed when this is dropped.
pub enum Place {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
}

impl Place {
    /// The folder `keep`, made if it is not there, or a temporary one.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(keep: Option<PathBuf>) -> io::Result<Self> {
        let Some(folder) = keep else {
            return tempfile::Builder::new().prefix("guildhall-demo-").tempdir().map(Self::Temporary);
        };
        std::fs::create_dir_all(&folder)?;
        std::path::absolute(folder).map(Self::Kept)
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    /// The key of this folder's database: made once, then read.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds something else.
    pub fn secret_key(&self) -> io::Result<SecretKey> {
        let file = self.path().join("secret_key");
        if !file.exists() {
            write_private(&file, &SecretKey::generate())?;
        }
        let text = std::fs::read_to_string(&file)?;
        SecretKey::parse(text.trim_end()).ok_or_else(|| io::Error::other(format!("{} holds no key", file.display())))
    }
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())
}
