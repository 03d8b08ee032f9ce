//! How often somebody may export, import or copy: each time costs a look at everything there is. Counted in the
//! database, because the limit is a person's, however many instances serve them.

use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::{Clock, Millis};
use crate::db::{Db, DbError};
use crate::error::{AppError, Trouble};
use crate::ids::{Snowflake, UserId};
use crate::schema::{carryings, users};
use crate::web::limits::Limits;

const TEN_MINUTES: Millis = 10 * 60 * 1000;

/// Counts one more of this person's: of exports, imports and copies together five in ten minutes.
///
/// # Errors
/// [`Trouble::TooMany`] says when the next one may be made; then nothing is counted.
pub async fn take(db: &Db, clock: &Clock, limits: &Limits, person: UserId) -> Result<(), AppError> {
    let (now, allowed) = (clock.now(), i64::from(limits.carryings()));
    let user = Snowflake::from(person);
    let free_at = db.write(move |conn| {
        // Holds the person's row, so that two at once are counted one after the other.
        diesel::update(users::table.find(user)).set(users::updated_at.eq(users::updated_at)).execute(conn)?;
        diesel::delete(carryings::table.filter(carryings::carried_at.le(now - TEN_MINUTES))).execute(conn)?;
        let oldest_of_all: Option<Millis> = carryings::table
            .filter(carryings::user_id.eq(user))
            .order(carryings::carried_at.desc())
            .offset(allowed - 1)
            .select(carryings::carried_at)
            .first(conn)
            .optional()?;
        if let Some(at) = oldest_of_all {
            return Ok(Some(at + TEN_MINUTES));
        }
        let row =
            (carryings::id.eq(Uuid::now_v7().to_string()), carryings::user_id.eq(user), carryings::carried_at.eq(now));
        diesel::insert_into(carryings::table).values(row).execute(conn)?;
        Ok::<_, DbError>(None)
    });
    let Some(free_at) = free_at.await? else { return Ok(()) };
    tracing::warn!(event = "limit_hit", user.id = %person, limit = "carryings", "too many exports and imports");
    let wait = u64::try_from((free_at - now) / 1000).unwrap_or_default() + 1;
    Err(AppError::new(Trouble::TooMany { wait }, "carryings"))
}
