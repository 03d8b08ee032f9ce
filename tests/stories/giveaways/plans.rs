//! A server with 50,000 giveaways behind it: each page is read along an index.

use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::{Conn, DbError};

use super::{MINUTE, insert_many, list};
use crate::support::TestApp;
use crate::support::app::HARBOUR;

#[derive(QueryableByName)]
struct Sqlite {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Postgres {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

fn plan(conn: &mut Conn, query: &str) -> Result<String, DbError> {
    let lines: Vec<String> = match conn {
        Conn::Sqlite(conn) => {
            let rows: Vec<Sqlite> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(conn)?;
            rows.into_iter().map(|row| row.detail).collect()
        }
        Conn::Postgres(conn) => {
            let rows: Vec<Postgres> = diesel::sql_query(format!("EXPLAIN {query}")).load(conn)?;
            rows.into_iter().map(|row| row.line).collect()
        }
    };
    Ok(lines.join("\n"))
}

/// What PostgreSQL expects the whole of it to cost; it costs 1 to read a page of the table in a row. SQLite does not say.
fn expected_cost(plan: &str) -> Option<f64> {
    let all = plan.lines().next()?.split_once("(cost=")?.1.split_once("..")?.1;
    all.split(' ').next()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_fifty_thousand_is_read_along_the_index() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let all: Vec<_> = (0..50_000).map(|n| (format!("g{n:05}"), "ended".to_owned())).collect();
    let begun = app.clock.now();
    // Another server has as many at the same times: only the indexes by server spare a page from reading those too.
    for some in all.chunks(2_000) {
        insert_many(&app, some, &[]).await;
        insert_many(&app, some, &[("guild_id", "1")]).await;
    }
    // In the midst of those that have ended.
    let middle = i64::midpoint(begun, app.clock.now()) - MINUTE;
    let explained = app.parts.db.run(move |conn| {
        diesel::sql_query("ANALYZE giveaways").execute(conn)?;
        let mut plans = Vec::new();
        for (state, time, index, way) in [
            ("ended", "closed_at", "giveaways_by_close", "<"),
            ("cancelled", "closed_at", "giveaways_by_close", "<"),
            ("running", "ends_at", "giveaways_by_end", ">"),
            ("scheduled", "starts_at", "giveaways_by_start", ">"),
        ] {
            let order = if way == "<" { "DESC" } else { "ASC" };
            let query = format!(
                "SELECT * FROM giveaways WHERE guild_id = {HARBOUR} AND state = '{state}' AND {time} {way}= {middle} \
                 AND ({time} {way} {middle} OR id {way} 'g') ORDER BY {time} {order}, id {order} LIMIT 21"
            );
            plans.push((index, plan(conn, &query)?));
        }
        Ok::<_, DbError>(plans)
    });
    for (index, plan) in explained.await.unwrap() {
        // PostgreSQL may walk another index in the same order, or to what it knows to be empty: what counts is that it
        // expects to look at about a page of rows. All of them would cost thousands.
        match expected_cost(&plan) {
            None => assert!(plan.contains(index) || plan.contains("giveaways_by_"), "{index}: {plan}"),
            Some(cost) => assert!(cost < 100.0, "{index}: {plan}"),
        }
        assert!(!plan.contains("SCAN giveaways") && !plan.contains("Seq Scan"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "sorted: {plan}");
    }
    let page = mira.get(&format!("{}?state=ended", list())).await;
    assert!(page.texts(".tabs a")[2].contains("1,000+"), "{:?}", page.texts(".tabs a"));
}
