//! Addresses of the lists of tickets and ratings.

use super::cursor::{Cursor, href};
use super::filter::Filter;
use super::ratings;
use super::rows;
use crate::fuzz::database::without_trace;
use crate::fuzz::server::guild_id;

pub fn address(pairs: &[(String, String)]) {
    let filter = Filter::read(pairs);
    let cursor = cursor(pairs, &filter.pairs());
    let written = sent(&href("/list", &filter.pairs(), None));
    // Where a text was cut a space may stand at its end: it is searched for without.
    let text = filter.text.trim().to_owned();
    assert_eq!(Filter::read(&written), Filter { strange: false, text, ..filter.clone() }, "{written:?}");
    let Some(cursor) = cursor else { return };
    without_trace(|conn| {
        let found = rows::page(conn, guild_id(), &filter, &cursor).expect("the database can be asked");
        assert!(found.rows.is_empty());
    });
}

pub fn address_of_ratings(pairs: &[(String, String)]) {
    let filter = ratings::filter::Filter::read(pairs);
    let cursor = cursor(pairs, &filter.pairs());
    let written = sent(&href("/list", &filter.pairs(), None));
    let again = ratings::filter::Filter::read(&written);
    assert_eq!(again, ratings::filter::Filter { strange: false, ..filter.clone() }, "{written:?}");
    let Some(cursor) = cursor else { return };
    without_trace(|conn| {
        let found = ratings::rows::page(conn, guild_id(), &filter, &cursor).expect("the database can be asked");
        assert!(found.rows.is_empty());
    });
}

/// The place in the list, which its link says again.
fn cursor(pairs: &[(String, String)], filter: &[(&'static str, String)]) -> Option<Cursor> {
    let cursor = Cursor::read(pairs)?;
    let edge = match &cursor {
        Cursor::First => None,
        Cursor::Behind(mark) => Some(("after", mark)),
        Cursor::InFrontOf(mark) => Some(("before", mark)),
    };
    assert_eq!(Cursor::read(&sent(&href("/list", filter, edge))).as_ref(), Some(&cursor));
    Some(cursor)
}

/// The pairs of an address.
fn sent(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
