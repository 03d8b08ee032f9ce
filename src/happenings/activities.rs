//! The feed's rows: what the bot did and saw, each with what its words need, and nothing more.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use twilight_model::id::marker::GuildMarker;
use uuid::Uuid;

use super::happening::Happening;
use crate::clock::Millis;
use crate::db::{Conn, first};
use crate::events::Source;
use crate::ids::Snowflake;
use crate::on_each;
use crate::schema::activities;

/// What happened. Its name in the database is the end of the key of its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Activity {
    GiveawayStarted {
        id: String,
        prize: String,
    },
    GiveawayEnded {
        id: String,
        prize: String,
        winners: usize,
    },
    GiveawayRerolled {
        id: String,
        prize: String,
        winners: usize,
    },
    GiveawayCancelled {
        id: String,
        prize: String,
    },
    TicketOpened {
        id: String,
        number: Option<i64>,
        name: String,
    },
    TicketClaimed {
        id: String,
        number: Option<i64>,
        name: String,
    },
    TicketClosed {
        id: String,
        number: Option<i64>,
    },
    TicketReopened {
        id: String,
        number: Option<i64>,
    },
    TicketDeleted {
        id: String,
        number: Option<i64>,
    },
    TicketRated {
        id: String,
        number: Option<i64>,
        stars: i32,
    },
    RoomOpened {
        #[serde(default)]
        channel: String,
        name: String,
    },
    RoomClosed {
        #[serde(default)]
        channel: String,
        name: String,
    },
    TrackStarted {
        title: String,
    },
    QueueEnded {},
    MemberJoined {
        name: String,
    },
    MemberLeft {
        name: String,
    },
    XpGained {
        name: String,
        amount: Option<i64>,
    },
    LevelReached {
        name: String,
        level: Option<i64>,
    },
    Moderated {
        name: String,
        action: String,
    },
    SettingsTold {
        module: String,
    },
    BotJoined {},
    BotLeft {},
    /// What had ended while nobody watched.
    EndedUnwatched {
        giveaways: usize,
        tickets: usize,
        rooms: usize,
    },
}

impl Activity {
    /// Whether open pages that show such things are told in words.
    pub fn is_news(&self) -> bool {
        matches!(self, Self::GiveawayStarted { .. } | Self::GiveawayEnded { .. } | Self::TicketOpened { .. })
    }

    /// Reads a row. None: of another version of this program.
    pub fn read(kind: &str, body: &str) -> Option<Self> {
        let body: serde_json::Value = serde_json::from_str(body).ok()?;
        Self::deserialize(serde_json::json!({ "kind": kind, "body": body })).ok()
    }

    /// The name in the database, and what the words need.
    fn written(&self) -> (String, String) {
        let whole = serde_json::to_value(self).unwrap_or_default();
        let kind = whole["kind"].as_str().unwrap_or_default().to_owned();
        (kind, whole["body"].to_string())
    }
}

/// Writes it down; gives its id.
pub(super) fn record(conn: &mut Conn, happening: &Happening<'_>, activity: &Activity) -> QueryResult<String> {
    let id = id(happening.at, &happening.arrived.source).to_string();
    let (kind, body) = activity.written();
    let row = (
        activities::id.eq(&id),
        activities::guild_id.eq(happening.guild),
        activities::kind.eq(kind),
        activities::body.eq(body),
        activities::happened_at.eq(happening.at),
    );
    on_each!(conn, c => diesel::insert_into(activities::table).values(row).execute(c))?;
    Ok(id)
}

/// When such a thing first happened at that time or after it.
pub(super) fn first_since(
    conn: &mut Conn,
    guild: Snowflake<GuildMarker>,
    at: Millis,
    activity: &Activity,
) -> QueryResult<Option<Millis>> {
    let oldest = uuid::Builder::from_unix_timestamp_millis(at.unsigned_abs(), &[0; 10]).into_uuid().to_string();
    let since = activities::table
        .filter(activities::guild_id.eq(guild).and(activities::id.ge(oldest)))
        .filter(activities::kind.eq(activity.written().0))
        .order(activities::id)
        .select(activities::happened_at);
    on_each!(conn, c => first(since).get_result(c)).optional()
}

/// A UUIDv7 of the time it came; of several in a millisecond, in the order of the stream.
fn id(at: Millis, source: &Source) -> Uuid {
    let mut rest = *Uuid::new_v4().as_bytes();
    if let Source::Stream { entry, .. } = source
        && let Some(place) = entry.split_once('-').and_then(|(_, place)| place.parse::<u64>().ok())
    {
        let place = place.min(0xFFF) as u16;
        rest[..2].copy_from_slice(&place.to_be_bytes());
    }
    let mut random = [0; 10];
    random.copy_from_slice(&rest[..10]);
    uuid::Builder::from_unix_timestamp_millis(at.unsigned_abs(), &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for activity in [
            Activity::TicketOpened { id: "t".into(), number: Some(4), name: "mira".into() },
            Activity::QueueEnded {},
            Activity::EndedUnwatched { giveaways: 1, tickets: 2, rooms: 3 },
        ] {
            let (kind, body) = activity.written();
            assert_eq!(Activity::read(&kind, &body), Some(activity));
        }
        assert_eq!(Activity::read("something-new", "{}"), None);
        let opened = Activity::TicketOpened { id: "t".into(), number: None, name: "mira".into() };
        assert_eq!(opened.written().0, "ticket-opened");
    }

    #[test]
    fn ids_are_in_the_order_of_time_and_of_the_stream() {
        let of = |at, entry: &str| id(at, &Source::entry(entry)).to_string();
        assert!(of(1_000, "1000-1") < of(1_000, "1000-2"));
        assert!(of(1_000, "1000-2") < of(1_001, "1001-0"));
    }
}
