//! Of fifty thousand closed tickets a page looks at those it shows: the databases say by which index they find them.

use diesel::connection::SimpleConnection as _;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Text;

use super::cursor::{Cursor, Mark};
use super::filter::{Filter, Shelf};
use super::rows::{COUNTING, Counts, listed, page};
use crate::db::plans::{database, plan};
use crate::db::{self, Conn, DbError};
use crate::ids::GuildId;

const GUILD: u64 = 816_370_501_973_721_107;
const MANY: i64 = 50_000;
const BEGIN: i64 = 1_767_225_600_000;

fn row(guild: u64, number: i64) -> String {
    let at = BEGIN + number * 60_000;
    let state = match number {
        0..60 => "open",
        60..90 => "claimed",
        _ if number % 10 == 0 => "deleted",
        _ => "closed",
    };
    let closed = if number < 90 { "NULL".to_owned() } else { (at + 3_600_000).to_string() };
    format!(
        "({guild}, 't{number}', '{state}', {number}, 5, 'Person {0}', 'person {0}', 'Billing', {at}, {closed}, 0, 0, {at})",
        number % 50
    )
}

fn fill(conn: &mut Conn) {
    db::write(conn, |conn| {
        for (guild, count) in [(GUILD, MANY), (GUILD + 1, 5_000)] {
            for from in (0..count).step_by(500) {
                let rows: Vec<String> = (from..from + 500).map(|number| row(guild, number)).collect();
                conn.batch_execute(&format!(
                    "INSERT INTO tickets (guild_id, id, state, number, opener_id, opener_name, opener_folded, category, \
                     opened_at, closed_at, entry_ms, seen_at, touched_at) VALUES {}",
                    rows.join(",")
                ))?;
            }
        }
        conn.batch_execute(&format!(
            "INSERT INTO ratings (guild_id, ticket_id, stars, staff_id, rated_at, approved, featured, deleted) \
             SELECT guild_id, id, 1 + number % 5, number % 40, opened_at, FALSE, FALSE, FALSE FROM tickets \
             WHERE guild_id = {GUILD}"
        ))?;
        Ok::<_, DbError>(())
    })
    .expect("many tickets");
    if matches!(conn, Conn::Postgres(_)) {
        conn.batch_execute("ANALYZE tickets; ANALYZE ratings").expect("what PostgreSQL plans by");
    }
}

fn is_quick(name: &str, plan: &str) {
    for bad in ["SCAN tickets", "USE TEMP B-TREE", "Seq Scan", "Sort"] {
        assert!(!plan.contains(bad), "{name}: {plan}");
    }
    assert!(plan.contains("tickets_by_"), "{name}: {plan}");
}

#[test]
fn every_list_is_read_in_order_from_an_index_and_counting_ends_early() {
    let folder = tempfile::tempdir().expect("a folder");
    let conn = &mut database(&folder);
    fill(conn);
    let guild = GuildId::new(GUILD);
    let middle = || Mark { at: BEGIN + 25_000 * 60_000, id: "t25000".into() };
    for shelf in Shelf::ALL {
        for text in ["", "#77", "person 7", "816370501973721107", "nobody at all"] {
            let filter = Filter { shelf, text: text.into(), ..Filter::default() };
            for cursor in [Cursor::First, Cursor::Behind(middle()), Cursor::InFrontOf(middle())] {
                let found = plan(conn, listed(guild, &filter, &cursor));
                // PostgreSQL may rather sort the few that a text can fit.
                if text.is_empty() || matches!(conn, Conn::Sqlite(_)) {
                    is_quick(&format!("{shelf:?} {text:?} {cursor:?}"), &found);
                }
            }
        }
    }
    let counting: SqlLiteral<Text> = diesel::dsl::sql(&COUNTING.replace("$1", &GUILD.to_string()));
    let counting = plan(conn, counting);
    // PostgreSQL may rather read a table that is mostly this server's: it ends as early.
    match conn {
        Conn::Sqlite(_) => {
            assert_eq!(counting.matches("COVERING INDEX tickets_by_opening").count(), 4, "{counting}");
            assert!(!counting.contains("SCAN tickets"), "{counting}");
        }
        Conn::Postgres(_) => assert_eq!(counting.matches("Limit").count(), 4, "{counting}"),
    }
    let counts = Counts::read(conn, guild).expect("counts");
    assert_eq!((counts.of(Shelf::Open), counts.of(Shelf::Claimed)), (60, 30));
    assert_eq!(counts.of(Shelf::Closed), 1_001 + 1_001, "no more is counted of each than it takes to say “more”");

    let closed = Filter { shelf: Shelf::Closed, ..Filter::default() };
    let first = page(conn, guild, &closed, &Cursor::First).expect("a page");
    assert_eq!(first.rows.first().map(|row| row.id.as_str()), Some("t49999"));
    let second = page(conn, guild, &closed, &Cursor::Behind(first.behind.expect("more"))).expect("a page");
    assert_eq!(second.rows.first().map(|row| row.id.as_str()), Some("t49979"));
    let none = Filter { text: "nobody at all".into(), ..closed };
    assert!(page(conn, guild, &none, &Cursor::First).expect("a page").rows.is_empty());
}
