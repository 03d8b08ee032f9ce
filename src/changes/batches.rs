//! Changes that were saved in one step: what the step was.

use diesel::prelude::*;
use uuid::Uuid;

use crate::db::Conn;
use crate::ids::{GuildId, Snowflake};
use crate::schema::batches;

/// Where the settings of a batch came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchOf {
    Import,
    Copy,
}

/// Writes down what a batch is, in the transaction of its changes.
///
/// # Errors
/// As the database answers.
pub fn record_batch(conn: &mut Conn, guild: GuildId, batch: Uuid, of: BatchOf) -> QueryResult<()> {
    let row = (
        batches::guild_id.eq(Snowflake::from(guild)),
        batches::id.eq(batch.to_string()),
        batches::copied.eq(of == BatchOf::Copy),
    );
    diesel::insert_into(batches::table).values(row).execute(conn)?;
    Ok(())
}

/// What a batch is. None: it is older than the notes about it.
///
/// # Errors
/// As the database answers.
pub fn batch_of(conn: &mut Conn, guild: GuildId, batch: &str) -> QueryResult<Option<BatchOf>> {
    let row = batches::table.find((Snowflake::from(guild), batch.to_owned()));
    let copied: Option<bool> = row.select(batches::copied).first(conn).optional()?;
    Ok(copied.map(|copied| if copied { BatchOf::Copy } else { BatchOf::Import }))
}
