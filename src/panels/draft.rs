//! What a person has typed for a panel and not saved yet: kept for a day, one a person, server and panel, because a
//! panel is made on several pages.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::panel::Category;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::on_each;
use crate::schema::panel_drafts as drafts;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// What stands for the panel's id in the draft of a new one, and in its address.
pub(super) const NEW: &str = "new";

/// Whose draft, and of which panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftOf {
    pub user: UserId,
    pub guild: GuildId,
    /// A panel's id, or [`NEW`].
    pub panel: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The panel's own page as it was typed, right or wrong.
    pub fields: Vec<(String, String)>,
    /// Each was read and judged when its page was kept.
    pub categories: Vec<Category>,
    /// The revision it began with; 0: a new panel.
    #[serde(skip)]
    pub revision: i64,
}

/// The draft, if there is one.
///
/// # Errors
/// As the database answers.
pub(super) fn find(conn: &mut Conn, of: &DraftOf, now: Millis) -> Result<Option<Draft>, DbError> {
    let row: Option<(String, i64)> = drafts::table
        .find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.panel))
        .filter(drafts::updated_at.gt(now - DAY))
        .select((drafts::body, drafts::revision))
        .first(conn)
        .optional()?;
    let read = |(body, revision): (String, i64)| {
        let draft: Draft = serde_json::from_str(&body).ok()?;
        Some(Draft { revision, ..draft })
    };
    Ok(row.and_then(read))
}

/// Of which panels of a server this person has drafts.
///
/// # Errors
/// As the database answers.
pub(super) fn panels(conn: &mut Conn, user: UserId, guild: GuildId, now: Millis) -> Result<Vec<String>, DbError> {
    let mine = drafts::user_id.eq(Snowflake::from(user)).and(drafts::guild_id.eq(Snowflake::from(guild)));
    Ok(drafts::table.filter(mine.and(drafts::updated_at.gt(now - DAY))).select(drafts::panel_id).load(conn)?)
}

/// Keeps a draft in the place of an older one.
///
/// # Errors
/// As the database answers.
pub(super) fn keep(conn: &mut Conn, of: &DraftOf, draft: &Draft, now: Millis) -> Result<(), DbError> {
    let body = serde_json::to_string(draft).map_err(|error| DbError::Broken(error.to_string()))?;
    diesel::delete(drafts::table.filter(drafts::updated_at.le(now - DAY))).execute(conn)?;
    let content = (drafts::body.eq(body), drafts::revision.eq(draft.revision), drafts::updated_at.eq(now));
    let row = (
        drafts::user_id.eq(Snowflake::from(of.user)),
        drafts::guild_id.eq(Snowflake::from(of.guild)),
        drafts::panel_id.eq(&of.panel),
        content.clone(),
    );
    on_each!(conn, c => diesel::insert_into(drafts::table)
        .values(row)
        .on_conflict((drafts::user_id, drafts::guild_id, drafts::panel_id))
        .do_update()
        .set(content)
        .execute(c))?;
    Ok(())
}

/// It was saved, or is not wanted: in the transaction of whatever makes it so.
///
/// # Errors
/// As the database answers.
pub(super) fn discard(conn: &mut Conn, of: &DraftOf) -> Result<(), DbError> {
    let row = drafts::table.find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.panel));
    diesel::delete(row).execute(conn)?;
    Ok(())
}
