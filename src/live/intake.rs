//! Taking events in: what each known type changes, in one transaction, once.
//!
//! How events come here is `channel`'s and `stream`'s matter.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use diesel::prelude::*;
use uuid::Uuid;

use super::event::{Event, Unreadable};
use super::{Parts, adopt};
use crate::bots::Report;
use crate::changes::answers::{self, BotAnswer};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::commands;
use crate::db::{Conn, DbError};
use crate::ids::GuildId;
use crate::schema::taken_events;
use crate::settings::module::ModuleKey;

/// A repeat is known for so long.
const REMEMBERED: Millis = 7 * 24 * 60 * 60 * 1000;

pub(super) struct Intake {
    pub parts: Parts,
    /// Causes of which a sample was logged.
    told: Mutex<HashSet<Unreadable>>,
}

/// An event and when it came to Redis, by its clock, if it came by the stream.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    pub event: Event,
    pub redis_ms: Option<Millis>,
}

impl Arrived {
    /// Whether it changes a row. Such a one also comes by the stream, which says when it came to Redis.
    pub fn changes_a_row(&self) -> bool {
        let kind = self.event.kind.as_str();
        matches!(kind, "CONFIG_APPLIED" | "CONFIG_REJECTED" | "SETTINGS_UPDATE" | "COMMAND_RESULT")
    }
}

impl Intake {
    pub fn new(parts: Parts) -> Self {
        Self { parts, told: Mutex::default() }
    }

    /// None: it cannot be read, which is counted, and logged once with a sample.
    pub fn read(&self, bytes: &[u8], redis_ms: Option<Millis>) -> Option<Arrived> {
        match Event::read(bytes) {
            Ok(event) => Some(Arrived { event, redis_ms }),
            Err(error) => {
                metrics::counter!("guildhall_events_refused_total").increment(1);
                if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(error) {
                    let sample: String = String::from_utf8_lossy(bytes).chars().take(200).collect();
                    tracing::warn!(cause = %error, sample, "an event cannot be read; others like it are only counted");
                }
                None
            }
        }
    }

    /// A beat: which of the bot's processes are there. Not a row of anything, and never repeated too often.
    pub async fn beat(&self, arrived: &Arrived) -> Result<bool, DbError> {
        let event = &arrived.event;
        if !matches!(event.kind.as_str(), "BOT_READY" | "BOT_HEARTBEAT") {
            return Ok(false);
        }
        if let Some(report) = Report::beat(&event.data).filter(|_| self.is_ours(event)) {
            let now = self.parts.clock.now();
            // What waited on the stream tells of a time gone by.
            self.parts.bots.heard(report, arrived.redis_ms.unwrap_or(now).min(now)).await?;
        }
        Ok(true)
    }

    /// Takes events in, in one transaction. What was taken before is left out.
    ///
    /// # Errors
    /// Nothing was taken, then.
    pub async fn take(&self, arrived: Vec<Arrived>) -> Result<(), DbError> {
        let ours: Vec<Arrived> = arrived.into_iter().filter(|one| self.is_ours(&one.event)).collect();
        if ours.is_empty() {
            return Ok(());
        }
        let now = self.parts.clock.now();
        let answering: Vec<String> = ours.iter().filter_map(answering_bot).collect();
        let modules = self.parts.modules;
        let outcome = self.parts.db.write(move |conn| {
            let mut outcome = Outcome::default();
            for one in ours {
                if let Some(id) = one.event.id
                    && !remember(conn, id, now)?
                {
                    continue;
                }
                metrics::counter!("guildhall_events_taken_total").increment(1);
                if let Some(answer) = answer_of(&one, now) {
                    let ids = answers::settle(conn, &answer)?;
                    outcome.changed.extend(ids.into_iter().map(|id| (answer.guild, id)));
                } else if one.event.kind == "COMMAND_RESULT"
                    && let Some(guild) = one.event.guild
                {
                    outcome.commands.extend(commands::answers::take(conn, guild, &one.event, now)?);
                } else if one.event.kind == "SETTINGS_UPDATE"
                    && let Some(change) = adopt::fill(conn, modules, &one.event, now)?
                {
                    outcome.changed.push((change.guild, change.id.to_string()));
                    outcome.adopted = true;
                }
            }
            Ok::<_, DbError>(outcome)
        });
        let outcome = outcome.await?;
        for (guild, id) in outcome.changed {
            self.parts.news.tell(guild, Topic::Changes, &id);
        }
        for settled in outcome.commands {
            self.parts.news.tell(settled.guild, Topic::Commands, &settled.command);
            self.parts.news.tell(settled.guild, Topic::Changes, &settled.change);
        }
        if outcome.adopted {
            self.parts.relay.wake();
        }
        for bot in answering {
            self.parts.bots.heard(Report::answer(&bot), now).await?;
        }
        Ok(())
    }

    /// Which of these were taken already, without writing anything.
    pub async fn not_yet_taken(&self, arrived: Vec<Arrived>) -> Result<Vec<Arrived>, DbError> {
        let ids: Vec<String> = arrived.iter().filter_map(|one| one.event.id).map(|id| id.to_string()).collect();
        let taken = self.parts.db.run(move |conn| {
            let known = taken_events::table.filter(taken_events::id.eq_any(&ids)).select(taken_events::id);
            Ok::<_, DbError>(known.load::<String>(conn)?)
        });
        let taken: HashSet<String> = taken.await?.into_iter().collect();
        Ok(arrived.into_iter().filter(|one| !one.event.id.is_some_and(|id| taken.contains(&id.to_string()))).collect())
    }

    /// Forgets what was taken long ago.
    pub async fn forget_old(&self) -> Result<(), DbError> {
        let before = self.parts.clock.now() - REMEMBERED;
        let forget = move |conn: &mut Conn| {
            diesel::delete(taken_events::table.filter(taken_events::taken_at.lt(before))).execute(conn)?;
            Ok::<_, DbError>(())
        };
        self.parts.db.write(forget).await
    }

    /// Events of another application are not ours. Who names none is believed to be the one.
    fn is_ours(&self, event: &Event) -> bool {
        event.text("applicationId").is_none_or(|id| id == self.parts.application)
    }
}

#[derive(Default)]
struct Outcome {
    changed: Vec<(GuildId, String)>,
    commands: Vec<commands::answers::Settled>,
    adopted: bool,
}

/// False: it was taken before.
fn remember(conn: &mut Conn, id: Uuid, now: Millis) -> QueryResult<bool> {
    let row = (taken_events::id.eq(id.to_string()), taken_events::taken_at.eq(now));
    let new = crate::on_each!(conn, c => diesel::insert_into(taken_events::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(new == 1)
}

fn answering_bot(one: &Arrived) -> Option<String> {
    let answers = matches!(one.event.kind.as_str(), "CONFIG_APPLIED" | "CONFIG_REJECTED");
    answers.then(|| one.event.text("botId").unwrap_or("bot").to_owned())
}

/// What an acknowledgement says; none: it is none, or says nothing that could be.
fn answer_of(one: &Arrived, now: Millis) -> Option<BotAnswer> {
    let event = &one.event;
    let refused = match event.kind.as_str() {
        "CONFIG_APPLIED" => None,
        "CONFIG_REJECTED" => Some(event.text("reason").unwrap_or_default().to_owned()),
        _ => return None,
    };
    Some(BotAnswer {
        guild: event.guild?,
        subject: ModuleKey::parse(&event.text("module")?.to_ascii_lowercase())?.as_str().to_owned(),
        revision: event.number("revision").filter(|revision| *revision > 0)?,
        refused,
        bot: event.text("botId").unwrap_or("bot").to_owned(),
        shard: event.number("shard"),
        at: now,
        redis_ms: one.redis_ms,
    })
}
