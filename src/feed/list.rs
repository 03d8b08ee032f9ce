//! The latest of what the bot and the admins did, from both tables, as far as somebody sees it.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use crate::changes::line::{Drawing, TimeText};
use crate::changes::{Entry, Seen};
use crate::clock::Millis;
use crate::commands::{self, Row as Command};
use crate::db::{Conn, Order, several};
use crate::happenings::Activity;
use crate::ids::{GuildId, Snowflake};
use crate::schema::{activities, changes};
use crate::web::words::Message;

/// So many are shown.
pub(super) const MOST: i64 = 15;

type Happened<'q> = activities::BoxedQuery<'q, <Conn as Connection>::Backend>;
type Changed<'q> = changes::BoxedQuery<'q, <Conn as Connection>::Backend>;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = changes)]
struct Change {
    #[diesel(embed)]
    entry: Entry,
    kind: String,
    action: String,
    restores_id: Option<String>,
}

/// What the database says.
pub struct Read {
    activities: Vec<(String, String, String, Millis)>,
    changes: Vec<Change>,
    commands: HashMap<String, Command>,
    /// Of changed contents: what they are called.
    labels: HashMap<String, String>,
}

/// A line of the feed.
#[derive(Clone, Debug)]
pub struct Item {
    /// In the sprite.
    pub icon: String,
    pub message: Message,
    pub href: Option<String>,
    /// How far a command has come.
    pub state: Option<Message>,
    pub at: TimeText,
}

/// The latest that happened; of who sees some modules alone the latest of each of their kinds, so that a full list is
/// found however much happens in the others.
pub(super) fn happened<'q>(guild: GuildId, seen: &Seen) -> Vec<Happened<'q>> {
    let latest = || {
        let rows: Happened<'q> = activities::table.filter(activities::guild_id.eq(Snowflake::from(guild))).into_boxed();
        rows.order(activities::id.desc()).limit(MOST)
    };
    let Some(theirs) = seen.only() else { return vec![latest()] };
    let kinds = theirs.iter().flat_map(|module| Activity::kinds_of(*module));
    kinds.map(|kind| latest().filter(activities::kind.eq(*kind))).collect()
}

/// The latest that was changed, in the same way.
pub(super) fn changed<'q>(guild: GuildId, seen: &Seen) -> Vec<Changed<'q>> {
    let latest = || {
        let rows: Changed<'q> = changes::table.filter(changes::guild_id.eq(Snowflake::from(guild))).into_boxed();
        rows.order(changes::id.desc()).limit(MOST)
    };
    let Some(theirs) = seen.only() else { return vec![latest()] };
    theirs.iter().map(|module| latest().filter(changes::subject.eq(module.as_str()))).collect()
}

/// Two queries; with commands or changed contents among them one more for each.
///
/// # Errors
/// As the database answers.
pub fn read(conn: &mut Conn, guild: GuildId, seen: &Seen) -> QueryResult<Read> {
    let columns = (activities::id, activities::kind, activities::body, activities::happened_at);
    let happened: Vec<_> = happened(guild, seen).into_iter().map(|rows| rows.select(columns)).collect();
    let activities: Vec<(String, String, String, Millis)> = match several(happened, Order::Falling, MOST) {
        Some(latest) => latest.load(conn)?,
        None => Vec::new(),
    };
    let changed: Vec<_> = changed(guild, seen).into_iter().map(|rows| rows.select(Change::as_select())).collect();
    let changes: Vec<Change> = match several(changed, Order::Falling, MOST) {
        Some(latest) => latest.load(conn)?,
        None => Vec::new(),
    };
    let of_guild = changes::table.filter(changes::guild_id.eq(Snowflake::from(guild)));
    let of_kind = |kind: &str| -> Vec<String> {
        changes.iter().filter(|change| change.kind == kind).map(|change| change.entry.id.clone()).collect()
    };
    let (given, contents) = (of_kind("command"), of_kind("content"));
    let commands = match given.is_empty() {
        true => HashMap::new(),
        false => commands::line::of_changes(conn, guild, &given)?,
    };
    let bodies: Vec<(String, Option<String>, Option<String>)> = match contents.is_empty() {
        true => Vec::new(),
        false => of_guild
            .filter(changes::id.eq_any(contents))
            .select((changes::id, changes::after_body, changes::before_body))
            .load(conn)?,
    };
    let label = |body: Option<String>| {
        let body: Value = serde_json::from_str(&body?).ok()?;
        body["label"].as_str().map(str::to_owned)
    };
    let labels = bodies.into_iter().filter_map(|(id, after, before)| Some((id, label(after).or(label(before))?)));
    Ok(Read { activities, labels: labels.collect(), changes, commands })
}

impl Read {
    /// The newest first.
    pub fn items(&self, drawing: &Drawing<'_>) -> Vec<Item> {
        let activities = self.activities.iter().filter_map(|(id, kind, body, at)| {
            let activity = Activity::read(kind, body).filter(|one| drawing.rights.hears_of(one.module()))?;
            let activity = activity.unnamed(|channel| {
                let key = commands::line::instead_of_channel(drawing.judge.as_ref()?, Some(channel))?;
                Some(drawing.words.t(key))
            });
            let tail = activity.href();
            let item = Item {
                icon: activity.icon().to_owned(),
                message: activity.message(drawing.words),
                href: (!tail.is_empty()).then(|| format!("/guilds/{}{tail}", drawing.guild)),
                state: None,
                at: TimeText::new(*at, drawing.words),
            };
            Some((id.as_str(), item))
        });
        let seen = self.changes.iter().filter(|change| drawing.rights.sees(&change.entry.subject));
        let changes = seen.map(|change| (change.entry.id.as_str(), self.change(change, drawing)));
        // The ids of both are in the order of time.
        let mut all: Vec<(&str, Item)> = activities.chain(changes).collect();
        all.sort_by(|(one, _), (other, _)| other.cmp(one));
        all.into_iter().take(usize::try_from(MOST).unwrap_or(0)).map(|(_, item)| item).collect()
    }

    fn change(&self, change: &Change, drawing: &Drawing<'_>) -> Item {
        let entry = &change.entry;
        let words = drawing.words;
        let (who, module) = (drawing.by(entry), words.t(&format!("{}-name", entry.subject)));
        let say = |key: &'static str| Message::new(key).name("who", &who).text("module", module.as_str());
        let command = self.commands.get(&entry.id);
        let message = match (change.kind.as_str(), command) {
            ("command", Some(row)) => {
                let doing = words.say(&drawing.doing(row));
                Message::new("feed-command").name("who", &who).text("doing", doing)
            }
            ("content", _) => {
                let label = self.labels.get(&entry.id).map_or("", String::as_str);
                let key = match change.action.rsplit('-').next() {
                    Some("create") => "feed-content-create",
                    Some("delete") => "feed-content-delete",
                    Some("end") => "feed-content-end",
                    _ => "feed-content",
                };
                say(key).name("label", label)
            }
            _ if change.restores_id.is_some() => say("feed-restored"),
            _ if change.action == "delete" => say("feed-reset"),
            _ => say("feed-changed"),
        };
        let href = match command {
            Some(row) => Some(format!("/guilds/{}/commands/{}", drawing.guild, row.id)),
            None => {
                drawing.rights.sees(&entry.subject).then(|| format!("/guilds/{}/changes/{}", drawing.guild, entry.id))
            }
        };
        Item {
            icon: entry.subject.clone(),
            message,
            href,
            state: command.map(|row| drawing.command(row).message),
            at: TimeText::new(entry.created_at, words),
        }
    }
}
