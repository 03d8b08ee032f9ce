//! Reading rooms. Every query names the server.

use diesel::prelude::*;
use twilight_model::id::marker::{ChannelMarker, UserMarker};

use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::{ChannelId, GuildId, Snowflake};
use crate::schema::rooms;

/// A server has at most five hundred channels.
const MOST: i64 = 500;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rooms)]
pub(super) struct Row {
    pub channel_id: Snowflake<ChannelMarker>,
    pub owner_id: Option<Snowflake<UserMarker>>,
    pub name: String,
    pub user_limit: i32,
    pub locked: bool,
    pub members: Option<i32>,
    pub opened_at: Millis,
    pub closed_at: Option<Millis>,
}

/// The rooms that are open, the newest first.
pub(super) fn open(conn: &mut Conn, guild: GuildId) -> QueryResult<Vec<Row>> {
    rooms::table
        .filter(rooms::guild_id.eq(Snowflake::from(guild)).and(rooms::closed_at.is_null()))
        .order((rooms::opened_at.desc(), rooms::channel_id.desc()))
        .limit(MOST)
        .select(Row::as_select())
        .load(conn)
}

/// One room of this server, open or closed.
pub(super) fn find(conn: &mut Conn, guild: GuildId, channel: ChannelId) -> QueryResult<Option<Row>> {
    let row = rooms::table.find((Snowflake::from(guild), Snowflake::from(channel)));
    row.select(Row::as_select()).first(conn).optional()
}
