//! The rows that a lively evening leaves, in bare Diesel: no event is read, nothing is looked up, no turn is judged.
//!
//! What each event writes is what Guildhall writes for it; `scripts/bench` compares how many rows there are in the end.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use floor::evening::{self, Happens, What};
use guildhall::db::{self, Conn};
use guildhall::on_each;
use guildhall::schema::{activities, giveaways, rooms, taken_events, tickets, tracks};
use uuid::Uuid;

use crate::save::Saves;

/// Events in a transaction, as Guildhall takes them from the stream.
const PAGE: usize = 100;
const TRACKS_KEPT: i64 = 50;
/// 2027-01-01.
const ENDS_AT: i64 = 1_798_761_600_000;

/// Writes the events of these numbers down; answers how many microseconds that took.
pub async fn take(numbers: Path<(usize, usize)>, saves: Data<Saves>) -> Result<HttpResponse, crate::Failed> {
    let (from, until) = numbers.into_inner();
    let took = saves.writers.run(move |conn| {
        let began = Instant::now();
        for first in (from..until).step_by(PAGE) {
            db::write(conn, |conn| (first..until.min(first + PAGE)).try_for_each(|number| event(conn, number)))?;
        }
        Ok(began.elapsed())
    });
    Ok(HttpResponse::Ok().body(took.await?.as_micros().to_string()))
}

fn event(conn: &mut Conn, number: usize) -> anyhow::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as i64;
    let taken = (taken_events::id.eq(Uuid::now_v7().to_string()), taken_events::taken_at.eq(now));
    on_each!(conn, c => diesel::insert_into(taken_events::table).values(taken).on_conflict_do_nothing().execute(c))?;
    let happens = evening::event(number);
    let guild = evening::guild_id(happens.guild);
    let thing = evening::thing_id(guild, happens.thing);
    match happens.what {
        What::GiveawayStart => {
            feed(conn, guild, now, "giveaway-started", format!("{{\"id\":\"{thing}\",\"prize\":\"Nitro\"}}"))?;
            giveaway(conn, guild, &thing, now)?;
        }
        What::GiveawayEntry => {
            let entries =
                (giveaways::entries.eq(number as i64), giveaways::seen_at.eq(now), giveaways::touched_at.eq(now));
            let row = giveaways::table.find((guild, &thing));
            on_each!(conn, c => diesel::update(row).set(entries).execute(c))?;
        }
        What::TicketCreate => {
            let words = format!("{{\"id\":\"{thing}\",\"name\":\"Noor\",\"number\":null}}");
            feed(conn, guild, now, "ticket-opened", words)?;
            ticket(conn, guild, &thing, &happens, now)?;
        }
        What::TicketClose => {
            feed(conn, guild, now, "ticket-closed", format!("{{\"id\":\"{thing}\",\"number\":null}}"))?;
            let closed = (
                tickets::state.eq("closed"),
                tickets::closed_at.eq(now),
                tickets::reason.eq("Solved"),
                tickets::entry_ms.eq(now),
                tickets::touched_at.eq(now),
            );
            let row = tickets::table.find((guild, &thing));
            on_each!(conn, c => diesel::update(row).set(closed).execute(c))?;
        }
        What::RoomUpdate => room(conn, guild, &happens, number, now)?,
        What::TrackStart => track(conn, guild, now)?,
    }
    Ok(())
}

fn feed(conn: &mut Conn, guild: i64, now: i64, kind: &str, body: String) -> QueryResult<usize> {
    let row = (
        activities::id.eq(Uuid::now_v7().to_string()),
        activities::guild_id.eq(guild),
        activities::kind.eq(kind),
        activities::body.eq(body),
        activities::happened_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(activities::table).values(row).execute(c))
}

fn giveaway(conn: &mut Conn, guild: i64, id: &str, now: i64) -> QueryResult<usize> {
    let row = (
        giveaways::guild_id.eq(guild),
        giveaways::id.eq(id),
        giveaways::state.eq("running"),
        giveaways::prize.eq("Nitro"),
        giveaways::prize_folded.eq("nitro"),
        giveaways::host_id.eq(guild),
        giveaways::winners.eq(1),
        giveaways::entries.eq(0),
        giveaways::starts_at.eq(now),
        giveaways::ends_at.eq(ENDS_AT),
        giveaways::winner_ids.eq("[]"),
        giveaways::earlier_winner_ids.eq("[]"),
        giveaways::revision.eq(0),
        giveaways::entry_ms.eq(0),
        giveaways::seen_at.eq(now),
        giveaways::touched_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(giveaways::table).values(row).execute(c))
}

fn ticket(conn: &mut Conn, guild: i64, id: &str, happens: &Happens, now: i64) -> QueryResult<usize> {
    let row = (
        tickets::guild_id.eq(guild),
        tickets::id.eq(id),
        tickets::state.eq("open"),
        tickets::channel_id.eq(evening::room_id(guild, happens.room)),
        tickets::opener_id.eq(guild),
        tickets::opener_name.eq("Noor"),
        tickets::opener_folded.eq("noor"),
        tickets::opened_at.eq(now),
        tickets::entry_ms.eq(0),
        tickets::seen_at.eq(now),
        tickets::touched_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(tickets::table).values(row).execute(c))
}

fn room(conn: &mut Conn, guild: i64, happens: &Happens, number: usize, now: i64) -> QueryResult<()> {
    let said = (
        rooms::owner_id.eq(guild),
        rooms::name.eq("Noor's room"),
        rooms::members.eq((number % 10) as i32),
        rooms::seen_at.eq(now),
        rooms::touched_at.eq(now),
    );
    let row = (
        rooms::guild_id.eq(guild),
        rooms::channel_id.eq(evening::room_id(guild, happens.room)),
        rooms::user_limit.eq(0),
        rooms::locked.eq(false),
        rooms::opened_at.eq(now),
        rooms::entry_ms.eq(0),
        said,
    );
    on_each!(conn, c => diesel::insert_into(rooms::table)
        .values(row)
        .on_conflict((rooms::guild_id, rooms::channel_id))
        .do_update()
        .set(said)
        .execute(c))?;
    Ok(())
}

/// The one before it is over, and of too many the oldest goes.
fn track(conn: &mut Conn, guild: i64, now: i64) -> anyhow::Result<()> {
    let of_guild = || tracks::table.filter(tracks::guild_id.eq(guild));
    let before = of_guild().filter(tracks::ended_at.is_null());
    on_each!(conn, c => diesel::update(before).set(tracks::ended_at.eq(now)).execute(c))?;
    let row = (
        tracks::id.eq(Uuid::now_v7().to_string()),
        tracks::guild_id.eq(guild),
        tracks::title.eq("A song"),
        tracks::seconds.eq(180_i64),
        tracks::started_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(tracks::table).values(row).execute(c))?;
    let newest = of_guild().order((tracks::started_at.desc(), tracks::id.desc())).offset(TRACKS_KEPT);
    let old: Option<String> = on_each!(conn, c => newest.select(tracks::id).first(c).optional())?;
    if let Some(id) = old {
        on_each!(conn, c => diesel::delete(tracks::table.find(id)).execute(c))?;
    }
    feed(conn, guild, now, "track-started", "{\"title\":\"A song\"}".to_owned())?;
    Ok(())
}
