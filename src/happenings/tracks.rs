//! What is played: the last fifty tracks of each server. One that plays has no end.

use diesel::dsl::min;
use diesel::prelude::*;
use uuid::Uuid;

use super::happening::{Happening, Verdict};
use super::{Activity, activities};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::{Conn, row_behind};
use crate::on_each;
use crate::schema::tracks;

const KEPT: usize = 50;
const LONGEST_TITLE: usize = 256;
const LONGEST_URL: usize = 2_048;
/// A day: a stream that never ends has no length.
const LENGTHS: std::ops::RangeInclusive<i64> = 0..=24 * 60 * 60;

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let (guild, at, said) = (happening.guild, happening.at, happening.said);
    let of_guild = || tracks::table.filter(tracks::guild_id.eq(guild));
    if happening.event.kind == "QUEUE_END" {
        end_before(conn, happening, None)?;
        // Also if nothing plays here: what played until then may be told later.
        happening.happened(conn, &Activity::QueueEnded {})?;
        happening.tell(Topic::Music);
        return Ok(Verdict::Taken);
    }
    let Some(title) = said.line("title", LONGEST_TITLE) else { return Ok(Verdict::Malformed) };
    let id = happening.event.id.unwrap_or_else(Uuid::now_v7).to_string();
    end_before(conn, happening, Some(&id))?;
    // One that comes late was over when the next began, or the queue ended.
    let later = of_guild().filter(tracks::started_at.gt(at)).select(min(tracks::started_at));
    let next: Option<Millis> = on_each!(conn, c => later.get_result(c))?;
    let emptied = activities::first_since(conn, guild, at, &Activity::QueueEnded {})?;
    let url = said.line("url", LONGEST_URL).and_then(|url| url::Url::parse(&url).ok());
    let row = (
        tracks::id.eq(&id),
        tracks::guild_id.eq(guild),
        tracks::title.eq(&title),
        tracks::url.eq(url.filter(|url| url.scheme() == "https").map(String::from)),
        tracks::requested_by.eq(said.id("requestedBy").or_else(|| happening.user())),
        tracks::seconds.eq(said.number("durationSeconds", LENGTHS)),
        tracks::started_at.eq(at),
        tracks::ended_at.eq(next.into_iter().chain(emptied).min()),
    );
    on_each!(conn, c => diesel::insert_into(tracks::table).values(row).on_conflict_do_nothing().execute(c))?;
    let newest = of_guild().order((tracks::started_at.desc(), tracks::id.desc()));
    let oldest = row_behind::<{ KEPT - 1 }, _>(newest.select((tracks::started_at, tracks::id)));
    let oldest: Option<(Millis, String)> = on_each!(conn, c => oldest.get_result(c)).optional()?;
    if let Some((started_at, id)) = oldest {
        let older = tracks::started_at.lt(started_at).or(tracks::started_at.eq(started_at).and(tracks::id.lt(id)));
        let older = tracks::table.filter(tracks::guild_id.eq(guild)).filter(older);
        on_each!(conn, c => diesel::delete(older).execute(c))?;
    }
    happening.happened(conn, &Activity::TrackStarted { title })?;
    happening.tell(Topic::Music);
    Ok(Verdict::Taken)
}

/// Whatever played until then is over; not what begins, if it is told twice.
fn end_before(conn: &mut Conn, happening: &Happening<'_>, begins: Option<&str>) -> QueryResult<usize> {
    let playing = tracks::table
        .filter(tracks::guild_id.eq(happening.guild).and(tracks::id.ne(begins.unwrap_or_default())))
        .filter(tracks::ended_at.is_null().and(tracks::started_at.le(happening.at)));
    on_each!(conn, c => diesel::update(playing).set(tracks::ended_at.eq(happening.at)).execute(c))
}
