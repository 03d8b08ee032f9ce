//! The first rows of a query, with the limit written into the statement.
//!
//! Diesel binds a limit as a value, and SQLite prepares a statement anew whenever a value that a limit depends on is
//! bound: for a small query that is most of its cost.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A query of which some rows are wanted; it must have no limit yet.
pub struct Few<Q, const LIMIT: usize, const OFFSET: usize>(Q);

/// The first row of this query, by `get_result`.
pub fn first<Q: Query>(query: Q) -> Few<Q, 1, 0> {
    Few(query)
}

/// The row behind so many others, by `get_result`.
pub fn row_behind<const OFFSET: usize, Q: Query>(query: Q) -> Few<Q, 1, OFFSET> {
    Few(query)
}

/// The first rows of this query, by `load`.
pub fn at_most<const LIMIT: usize, Q: Query>(query: Q) -> Few<Q, LIMIT, 0> {
    Few(query)
}

impl<Q: QueryId, const LIMIT: usize, const OFFSET: usize> QueryId for Few<Q, LIMIT, OFFSET> {
    type QueryId = Few<Q::QueryId, LIMIT, OFFSET>;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: QueryFragment<DB>, DB: Backend, const LIMIT: usize, const OFFSET: usize> QueryFragment<DB>
    for Few<Q, LIMIT, OFFSET>
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(&format!(" LIMIT {LIMIT}"));
        if OFFSET > 0 {
            out.push_sql(&format!(" OFFSET {OFFSET}"));
        }
        Ok(())
    }
}

impl<Q: Query, const LIMIT: usize, const OFFSET: usize> Query for Few<Q, LIMIT, OFFSET> {
    type SqlType = Q::SqlType;
}

impl<Q, C, const LIMIT: usize, const OFFSET: usize> RunQueryDsl<C> for Few<Q, LIMIT, OFFSET> {}
