//! What a bot could say, an event on a line, taken in as if it had come: the rows hold what pages can show.

use diesel::prelude::*;
use serde_json::Value;

use super::intake::{Outcomes, changes_a_row, take_one};
use crate::bots::Report;
use crate::db::Conn;
use crate::events::{Arrived, Event, Source};
use crate::fuzz::NOW;
use crate::fuzz::database::without_trace;
use crate::fuzz::forms::assert_same_in_its_form;
use crate::happenings::TranscriptMessage;
use crate::modules;
use crate::schema::{giveaways, rating_counts, ratings, rooms, settings, tickets, tracks, transcripts};

const EVENTS: usize = 12;
const MINUTE: i64 = 60_000;

pub fn events(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n').take(EVENTS);
    let arrived: Vec<Arrived> = lines.enumerate().filter_map(|(place, line)| arrived(place, line)).collect();
    for one in &arrived {
        Report::beat(&one.event.data);
        changes_a_row(&one.event);
    }
    if arrived.is_empty() {
        return;
    }
    without_trace(|conn| {
        let mut outcomes = Outcomes::default();
        for one in arrived {
            take_one(conn, &modules::ALL, one, NOW, &mut outcomes).expect("the database takes what is taken in");
        }
        assert_rows(conn);
        assert_stars(conn);
        assert_settings(conn);
    });
}

/// Every third was only published.
fn arrived(place: usize, line: &[u8]) -> Option<Arrived> {
    let event = Event::read(line, NOW).ok()?;
    let source = match place % 3 {
        2 => Source::Channel { heard_at: NOW },
        _ => Source::entry(&format!("{}-0", NOW - MINUTE + place as i64)),
    };
    Some(Arrived { event, source })
}

fn assert_rows(conn: &mut Conn) {
    type Giveaway = (String, String, Option<String>, Option<String>, Option<i64>);
    let columns = (giveaways::state, giveaways::prize, giveaways::host_name, giveaways::reason, giveaways::closed_at);
    let found: Vec<Giveaway> = giveaways::table.select(columns).load(conn).expect("rows");
    for (state, prize, host, reason, closed_at) in &found {
        assert_eq!(closed_at.is_some(), matches!(state.as_str(), "ended" | "cancelled"), "{state}");
        assert_line(Some(prize), 256);
        assert_line(host.as_ref(), 100);
        assert_text(reason.as_ref(), 500);
    }
    type Ticket = (String, String, Option<String>, Option<String>, Option<String>, Option<i64>);
    let columns = (
        tickets::state,
        tickets::opener_name,
        tickets::category,
        tickets::claimer_name,
        tickets::reason,
        tickets::closed_at,
    );
    let found: Vec<Ticket> = tickets::table.select(columns).load(conn).expect("rows");
    for (state, opener, category, claimer, reason, closed_at) in &found {
        assert_eq!(closed_at.is_some(), matches!(state.as_str(), "closed" | "deleted"), "{state}");
        assert_line(Some(opener), 100);
        assert_line(category.as_ref(), 80);
        assert_line(claimer.as_ref(), 100);
        assert_text(reason.as_ref(), 500);
    }
    let names: Vec<String> = rooms::table.select(rooms::name).load(conn).expect("rows");
    names.iter().for_each(|name| assert_line(Some(name), 100));
    let found: Vec<(String, Option<String>)> =
        tracks::table.select((tracks::title, tracks::url)).load(conn).expect("rows");
    for (title, url) in &found {
        assert_line(Some(title), 256);
        assert!(url.as_ref().is_none_or(|url| url.starts_with("https:")), "{url:?}");
    }
    let bodies: Vec<String> = transcripts::table.select(transcripts::body).load(conn).expect("rows");
    bodies.iter().for_each(|body| assert_transcript(body));
}

fn assert_transcript(body: &str) {
    let messages: Vec<TranscriptMessage> = serde_json::from_str(body).expect("messages");
    assert!(messages.len() <= 200);
    for message in &messages {
        assert_line(Some(&message.author_name), 100);
        assert_text(Some(&message.content), 4_000);
        assert!(message.embeds.len() <= 10 && message.attachments.len() <= 10);
        for attachment in &message.attachments {
            assert!(attachment.url.as_ref().is_none_or(|url| url.starts_with("https:")), "{attachment:?}");
        }
    }
}

/// What is counted beside the ratings is what they are.
fn assert_stars(conn: &mut Conn) {
    let found: Vec<(i32, Option<String>)> =
        ratings::table.select((ratings::stars, ratings::review)).load(conn).expect("rows");
    for (stars, review) in &found {
        assert!((1..=5).contains(stars), "{stars}");
        assert_text(review.as_ref(), 2_000);
    }
    let counted: Vec<i64> = rating_counts::table.select(rating_counts::given).load(conn).expect("rows");
    assert!(counted.iter().all(|given| *given >= 0), "{counted:?}");
    assert_eq!(counted.iter().sum::<i64>(), found.len() as i64);
}

/// What was taken over from the bot its form could have said.
fn assert_settings(conn: &mut Conn) {
    let found: Vec<(String, String)> =
        settings::table.select((settings::module, settings::body)).load(conn).expect("rows");
    for (name, body) in &found {
        let module = modules::ALL.iter().find(|module| module.key.as_str() == name).expect("a module");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_same_in_its_form(module, &body);
    }
}

fn assert_line(text: Option<&String>, most: usize) {
    let Some(text) = text else { return };
    assert!(text.chars().count() <= most && !text.contains(char::is_control), "{text:?}");
}

fn assert_text(text: Option<&String>, most: usize) {
    let Some(text) = text else { return };
    let is_wrong = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(text.chars().count() <= most && !text.contains(is_wrong), "{text:?}");
}
