//! A database of a story's own: an SQLite file, or a fresh database on the PostgreSQL of `TEST_DATABASE_URL`.

use diesel::prelude::*;
use guildhall::db::DatabaseUrl;
use tempfile::TempDir;

pub struct TestDatabase {
    pub url: DatabaseUrl,
    /// Of an SQLite file.
    pub path: Option<std::path::PathBuf>,
    _folder: TempDir,
}

impl TestDatabase {
    pub fn create() -> Self {
        let folder = tempfile::Builder::new().prefix("guildhall-db").tempdir().unwrap();
        match server() {
            None => {
                let path = folder.path().join("guildhall.db");
                let url = format!("sqlite://{}", path.display()).parse().unwrap();
                Self { url, path: Some(path), _folder: folder }
            }
            Some(server) => {
                let name = format!("story_{}", uuid::Uuid::new_v4().simple());
                let mut connection = PgConnection::establish(&server).expect("the PostgreSQL of TEST_DATABASE_URL");
                diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut connection).unwrap();
                let mut url = url::Url::parse(&server).unwrap();
                url.set_path(&name);
                Self { url: url.as_str().parse().unwrap(), path: None, _folder: folder }
            }
        }
    }
}

/// The PostgreSQL to run on, if any.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to run")]
pub fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| url.starts_with("postgres"))
}

/// The folder with the certificates of that server's authority and of a client, if it speaks TLS.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to run")]
pub fn certificates() -> Option<String> {
    server().and_then(|_| std::env::var("TEST_POSTGRES_TLS").ok())
}
