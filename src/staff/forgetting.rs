//! Somebody who is forgotten: what was given to them goes, what they gave stays without their name.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use serde_json::Value;

use crate::changes::Actor;
use crate::clock::Millis;
use crate::db::Conn;
use crate::guilds::grants::{self as rows, Grant, Holder};
use crate::ids::{Snowflake, UserId};
use crate::on_each;
use crate::schema::{changes, grants};

use super::store;

/// Where the log says what was given to somebody, by each server's index of what is no settings.
const TOLD: &str = "\
    SELECT id, before_body, after_body FROM changes
    WHERE kind = 'content' AND kind <> 'settings' AND subject = 'staff' AND (before_body LIKE $1 OR after_body LIKE $1)
    AND guild_id IN (SELECT DISTINCT guild_id FROM changes)";

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Nullable<Text>)]
    before_body: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    after_body: Option<String>,
}

/// Takes somebody out of the grants of all servers, and of what the log says of these: `number` stands for them from now
/// on. Gives how many rows of each have changed.
///
/// # Errors
/// As the database answers.
pub fn forget(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<(usize, usize)> {
    let told = in_the_log(conn, user, number)?;
    let had = rows::of_person(conn, user)?;
    for (guild, grant) in &had {
        let nameless = Grant { holder: Holder::Person(number), name: number.to_string(), ..grant.clone() };
        store::remove(conn, *guild, &nameless, &Actor::system(), now)?;
    }
    let gave = grants::table.filter(grants::given_by.eq(Snowflake::from(user)));
    let giver = (grants::given_by.eq(Snowflake::from(number)), grants::given_by_name.eq(""));
    let gave = diesel::update(gave).set(giver).execute(conn)?;
    Ok((had.len() + gave, told))
}

fn in_the_log(conn: &mut Conn, user: UserId, number: UserId) -> QueryResult<usize> {
    let pattern = format!("%\"holder\":{{\"id\":\"{user}\"}}%");
    let query = || diesel::sql_query(TOLD).bind::<Text, _>(pattern.as_str());
    let found: Vec<Told> = on_each!(conn, c => query().load(c))?;
    for row in &found {
        let side = |text: &Option<String>| text.as_deref().map(|text| nameless(text, number));
        let sides = (changes::before_body.eq(side(&row.before_body)), changes::after_body.eq(side(&row.after_body)));
        diesel::update(changes::table.find(&row.id)).set(sides).execute(conn)?;
    }
    Ok(found.len())
}

/// A side of an entry of the log, with a number where somebody stood.
fn nameless(text: &str, number: UserId) -> String {
    let Ok(Value::Object(mut side)) = serde_json::from_str(text) else { return "{}".to_owned() };
    side.insert("label".into(), number.to_string().into());
    side.insert("holder".into(), serde_json::json!({ "id": number.to_string() }));
    Value::Object(side).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_place_of_who_was_let_in() {
        let told = r#"{"acts":true,"holder":{"id":"445518183798022151"},"label":"Sam","module":"music"}"#;
        let text = nameless(told, UserId::new(123_456_789_012_345));
        assert_eq!(
            text,
            r#"{"acts":true,"holder":{"id":"123456789012345"},"label":"123456789012345","module":"music"}"#
        );
    }
}
