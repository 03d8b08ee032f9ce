//! STATE: all that is open on a server now. What is missing from it has ended while nobody watched.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::Activity;
use super::giveaways::Giveaway;
use super::happening::{Happening, Verdict};
use super::rooms::Room;
use super::tickets::Ticket;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::Conn;
use crate::events::Said;
use crate::schema::{confirmations, giveaways, rooms, tickets};

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let list = |name: &str, key: &str| Some(items(said.value(name)?.as_array()?, key));
    let (listed_rooms, listed_tickets) = (list("rooms", "channelId"), list("tickets", "ticketId"));
    let listed_giveaways = list("giveaways", "giveawayId");
    if listed_rooms.is_none() && listed_tickets.is_none() && listed_giveaways.is_none() {
        return Ok(Verdict::Malformed);
    }
    // A list that is not there says nothing.
    let rooms = listed_rooms.map_or(Ok(0), |items| take_rooms(conn, happening, &items))?;
    let tickets = listed_tickets.map_or(Ok(0), |items| take_tickets(conn, happening, &items))?;
    let giveaways = listed_giveaways.map_or(Ok(0), |items| take_giveaways(conn, happening, &items))?;
    if rooms + tickets + giveaways > 0 {
        happening.happened(conn, &Activity::EndedUnwatched { giveaways, tickets, rooms })?;
    }
    confirm(conn, happening)?;
    for topic in [Topic::Rooms, Topic::Tickets, Topic::Giveaways] {
        happening.tell(topic);
    }
    Ok(Verdict::Taken)
}

/// Objects as in the events of each; a bare id is one with nothing more.
fn items(list: &[Value], key: &str) -> Vec<Map<String, Value>> {
    let item = |one: &Value| match one {
        Value::Object(fields) => Some(fields.clone()),
        Value::String(_) | Value::Number(_) => Some(Map::from_iter([(key.to_owned(), one.clone())])),
        _ => None,
    };
    list.iter().filter_map(item).collect()
}

fn take_rooms(conn: &mut Conn, happening: &mut Happening<'_>, items: &[Map<String, Value>]) -> QueryResult<usize> {
    let mut listed = HashSet::new();
    for item in items {
        let said = Said::new(item);
        let Some(channel) = said.id("channelId") else { continue };
        listed.extend(channel.id());
        let before = Room::load(conn, happening.guild, channel)?;
        let mut room = before.clone().unwrap_or_else(|| Room::unknown(happening, channel));
        let turn = room.standing().turn(said.number("seq", 0..=i64::MAX));
        room.changes(said, turn, happening.at);
        room.keep(conn, before.as_ref(), happening)?;
    }
    let open = rooms::table
        .filter(rooms::guild_id.eq(happening.guild).and(rooms::closed_at.is_null()))
        .filter(rooms::seen_at.gt(0).and(rooms::seen_at.lt(happening.at)));
    let open: Vec<Room> = open.select(Room::as_select()).load(conn)?;
    let missing = open.into_iter().filter(|room| room.channel_id.id().is_some_and(|id| !listed.contains(&id)));
    let mut count = 0;
    for room in missing {
        let ended = Room { closed_at: Some(happening.at), entry_ms: 0, ..room.clone() };
        ended.keep(conn, Some(&room), happening)?;
        count += 1;
    }
    Ok(count)
}

fn take_tickets(conn: &mut Conn, happening: &mut Happening<'_>, items: &[Map<String, Value>]) -> QueryResult<usize> {
    let mut listed = HashSet::new();
    for item in items {
        let said = Said::new(item);
        let Some(id) = said.key("ticketId") else { continue };
        listed.insert(id.clone());
        let before = Ticket::load(conn, happening.guild, &id)?;
        let mut ticket = before.clone().unwrap_or_else(|| Ticket::unknown(happening, id));
        let turn = ticket.standing().turn(said.number("seq", 0..=i64::MAX));
        ticket.is_told(happening, said, turn);
        ticket.is_claimed(said, turn);
        ticket.shows_itself(turn, happening.at);
        ticket.keep(conn, before.as_ref(), happening)?;
    }
    let open = tickets::table
        .filter(tickets::guild_id.eq(happening.guild).and(tickets::state.eq_any(["open", "claimed"])))
        .filter(tickets::seen_at.gt(0).and(tickets::seen_at.lt(happening.at)));
    let open: Vec<Ticket> = open.select(Ticket::as_select()).load(conn)?;
    let mut count = 0;
    for ticket in open.into_iter().filter(|ticket| !listed.contains(&ticket.id)) {
        let (state, closed_at) = ("closed".to_owned(), Some(happening.at));
        let ended = Ticket { state, closed_at, entry_ms: 0, ..ticket.clone() };
        ended.keep(conn, Some(&ticket), happening)?;
        count += 1;
    }
    Ok(count)
}

/// One that is to begin later is not open; one that the bot has never spoken of is not its to end.
fn take_giveaways(conn: &mut Conn, happening: &mut Happening<'_>, items: &[Map<String, Value>]) -> QueryResult<usize> {
    let mut listed = HashSet::new();
    for item in items {
        let said = Said::new(item);
        let Some(id) = said.key("giveawayId") else { continue };
        listed.insert(id.clone());
        let before = Giveaway::load(conn, happening.guild, &id)?;
        if before.is_none() && !Giveaway::is_whole(happening, said) {
            continue;
        }
        let mut giveaway = before.clone().unwrap_or_else(|| Giveaway::unknown(happening, id));
        let turn = giveaway.standing().turn(said.number("seq", 0..=i64::MAX));
        giveaway.begins(happening, said, turn);
        giveaway.keep(conn, before.as_ref(), happening)?;
    }
    let open = giveaways::table
        .filter(giveaways::guild_id.eq(happening.guild).and(giveaways::state.eq("running")))
        .filter(giveaways::seen_at.gt(0).and(giveaways::seen_at.lt(happening.at)));
    let open: Vec<Giveaway> = open.select(Giveaway::as_select()).load(conn)?;
    let mut count = 0;
    for giveaway in open.into_iter().filter(|giveaway| !listed.contains(&giveaway.id)) {
        let (state, closed_at) = ("ended".to_owned(), Some(happening.at));
        let ended = Giveaway { state, closed_at, entry_ms: 0, ..giveaway.clone() };
        ended.keep(conn, Some(&giveaway), happening)?;
        count += 1;
    }
    Ok(count)
}

/// The bot has said all that is open.
fn confirm(conn: &mut Conn, happening: &Happening<'_>) -> QueryResult<()> {
    let row = confirmations::table.filter(confirmations::guild_id.eq(happening.guild));
    let held: Option<Millis> = row.select(confirmations::confirmed_at).first(conn).optional()?;
    match held {
        Some(held) => {
            let at = confirmations::confirmed_at.eq(held.max(happening.at));
            diesel::update(row).set(at).execute(conn)?;
        }
        None => {
            let row = (
                confirmations::guild_id.eq(happening.guild),
                confirmations::confirmed_at.eq(happening.at),
                confirmations::asked_at.eq(0_i64),
            );
            crate::on_each!(conn, c => diesel::insert_into(confirmations::table)
                .values(row).on_conflict_do_nothing().execute(c))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_id_is_an_item_with_nothing_more() {
        let list = [serde_json::json!("t1"), serde_json::json!({"ticketId": "t2"}), serde_json::json!([1])];
        let ids: Vec<_> = items(&list, "ticketId").iter().map(|item| item["ticketId"].clone()).collect();
        assert_eq!(ids, ["t1", "t2"]);
    }
}
