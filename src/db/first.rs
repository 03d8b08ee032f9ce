//! The first row of a query, with the limit written into the statement.
//!
//! Diesel binds a limit as a value, and SQLite prepares a statement anew whenever a value that a limit depends on is
//! bound: for a small query that is most of its cost.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

use super::Conn;

type Backend = <Conn as Connection>::Backend;

/// A query of which one row is wanted; it must have no limit yet.
#[derive(QueryId)]
pub struct First<Q>(Q);

/// The first row of this query, by `get_result`.
pub fn first<Q: Query>(query: Q) -> First<Q> {
    First(query)
}

impl<Q: QueryFragment<Backend>> QueryFragment<Backend> for First<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" LIMIT 1");
        Ok(())
    }
}

impl<Q: Query> Query for First<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<Conn> for First<Q> {}
