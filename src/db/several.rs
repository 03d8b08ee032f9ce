//! Several queries as one, of which each finds its rows by an index of its own.
//!
//! Who wants the newest of some of many kinds could ask for all kinds in one condition; but no index has them in one
//! order, and a database would sort all there are, or look through what it does not want.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// How the first column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Rising,
    Falling,
}

/// At least one query, all of the same columns.
pub struct Several<Q> {
    parts: Vec<Q>,
    order: Order,
    most: i64,
}

/// The first `most` rows of all these together, by `load`. Each has to be in this order already, with `most` as its own
/// limit. None: there is nothing to ask.
pub fn several<Q: Query>(parts: Vec<Q>, order: Order, most: i64) -> Option<Several<Q>> {
    (!parts.is_empty()).then_some(Several { parts, order, most })
}

impl<Q> QueryId for Several<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Several<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if let [only] = self.parts.as_slice() {
            return only.walk_ast(out);
        }
        for (place, part) in self.parts.iter().enumerate() {
            // SQLite takes no limit of a part but within brackets of its own.
            out.push_sql(if place == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            part.walk_ast(out.reborrow())?;
            out.push_sql(") AS part");
        }
        let order = match self.order {
            Order::Rising => "ASC",
            Order::Falling => "DESC",
        };
        out.push_sql(&format!(" ORDER BY 1 {order} LIMIT {}", self.most));
        Ok(())
    }
}

impl<Q: Query> Query for Several<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for Several<Q> {}
