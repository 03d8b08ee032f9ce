//! What is left of somebody where no column names them: the feed says by name who opened a ticket, and the change log has
//! the texts of ratings that were acted on. Both are found by what is theirs, as long as it still says so.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde_json::Value;
use twilight_model::id::marker::{ChannelMarker, GuildMarker};

use super::Tally;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::schema::{activities, changes, ratings, rooms, tickets};

/// Rows named in one statement.
const AT_ONCE: usize = 500;
/// What is done to ratings, in the change log.
const OF_RATINGS: [&str; 3] = ["rating-approve", "rating-feature", "rating-delete"];

/// A ticket or a room, by its server and its id.
type Thing = (Snowflake<GuildMarker>, String);

/// The ids of things, by their servers.
struct Things(HashMap<Snowflake<GuildMarker>, HashSet<String>>);

impl Things {
    fn of(all: impl IntoIterator<Item = Thing>) -> Self {
        let mut things = HashMap::<_, HashSet<String>>::new();
        for (guild, id) in all {
            things.entry(guild).or_default().insert(id);
        }
        Self(things)
    }
}

/// Removes from the feed what names them as opener or claimer of a ticket, or is of their rooms, and empties the texts
/// that they wrote in ratings. Before the rows of these are without them.
///
/// # Errors
/// As the database answers.
pub(super) fn forget(conn: &mut Conn, user: UserId, tally: &mut Tally) -> QueryResult<()> {
    let id = Snowflake::from(user);
    let tickets_of = || tickets::table.select((tickets::guild_id, tickets::id));
    let opened: Vec<Thing> = tickets_of().filter(tickets::opener_id.eq(id)).load(conn)?;
    let claimed: Vec<Thing> = tickets_of().filter(tickets::claimed_by.eq(id)).load(conn)?;
    let rated: Vec<Thing> =
        ratings::table.filter(ratings::rater_id.eq(id)).select((ratings::guild_id, ratings::ticket_id)).load(conn)?;
    let owned: Vec<(Snowflake<GuildMarker>, Snowflake<ChannelMarker>)> =
        rooms::table.filter(rooms::owner_id.eq(id)).select((rooms::guild_id, rooms::channel_id)).load(conn)?;
    let owned = owned.into_iter().filter_map(|(guild, channel)| Some((guild, channel.id()?.to_string())));
    let (opened, claimed, owned) = (Things::of(opened), Things::of(claimed), Things::of(owned));
    for (kind, key, things) in [
        ("ticket-opened", "id", &opened),
        ("ticket-claimed", "id", &claimed),
        ("room-opened", "channel", &owned),
        ("room-closed", "channel", &owned),
    ] {
        tally.add("activities", in_the_feed(conn, kind, key, things)?);
    }
    tally.add("changes", in_the_log(conn, &Things::of(rated))?);
    Ok(())
}

fn in_the_feed(conn: &mut Conn, kind: &str, key: &str, things: &Things) -> QueryResult<usize> {
    let mut removed = 0;
    for (guild, ids) in &things.0 {
        let told: Vec<(String, String)> = activities::table
            .filter(activities::guild_id.eq(*guild).and(activities::kind.eq(kind)))
            .select((activities::id, activities::body))
            .load(conn)?;
        let theirs: Vec<String> =
            told.into_iter().filter(|(_, body)| names_one(body, key, ids)).map(|(id, _)| id).collect();
        for some in theirs.chunks(AT_ONCE) {
            removed += diesel::delete(activities::table.filter(activities::id.eq_any(some))).execute(conn)?;
        }
    }
    Ok(removed)
}

fn in_the_log(conn: &mut Conn, things: &Things) -> QueryResult<usize> {
    let mut emptied = 0;
    for (guild, ids) in &things.0 {
        let told: Vec<(String, Option<String>, Option<String>)> = changes::table
            .filter(changes::guild_id.eq(*guild).and(changes::action.eq_any(OF_RATINGS)))
            .select((changes::id, changes::before_body, changes::after_body))
            .load(conn)?;
        for (id, before, after) in told {
            if ![&before, &after].into_iter().flatten().any(|side| names_one(side, "id", ids)) {
                continue;
            }
            let empty = |side: Option<String>| side.map(|side| without_review(&side));
            let sides = (changes::before_body.eq(empty(before)), changes::after_body.eq(empty(after)));
            emptied += diesel::update(changes::table.find(id)).set(sides).execute(conn)?;
        }
    }
    Ok(emptied)
}

/// Whether a text, which is JSON, is about one of these.
fn names_one(text: &str, key: &str, ids: &HashSet<String>) -> bool {
    let Ok(told) = serde_json::from_str::<Value>(text) else { return false };
    told[key].as_str().is_some_and(|id| ids.contains(id))
}

fn without_review(side: &str) -> String {
    let Ok(Value::Object(mut side)) = serde_json::from_str(side) else { return "{}".to_owned() };
    side.insert("review".into(), Value::Null);
    Value::Object(side).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_in_the_log_keeps_all_but_its_text() {
        let side = r#"{"approved":true,"id":"t-1","label":"Ticket 1","review":"Kind","stars":5}"#;
        let left = r#"{"approved":true,"id":"t-1","label":"Ticket 1","review":null,"stars":5}"#;
        assert_eq!(without_review(side), left);
        let ids = HashSet::from(["t-1".to_owned()]);
        assert!(names_one(left, "id", &ids) && !names_one(left, "label", &ids) && !names_one("nonsense", "id", &ids));
    }
}
