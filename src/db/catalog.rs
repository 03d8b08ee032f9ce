//! What tables and columns a database has, as it says itself.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Conn;

/// One column, and what may stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// The kinds that both databases share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// `INTEGER` and `BIGINT`.
    Integer,
    Boolean,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// The names of all tables, but that of the migrations.
///
/// # Errors
/// As the database says.
pub fn tables(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let words: Vec<Word> = match conn {
        Conn::Sqlite(c) => diesel::sql_query(
            "SELECT name AS word FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )
        .load(c)?,
        Conn::Postgres(c) => diesel::sql_query(
            "SELECT table_name::text AS word FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
        )
        .load(c)?,
    };
    let mut names: Vec<String> = words.into_iter().map(|word| word.word).collect();
    names.retain(|name| name != "__diesel_schema_migrations");
    names.sort();
    Ok(names)
}

/// The columns of a table, in their order.
///
/// # Errors
/// As the database says; a column of a kind that the two do not share is one.
pub fn columns(conn: &mut Conn, table: &str) -> QueryResult<Vec<Column>> {
    let pairs: Vec<Pair> = match conn {
        Conn::Sqlite(c) => diesel::sql_query("SELECT name, type AS kind FROM pragma_table_info(?) ORDER BY cid")
            .bind::<Text, _>(table)
            .load(c)?,
        Conn::Postgres(c) => diesel::sql_query(
            "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        )
        .bind::<Text, _>(table)
        .load(c)?,
    };
    pairs.into_iter().map(|pair| Ok(Column { kind: kind(table, &pair)?, name: pair.name })).collect()
}

fn kind(table: &str, pair: &Pair) -> QueryResult<Kind> {
    match pair.kind.to_ascii_lowercase().as_str() {
        "text" => Ok(Kind::Text),
        "integer" | "bigint" => Ok(Kind::Integer),
        "boolean" => Ok(Kind::Boolean),
        other => {
            let text = format!("the column {table}.{} is {other}, which cannot be moved", pair.name);
            Err(diesel::result::Error::QueryBuilderError(text.into()))
        }
    }
}
