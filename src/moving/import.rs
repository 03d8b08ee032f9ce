//! Into an empty database, in one transaction: all of it, or nothing.

use std::io::BufRead;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{End, FORMAT, Head, MoveTrouble, Moved, TABLES, TableHead, quoted};
use crate::db::catalog::{self, Column, Kind};
use crate::db::{Conn, known_versions, write};

/// Rows are inserted together up to so many, or so many bytes of them.
const ROWS: usize = 500;
const BYTES: usize = 1024 * 1024;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Fills a database that has this program's schema and no rows but that which names it.
///
/// # Errors
/// [`MoveTrouble`]; the database is as it was then.
pub fn import(conn: &mut Conn, file: impl BufRead) -> Result<Moved, MoveTrouble> {
    let mut lines = Lines { file, line: 0 };
    let head: Head = match serde_json::from_str(&lines.next()?.unwrap_or_default()) {
        Ok(head) => head,
        Err(error) => return Err(MoveTrouble::NoExport(error.to_string())),
    };
    if head.guildhall != FORMAT {
        return Err(MoveTrouble::NoExport(format!("its format is {}, and {FORMAT} is known", head.guildhall)));
    }
    if head.schema != known_versions() {
        return Err(MoveTrouble::OtherSchema);
    }
    write(conn, |conn| {
        for table in TABLES {
            // The first start of a program has given the database a name, which is replaced.
            if count(conn, table)? > 0 && table != "deployment" {
                return Err(MoveTrouble::NotEmpty(table.to_owned()));
            }
        }
        execute(conn, "DELETE FROM deployment", None)?;
        let mut moved = Moved::default();
        for table in TABLES {
            moved.rows += one_table(conn, table, &mut lines)?;
            moved.tables += 1;
        }
        let end = lines.expected::<End>()?;
        if !end.end || lines.next()?.is_some() {
            return Err(lines.damaged("more after its end"));
        }
        Ok(moved)
    })
}

fn one_table(conn: &mut Conn, table: &str, lines: &mut Lines<impl BufRead>) -> Result<i64, MoveTrouble> {
    let head: TableHead = lines.expected()?;
    if head.table != table {
        return Err(lines.damaged(&format!("{table} was expected, not {}", head.table)));
    }
    let known = catalog::columns(conn, table)?;
    let find = |name: &String| known.iter().find(|column| column.name == *name).cloned();
    let columns: Vec<Column> = head.columns.iter().filter_map(find).collect();
    if columns.len() != known.len() || head.columns.len() != known.len() {
        return Err(lines.damaged(&format!("{table} has other columns")));
    }
    let insert = insertion(conn, table, &columns);
    let (mut together, mut held) = (String::new(), 0);
    for row in 0..head.rows {
        let line = lines.next()?.ok_or_else(|| lines.damaged("it ends here"))?;
        let values: Vec<serde::de::IgnoredAny> =
            serde_json::from_str(&line).map_err(|error| lines.damaged(&error.to_string()))?;
        if values.len() != columns.len() {
            return Err(lines.damaged("a row of another length"));
        }
        together.push(if held == 0 { '[' } else { ',' });
        together.push_str(&line);
        held += 1;
        if held >= ROWS || together.len() >= BYTES || row + 1 == head.rows {
            together.push(']');
            execute(conn, &insert, Some(&together))?;
            together.clear();
            held = 0;
        }
    }
    match count(conn, table)? {
        there if there == head.rows => Ok(there),
        there => Err(lines.damaged(&format!("{table} has {there} rows and not {}", head.rows))),
    }
}

/// Takes a JSON list of rows, which are lists themselves: one value for the database, however many rows.
fn insertion(conn: &Conn, table: &str, columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let values: Vec<String> = match conn {
        Conn::Sqlite(_) => (0..columns.len()).map(|at| format!("json_extract(value, '$[{at}]')")).collect(),
        Conn::Postgres(_) => (columns.iter().enumerate())
            .map(|(at, column)| match column.kind {
                Kind::Text => format!("r->>{at}"),
                Kind::Integer => format!("(r->>{at})::bigint"),
                Kind::Boolean => format!("(r->>{at})::boolean"),
            })
            .collect(),
    };
    let rows = match conn {
        Conn::Sqlite(_) => "json_each(?)",
        Conn::Postgres(_) => "json_array_elements($1::json) AS r",
    };
    format!("INSERT INTO {} ({}) SELECT {} FROM {rows}", quoted(table), names.join(", "), values.join(", "))
}

fn execute(conn: &mut Conn, statement: &str, value: Option<&str>) -> QueryResult<usize> {
    crate::on_each!(conn, c => match value {
        Some(value) => diesel::sql_query(statement).bind::<Text, _>(value).execute(c),
        None => diesel::sql_query(statement).execute(c),
    })
}

fn count(conn: &mut Conn, table: &str) -> QueryResult<i64> {
    let counting = format!("SELECT count(*) AS count FROM {}", quoted(table));
    crate::on_each!(conn, c => Ok(diesel::sql_query(counting).get_result::<Count>(c)?.count))
}

/// The file's lines, with their numbers for who has to look at it.
struct Lines<F> {
    file: F,
    line: usize,
}

impl<F: BufRead> Lines<F> {
    fn next(&mut self) -> Result<Option<String>, MoveTrouble> {
        let mut line = String::new();
        self.line += 1;
        match self.file.read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line.trim_end_matches('\n').to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(self.damaged("no text")),
            Err(error) => Err(error.into()),
        }
    }

    fn expected<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, MoveTrouble> {
        let line = self.next()?.ok_or_else(|| self.damaged("it ends here"))?;
        serde_json::from_str(&line).map_err(|error| self.damaged(&error.to_string()))
    }

    fn damaged(&self, cause: &str) -> MoveTrouble {
        MoveTrouble::Damaged { line: self.line, cause: cause.to_owned() }
    }
}
