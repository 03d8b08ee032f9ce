//! The processes in the database: what is known survives a restart, and instances share it.

use diesel::prelude::*;

use super::Process;
use crate::clock::Millis;
use crate::db::Conn;
use crate::schema::bots;

/// A process is forgotten when it has been silent for so long while another reports.
const FORGOTTEN_AFTER: Millis = 7 * 24 * 60 * 60 * 1000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = bots)]
struct Row {
    bot_id: String,
    shard_count: i64,
    shards: String,
    guilds: i64,
    version: String,
    acks: bool,
    first_seen_at: Millis,
    beat_at: Millis,
    protocol: i64,
}

pub(super) fn load(conn: &mut Conn) -> QueryResult<Vec<(String, Process)>> {
    let rows: Vec<Row> = bots::table.select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.bot_id.clone(), row.into())).collect())
}

pub(super) fn keep(conn: &mut Conn, bot: &str, process: &Process) -> QueryResult<()> {
    let values = (
        bots::shard_count.eq(process.shard_count.cast_signed()),
        bots::shards.eq(serde_json::to_string(&process.shards).unwrap_or_default()),
        bots::guilds.eq(process.guilds),
        bots::version.eq(&process.version),
        bots::acks.eq(process.acks),
        bots::beat_at.eq(process.beat_at),
        bots::protocol.eq(process.protocol),
    );
    let known = diesel::update(bots::table.filter(bots::bot_id.eq(bot))).set(values.clone()).execute(conn)?;
    if known > 0 {
        return Ok(());
    }
    let row = (bots::bot_id.eq(bot), bots::first_seen_at.eq(process.first_seen_at), values);
    crate::on_each!(conn, c => diesel::insert_into(bots::table).values(row).on_conflict_do_nothing().execute(c))?;
    // A new process: a good moment to forget those it has replaced long ago.
    let before = process.first_seen_at - FORGOTTEN_AFTER;
    diesel::delete(bots::table.filter(bots::beat_at.lt(before).and(bots::first_seen_at.lt(before)))).execute(conn)?;
    Ok(())
}

impl From<Row> for Process {
    fn from(row: Row) -> Self {
        Self {
            shard_count: row.shard_count.unsigned_abs(),
            shards: serde_json::from_str(&row.shards).unwrap_or_default(),
            guilds: row.guilds,
            version: row.version,
            acks: row.acks,
            first_seen_at: row.first_seen_at,
            beat_at: row.beat_at,
            protocol: row.protocol,
        }
    }
}
