//! Any events in any order, some twice and some of them nonsense: the rows are those of a simple model.
//!
//! The events are given to what takes them in, without Redis between: a thousand histories are quickly told.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use guildhall::clock::Clock;
use guildhall::db::{Conn, Db, DbError};
use guildhall::events::{Arrived, Event, Source};
use guildhall::happenings;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{JONAS, MIRA, rows};
use crate::support::database::TestDatabase;

const CHANNEL: &str = "816370501973721199";

/// What the bot tells of one thing, in the order in which it was so.
#[derive(Clone, Debug)]
struct History {
    numbered: bool,
    events: Vec<(&'static str, Value)>,
}

/// How a history is told: each event at least once, in any order, with others among them.
#[derive(Clone, Debug)]
struct Telling {
    history: History,
    order: Vec<Index>,
    again: Vec<Index>,
    nonsense: Vec<(&'static str, Value)>,
}

fn tellings(histories: impl Strategy<Value = History>) -> impl Strategy<Value = Telling> {
    let nonsense = prop_oneof![
        Just(("TICKET_CLOSE", json!({}))),
        Just(("TICKET_CLAIM", json!({"ticketId": "x"}))),
        Just(("GIVEAWAY_END", json!({"giveawayId": 1.5, "winnerIds": "all"}))),
        Just(("VOICE_ROOM_UPDATE", json!({"channelId": "x", "name": ["y"]}))),
        Just(("STATE", json!({"tickets": "none"}))),
        Just(("UNHEARD_OF", json!({"ticketId": "x", "giveawayId": "x"}))),
        Just(("TICKET_CLOSE", json!({"ticketId": "another"}))),
    ];
    let order = prop::collection::vec(any::<Index>(), 16);
    (histories, order, prop::collection::vec(any::<Index>(), 0..4), prop::collection::vec(nonsense, 0..4))
        .prop_map(|(history, order, again, nonsense)| Telling { history, order, again, nonsense })
}

fn tickets() -> impl Strategy<Value = History> {
    let steps =
        prop::collection::vec(prop_oneof![Just("TICKET_CLAIM"), Just("TICKET_CLOSE"), Just("TICKET_REOPEN")], 0..8);
    (any::<bool>(), steps, any::<bool>()).prop_map(|(numbered, steps, deleted)| {
        let data = json!({"ticketId": "x", "channelId": CHANNEL, "userId": MIRA, "username": "mira", "number": 9,
            "claimedBy": JONAS, "claimerName": "jonas"});
        let mut open = true;
        let mut events = vec![("TICKET_CREATE", data.clone())];
        for step in steps {
            // Only what can happen: an open ticket is closed, a closed one opened.
            let happens = match step {
                "TICKET_REOPEN" => !open,
                _ => open,
            };
            if happens {
                open = step != "TICKET_CLOSE";
                events.push((step, data.clone()));
            }
        }
        if deleted {
            events.push(("TICKET_DELETE", data));
        }
        History { numbered, events }
    })
}

fn giveaways() -> impl Strategy<Value = History> {
    (any::<bool>(), 0..5_i64, 0..3_u64, any::<bool>(), any::<bool>()).prop_map(
        |(numbered, entries, rerolls, ends, cancelled)| {
            let about = |more: Value| {
                let mut data = json!({"giveawayId": "x", "prize": "Nitro", "endTime": "2026-12-01T12:00:00Z"});
                data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                data
            };
            let mut events = vec![("GIVEAWAY_START", about(json!({"winners": 2})))];
            events.extend((1..=entries).map(|n| ("GIVEAWAY_ENTRY", about(json!({"entries": n})))));
            if cancelled {
                events.push(("GIVEAWAY_CANCEL", about(json!({"reason": "r"}))));
            } else if ends {
                events.push(("GIVEAWAY_END", about(json!({"winnerIds": [winner(0)]}))));
                events.extend((1..=rerolls).map(|n| ("GIVEAWAY_REROLL", about(json!({"winnerIds": [winner(n)]})))));
            }
            History { numbered, events }
        },
    )
}

fn rooms() -> impl Strategy<Value = History> {
    (any::<bool>(), 0..4_i64, any::<bool>()).prop_map(|(numbered, changes, gone)| {
        let data = |members: i64| json!({"channelId": CHANNEL, "ownerId": MIRA, "name": "Room", "members": members});
        let mut events = vec![("VOICE_ROOM_CREATE", data(1))];
        events.extend((0..changes).map(|n| ("VOICE_ROOM_UPDATE", data(n + 2))));
        if gone {
            events.push(("VOICE_ROOM_DELETE", data(0)));
        }
        History { numbered, events }
    })
}

fn music() -> impl Strategy<Value = History> {
    prop::collection::vec(any::<bool>(), 1..8).prop_map(|steps| {
        let step = |(n, plays): (usize, bool)| match plays {
            true => ("TRACK_START", json!({"title": format!("Track {n}")})),
            false => ("QUEUE_END", json!({})),
        };
        History { numbered: false, events: steps.into_iter().enumerate().map(step).collect() }
    })
}

fn winner(n: u64) -> String {
    (816_370_501_973_700_000 + n).to_string()
}

/// Tells it, to a server of its own, and gives what `read` finds afterwards.
fn told<T: Send + 'static>(stage: &Stage, telling: &Telling, read: fn(&mut Conn, u64) -> T) -> T {
    let guild = stage.next_guild();
    let now = stage.clock.now();
    let arrival = |place: usize, kind: &str, data: &Value, seq: Option<usize>| {
        let event = json!({"id": uuid::Uuid::new_v4(), "type": kind, "guildId": guild.to_string(), "data": data,
            "timestamp": now, "seq": seq});
        // The stream has them in the order in which they happened, whatever the order they are taken in.
        let ms = now - 1_000_000 + 1_000 * i64::try_from(place).unwrap();
        let event = Event::read(event.to_string().as_bytes(), now).unwrap();
        Arrived { event, source: Source::entry(&format!("{ms}-0")) }
    };
    let history = &telling.history;
    let seq = |place: usize| history.numbered.then_some(place + 1);
    let all: Vec<Arrived> =
        history.events.iter().enumerate().map(|(at, (kind, data))| arrival(at, kind, data, seq(at))).collect();
    let mut waiting = all.clone();
    let mut arrivals = Vec::new();
    for index in telling.order.iter().cycle() {
        if waiting.is_empty() {
            break;
        }
        arrivals.push(waiting.remove(index.index(waiting.len())));
    }
    for index in &telling.again {
        let one = all[index.index(all.len())].clone();
        arrivals.insert(index.index(arrivals.len() + 1), one);
    }
    for (n, (kind, data)) in telling.nonsense.iter().enumerate() {
        arrivals.insert(n.min(arrivals.len()), arrival(n, kind, data, None));
    }
    let take = stage.db.write(move |conn| {
        for one in &arrivals {
            happenings::take(conn, one, now)?;
        }
        Ok::<_, DbError>(read(conn, guild))
    });
    stage.runtime.block_on(take).unwrap()
}

struct Stage {
    runtime: tokio::runtime::Runtime,
    db: Db,
    clock: Clock,
    guilds: AtomicU64,
    _database: TestDatabase,
}

impl Stage {
    fn set() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let database = TestDatabase::create();
        let db = Db::open(&database.url).unwrap();
        Self {
            runtime,
            db,
            clock: Clock::default(),
            guilds: AtomicU64::new(816_370_501_973_000_000),
            _database: database,
        }
    }

    fn next_guild(&self) -> u64 {
        self.guilds.fetch_add(1, Ordering::Relaxed)
    }

    fn tries(&self, tellings: impl Strategy<Value = Telling>, holds: impl Fn(&Telling)) {
        let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&tellings, |telling| {
            holds(&telling);
            Ok(())
        });
        outcome.unwrap_or_else(|failure| panic!("{failure}"));
    }
}

#[test]
fn a_ticket_ends_as_its_history_says_whatever_the_order_it_is_told_in() {
    let stage = Stage::set();
    stage.tries(tellings(tickets()), |telling| {
        let ticket = told(&stage, telling, |conn, guild| rows::ticket_in(conn, guild, "x")).unwrap();
        let mut state = "open";
        let mut claimed = false;
        for (kind, _) in &telling.history.events {
            claimed |= *kind == "TICKET_CLAIM";
            state = match *kind {
                "TICKET_CLOSE" => "closed",
                "TICKET_DELETE" => "deleted",
                _ if claimed => "claimed",
                _ => "open",
            };
        }
        assert_eq!(ticket.state, state);
        assert_eq!(ticket.closed_at.is_some(), matches!(state, "closed" | "deleted"));
        assert_eq!((ticket.number, ticket.opener_name.as_str()), (Some(9), "mira"));
        assert_eq!(ticket.claimed_by.is_some(), claimed);
    });
}

#[test]
fn a_giveaway_ends_as_its_history_says_whatever_the_order_it_is_told_in() {
    let stage = Stage::set();
    stage.tries(tellings(giveaways()), |telling| {
        let giveaway = told(&stage, telling, |conn, guild| rows::giveaway_in(conn, guild, "x")).unwrap();
        let (mut state, mut entries, mut drawn) = ("running", 0, Vec::new());
        for (kind, data) in &telling.history.events {
            entries = data["entries"].as_i64().unwrap_or(entries);
            drawn.extend(data["winnerIds"][0].as_str().map(str::to_owned));
            state = match *kind {
                "GIVEAWAY_CANCEL" => "cancelled",
                "GIVEAWAY_END" | "GIVEAWAY_REROLL" => "ended",
                _ => state,
            };
        }
        let list = |text: &str| serde_json::from_str::<BTreeSet<String>>(text).unwrap();
        let last: BTreeSet<String> = drawn.pop().into_iter().collect();
        assert_eq!((giveaway.state.as_str(), giveaway.prize.as_str()), (state, "Nitro"));
        // With numbers, a count that comes after a later word is an older one, and what is lost is lost.
        if !telling.history.numbered {
            assert_eq!(giveaway.entries, entries);
        }
        assert_eq!(list(&giveaway.winner_ids), last);
        assert_eq!(list(&giveaway.earlier_winner_ids), drawn.into_iter().collect());
    });
}

#[test]
fn a_room_ends_as_its_history_says_whatever_the_order_it_is_told_in() {
    let stage = Stage::set();
    stage.tries(tellings(rooms()), |telling| {
        let room = told(&stage, telling, |conn, guild| rows::room_in(conn, guild, CHANNEL)).unwrap();
        let gone = telling.history.events.iter().any(|(kind, _)| *kind == "VOICE_ROOM_DELETE");
        assert_eq!((room.closed_at.is_some(), room.name.as_str()), (gone, "Room"));
        assert!(room.owner_id.is_some());
        if telling.history.numbered && !gone {
            let last = telling.history.events.last().unwrap().1["members"].as_i64();
            assert_eq!(room.members.map(i64::from), last);
        }
    });
}

#[test]
fn music_ends_as_its_history_says_whatever_the_order_it_is_told_in() {
    let stage = Stage::set();
    stage.tries(tellings(music()), |telling| {
        let played = told(&stage, telling, rows::tracks_in);
        let started = telling.history.events.iter().filter_map(|(_, data)| data["title"].as_str());
        let plays = telling.history.events.last().is_some_and(|(kind, _)| *kind == "TRACK_START");
        let mut expected: Vec<(String, bool)> = started.map(|title| (title.to_owned(), false)).collect();
        if let Some(last) = expected.last_mut() {
            last.1 = plays;
        }
        assert_eq!(played, expected.into_iter().rev().collect::<Vec<_>>());
    });
}
