//! How often each of the staff got so many stars: kept beside the ratings, in the transaction that changes them, so that
//! no page counts ratings.

use diesel::prelude::*;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::db::Conn;
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::rating_counts;

/// Whom a rating counts for that names nobody.
const NOBODY: i64 = 0;

/// What a rating counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub guild: Snowflake<GuildMarker>,
    pub staff: Option<Snowflake<UserMarker>>,
    pub stars: i32,
}

impl Given {
    fn staff(self) -> i64 {
        self.staff.and_then(Snowflake::id).map_or(NOBODY, |id| id.get().cast_signed())
    }
}

/// So many ratings are there that were not.
///
/// # Errors
/// As the database answers.
pub fn add(conn: &mut Conn, given: Given, count: i64) -> QueryResult<()> {
    let row = (
        rating_counts::guild_id.eq(given.guild),
        rating_counts::staff_id.eq(given.staff()),
        rating_counts::stars.eq(given.stars),
        rating_counts::given.eq(count),
    );
    on_each!(conn, c => diesel::insert_into(rating_counts::table)
        .values(row)
        .on_conflict((rating_counts::guild_id, rating_counts::staff_id, rating_counts::stars))
        .do_update()
        .set(rating_counts::given.eq(rating_counts::given + count))
        .execute(c))?;
    Ok(())
}

/// A rating is not there any more.
///
/// # Errors
/// As the database answers.
pub fn remove(conn: &mut Conn, given: Given) -> QueryResult<()> {
    let row = rating_counts::table.find((given.guild, given.staff(), given.stars));
    diesel::update(row).set(rating_counts::given.eq(rating_counts::given - 1)).execute(conn)?;
    Ok(())
}

/// Who has no rating any more is not kept for it.
///
/// # Errors
/// As the database answers.
pub fn drop_empty(conn: &mut Conn, guild: Snowflake<GuildMarker>) -> QueryResult<()> {
    let counts = rating_counts::table.filter(rating_counts::guild_id.eq(guild));
    diesel::delete(counts.filter(rating_counts::given.le(0))).execute(conn)?;
    Ok(())
}

/// What the staff member of these ratings is called now.
///
/// # Errors
/// As the database answers.
pub fn call(conn: &mut Conn, given: Given, name: &str) -> QueryResult<()> {
    let rows = rating_counts::guild_id.eq(given.guild).and(rating_counts::staff_id.eq(given.staff()));
    diesel::update(rating_counts::table.filter(rows)).set(rating_counts::staff_name.eq(name)).execute(conn)?;
    Ok(())
}

/// What somebody got counts for nobody from now on.
///
/// # Errors
/// As the database answers.
pub fn forget(conn: &mut Conn, person: Snowflake<UserMarker>) -> QueryResult<()> {
    let theirs = || rating_counts::table.filter(rating_counts::staff_id.eq(person));
    let rows: Vec<(Snowflake<GuildMarker>, i32, i64)> =
        theirs().select((rating_counts::guild_id, rating_counts::stars, rating_counts::given)).load(conn)?;
    for (guild, stars, count) in rows {
        add(conn, Given { guild, staff: None, stars }, count)?;
    }
    diesel::delete(theirs()).execute(conn)?;
    Ok(())
}
