//! What the bot was told to do with tickets. Every query names the server.
//!
//! A ticket's id is the bot's own, and a giveaway may have the same: the module is asked for, too.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::clock::Millis;
use crate::commands::{Kind, Row};
use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::commands;
use crate::settings::module::ModuleKey;

/// Commands that a ticket's page shows.
const SHOWN: i64 = 10;

type Boxed<'q> = commands::BoxedQuery<'q, <Conn as Connection>::Backend>;

fn of<'q>(guild: GuildId) -> Boxed<'q> {
    let ours = commands::subject.eq(ModuleKey::Tickets.as_str());
    commands::table.filter(commands::guild_id.eq(Snowflake::from(guild)).and(ours)).into_boxed()
}

/// The last commands about one ticket, the newest first.
pub(super) fn about(conn: &mut Conn, guild: GuildId, ticket: &str) -> QueryResult<Vec<Row>> {
    of(guild)
        .filter(commands::about.eq(ticket.to_owned()))
        .filter(commands::kind.eq_any([Kind::TicketClose.wire_name(), Kind::ReviewPublish.wire_name()]))
        .order(commands::id.desc())
        .limit(SHOWN)
        .select(Row::as_select())
        .load(conn)
}

/// The newest command of a kind about each of these tickets.
pub(super) fn newest(
    conn: &mut Conn,
    guild: GuildId,
    kind: Kind,
    tickets: &[String],
) -> QueryResult<HashMap<String, Row>> {
    let ids: Vec<Option<String>> = commands::table
        .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::about.eq_any(tickets)))
        .filter(commands::kind.eq(kind.wire_name()))
        .group_by(commands::about)
        .select(diesel::dsl::max(commands::id))
        .load(conn)?;
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let rows: Vec<Row> = of(guild).filter(commands::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.about.clone(), row)).collect())
}

/// Whether the bot was told already and may still do it: to be told again would change nothing.
pub(super) fn is_under_way(
    conn: &mut Conn,
    guild: GuildId,
    kind: Kind,
    ticket: &str,
    now: Millis,
) -> QueryResult<bool> {
    let open = of(guild)
        .filter(commands::about.eq(ticket.to_owned()).and(commands::kind.eq(kind.wire_name())))
        .filter(commands::answered_at.is_null().and(commands::expired.eq(false)))
        .filter(commands::expires_at.gt(now));
    Ok(open.select(commands::id).first::<String>(conn).optional()?.is_some())
}
