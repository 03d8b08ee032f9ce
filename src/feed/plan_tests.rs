//! Of very many happenings the feed looks at those it shows, also of a module where little happens: the databases say by
//! which index they find them.

use diesel::connection::SimpleConnection as _;

use super::list::{MOST, changed, happened};
use crate::changes::Seen;
use crate::db::plans::{database, many, plan};
use crate::db::{self, Conn, DbError, Order, several};
use crate::ids::GuildId;
use crate::settings::module::ModuleKey;

const GUILD: u64 = 816_370_501_973_721_107;
const MANY: i64 = 20_000;

/// Tracks, and a few tickets that are older than all of these.
fn fill(conn: &mut Conn) {
    db::write(conn, |conn| {
        for from in (0..MANY).step_by(500) {
            let row = |number: i64| {
                let kind = if number < 10 { "ticket-closed" } else { "track-started" };
                format!("('{}', {GUILD}, '{kind}', '{{}}', {number})", many::id(number))
            };
            let rows: Vec<String> = (from..from + 500).map(row).collect();
            let rows = rows.join(",");
            conn.batch_execute(&format!(
                "INSERT INTO activities (id, guild_id, kind, body, happened_at) VALUES {rows}"
            ))?;
        }
        for statement in many::statements(GUILD, 0..MANY) {
            conn.batch_execute(&statement)?;
        }
        Ok::<_, DbError>(())
    })
    .expect("much that happened");
    if matches!(conn, Conn::Postgres(_)) {
        conn.batch_execute("ANALYZE activities; ANALYZE changes").expect("what PostgreSQL plans by");
    }
}

fn is_by_index(plan: &str) {
    for bad in ["SCAN activities", "SCAN changes", "Seq Scan on"] {
        assert!(!plan.contains(bad), "{plan}");
    }
}

/// That a plan looks at no more than it gives.
fn is_quick(plan: &str, index: &str, on_sqlite: bool) {
    is_by_index(plan);
    assert!(!plan.contains("USE TEMP B-TREE"), "{plan}");
    // PostgreSQL knows how many rows each index would give, and may find a better way.
    assert!(!on_sqlite || plan.contains(index), "{plan}");
}

#[test]
fn the_feed_is_found_by_an_index_and_that_of_staff_by_one_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let conn = &mut database(&folder);
    fill(conn);
    let guild = GuildId::new(GUILD);
    let on_sqlite = matches!(conn, Conn::Sqlite(_));
    let some = Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Giveaway]);
    for (seen, of_happenings, of_changes) in
        [(Seen::All, "activities_by_guild", "changes_by_guild"), (some, "activities_by_kind", "changes_by_subject")]
    {
        for part in happened(guild, &seen) {
            is_quick(&plan(conn, part), of_happenings, on_sqlite);
        }
        for part in changed(guild, &seen) {
            is_quick(&plan(conn, part), of_changes, on_sqlite);
        }
        let together = several(happened(guild, &seen), Order::Falling, MOST).expect("they see something");
        is_by_index(&plan(conn, together));
        let together = several(changed(guild, &seen), Order::Falling, MOST).expect("they see something");
        is_by_index(&plan(conn, together));
    }
}
