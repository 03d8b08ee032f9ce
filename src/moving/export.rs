//! Out of a database, as it is at one moment, row by row.

use std::io::Write;

use diesel::connection::{AnsiTransactionManager, DefaultLoadingMode, TransactionManager};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{End, FORMAT, Head, MoveTrouble, Moved, TABLES, TableHead, quoted};
use crate::db::catalog::{self, Column, Kind};
use crate::db::{Conn, Standing, known_versions, standing};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Writes everything that the database holds.
///
/// # Errors
/// [`MoveTrouble`]; what was written until then is worth nothing.
pub fn export(conn: &mut Conn, out: &mut impl Write) -> Result<Moved, MoveTrouble> {
    if standing(conn) != Ok(Standing::Current) {
        return Err(MoveTrouble::NotMigrated);
    }
    // All of it from one moment, while others write.
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?,
        Conn::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        }
    }
    let moved = everything(conn, out);
    // Nothing was written there.
    <Conn as Connection>::TransactionManager::rollback_transaction(conn)?;
    moved
}

fn everything(conn: &mut Conn, out: &mut impl Write) -> Result<Moved, MoveTrouble> {
    write_line(out, &Head { guildhall: FORMAT, schema: known_versions() })?;
    let mut moved = Moved::default();
    for table in TABLES {
        moved.rows += one_table(conn, table, out)?;
        moved.tables += 1;
    }
    write_line(out, &End { end: true })?;
    out.flush()?;
    Ok(moved)
}

fn one_table(conn: &mut Conn, table: &str, out: &mut impl Write) -> Result<i64, MoveTrouble> {
    let columns = catalog::columns(conn, table)?;
    let counting = format!("SELECT count(*) AS count FROM {}", quoted(table));
    let Count { count: rows } =
        crate::on_each!(conn, c => diesel::sql_query(counting).get_result::<Count>(c).map_err(MoveTrouble::from))?;
    let names = columns.iter().map(|column| column.name.clone()).collect();
    write_line(out, &TableHead { table: table.to_owned(), columns: names, rows })?;
    let mut each = |line: QueryResult<Line>| -> Result<(), MoveTrouble> {
        out.write_all(line?.line.as_bytes())?;
        out.write_all(b"\n")?;
        Ok(())
    };
    match conn {
        Conn::Sqlite(c) => {
            let reading = diesel::sql_query(format!(
                "SELECT json_array({}) AS line FROM {}",
                columns.iter().map(as_sqlite_json).collect::<Vec<_>>().join(", "),
                quoted(table)
            ));
            reading.load_iter::<Line, DefaultLoadingMode>(c)?.try_for_each(&mut each)?;
        }
        Conn::Postgres(c) => {
            let reading = diesel::sql_query(format!(
                "SELECT json_build_array({})::text AS line FROM {}",
                columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", "),
                quoted(table)
            ));
            reading.load_iter::<Line, PgRowByRowLoadingMode>(c)?.try_for_each(&mut each)?;
        }
    }
    Ok(rows)
}

/// SQLite keeps yes and no as numbers.
fn as_sqlite_json(column: &Column) -> String {
    let name = quoted(&column.name);
    match column.kind {
        Kind::Boolean => format!("json(CASE {name} WHEN 0 THEN 'false' WHEN 1 THEN 'true' ELSE 'null' END)"),
        Kind::Text | Kind::Integer => name,
    }
}

fn write_line(out: &mut impl Write, line: &impl serde::Serialize) -> Result<(), MoveTrouble> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
