//! Addresses of the list of giveaways.

use jiff::tz::TimeZone;

use super::cursor::{Cursor, Way};
use super::filter::Filter;
use super::rows;
use crate::fuzz::database::without_trace;
use crate::fuzz::server::guild_id;

pub fn address(pairs: &[(String, String)]) {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let filter = Filter::read(pairs, &zone);
    let written: Vec<(String, String)> =
        filter.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let again = Filter::read(&written, &zone);
    assert_eq!(again.pairs(), filter.pairs());
    assert!(!again.strange, "{written:?}");
    let Some(cursor) = Cursor::read(pairs) else { return };
    if let Cursor::At { at, id, way } = &cursor {
        let name = if *way == Way::On { "after" } else { "before" };
        assert_eq!(Cursor::read(&[(name.to_owned(), format!("{at}.{id}"))]).as_ref(), Some(&cursor));
    }
    without_trace(|conn| {
        let found = rows::page(conn, guild_id(), &filter, &cursor).expect("the database can be asked");
        assert!(found.rows.is_empty());
    });
}
