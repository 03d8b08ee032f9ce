//! A few words on open pages about what concerns them: a giveaway that ended, a ticket that was opened, a command that
//! failed. Whoever misses them finds the same in the lists.

use actix_web::web::Bytes;
use askama::Template;
use diesel::prelude::*;

use super::Parts;
use super::fragments::frame;
use crate::changes::delivery::Way;
use crate::changes::news::{Told, Topic};
use crate::commands;
use crate::commands::state::State;
use crate::db::DbError;
use crate::happenings::Activity;
use crate::ids::{GuildId, Snowflake};
use crate::schema::activities;
use crate::web::shell::Tone;
use crate::web::words::{Message, Words, filters};

/// More at once would be a list.
const MOST: usize = 3;

/// A notice at the edge of an open page.
pub struct Notice {
    pub id: String,
    /// The list it concerns, as in `data-live`.
    pub list: &'static str,
    pub tone: Tone,
    pub message: Message,
    pub href: String,
}

#[derive(Template)]
#[template(path = "live/notices.html")]
struct Notices {
    notices: Vec<Notice>,
}

/// None: there is nothing to say.
///
/// # Errors
/// As the database answers.
pub(super) async fn notices(parts: &Parts, guild: GuildId, told: &[Told], way: Way) -> Result<Option<Bytes>, DbError> {
    let newest = |topic: Topic| {
        let ids = told.iter().rev().filter(|one| one.topic == topic && !one.id.is_empty());
        ids.map(|one| one.id.clone()).take(MOST).collect::<Vec<String>>()
    };
    let (activity, command) = (newest(Topic::Activity), newest(Topic::Commands));
    if activity.is_empty() && command.is_empty() {
        return Ok(None);
    }
    let now = parts.clock.now();
    let words = Words::default();
    let read = parts.db.run(move |conn| {
        let rows = activities::table
            .filter(activities::guild_id.eq(Snowflake::from(guild)).and(activities::id.eq_any(activity)))
            .order(activities::id.asc())
            .select((activities::id, activities::kind, activities::body));
        let happened: Vec<(String, String, String)> = rows.load(conn)?;
        Ok::<_, DbError>((happened, commands::by_ids(conn, guild, &command)?))
    });
    let (happened, given) = read.await?;
    let mut notices: Vec<Notice> = happened
        .into_iter()
        .filter_map(|(id, kind, body)| {
            let activity = Activity::read(&kind, &body)?;
            let href = format!("/guilds/{guild}{}", activity.href());
            Some(Notice { id, list: activity.list(), tone: Tone::Note, message: activity.message(&words), href })
        })
        .collect();
    for row in given {
        let state = State::of(&row, &way, now);
        if let State::Failed { .. } = state {
            let doing = words.say(&commands::line::doing(&row.kind, &row.label));
            let message =
                Message::new("announce-command").text("doing", doing).text("state", words.say(&state.message(&words)));
            let href = format!("/guilds/{guild}/commands/{}", row.id);
            notices.push(Notice { id: row.id, list: "commands", tone: Tone::Bad, message, href });
        }
    }
    if notices.is_empty() {
        return Ok(None);
    }
    let text = Notices { notices }.render_with_values(&words).unwrap_or_default();
    Ok(Some(frame("notices", None, &text)))
}
