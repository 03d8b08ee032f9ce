//! A few words on open pages about what concerns them: a giveaway that started or ended, a ticket that was opened, a
//! command that failed. Whoever misses them finds the same in the lists.

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
use crate::guilds::rights::Rights;
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

/// What open pages are to hear of, drawn for each language and zone anew.
pub(super) struct News {
    guild: GuildId,
    happened: Vec<(String, Activity)>,
    failed: Vec<(State, commands::Row)>,
}

impl News {
    /// None: there is nothing to say.
    ///
    /// # Errors
    /// As the database answers.
    pub async fn read(parts: &Parts, guild: GuildId, told: &[Told], way: Way) -> Result<Option<Self>, DbError> {
        let newest = |topic: Topic| {
            let ids = told.iter().rev().filter(|one| one.topic == topic && !one.id.is_empty());
            ids.map(|one| one.id.clone()).take(MOST).collect::<Vec<String>>()
        };
        let (activity, command) = (newest(Topic::Activity), newest(Topic::Commands));
        if activity.is_empty() && command.is_empty() {
            return Ok(None);
        }
        let now = parts.clock.now();
        let read = parts.db.run(move |conn| {
            let rows = activities::table
                .filter(activities::guild_id.eq(Snowflake::from(guild)).and(activities::id.eq_any(activity)))
                .order(activities::id.asc())
                .select((activities::id, activities::kind, activities::body));
            let happened: Vec<(String, String, String)> = rows.load(conn)?;
            Ok::<_, DbError>((happened, commands::by_ids(conn, guild, &command)?))
        });
        let (happened, given) = read.await?;
        let happened = happened.into_iter().filter_map(|(id, kind, body)| Some((id, Activity::read(&kind, &body)?)));
        let states = given.into_iter().map(|row| (State::of(&row, &way, now), row));
        let failed = states.filter(|(state, _)| matches!(state, State::Failed { .. }));
        let news = Self { guild, happened: happened.collect(), failed: failed.collect() };
        Ok((!news.happened.is_empty() || !news.failed.is_empty()).then_some(news))
    }

    /// None: nothing of it is for somebody with these rights.
    pub fn frame(&self, words: &Words, rights: &Rights) -> Option<Bytes> {
        let guild = self.guild;
        let happened = self.happened.iter().filter(|(_, activity)| rights.hears_of(activity.module()));
        let happened = happened.map(|(id, activity)| Notice {
            id: id.clone(),
            list: activity.list(),
            tone: Tone::Note,
            message: activity.message(words),
            href: format!("/guilds/{guild}{}", activity.href()),
        });
        let failed = self.failed.iter().filter(|(_, row)| rights.sees(&row.subject)).map(|(state, row)| {
            let doing = words.say(&commands::line::doing_for_all(row, words));
            let state = words.say(&state.message(words));
            Notice {
                id: row.id.clone(),
                list: "commands",
                tone: Tone::Bad,
                message: Message::new("announce-command").text("doing", doing).text("state", state),
                href: format!("/guilds/{guild}/commands/{}", row.id),
            }
        });
        let notices = Notices { notices: happened.chain(failed).collect() };
        let text = notices.render_with_values(words);
        (!notices.notices.is_empty()).then(|| frame("notices", None, &text.unwrap_or_default()))
    }
}
