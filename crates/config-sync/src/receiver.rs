//! Hearing commands: on the channel at once, and from the stream what was said while nobody listened.
//!
//! A command comes both ways, and again when an admin tries again; each is done once (`obey`). A process hears only
//! what is said to its own guilds.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use redis::aio::MultiplexedConnection;
use redis::streams::StreamRangeReply;
use redis::{AsyncConnectionConfig, Client, ErrorKind, PushInfo, PushKind, RedisError, RedisResult, Value};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::claims::Claims;
use crate::command::{CommandEnvelope, Heard};
use crate::events::EventPublisher;
use crate::guilds::OwnGuilds;
use crate::link::CONNECT;
use crate::obey::{Claimed, Obedience};
use crate::said::Said;
use crate::snapshot::patiently;
use crate::{GuildId, Names, Outcome, now_ms};

/// Messages that may wait while the stream is read; what falls over is read from the stream.
const ROOM: usize = 1_024;
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// After each connection the stream is read from so long ago on: commands last two minutes.
const LOOKS_BACK: u64 = 10 * 60 * 1000;
const PAGE: usize = 500;
/// Commands of one guild that wait here, and that wait for another process. The dashboard gives a guild 20 a minute,
/// and each is in time for two: more than these could not be done any more. What is beyond stays on the stream until
/// there is room, in its order.
const WAITING: usize = 64;

pub(crate) struct Receiver<C> {
    pub(crate) client: Client,
    pub(crate) names: Names,
    pub(crate) heartbeat: Duration,
    pub(crate) own: OwnGuilds,
    pub(crate) hands: Hands<C>,
    /// True: hear no more, and let what has begun end.
    pub(crate) closing: watch::Receiver<bool>,
}

/// Who does what is heard: one command after the other for each guild.
pub(crate) struct Hands<C> {
    obedience: Obedience<C>,
    events: EventPublisher,
    application_id: String,
    own: OwnGuilds,
    closing: watch::Receiver<bool>,
    said: Said,
    guilds: HashMap<GuildId, mpsc::Sender<Heard>>,
    /// Guilds of which something stays on the stream: all that is said to them later has to wait behind it.
    put_off: HashSet<GuildId>,
    workers: JoinSet<()>,
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It is handed over, or nothing new, or not for us.
    Done,
    /// There is no room: it is to be read from the stream again.
    PutOff,
}

impl<C: Claims> Receiver<C> {
    /// Connects, hears, and begins again, until it is told to close: then what has begun is brought to its end.
    pub(crate) async fn run(mut self) {
        let mut closing = self.closing.clone();
        tokio::select! {
            () = self.hear_for_ever() => {}
            // An error means that nobody is left to tell: the same.
            _ = closing.wait_for(|closing| *closing) => {}
        }
        self.hands.guilds.clear();
        while self.hands.workers.join_next().await.is_some() {}
    }

    async fn hear_for_ever(&mut self) {
        let (mut pause, mut told) = (FIRST_PAUSE, false);
        loop {
            let mut stood = false;
            let ended = self.listen(&mut stood).await;
            if stood {
                (pause, told) = (FIRST_PAUSE, false);
            }
            if let Err(error) = ended
                && !told
            {
                tracing::warn!(%error, "no commands can be heard; trying for ever");
                told = true;
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// One connection, from making it to its end.
    async fn listen(&mut self, stood: &mut bool) -> RedisResult<()> {
        let (to_us, mut heard) = mpsc::channel::<PushInfo>(ROOM);
        let mut connection = self.connect(to_us).await?;
        patiently(connection.subscribe(self.names.command_channel())).await?;
        let mut guilds = self.own.watch();
        let mut position = self.read(&mut connection, since()).await?;
        *stood = true;
        let mut beats = interval(self.heartbeat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                pushed = heard.recv() => match pushed {
                    Some(push) => match (push.kind, push.data.as_slice()) {
                        (PushKind::Disconnection, _) => return Err(gone("the connection broke")),
                        // What is put off is on the stream, too.
                        (PushKind::Message, [_, Value::BulkString(bytes)]) => _ = self.hands.hear(bytes, None),
                        _ => {}
                    },
                    None => return Err(gone("the connection is closed")),
                },
                // A guild that was added may have been spoken to before.
                changed = guilds.changed() => match changed {
                    Ok(()) => position = self.read(&mut connection, since()).await?,
                    Err(_) => return Err(gone("nobody can add a guild any more")),
                },
                _ = beats.tick() => {
                    position = self.read(&mut connection, position).await?;
                    self.hands.said.forget_old();
                }
            }
        }
    }

    async fn connect(&self, to_us: mpsc::Sender<PushInfo>) -> RedisResult<MultiplexedConnection> {
        // What has no room is on the stream, too.
        let push = move |info| match to_us.try_send(info) {
            Err(mpsc::error::TrySendError::Full(_)) => Ok(()),
            other => other,
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(None)
            .set_push_sender(push);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        timeout(CONNECT, connecting).await.map_err(|_| gone("no connection within 2 s"))?
    }

    /// Reads the stream from behind `position` to its end; gives the new position: the end, or what stands before the
    /// first that there was no room for.
    async fn read(&mut self, connection: &mut MultiplexedConnection, mut position: String) -> RedisResult<String> {
        self.hands.put_off.clear();
        let mut waiting = None;
        loop {
            let mut ask = redis::cmd("XRANGE");
            ask.arg(self.names.command_stream()).arg(format!("({position}")).arg("+").arg("COUNT").arg(PAGE);
            let answer = timeout(self.heartbeat.max(Duration::from_secs(2)), ask.query_async(connection)).await;
            let page: StreamRangeReply = answer.map_err(|_| gone("no answer of the stream"))??;
            for entry in &page.ids {
                let bytes: Vec<u8> = entry.get("command").unwrap_or_default();
                if self.hands.hear(&bytes, Some(&entry.id)) == Taken::PutOff {
                    waiting.get_or_insert_with(|| position.clone());
                }
                position.clone_from(&entry.id);
            }
            if page.ids.is_empty() {
                return Ok(waiting.unwrap_or(position));
            }
        }
    }
}

impl<C: Claims> Hands<C> {
    pub(crate) fn new(
        obedience: Obedience<C>,
        events: EventPublisher,
        application_id: String,
        own: OwnGuilds,
        closing: watch::Receiver<bool>,
    ) -> Self {
        let (said, guilds, put_off, workers) = (Said::default(), HashMap::new(), HashSet::new(), JoinSet::new());
        Self { obedience, events, application_id, own, closing, said, guilds, put_off, workers }
    }

    /// A message that came on the channel, or as this entry of the stream.
    fn hear(&mut self, bytes: &[u8], entry: Option<&str>) -> Taken {
        let Some(heard) = Heard::read(bytes) else {
            tracing::debug!("something on the channel of commands is no command");
            return Taken::Done;
        };
        let (guild, command) = (heard.envelope.guild_id, heard.envelope.command_id);
        if !self.own.contains(guild) {
            return Taken::Done;
        }
        let is_new = self.said.is_new(command, entry);
        if is_new && !self.has_room(guild) {
            self.put_off.insert(guild);
            return Taken::PutOff;
        }
        self.said.note(command, entry);
        if is_new {
            self.give(heard);
        }
        Taken::Done
    }

    fn has_room(&self, guild: GuildId) -> bool {
        !self.put_off.contains(&guild) && self.guilds.get(&guild).is_none_or(|queue| queue.capacity() > 0)
    }

    fn give(&mut self, heard: Heard) {
        let guild = heard.envelope.guild_id;
        let queue = self.guilds.entry(guild).or_insert_with(|| {
            let (queue, given) = mpsc::channel(WAITING);
            let worker = Worker {
                obedience: self.obedience.clone(),
                events: self.events.clone(),
                application_id: self.application_id.clone(),
                own: self.own.clone(),
                closing: self.closing.clone(),
            };
            self.workers.spawn(worker.work(given));
            queue
        });
        // There is room, and a worker ends only with us.
        let _ = queue.try_send(heard);
    }
}

struct Worker<C> {
    obedience: Obedience<C>,
    events: EventPublisher,
    application_id: String,
    own: OwnGuilds,
    closing: watch::Receiver<bool>,
}

impl<C: Claims> Worker<C> {
    /// Does what one guild is told, one after the other.
    async fn work(self, mut given: mpsc::Receiver<Heard>) {
        let mut waits = FuturesUnordered::new();
        loop {
            let heard = tokio::select! {
                heard = given.recv(), if waits.len() < WAITING => heard,
                Some(()) = waits.next(), if !waits.is_empty() => continue,
            };
            let Some(Heard { envelope, order }) = heard else { return };
            // Another process does what was not begun here: it stands on the stream.
            if *self.closing.borrow() || !self.own.contains(envelope.guild_id) {
                continue;
            }
            match self.obedience.claim(&envelope).await {
                Claimed::Ours(claim) => {
                    let outcome = self.obedience.carry_out(&envelope, order, claim).await;
                    self.answer(&envelope, outcome);
                }
                Claimed::Answered(outcome) => self.answer(&envelope, outcome),
                // The next ones need not wait for that.
                Claimed::Theirs(theirs) => {
                    let worker = &self;
                    waits.push(async move {
                        let outcome = worker.obedience.wait_for(&envelope, theirs).await;
                        worker.answer(&envelope, outcome);
                    });
                }
            }
        }
    }

    fn answer(&self, envelope: &CommandEnvelope, outcome: Outcome) {
        if let Err(error) = self.events.send(&outcome.event(envelope, &self.application_id)) {
            tracing::error!(%error, command.id = %envelope.command_id, "a command's result was lost");
        }
    }
}

fn since() -> String {
    format!("{}-0", now_ms().saturating_sub(LOOKS_BACK))
}

fn gone(why: &'static str) -> RedisError {
    RedisError::from((ErrorKind::Io, why))
}
