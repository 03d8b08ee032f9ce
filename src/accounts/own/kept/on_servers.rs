//! Where rows of servers name a person.

use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::UserMarker;

use super::{Piece, Server, all, id, time};
use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{Snowflake, UserId};
use crate::schema::{giveaways, grants, playlists, ratings, rooms, tickets, tracks};

type Person = Option<Snowflake<UserMarker>>;
type Holder = Snowflake<UserMarker>;
type Rating = ((Server, String, i32, Option<String>, Millis), (Person, Person));
type Giveaway = ((Server, String, String, Millis), (Person, String, String));

/// What somebody is in a row: those of these that name them.
fn parts_in(user: UserId, parts: &[(&'static str, Person)]) -> Vec<&'static str> {
    parts.iter().filter(|(_, who)| who.and_then(Snowflake::id) == Some(user)).map(|(name, _)| *name).collect()
}

pub(super) fn in_tickets(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    type Row = ((Server, String, Option<String>, Option<String>), (Millis, Option<Millis>), (Person, Person, Person));
    let me = Snowflake::from(user);
    let rows: Vec<Row> = tickets::table
        .filter(tickets::opener_id.eq(me).or(tickets::claimed_by.eq(me)).or(tickets::closed_by.eq(me)))
        .select((
            (tickets::guild_id, tickets::id, tickets::category, tickets::reason),
            (tickets::opened_at, tickets::closed_at),
            (tickets::opener_id, tickets::claimed_by, tickets::closed_by),
        ))
        .load(conn)?;
    all(rows, |((server, ticket, category, reason), (opened, closed), (opener, claimer, closer))| {
        let own = parts_in(user, &[("opened", opener), ("claimed", claimer), ("closed", closer)]);
        json!({"server": id(server), "id": ticket, "category": category, "reason": reason, "openedAt": time(opened),
            "closedAt": closed.and_then(time), "you": own})
    })
}

/// What was given to them, and what they gave; not to whom.
pub(super) fn in_grants(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    type Row = ((Server, String, String, bool, Option<Millis>, Millis), (String, Holder, Holder));
    let me = Snowflake::from(user);
    let theirs = grants::holder_kind.eq("person").and(grants::holder_id.eq(me));
    let rows: Vec<Row> = grants::table
        .filter(theirs.or(grants::given_by.eq(me)))
        .order(grants::id.asc())
        .select((
            (grants::guild_id, grants::module, grants::level, grants::acts, grants::ends_at, grants::given_at),
            (grants::holder_kind, grants::holder_id, grants::given_by),
        ))
        .load(conn)?;
    all(rows, |((server, module, level, acts, ends, at), (kind, holder, giver))| {
        let holder = Some(holder).filter(|_| kind == "person");
        let own = parts_in(user, &[("wereGiven", holder), ("gave", Some(giver))]);
        json!({"server": id(server), "module": module, "level": level, "acts": acts, "endsAt": ends.and_then(time),
            "since": time(at), "you": own})
    })
}

pub(super) fn in_ratings(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let me = Snowflake::from(user);
    let of_me = ratings::rater_id.eq(me).or(ratings::staff_id.eq(me));
    let columns = (
        (ratings::guild_id, ratings::ticket_id, ratings::stars, ratings::review, ratings::rated_at),
        (ratings::rater_id, ratings::staff_id),
    );
    let rows: Vec<Rating> = ratings::table.filter(of_me).select(columns).load(conn)?;
    all(rows, |((server, ticket, stars, review, at), (rater, staff))| {
        let own = parts_in(user, &[("rated", rater), ("wereRated", staff)]);
        json!({"server": id(server), "ticket": ticket, "stars": stars, "text": review, "at": time(at), "you": own})
    })
}

pub(super) fn in_giveaways(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let pattern = format!("%\"{user}\"%");
    let hosted = giveaways::host_id.eq(Snowflake::from(user)).assume_not_null();
    let won = giveaways::winner_ids.like(pattern.clone()).or(giveaways::earlier_winner_ids.like(pattern));
    // Of none that has no host it is known that this is not the host.
    let of_me = giveaways::host_id.is_not_null().and(hosted).or(won);
    let columns = (
        (giveaways::guild_id, giveaways::id, giveaways::prize, giveaways::ends_at),
        (giveaways::host_id, giveaways::winner_ids, giveaways::earlier_winner_ids),
    );
    let rows: Vec<Giveaway> = giveaways::table.filter(of_me).select(columns).load(conn)?;
    all(rows, |((server, giveaway, prize, ends), (host, winners, earlier))| {
        let me = format!("\"{user}\"");
        let won = [("won", winners), ("wonBefore", earlier)];
        let won = won.iter().filter(|(_, list)| list.contains(&me)).map(|(name, _)| *name);
        let own: Vec<&str> = parts_in(user, &[("host", host)]).into_iter().chain(won).collect();
        json!({"server": id(server), "id": giveaway, "prize": prize, "endsAt": time(ends), "you": own})
    })
}

pub(super) fn own_rooms(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = rooms::table.filter(rooms::owner_id.eq(Snowflake::from(user)));
    let rows: Vec<(Server, String, Millis)> =
        own.select((rooms::guild_id, rooms::name, rooms::opened_at)).load(conn)?;
    all(rows, |(server, name, at)| json!({"server": id(server), "name": name, "openedAt": time(at)}))
}

pub(super) fn songs(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = tracks::table.filter(tracks::requested_by.eq(Snowflake::from(user)));
    let rows: Vec<(Server, String, Option<String>, Millis)> =
        own.select((tracks::guild_id, tracks::title, tracks::url, tracks::started_at)).load(conn)?;
    all(rows, |(server, title, url, at)| json!({"server": id(server), "title": title, "address": url, "at": time(at)}))
}

pub(super) fn own_playlists(conn: &mut Conn, user: UserId, _: &str) -> QueryResult<Piece> {
    let own = playlists::table.filter(playlists::owner_id.eq(Snowflake::from(user)));
    let rows: Vec<(Server, String, String, Millis)> =
        own.select((playlists::guild_id, playlists::name, playlists::tracks, playlists::updated_at)).load(conn)?;
    all(rows, |(server, name, tracks, at)| {
        json!({"server": id(server), "name": name, "tracks": serde_json::from_str::<Value>(&tracks).ok(),
            "since": time(at)})
    })
}
