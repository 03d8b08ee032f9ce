//! The database, as its operator sees it: what is in it, keeping a copy, putting it back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use guildhall::db::Conn;
use guildhall::schema::{changes, settings};
use serde_json::Value;
use url::Url;

use crate::ledger::{Pair, marker};

pub enum Store {
    Sqlite { file: PathBuf },
    Postgres { server: Url, name: String },
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

/// A row of the change log.
pub struct Change {
    pub pair: Pair,
    pub before: Option<u64>,
    pub after: Option<u64>,
    /// Made by nobody.
    pub by_system: bool,
}

/// A change of settings in the log.
pub struct Logged {
    pub id: String,
    /// The how manieth of its pair.
    pub number: i32,
    pub revision: u64,
}

/// A pair as it is stored.
pub struct Stored {
    pub pair: Pair,
    pub revision: u64,
    pub body: Value,
}

impl Store {
    /// SQLite in this folder, or a database of its own on this server.
    pub fn create(place: &Path, server: Option<Url>) -> anyhow::Result<Self> {
        let store = match server {
            None => Self::Sqlite { file: place.join("guildhall.db") },
            Some(server) => Self::Postgres { server, name: format!("faults_{}", uuid::Uuid::new_v4().simple()) },
        };
        if let Self::Postgres { name, .. } = &store {
            store.at_server(&format!("CREATE DATABASE {name}"))?;
        }
        Ok(store)
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite { file } => format!("sqlite://{}", file.display()),
            Self::Postgres { server, name } => {
                let mut url = server.clone();
                url.set_path(name);
                url.into()
            }
        }
    }

    /// Whether a copy can be made while dashboards use it.
    pub fn copies_while_in_use(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    pub fn keep_copy(&self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite { file } => {
                let copy = file.with_extension("copy");
                if copy.exists() {
                    std::fs::remove_file(&copy)?;
                }
                Ok(self.open()?.batch_execute(&format!("VACUUM INTO '{}'", copy.display()))?)
            }
            Self::Postgres { name, .. } => {
                self.at_server(&format!("DROP DATABASE IF EXISTS {name}_copy WITH (FORCE)"))?;
                self.end_connections()?;
                self.at_server(&format!("CREATE DATABASE {name}_copy TEMPLATE {name}"))
            }
        }
    }

    /// Only while no dashboard runs.
    pub fn put_back(&self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite { file } => {
                for extension in ["db-wal", "db-shm"] {
                    let beside = file.with_extension(extension);
                    if beside.exists() {
                        std::fs::remove_file(beside)?;
                    }
                }
                std::fs::copy(file.with_extension("copy"), file)?;
                Ok(())
            }
            Self::Postgres { name, .. } => {
                self.at_server(&format!("DROP DATABASE {name} WITH (FORCE)"))?;
                self.at_server(&format!("CREATE DATABASE {name} TEMPLATE {name}_copy"))
            }
        }
    }

    /// The server may not have noticed yet that their processes are gone.
    fn end_connections(&self) -> anyhow::Result<()> {
        if let Self::Postgres { name, .. } = self {
            let ask = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            self.at_server(&ask)?;
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    fn at_server(&self, statement: &str) -> anyhow::Result<()> {
        let Self::Postgres { server, .. } = self else { return Ok(()) };
        let mut connection = PgConnection::establish(server.as_str())?;
        Ok(connection.batch_execute(statement)?)
    }

    fn open(&self) -> anyhow::Result<Conn> {
        Ok(match self {
            Self::Sqlite { file } => {
                let mut connection = SqliteConnection::establish(file.to_str().context("a path that is text")?)?;
                connection.batch_execute("PRAGMA busy_timeout = 5000")?;
                Conn::Sqlite(connection)
            }
            Self::Postgres { .. } => Conn::Postgres(PgConnection::establish(&self.url())?),
        })
    }

    /// Changes that are neither sent nor replaced.
    pub fn unsent(&self) -> anyhow::Result<i64> {
        let unsent = changes::table.filter(changes::published_at.is_null().and(changes::superseded.eq(false)));
        Ok(unsent.count().get_result(&mut self.open()?)?)
    }

    /// What was saved of each pair, oldest first.
    pub fn logged(&self) -> anyhow::Result<BTreeMap<Pair, Vec<Logged>>> {
        let rows: Vec<(i64, String, Option<i64>, i32, String)> = changes::table
            .filter(changes::kind.eq("settings"))
            .order((changes::guild_id, changes::subject, changes::revision))
            .select((changes::guild_id, changes::subject, changes::revision, changes::number, changes::id))
            .load(&mut self.open()?)?;
        let mut all: BTreeMap<Pair, Vec<Logged>> = BTreeMap::new();
        for (guild, subject, revision, number, id) in rows {
            let logged = Logged { id, number, revision: revision.unwrap_or_default().unsigned_abs() };
            all.entry((guild.unsigned_abs(), subject)).or_default().push(logged);
        }
        Ok(all)
    }

    /// Rows of a table.
    pub fn count(&self, table: &str) -> anyhow::Result<i64> {
        let counted: Counted =
            diesel::sql_query(format!("SELECT COUNT(*) AS rows FROM {table}")).get_result(&mut self.open()?)?;
        Ok(counted.rows)
    }

    /// Connections that are open to the database, this one not among them; 0 for SQLite, which has none.
    pub fn connections(&self) -> anyhow::Result<i64> {
        let Self::Postgres { server, name } = self else { return Ok(0) };
        let ask = format!("SELECT COUNT(*) AS rows FROM pg_stat_activity WHERE datname = '{name}'");
        let counted: Counted = diesel::sql_query(ask).get_result(&mut PgConnection::establish(server.as_str())?)?;
        Ok(counted.rows)
    }

    pub fn changes(&self) -> anyhow::Result<Vec<Change>> {
        type Row = (i64, String, Option<String>, Option<String>, Option<i64>);
        let rows: Vec<Row> = changes::table
            .select((changes::guild_id, changes::subject, changes::before_body, changes::after_body, changes::actor_id))
            .load(&mut self.open()?)?;
        let read = |text: Option<String>| text.as_deref().and_then(marker);
        let change = |(guild, subject, before, after, actor): Row| Change {
            pair: (guild.unsigned_abs(), subject),
            before: read(before),
            after: read(after),
            by_system: actor.is_none(),
        };
        Ok(rows.into_iter().map(change).collect())
    }

    pub fn settings(&self) -> anyhow::Result<Vec<Stored>> {
        let rows: Vec<(i64, String, i64, String)> = settings::table
            .select((settings::guild_id, settings::module, settings::revision, settings::body))
            .load(&mut self.open()?)?;
        rows.into_iter()
            .map(|(guild, module, revision, body)| {
                let body = serde_json::from_str(&body)?;
                Ok(Stored { pair: (guild.unsigned_abs(), module), revision: revision.unsigned_abs(), body })
            })
            .collect()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Self::Postgres { name, .. } = self {
            for name in [format!("{name}_copy"), name.clone()] {
                // What is left over goes with the server.
                let _ = self.at_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}
