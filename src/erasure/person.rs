//! What is kept of a person: their account, what they did, and what they are in on servers.

use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use super::{Tally, logs, traces};
use crate::clock::Millis;
use crate::db::Conn;
use crate::happenings::{rating_counts, transcripts};
use crate::ids::{Snowflake, UserId};
use crate::keys::random;
use crate::music;
use crate::schema::{
    carried_settings, carryings, discord_tokens, drafts, giveaways, panel_drafts, pinned_guilds, preferences,
    put_aside_events, ratings, rooms, sessions, tickets, tracks, users,
};
use crate::staff;

/// The smallest of fifteen digits, which ids have at least. Up to ten times as much they are of the first days that
/// Discord's ids count from, months before anybody could have an account.
const FIRST_NEUTRAL: u64 = 100_000_000_000_000;

/// An id that nobody has at Discord, to stand for somebody who is to be known no more.
pub fn neutral_id() -> UserId {
    let number = FIRST_NEUTRAL + u64::from_le_bytes(random::<8>()) % (9 * FIRST_NEUTRAL);
    UserId::new(number)
}

/// Removes somebody's account: who they are, tokens, sessions, preferences, pins, and what they had begun.
///
/// # Errors
/// As the database answers.
pub fn forget_account(conn: &mut Conn, user: UserId) -> QueryResult<Tally> {
    let (id, mut tally) = (Snowflake::from(user), Tally::default());
    macro_rules! remove {
        ($($table:ident),+) => {
            $(tally.add(
                stringify!($table),
                diesel::delete($table::table.filter($table::user_id.eq(id))).execute(conn)?,
            );)+
        };
    }
    remove!(sessions, discord_tokens, preferences, pinned_guilds, drafts, panel_drafts, carried_settings, carryings);
    tally.add("users", diesel::delete(users::table.find(id)).execute(conn)?);
    Ok(tally)
}

/// What somebody did stays in the logs of servers, which have to say what was changed; who it was goes, and `number`, a
/// [`neutral_id`], stands for them in all of it. What was given to them as staff goes too, and the log says so.
///
/// # Errors
/// As the database answers.
pub fn unname(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<Tally> {
    let mut tally = Tally::default();
    logs::forget(conn, user, number, &mut tally)?;
    let (grants, told) = staff::forget(conn, user, number, now)?;
    tally.add("grants", grants);
    tally.add("changes", told);
    Ok(tally)
}

/// Takes somebody out of what the bot has told of servers: tickets, ratings, giveaways, rooms, songs. In transcripts and
/// over playlists, which are of use to others, `number` stands for them; what they wrote in tickets stays.
///
/// # Errors
/// As the database answers.
pub fn forget_on_servers(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<Tally> {
    let mut tally = forget_beside_transcripts(conn, user, number, now)?;
    tally.add("transcripts", transcripts::forget(conn, user, number)?);
    Ok(tally)
}

/// In how many parts of transcripts somebody is: counted, where they would be long to write anew for nothing.
///
/// # Errors
/// As the database answers.
pub fn in_transcripts(conn: &mut Conn, user: UserId) -> QueryResult<Tally> {
    let mut tally = Tally::default();
    tally.add("transcripts", transcripts::count(conn, user)?);
    Ok(tally)
}

/// The same as [`forget_on_servers`], but for the transcripts.
///
/// # Errors
/// As the database answers.
pub fn forget_beside_transcripts(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<Tally> {
    let (id, mut tally) = (Snowflake::from(user), Tally::default());
    traces::forget(conn, user, &mut tally)?;
    let nobody = None::<Snowflake<twilight_model::id::marker::UserMarker>>;
    let opened = tickets::table.filter(tickets::opener_id.eq(id));
    let opener = (tickets::opener_id.eq(nobody), tickets::opener_name.eq(""), tickets::opener_folded.eq(""));
    tally.add("tickets", diesel::update(opened).set(opener).execute(conn)?);
    let claimed = tickets::table.filter(tickets::claimed_by.eq(id));
    let claimer = (tickets::claimed_by.eq(nobody), tickets::claimer_name.eq(None::<String>));
    tally.add("tickets", diesel::update(claimed).set(claimer).execute(conn)?);
    let closed = tickets::table.filter(tickets::closed_by.eq(id));
    tally.add("tickets", diesel::update(closed).set(tickets::closed_by.eq(nobody)).execute(conn)?);
    let rated = ratings::table.filter(ratings::rater_id.eq(id));
    let rater = (ratings::rater_id.eq(nobody), ratings::review.eq(None::<String>));
    tally.add("ratings", diesel::update(rated).set(rater).execute(conn)?);
    let helped = ratings::table.filter(ratings::staff_id.eq(id));
    tally.add("ratings", diesel::update(helped).set(ratings::staff_id.eq(nobody)).execute(conn)?);
    rating_counts::forget(conn, id)?;
    let hosted = giveaways::table.filter(giveaways::host_id.eq(id));
    let host = (giveaways::host_id.eq(nobody), giveaways::host_name.eq(None::<String>));
    tally.add("giveaways", diesel::update(hosted).set(host).execute(conn)?);
    tally.add("giveaways", forget_winner(conn, user)?);
    let owned = rooms::table.filter(rooms::owner_id.eq(id));
    tally.add("rooms", diesel::update(owned).set(rooms::owner_id.eq(nobody)).execute(conn)?);
    let asked = tracks::table.filter(tracks::requested_by.eq(id));
    tally.add("tracks", diesel::update(asked).set(tracks::requested_by.eq(nobody)).execute(conn)?);
    tally.add("playlists", music::forgetting::forget(conn, user, number, now)?);
    let aside = put_aside_events::table.filter(put_aside_events::body.like(format!("%{user}%")));
    tally.add("put_aside_events", diesel::delete(aside).execute(conn)?);
    Ok(tally)
}

fn forget_winner(conn: &mut Conn, user: UserId) -> QueryResult<usize> {
    let pattern = format!("%\"{user}\"%");
    let won = giveaways::winner_ids.like(pattern.clone()).or(giveaways::earlier_winner_ids.like(pattern));
    let found: Vec<(Snowflake<GuildMarker>, String, String, String)> = giveaways::table
        .filter(won)
        .select((giveaways::guild_id, giveaways::id, giveaways::winner_ids, giveaways::earlier_winner_ids))
        .load(conn)?;
    for (guild, id, winners, earlier) in &found {
        let set = (
            giveaways::winner_ids.eq(without(winners, user)),
            giveaways::earlier_winner_ids.eq(without(earlier, user)),
        );
        diesel::update(giveaways::table.find((guild, id))).set(set).execute(conn)?;
    }
    Ok(found.len())
}

/// A list of ids, as JSON, without one of them.
fn without(list: &str, user: UserId) -> String {
    let mut ids: Vec<String> = serde_json::from_str(list).unwrap_or_default();
    ids.retain(|id| *id != user.to_string());
    serde_json::to_string(&ids).unwrap_or_else(|_| "[]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neutral_id_can_be_written_like_any_and_is_nobodys() {
        for _ in 0..1_000 {
            let id = neutral_id();
            assert_eq!(crate::ids::parse(&id.to_string()), Some(id));
            let days = (id.get() >> 22) / (24 * 60 * 60 * 1000);
            assert!(days < 3, "Discord opened in May 2015, and its ids count from January: {id}");
        }
    }

    #[test]
    fn one_winner_is_taken_out_of_a_list_and_the_others_stay() {
        let (mira, jonas) = (UserId::new(445_518_183_798_022_151), UserId::new(512_093_846_621_454_336));
        assert_eq!(without(&format!("[\"{mira}\",\"{jonas}\"]"), mira), format!("[\"{jonas}\"]"));
        assert_eq!(without("nonsense", mira), "[]");
    }
}
