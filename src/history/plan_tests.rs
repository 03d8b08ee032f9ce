//! Of a hundred thousand changes a page looks at those it shows: the databases say by which index they find them.

use diesel::connection::SimpleConnection as _;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Text;

use super::cursor::Cursor;
use super::did::Did;
use super::filter::{By, Filter, Stage};
use super::people;
use super::retention::OLD;
use super::rows::{PAGE, listed, listed_for};
use crate::changes::{Seen, UNSENT, touched};
use crate::db::plans::{database, many, plan};
use crate::db::{self, Conn, DbError, several};
use crate::ids::{GuildId, UserId};
use crate::settings::module::ModuleKey;

const GUILD: u64 = 816_370_501_973_721_107;
const MANY: i64 = 100_000;

/// That a plan goes through no table.
fn is_by_index(name: &str, plan: &str) {
    for bad in ["SCAN changes", "SCAN c ", "SCAN n ", "Seq Scan on changes"] {
        assert!(!plan.contains(bad), "{name}: {plan}");
    }
    assert!(plan.contains("changes"), "{name}: {plan}");
}

/// That a plan looks at no more changes than it gives, in the order they are wanted in.
fn is_quick(name: &str, plan: &str) {
    is_by_index(name, plan);
    assert!(!plan.contains("USE TEMP B-TREE"), "{name}: {plan}");
}

fn filters() -> Vec<(String, Filter, &'static str)> {
    let any = Filter::default;
    let day = |text: &str| Some(text.parse().expect("a day"));
    let mut filters = vec![
        ("all".to_owned(), any(), "changes_by_guild"),
        ("module".to_owned(), Filter { module: Some(ModuleKey::Music), ..any() }, "changes_by_subject"),
        ("nobody's".to_owned(), Filter { by: Some(By::Person(UserId::new(5))), ..any() }, "changes_by_actor"),
        ("bot".to_owned(), Filter { by: Some(By::Bot), ..any() }, "changes_by_nobody"),
        ("system".to_owned(), Filter { by: Some(By::System), ..any() }, "changes_by_nobody"),
        ("from".to_owned(), Filter { from: day("2026-01-03"), ..any() }, "changes_by_guild"),
        ("to".to_owned(), Filter { to: day("2026-01-03"), ..any() }, "changes_by_guild"),
    ];
    for did in Did::ALL {
        let index = match did {
            Did::Restored => "changes_restoring",
            Did::Commands | Did::Panels | Did::Giveaways | Did::Staff => "changes_beside_",
            // Either will do.
            Did::Adopted => "changes_by_",
            Did::Create | Did::Update | Did::Reset => "changes_by_action",
        };
        filters.push((did.as_str().to_owned(), Filter { did: Some(did), ..any() }, index));
    }
    for stage in Stage::ALL {
        let index = match stage {
            Stage::Waiting => "changes_waiting",
            Stage::Sent => "changes_sent",
            Stage::Live => "changes_live",
            Stage::Refused => "changes_refused",
            Stage::Replaced => "changes_replaced",
        };
        filters.push((stage.as_str().to_owned(), Filter { stage: Some(stage), ..any() }, index));
    }
    filters
}

#[test]
fn the_list_and_each_filter_are_found_by_an_index_among_a_hundred_thousand() {
    let folder = tempfile::tempdir().expect("a folder");
    let conn = &mut database(&folder);
    fill(conn);
    let guild = GuildId::new(GUILD);
    let on_sqlite = matches!(conn, Conn::Sqlite(_));
    for (name, filter, index) in filters() {
        for cursor in [Cursor::Newest, Cursor::Before(many::id(50_000)), Cursor::After(many::id(50_000))] {
            let plan = plan(conn, listed(guild, &filter, cursor, PAGE as i64 + 1));
            is_quick(&name, &plan);
            // PostgreSQL knows how many rows each index would give, and may find a better way.
            assert!(!on_sqlite || plan.contains(index), "{name}: {plan}");
        }
    }
    staff_find_theirs_by_an_index(conn, guild);
    // The few people are put in order.
    let some = Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Music]);
    for (name, seen, index) in [("people", Seen::All, "changes_by_actor"), ("theirs", some, "changes_of_people")] {
        let asked = people::asked(&seen).expect("they see something").replace("$1", &GUILD.to_string());
        let plan = plan(conn, sql(&asked));
        is_by_index(name, &plan);
        assert!(!on_sqlite || plan.contains(index), "{name}: {plan}");
    }
    // Looked at as a whole, which is next to nothing.
    let outbox = plan(conn, sql(&format!("SELECT count(*) FROM changes WHERE {UNSENT}")));
    assert!(outbox.contains("changes_unsent") && !outbox.contains("Seq Scan"), "{outbox}");
    let around = format!("SELECT id FROM changes WHERE guild_id = {GUILD} AND");
    for condition in [
        "restores_id = 'x' ORDER BY id LIMIT 25",
        "batch_id = 'x' AND id <> 'y' ORDER BY id LIMIT 25",
        "subject IN ('tickets', 'music') AND batch_id = 'x' AND id <> 'y' ORDER BY id LIMIT 25",
    ] {
        is_quick(condition, &plan(conn, sql(&format!("{around} {condition}"))));
    }
    for seen in [Seen::All, Seen::Of(vec![ModuleKey::Music]), Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Music])] {
        let plan = plan(conn, touched(guild, &seen, MANY - 50, 100));
        is_by_index("what has moved", &plan);
        assert!(!on_sqlite || plan.contains("changes_by_touched"), "{seen:?}: {plan}");
    }
    let old = OLD.replace("$1", "5").replace("$2", "0").replace("$3", "''").replace("$4", "200");
    is_quick("old", &plan(conn, sql(&old)));
}

/// Each module in its order, and then the few of each together.
fn staff_find_theirs_by_an_index(conn: &mut Conn, guild: GuildId) {
    let seen = Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Music]);
    let most = PAGE as i64 + 1;
    for (name, filter, _) in filters() {
        // What is never asked for them.
        if filter.clone().within(&seen).strange {
            continue;
        }
        for cursor in [Cursor::Newest, Cursor::Before(many::id(50_000)), Cursor::After(many::id(50_000))] {
            for part in listed_for(guild, &seen, &filter, cursor, most) {
                is_quick(&name, &plan(conn, part));
            }
            let lists = listed_for(guild, &seen, &filter, cursor, most);
            let together = several(lists, cursor.order(), most).expect("they see something");
            is_by_index(&name, &plan(conn, together));
        }
    }
}

fn sql(text: &str) -> SqlLiteral<Text> {
    diesel::dsl::sql(text)
}

fn fill(conn: &mut Conn) {
    db::write(conn, |conn| {
        for statement in many::statements(GUILD, 0..MANY) {
            conn.batch_execute(&statement)?;
        }
        // Others have a log too.
        for statement in many::statements(GUILD + 1, MANY..MANY + 5_000) {
            conn.batch_execute(&statement)?;
        }
        Ok::<_, DbError>(())
    })
    .expect("many changes");
    if matches!(conn, Conn::Postgres(_)) {
        conn.batch_execute("ANALYZE changes").expect("what PostgreSQL plans by");
    }
}
