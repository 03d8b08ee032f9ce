//! What stands in the tables, as stories compare it.

use diesel::prelude::*;
use guildhall::db::{Conn, Db, DbError};
use guildhall::happenings::Activity;
use guildhall::schema::{activities, giveaways, ratings, rooms, tickets, tracks, transcripts};

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Ticket {
    pub state: String,
    pub number: Option<i64>,
    pub opener_name: String,
    pub claimed_by: Option<i64>,
    pub claimer_name: Option<String>,
    pub closed_at: Option<i64>,
    pub reason: Option<String>,
    pub entry_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Giveaway {
    pub state: String,
    pub prize: String,
    pub winners: i32,
    pub entries: i64,
    pub winner_ids: String,
    pub earlier_winner_ids: String,
    pub closed_at: Option<i64>,
    pub reason: Option<String>,
    pub body: Option<String>,
    pub message_id: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Room {
    pub name: String,
    pub user_limit: i32,
    pub locked: bool,
    pub members: Option<i32>,
    pub owner_id: Option<i64>,
    pub closed_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Rating {
    pub stars: i32,
    pub review: Option<String>,
    pub approved: bool,
}

pub fn ticket_in(conn: &mut Conn, guild: u64, key: &str) -> Option<Ticket> {
    use tickets::*;
    let row = table.filter(guild_id.eq(guild.cast_signed()).and(id.eq(key)));
    let columns = (state, number, opener_name, claimed_by, claimer_name, closed_at, reason, entry_ms);
    row.select(columns).first(conn).optional().unwrap()
}

pub fn giveaway_in(conn: &mut Conn, guild: u64, key: &str) -> Option<Giveaway> {
    use giveaways::*;
    let row = table.filter(guild_id.eq(guild.cast_signed()).and(id.eq(key)));
    let columns = (state, prize, winners, entries, winner_ids, earlier_winner_ids, closed_at, reason, body, message_id);
    row.select(columns).first(conn).optional().unwrap()
}

pub fn room_in(conn: &mut Conn, guild: u64, channel: &str) -> Option<Room> {
    use rooms::*;
    let channel: i64 = channel.parse().unwrap();
    let row = table.filter(guild_id.eq(guild.cast_signed()).and(channel_id.eq(channel)));
    row.select((name, user_limit, locked, members, owner_id, closed_at)).first(conn).optional().unwrap()
}

async fn read<T: Send + 'static>(db: &Db, read: impl FnOnce(&mut Conn) -> T + Send + 'static) -> T {
    db.run(move |conn| Ok::<_, DbError>(read(conn))).await.unwrap()
}

pub async fn ticket(db: &Db, guild: u64, id: &str) -> Option<Ticket> {
    let id = id.to_owned();
    read(db, move |conn| ticket_in(conn, guild, &id)).await
}

pub async fn giveaway(db: &Db, guild: u64, id: &str) -> Option<Giveaway> {
    let id = id.to_owned();
    read(db, move |conn| giveaway_in(conn, guild, &id)).await
}

pub async fn room(db: &Db, guild: u64, channel: &str) -> Option<Room> {
    let channel = channel.to_owned();
    read(db, move |conn| room_in(conn, guild, &channel)).await
}

pub async fn rating(db: &Db, guild: u64, ticket: &str) -> Option<Rating> {
    use ratings::*;
    let ticket = ticket.to_owned();
    read(db, move |conn| {
        let row = table.filter(guild_id.eq(guild.cast_signed()).and(ticket_id.eq(ticket)));
        row.select((stars, review, approved)).first(conn).optional().unwrap()
    })
    .await
}

/// Title and whether it still plays, the newest first.
pub async fn tracks(db: &Db, guild: u64) -> Vec<(String, bool)> {
    read(db, move |conn| tracks_in(conn, guild)).await
}

/// The newest first, each with whether it plays.
pub fn tracks_in(conn: &mut Conn, guild: u64) -> Vec<(String, bool)> {
    use tracks::*;
    let of_guild = table.filter(guild_id.eq(guild.cast_signed())).order((started_at.desc(), id.desc()));
    let rows: Vec<(String, Option<i64>)> = of_guild.select((title, ended_at)).load(conn).unwrap();
    rows.into_iter().map(|(name, ended)| (name, ended.is_none())).collect()
}

/// Part, parts, how many messages, and they themselves.
pub async fn transcript(db: &Db, guild: u64, ticket: &str) -> Vec<(i32, i32, i32, String)> {
    use transcripts::*;
    let ticket = ticket.to_owned();
    read(db, move |conn| {
        let of_ticket = table.filter(guild_id.eq(guild.cast_signed()).and(ticket_id.eq(ticket)));
        of_ticket.order(part).select((part, parts, messages, body)).load(conn).unwrap()
    })
    .await
}

/// The feed, the oldest first.
pub async fn feed(db: &Db, guild: u64) -> Vec<Activity> {
    use activities::*;
    let rows: Vec<(String, String)> = read(db, move |conn| {
        table.filter(guild_id.eq(guild.cast_signed())).order(id).select((kind, body)).load(conn).unwrap()
    })
    .await;
    rows.iter().map(|(name, text)| Activity::read(name, text).expect("an activity")).collect()
}
