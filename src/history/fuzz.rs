//! Addresses of the change log.

use super::cursor::Cursor;
use super::filter::Filter;
use super::rows;
use crate::changes::Seen;
use crate::fuzz::database::without_trace;
use crate::fuzz::server::guild_id;
use crate::settings::module::ModuleKey;

pub fn address(pairs: &[(String, String)]) {
    let filter = Filter::read(pairs);
    let written: Vec<(String, String)> =
        filter.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(Filter::read(&written), Filter { strange: false, ..filter.clone() }, "{written:?}");
    let Some(cursor) = Cursor::read(pairs) else { return };
    let edge = match cursor {
        Cursor::Newest => None,
        Cursor::Before(id) => Some(("before", id)),
        Cursor::After(id) => Some(("after", id)),
    };
    if let Some((name, id)) = edge {
        assert_eq!(Cursor::read(&[(name.to_owned(), id.to_string())]), Some(cursor));
    }
    without_trace(|conn| {
        for seen in [Seen::All, Seen::Of(vec![ModuleKey::Tickets, ModuleKey::Music])] {
            let found = rows::page(conn, guild_id(), &seen, &filter, cursor).expect("the database can be asked");
            assert!(found.rows.is_empty());
        }
    });
}
