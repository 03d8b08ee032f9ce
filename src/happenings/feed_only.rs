//! What is worth telling in the feed and changes nothing else here, or nearly nothing.

use diesel::prelude::*;

use super::Activity;
use super::happening::{Happening, Verdict};
use crate::clock::Millis;
use crate::db::Conn;
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::guilds;

const LONGEST_NAME: usize = 100;
const LONGEST_ACTION: usize = 50;
const NUMBERS: std::ops::RangeInclusive<i64> = 0..=1_000_000_000;

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let activity = match happening.event.kind.as_str() {
        "GUILD_JOIN" => {
            note_presence(conn, happening, None)?;
            Activity::BotJoined {}
        }
        "GUILD_LEAVE" => {
            note_presence(conn, happening, Some(happening.at))?;
            Activity::BotLeft {}
        }
        "SETTINGS_UPDATE" => {
            let Some(module) = said.key("module") else { return Ok(Verdict::Malformed) };
            Activity::SettingsTold { module: module.to_ascii_lowercase() }
        }
        kind => {
            let id = || happening.user().and_then(Snowflake::id).map(|id| id.to_string());
            let Some(name) = said.line("username", LONGEST_NAME).or_else(id) else { return Ok(Verdict::Malformed) };
            match kind {
                "MEMBER_JOIN" => Activity::MemberJoined { name },
                "MEMBER_LEAVE" => Activity::MemberLeft { name },
                "XP_GAIN" => Activity::XpGained { name, amount: said.number("amount", NUMBERS) },
                "LEVEL_UP" => Activity::LevelReached { name, level: said.number("level", NUMBERS) },
                _ => Activity::Moderated { name, action: said.line("action", LONGEST_ACTION).unwrap_or_default() },
            }
        }
    };
    happening.happened(conn, &activity)?;
    Ok(Verdict::Taken)
}

/// Since when the bot is gone; none: it is there.
fn note_presence(conn: &mut Conn, happening: &Happening<'_>, left_at: Option<Millis>) -> QueryResult<()> {
    let row = guilds::table.filter(guilds::id.eq(happening.guild));
    let Some(at) = left_at else {
        diesel::update(row).set(guilds::left_at.eq(left_at)).execute(conn)?;
        return Ok(());
    };
    // Also of a server where nobody has ever saved anything: what is kept of it has an end, too.
    let first = (guilds::id.eq(happening.guild), guilds::name.eq(""), guilds::seen_at.eq(at), guilds::left_at.eq(at));
    on_each!(conn, c => diesel::insert_into(guilds::table).values(first).on_conflict_do_nothing().execute(c))?;
    // Noted before: since then.
    diesel::update(row.filter(guilds::left_at.is_null())).set(guilds::left_at.eq(at)).execute(conn)?;
    Ok(())
}
