//! What is kept for a time only, and forgotten afterwards, a little at a time: nobody waits for it. Closed tickets are not
//! among it: how long they are kept is the operator's to say (`old_tickets`).

use diesel::prelude::*;

use crate::clock::Millis;
use crate::db::Conn;
use crate::schema::{activities, commands, giveaways, put_aside_events, rooms, taken_events, transcripts};

const DAY: Millis = 24 * 60 * 60 * 1000;
/// Repeats of an event are known for so long.
const TAKEN: Millis = 7 * DAY;
const ACTIVITIES: Millis = 30 * DAY;
const ENDED_GIVEAWAYS: Millis = 365 * DAY;
const TRANSCRIPTS: Millis = 90 * DAY;
/// What comes late does not open a room again.
const CLOSED_ROOMS: Millis = DAY;
/// Events that could not be taken in, which an operator may want to look at.
const PUT_ASIDE: Millis = 30 * DAY;
/// What Guildhall itself has asked the bot. Commands that somebody gave go with their rows of the change log.
const QUESTIONS: Millis = DAY;
/// So many rows of a table at once.
const AT_ONCE: i64 = 2_000;

/// Whether there is more to forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    More,
}

/// The oldest of what is older than `before`, by the column of its time.
macro_rules! forget_oldest {
    ($conn:expr, $table:expr, $time:expr, $before:expr) => {{
        let until: Option<Millis> = $table
            .filter($time.lt($before))
            .order($time.asc())
            .offset(AT_ONCE - 1)
            .select($time)
            .first($conn)
            .optional()?;
        match until {
            Some(until) => {
                diesel::delete($table.filter($time.le(until))).execute($conn)?;
                Left::More
            }
            None => {
                diesel::delete($table.filter($time.lt($before))).execute($conn)?;
                Left::Nothing
            }
        }
    }};
}

/// Forgets some of what is too old, in the transaction of the caller.
///
/// # Errors
/// As the database answers.
pub fn forget_some(conn: &mut Conn, now: Millis) -> QueryResult<Left> {
    let left = [
        forget_oldest!(conn, taken_events::table, taken_events::taken_at, now - TAKEN),
        forget_oldest!(conn, activities::table, activities::happened_at, now - ACTIVITIES),
        forget_oldest!(conn, transcripts::table, transcripts::taken_at, now - TRANSCRIPTS),
        forget_oldest!(conn, giveaways::table, giveaways::closed_at.assume_not_null(), now - ENDED_GIVEAWAYS),
        forget_oldest!(conn, rooms::table, rooms::closed_at.assume_not_null(), now - CLOSED_ROOMS),
        forget_oldest!(conn, put_aside_events::table, put_aside_events::put_aside_at, now - PUT_ASIDE),
        forget_oldest!(
            conn,
            commands::table.filter(commands::user_id.is_null()),
            commands::created_at,
            now - QUESTIONS
        ),
    ];
    Ok(if left.contains(&Left::More) { Left::More } else { Left::Nothing })
}
