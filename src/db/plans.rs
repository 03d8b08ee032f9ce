//! Asking a database how it would run a statement, for tests that hold it to an index.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Integer, Text};

use super::{Conn, DatabaseUrl, Db};

/// Statements that make very many rows.
#[path = "../../tests/stories/support/many.rs"]
pub mod many;

/// The database of this test: an SQLite file, or a fresh one on the PostgreSQL of `TEST_DATABASE_URL`.
pub fn database(folder: &tempfile::TempDir) -> Conn {
    let url = fresh(folder);
    Db::open(&url).expect("a database");
    url.connect().expect("a connection")
}

/// Where such a database will be.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where to run")]
pub fn fresh(folder: &tempfile::TempDir) -> DatabaseUrl {
    let url = match std::env::var("TEST_DATABASE_URL").ok().filter(|url| url.starts_with("postgres")) {
        None => format!("sqlite://{}", folder.path().join("many.db").display()),
        Some(server) => {
            let name = format!("plans_{}", uuid::Uuid::new_v4().simple());
            let mut connection = PgConnection::establish(&server).expect("the PostgreSQL of TEST_DATABASE_URL");
            diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut connection).expect("a database");
            let mut url = url::Url::parse(&server).expect("an address");
            url.set_path(&name);
            url.into()
        }
    };
    url.parse().expect("an address")
}

/// A statement whose plan is asked for instead of its rows. `Lines`: the columns of a plan, which the databases give
/// differently.
struct Plan<Q, Lines>(Q, &'static str, PhantomData<Lines>);

impl<Q, Lines> QueryId for Plan<Q, Lines> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, Lines, DB: Backend> QueryFragment<DB> for Plan<Q, Lines> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(self.1);
        self.0.walk_ast(out.reborrow())
    }
}

impl<Q, Lines> Query for Plan<Q, Lines> {
    type SqlType = Lines;
}

impl<Q, Lines> RunQueryDsl<Conn> for Plan<Q, Lines> {}

type SqliteLines = (Integer, Integer, Integer, Text);

/// The database's own words about how it would find the rows.
pub fn plan<Q: QueryFragment<<Conn as Connection>::Backend>>(conn: &mut Conn, query: Q) -> String {
    if matches!(conn, Conn::Sqlite(_)) {
        let plan = Plan::<_, SqliteLines>(query, "EXPLAIN QUERY PLAN ", PhantomData);
        let lines: Vec<(i32, i32, i32, String)> = plan.load(conn).expect("a plan");
        return lines.into_iter().map(|line| line.3).collect::<Vec<_>>().join("\n");
    }
    let lines: Vec<String> = Plan::<_, Text>(query, "EXPLAIN ", PhantomData).load(conn).expect("a plan");
    lines.join("\n")
}
