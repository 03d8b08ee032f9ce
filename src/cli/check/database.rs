//! The database: is it there, ours, of this version, and can it be written?

use std::path::Path;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _};
use diesel::prelude::*;

use super::Finding;
use crate::accounts::opened_tokens;
use crate::config::Config;
use crate::db::{Conn, DatabaseUrl, Standing, advice, may_migrate, standing};
use crate::keys::Keys;
use crate::schema::deployment;

const ABOUT: &str = "database";
/// A server that is frozen never answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// And the deployment's id, if it has one.
pub(super) async fn look(config: &Config) -> (Vec<Finding>, Option<String>) {
    let (url, keys) = (config.database_url.clone(), config.keys.clone());
    let asking = tokio::task::spawn_blocking(move || ask(&url, &keys));
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(fault)) => (vec![Finding::wrong(ABOUT, fault.to_string())], None),
        Err(_) => (vec![Finding::wrong(ABOUT, "does not answer: look whether it is running and not frozen.")], None),
    }
}

fn ask(url: &DatabaseUrl, keys: &Keys) -> (Vec<Finding>, Option<String>) {
    if let DatabaseUrl::Sqlite { path } = url
        && !Path::new(path).exists()
    {
        return (vec![room_for(path)], None);
    }
    let mut conn = match connect(url) {
        Ok(conn) => conn,
        Err(error) => {
            let says = format!("{url} cannot be reached ({error}). {}", advice(&error));
            return (vec![Finding::wrong(ABOUT, says)], None);
        }
    };
    let stands = standing(&mut conn);
    let may_migrate = may_migrate(&mut conn).unwrap_or(false);
    let mut findings = vec![schema(&stands, url, may_migrate), writable(&mut conn, &stands)];
    let id = deployment::table.select(deployment::database_id).first(&mut conn).ok();
    findings.extend(tokens(&mut conn, keys));
    (findings, id)
}

/// As it is: making it ready for use would change the file.
fn connect(url: &DatabaseUrl) -> Result<Conn, String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    match url {
        DatabaseUrl::Sqlite { path } => {
            let mut conn = SqliteConnection::establish(path).map_err(|error| said(&error))?;
            conn.batch_execute("PRAGMA busy_timeout = 2000").map_err(|error| said(&error))?;
            Ok(Conn::Sqlite(conn))
        }
        DatabaseUrl::Postgres { url } => {
            let mut conn = PgConnection::establish(url.as_str()).map_err(|error| said(&error))?;
            conn.batch_execute("SET statement_timeout = '2500ms'; SET lock_timeout = '2000ms';")
                .map_err(|error| said(&error))?;
            Ok(Conn::Postgres(conn))
        }
    }
}

/// A file that is not there yet.
fn room_for(path: &str) -> Finding {
    let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let trial = folder.join(format!(".guildhall-check-{}", std::process::id()));
    let made = std::fs::File::options().write(true).create_new(true).open(&trial);
    match made.and_then(|_| std::fs::remove_file(&trial)) {
        Ok(()) => Finding::ok(ABOUT, format!("{path} is not there yet: the first start makes it.")),
        Err(error) => {
            let says = format!(
                "{path} cannot be made in {} ({error}). Make the folder, writable for this user.",
                folder.display()
            );
            Finding::wrong(ABOUT, says)
        }
    }
}

fn schema(stands: &Result<Standing, String>, url: &DatabaseUrl, may_migrate: bool) -> Finding {
    match stands {
        Ok(Standing::Empty | Standing::Behind(_)) if !may_migrate => {
            let says = format!(
                "{url} is not of this version, and this account may not change its tables: run guildhall migrate with \
                 the DATABASE_URL of the account that owns them. Make a backup first."
            );
            Finding::wrong(ABOUT, says)
        }
        Ok(Standing::Current) => Finding::ok(ABOUT, format!("{url} has this version's schema.")),
        Ok(Standing::Empty) => Finding::ok(ABOUT, format!("{url} is empty: the first start makes the tables.")),
        Ok(Standing::Behind(missing)) => {
            let says = format!("{url} lacks {missing} migrations: the next start applies them. Make a backup first.");
            Finding::look(ABOUT, says)
        }
        Ok(Standing::Newer(version)) => {
            let says = format!(
                "{url} was made by a newer Guildhall (it has {version}). Start that version or a newer one, or \
                 restore the backup made before the upgrade."
            );
            Finding::wrong(ABOUT, says)
        }
        Ok(Standing::Foreign) => {
            let says =
                format!("{url} holds tables that are not Guildhall's. Name an empty database or Guildhall's own.");
            Finding::wrong(ABOUT, says)
        }
        Err(error) => Finding::wrong(ABOUT, format!("{url} cannot be read ({error}). Check DATABASE_URL.")),
    }
}

/// A row that is written as it is or, where there is none yet, a table that is made; and never committed.
fn writable(conn: &mut Conn, stands: &Result<Standing, String>) -> Finding {
    let (writing, rights) = match stands {
        Ok(Standing::Current) => ("UPDATE deployment SET created_at = created_at", "the right to write"),
        _ => ("CREATE TABLE guildhall_check (id INTEGER)", "the right to write and to make tables"),
    };
    let begun = match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
    };
    let written = begun.and_then(|()| {
        let made = crate::on_each!(conn, c => c.batch_execute(writing));
        // Whatever became of it: nothing stays.
        let undone = <Conn as Connection>::TransactionManager::rollback_transaction(conn);
        made.and(undone)
    });
    match written {
        Ok(()) => Finding::ok(ABOUT, "can be written."),
        Err(error) if error.to_string().contains("locked") => {
            Finding::look(ABOUT, "is being written by somebody else for longer than two seconds.")
        }
        Err(error) => {
            let says = format!("cannot be written ({error}). Give this user {rights}.");
            Finding::wrong(ABOUT, says)
        }
    }
}

fn tokens(conn: &mut Conn, keys: &Keys) -> Option<Finding> {
    let about = "SECRET_KEY";
    match opened_tokens(conn, keys) {
        // Before the first start there is no such table.
        Err(_) | Ok((0, _)) => None,
        Ok((stored, 0)) => {
            let says = format!(
                "opens none of {stored} stored tokens: it is not the key of this database. Set the right one, or the \
                 one before as SECRET_KEY_PREVIOUS; otherwise everybody is signed out."
            );
            Some(Finding::wrong(about, says))
        }
        Ok((stored, opened)) if opened < stored => {
            let says = format!("opens {opened} of {stored} stored tokens; the others sign in again.");
            Some(Finding::look(about, says))
        }
        Ok(_) => Some(Finding::ok(about, "opens the stored tokens.")),
    }
}
