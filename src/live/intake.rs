//! Taking events in: what each known type changes, in one transaction, once.
//!
//! How events come here is `channel`'s and `stream`'s matter; what they mean is `happenings`', `changes`' and `bots`'.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::prelude::*;
use tokio::time::{Instant, interval_at};

use super::sample::Sample;
use super::{Asking, Parts, adopt};
use crate::bots::Report;
use crate::changes::answers::{self, BotAnswer};
use crate::changes::news::{Told, Topic};
use crate::clock::Millis;
use crate::commands;
use crate::db::{Conn, DbError};
use crate::events::{Arrived, Event, Source, Unreadable};
use crate::happenings::{self, Left, Outcome};
use crate::ids::GuildId;
use crate::schema::taken_events;
use crate::settings::module::{Module, ModuleKey};
use crate::sizes::Size;

/// A cause names a type, which is the sender's choice: of so many a sample is logged, all others are only counted.
const CAUSES: usize = 100;

/// How often what was taken long ago is forgotten, and how soon after a start.
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);
const FORGET_AFTER_START: Duration = Duration::from_secs(10 * 60);

pub(super) struct Intake {
    pub parts: Parts,
    asking: Asking,
    /// Causes of which a sample was logged.
    told: Mutex<HashSet<String>>,
}

/// Whether an event changes a row. Such a one may also come by the stream, which says when it came to Redis.
pub(super) fn changes_a_row(event: &Event) -> bool {
    matches!(event.kind.as_str(), "CONFIG_APPLIED" | "CONFIG_REJECTED" | "SETTINGS_UPDATE" | "COMMAND_RESULT")
        || happenings::knows(&event.kind)
}

/// What is to be said after the commit.
#[derive(Default)]
pub(super) struct Outcomes {
    told: BTreeSet<Told>,
    adopted: bool,
    malformed: Vec<Arrived>,
}

impl Intake {
    pub fn new(parts: Parts, asking: Asking) -> Self {
        Self { parts, asking, told: Mutex::default() }
    }

    pub fn size(&self) -> Size {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).len();
        Size::cache("refusals_logged", told as u64, CAUSES as u64)
    }

    /// None: it cannot be read, which is counted, and logged once with a sample.
    pub fn read(&self, bytes: &[u8], source: Source) -> Option<Arrived> {
        match Event::read(bytes, self.parts.clock.now()) {
            Ok(event) => Some(Arrived { event, source }),
            Err(error) => {
                self.refuse(error, bytes);
                None
            }
        }
    }

    fn refuse(&self, error: Unreadable, bytes: &[u8]) {
        self.count_refused(&error.to_string(), || Sample::of_bytes(bytes));
    }

    fn count_refused(&self, cause: &str, sample: impl FnOnce() -> Sample) {
        metrics::counter!("guildhall_events_refused_total").increment(1);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < CAUSES && told.insert(cause.to_owned()) {
            let Sample { length, kind, shape } = sample();
            tracing::warn!(cause, length, kind, shape, "an event cannot be used; others like it are only counted");
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
            if event.kind == "BOT_READY" {
                let (shards, count) = report.shards();
                self.asking.has_started(shards.to_vec(), count);
            }
            // What waited on the stream tells of a time gone by.
            self.parts.bots.heard(report, arrived.redis_ms().unwrap_or(now).min(now)).await?;
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
        let outcomes = self.parts.db.write(move |conn| {
            let mut outcomes = Outcomes::default();
            happenings::one_at_a_time(conn, ours.iter().filter_map(|one| one.event.guild))?;
            for one in ours {
                if let Some(id) = one.identity()
                    && !remember(conn, id, now)?
                {
                    continue;
                }
                metrics::counter!("guildhall_events_taken_total").increment(1);
                take_one(conn, modules, one, now, &mut outcomes)?;
            }
            Ok::<_, DbError>(outcomes)
        });
        let outcomes = outcomes.await?;
        for one in outcomes.told {
            self.parts.news.tell(one.guild, one.topic, &one.id);
        }
        for one in outcomes.malformed {
            let kind = &one.event.kind;
            self.count_refused(&format!("{kind} lacks what it must say"), || Sample::of_data(kind, &one.event.data));
        }
        if outcomes.adopted {
            self.parts.relay.wake();
        }
        for bot in answering {
            self.parts.bots.heard(Report::answer(&bot), now).await?;
        }
        Ok(())
    }

    /// Which of these were taken already, without writing anything.
    pub async fn not_yet_taken(&self, arrived: Vec<Arrived>) -> Result<Vec<Arrived>, DbError> {
        let ids: Vec<String> = arrived.iter().filter_map(Arrived::identity).collect();
        let taken = self.parts.db.run(move |conn| {
            let known = taken_events::table.filter(taken_events::id.eq_any(&ids)).select(taken_events::id);
            Ok::<_, DbError>(known.load::<String>(conn)?)
        });
        let taken: HashSet<String> = taken.await?.into_iter().collect();
        Ok(arrived.into_iter().filter(|one| one.identity().is_none_or(|id| !taken.contains(&id))).collect())
    }

    /// Forgets what is too old again and again, until the task is ended: whether Redis is there or not.
    pub async fn keep_forgetting(self: Arc<Self>) {
        // Not in the rush of a start.
        let mut ticks = interval_at(Instant::now() + FORGET_AFTER_START, FORGET_EVERY);
        loop {
            ticks.tick().await;
            if let Err(error) = self.forget_old().await {
                tracing::warn!(cause = %error, "what is too old could not be removed; the next hour tries again");
            }
        }
    }

    /// Forgets what was taken, and what happened, too long ago.
    async fn forget_old(&self) -> Result<(), DbError> {
        loop {
            let now = self.parts.clock.now();
            let left = self.parts.db.write(move |conn| Ok::<_, DbError>(happenings::forget_some(conn, now)?));
            if left.await? == Left::Nothing {
                return Ok(());
            }
        }
    }

    /// Events of another application are not ours. Who names none is believed to be the one.
    fn is_ours(&self, event: &Event) -> bool {
        event.text("applicationId").is_none_or(|id| id == self.parts.application)
    }
}

pub(super) fn take_one(
    conn: &mut Conn,
    modules: &'static [Module],
    one: Arrived,
    now: Millis,
    outcomes: &mut Outcomes,
) -> Result<(), DbError> {
    if let Some(answer) = answer_of(&one, now) {
        let ids = answers::settle(conn, &answer)?;
        outcomes.told.extend(ids.into_iter().map(|id| told(answer.guild, Topic::Changes, id)));
        return Ok(());
    }
    if one.event.kind == "COMMAND_RESULT" {
        let settled = one.event.guild.map(|guild| commands::answers::take(conn, guild, &one.event, now)).transpose()?;
        if let Some(settled) = settled.flatten() {
            outcomes.told.insert(told(settled.guild, Topic::Commands, settled.command));
            outcomes.told.insert(told(settled.guild, Topic::Changes, settled.change));
            outcomes.told.extend(settled.thing.map(|(topic, id)| told(settled.guild, topic, id)));
        }
        return Ok(());
    }
    if one.event.kind == "SETTINGS_UPDATE"
        && let Some(change) = adopt::fill(conn, modules, &one.event, now)?
    {
        outcomes.told.insert(told(change.guild, Topic::Changes, change.id.to_string()));
        outcomes.adopted = true;
        return Ok(());
    }
    match happenings::take(conn, &one, now)? {
        Outcome::Taken(all) => outcomes.told.extend(all),
        Outcome::Malformed => outcomes.malformed.push(one),
        Outcome::Unknown => {}
    }
    Ok(())
}

fn told(guild: GuildId, topic: Topic, id: String) -> Told {
    Told { guild, topic, id }
}

/// False: it was taken before.
fn remember(conn: &mut Conn, id: String, now: Millis) -> QueryResult<bool> {
    let row = (taken_events::id.eq(id), taken_events::taken_at.eq(now));
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
        redis_ms: one.redis_ms(),
    })
}
