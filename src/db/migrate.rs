//! Bringing a database to this program's schema, once, however many instances start together.

use std::collections::BTreeSet;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, DatabaseUrl, advice};
use crate::moving::TABLES;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number, the same for all instances: who holds this lock migrates.
const LOCK: &str = "SELECT pg_advisory_lock(7261)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(7261)";

/// Why a database cannot be used as it is. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SchemaTrouble {
    #[error("The database cannot be reached ({0}). {what_to_do}", what_to_do = advice(.0))]
    Unreachable(String),
    #[error(
        "The database was made by a newer Guildhall (it has the migration {0}, which this program does not know). \
         Start that version or a newer one, or restore the backup made before the upgrade."
    )]
    Newer(String),
    #[error(
        "The database holds tables that are not Guildhall's, or a half-made schema ({0}). \
         Point DATABASE_URL at an empty database or at Guildhall's own."
    )]
    Foreign(String),
    #[error(
        "The database is not of this version ({0}), and the account of DATABASE_URL may not change its tables. Run \
         `guildhall migrate` with the DATABASE_URL of the account that owns them, give this one its rights as \
         docs/operations.md says, and start again."
    )]
    NotOwner(String),
}

/// Whether an account may make tables where ours are, and change each of ours that is there. Those of others may lie
/// beside them, as an extension's do.
const MAY_MIGRATE: &str = "SELECT COALESCE(has_schema_privilege(current_schema(), 'CREATE'), FALSE) AND NOT EXISTS ( \
    SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace \
    WHERE nspname = current_schema() AND relkind IN ('r', 'p') AND relname::text = ANY($1) \
    AND NOT pg_has_role(relowner, 'USAGE')) AS may";

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    may: bool,
}

/// Applies what is missing, and says the deployment's id.
pub(super) fn apply(url: &DatabaseUrl) -> Result<String, SchemaTrouble> {
    let mut tries = 0;
    loop {
        match try_apply(url) {
            Err(SchemaTrouble::Foreign(text)) if tries < 3 && text.contains("locked") => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(300 * tries));
            }
            answer => return answer,
        }
    }
}

fn try_apply(url: &DatabaseUrl) -> Result<String, SchemaTrouble> {
    let mut conn = url.connect().map_err(SchemaTrouble::Unreachable)?;
    match standing(&mut conn) {
        // Nothing is asked for then that an account without rights to the tables themselves would be refused.
        Ok(Standing::Current) => {}
        Ok(Standing::Newer(version)) => return Err(SchemaTrouble::Newer(version)),
        stands => {
            if !may_migrate(&mut conn).map_err(unreachable)? {
                return Err(SchemaTrouble::NotOwner(lack(&stands)));
            }
            apply_alone(&mut conn)?;
        }
    }
    name_deployment(&mut conn).map_err(foreign)
}

fn lack(stands: &Result<Standing, String>) -> String {
    match stands {
        Ok(Standing::Behind(missing)) => format!("{missing} migrations are missing"),
        _ => "it has no table of Guildhall's that this account may read".to_owned(),
    }
}

fn apply_alone(conn: &mut Conn) -> Result<(), SchemaTrouble> {
    match conn {
        Conn::Postgres(c) => {
            // Waiting for another instance's migration may take longer than a request's patience.
            c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0;").map_err(unreachable)?;
            c.batch_execute(LOCK).map_err(unreachable)?;
            let answer = bring_up(c);
            c.batch_execute(UNLOCK).map_err(unreachable)?;
            answer
        }
        Conn::Sqlite(c) => {
            // Rebuilding a table with foreign keys on would cascade its deletes.
            c.batch_execute("PRAGMA foreign_keys = OFF").map_err(unreachable)?;
            bring_up(c)
        }
    }
}

/// Whether this account may bring the database to another version. Of SQLite, whoever may write the file.
///
/// # Errors
/// As the database says.
pub fn may_migrate(conn: &mut Conn) -> QueryResult<bool> {
    match conn {
        Conn::Postgres(c) => {
            let ours: Vec<&str> = TABLES.into_iter().chain(["__diesel_schema_migrations"]).collect();
            Ok(diesel::sql_query(MAY_MIGRATE).bind::<Array<Text>, _>(ours).get_result::<Answer>(c)?.may)
        }
        Conn::Sqlite(_) => Ok(true),
    }
}

/// A database of this schema that is nowhere but in memory, as its one connection.
#[cfg(any(test, feature = "fuzz"))]
pub(super) fn in_memory() -> Result<Conn, SchemaTrouble> {
    let url = DatabaseUrl::Sqlite { path: ":memory:".to_owned() };
    let mut conn = url.connect().map_err(SchemaTrouble::Unreachable)?;
    if let Conn::Sqlite(c) = &mut conn {
        c.batch_execute("PRAGMA foreign_keys = OFF").map_err(unreachable)?;
        bring_up(c)?;
        c.batch_execute("PRAGMA foreign_keys = ON").map_err(unreachable)?;
    }
    Ok(conn)
}

fn bring_up<DB>(conn: &mut impl MigrationHarness<DB>) -> Result<(), SchemaTrouble>
where
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let applied = conn.applied_migrations().map_err(foreign)?;
    let known: BTreeSet<String> = MigrationSource::<DB>::migrations(&MIGRATIONS)
        .map_err(foreign)?
        .iter()
        .map(|migration| Migration::name(migration).version().to_string())
        .collect();
    if let Some(newer) = applied.iter().map(MigrationVersion::to_string).find(|version| !known.contains(version)) {
        return Err(SchemaTrouble::Newer(newer));
    }
    conn.run_pending_migrations(MIGRATIONS).map_err(foreign)?;
    Ok(())
}

/// The deployment's random id: Redis keeps it too, so that two deployments cannot mix on one Redis.
fn name_deployment(conn: &mut Conn) -> QueryResult<String> {
    use crate::schema::deployment::dsl::*;
    let now = crate::clock::Clock::default().now();
    let row = (singleton.eq(1), database_id.eq(uuid::Uuid::new_v4().to_string()), created_at.eq(now));
    crate::on_each!(conn, c => diesel::insert_into(deployment).values(&row).on_conflict_do_nothing().execute(c))?;
    deployment.select(database_id).first(conn)
}

/// Where a database stands beside this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No table at all: the first start makes them.
    Empty,
    Current,
    /// So many migrations are missing: the next start applies them.
    Behind(usize),
    /// It has one that this program does not know.
    Newer(String),
    /// Tables, and no word of who made them.
    Foreign,
}

/// Asks without changing anything.
///
/// # Errors
/// That the database cannot be asked.
pub fn standing(conn: &mut Conn) -> Result<Standing, String> {
    let applied = match versions(conn) {
        Ok(applied) => applied,
        // The table of migrations is made by the first of them.
        Err(_) if crate::db::catalog::tables(conn).map_err(|error| error.to_string())?.is_empty() => {
            return Ok(Standing::Empty);
        }
        Err(_) => return Ok(Standing::Foreign),
    };
    let known: BTreeSet<String> = known_versions().into_iter().collect();
    if let Some(newer) = applied.iter().find(|version| !known.contains(*version)) {
        return Ok(Standing::Newer(newer.clone()));
    }
    match known.len() - applied.len() {
        0 => Ok(Standing::Current),
        missing => Ok(Standing::Behind(missing)),
    }
}

/// Migrations that this program has, the oldest first.
pub fn known_versions() -> Vec<String> {
    let known = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&MIGRATIONS).unwrap_or_default();
    let mut versions: Vec<String> = known.iter().map(|one| Migration::name(one).version().to_string()).collect();
    versions.sort();
    versions
}

fn versions(conn: &mut Conn) -> QueryResult<Vec<String>> {
    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
    let applied = __diesel_schema_migrations::table.select(__diesel_schema_migrations::version);
    crate::on_each!(conn, c => applied.load(c))
}

fn unreachable(error: impl std::fmt::Display) -> SchemaTrouble {
    SchemaTrouble::Unreachable(error.to_string())
}

fn foreign(error: impl std::fmt::Display) -> SchemaTrouble {
    SchemaTrouble::Foreign(error.to_string())
}
