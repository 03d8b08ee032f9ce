//! Everything around a bot, and what may happen to it between any two of its questions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use proptest::collection::vec;
use proptest::prelude::*;

use super::redis::{Redis, message};
use super::relay::{Database, Relay, Reply};
use crate::guilds::OwnGuilds;
use crate::inbox::Pair;
use crate::snapshot::Position;
use crate::verdict::Verdict;
use crate::{GuildId, ModuleName};

/// The bot's guilds; one more is another's.
pub(super) const GUILDS: [GuildId; 2] = [GuildId(1), GuildId(2)];
pub(super) const FOREIGN: GuildId = GuildId(3);

/// What happens next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The bot's question is answered.
    Go,
    // Turns of the bot, taken while it asks nothing.
    Hear,
    Beat,
    Unread,
    RestartBot,
    // The world's.
    Save(usize),
    /// A save on a good day.
    SaveAndSend(usize),
    Relay(Reply),
    CrashRelay,
    LookAgain,
    LoseMessage,
    BreakConnection,
    SendAnswers,
    Trim(usize),
    EmptyRedis,
    CopyRedis,
    /// Its clock may be behind that of the Redis it replaces.
    PutBackRedis {
        behind: u64,
    },
    CopyDatabase,
    PutBackDatabase,
    RemoveGuild(usize),
    AddGuild(usize),
}

/// Either all that can go wrong, or only what is easily missed because nothing great happens.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop_oneof![vec(anything(), 0..120), vec(little(), 0..50)]
}

fn anything() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => little(),
        6 => pair().prop_map(Step::Save),
        14 => Just(Step::Relay(Reply::Arrives)),
        2 => Just(Step::Relay(Reply::Lost)),
        1 => Just(Step::RestartBot),
        1 => Just(Step::CrashRelay),
        1 => Just(Step::EmptyRedis),
        1 => Just(Step::CopyRedis),
        1 => (0..6_u64).prop_map(|behind| Step::PutBackRedis { behind }),
        1 => Just(Step::CopyDatabase),
        1 => Just(Step::PutBackDatabase),
    ]
}

fn little() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => Just(Step::Go),
        6 => Just(Step::Hear),
        4 => Just(Step::Beat),
        1 => Just(Step::Unread),
        6 => pair().prop_map(Step::SaveAndSend),
        5 => Just(Step::LoseMessage),
        2 => (0..3_usize).prop_map(Step::Trim),
        1 => Just(Step::BreakConnection),
        1 => Just(Step::LookAgain),
        2 => Just(Step::SendAnswers),
        1 => guild().prop_map(Step::RemoveGuild),
        2 => guild().prop_map(Step::AddGuild),
    ]
}

fn pair() -> impl Strategy<Value = usize> {
    0..pairs().len()
}

fn guild() -> impl Strategy<Value = usize> {
    0..GUILDS.len()
}

pub(super) fn pairs() -> Vec<Pair> {
    let guilds = [GUILDS[0], GUILDS[1], FOREIGN];
    let modules = [ModuleName::MUSIC, ModuleName::TICKETS];
    guilds.iter().flat_map(|guild| modules.iter().map(|module| (*guild, module.clone()))).collect()
}

#[derive(Default)]
pub(super) struct World {
    pub(super) redis: Redis,
    pub(super) relay: Relay,
    pub(super) own: OwnGuilds,
    /// Which connection stands. A question asked on another is not answered.
    pub(super) connection: u64,
    /// Messages on their way over that connection; none before it is subscribed.
    pub(super) on_the_way: Option<VecDeque<Vec<u8>>>,
    pub(super) answers: VecDeque<Verdict>,
    /// The newest revision that this process's handlers were called with.
    pub(super) handled: BTreeMap<Pair, u64>,
    /// Pairs that any process handled.
    pub(super) ever_handled: BTreeMap<Pair, u64>,
    /// Whether the last snapshot of a guild was whole when it was read.
    pub(super) read_whole: BTreeMap<GuildId, bool>,
    /// Guilds whose defaults this process knows to be defaults.
    pub(super) known_whole: BTreeSet<GuildId>,
    /// Then a whole copy may lack what was saved after it was made.
    pub(super) redis_went_back: bool,
    pub(super) database_went_back: bool,
    /// Put back under a connection that still stands, which a server that starts anew never does.
    pub(super) quietly_back: bool,
    redis_copy: Redis,
    database_copy: Database,
    script: VecDeque<Step>,
    time: u64,
    entries: u64,
}

#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<World>>);

impl Shared {
    /// A Redis that is filled, with an older copy of it, and then the script.
    pub(super) fn new(script: Vec<Step>) -> Self {
        let mut world = World { script: script.into(), time: 10, ..World::default() };
        world.calm_down();
        for pair in [0, 3] {
            world.happen(Step::Save(pair));
            world.calm_down();
            world.happen(Step::CopyRedis);
            world.happen(Step::CopyDatabase);
        }
        world.happen(Step::Save(1));
        world.calm_down();
        Self(Arc::new(Mutex::new(world)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }
}

impl World {
    /// What happens before a question is answered.
    pub(super) fn before_an_answer(&mut self) {
        while let Some(step) = self.script.pop_front() {
            match step {
                Step::Go => return,
                Step::Hear | Step::Beat | Step::Unread | Step::RestartBot => {
                    self.script.push_front(step);
                    return;
                }
                other => self.happen(other),
            }
        }
    }

    /// What happens until it is the bot's turn, and which turn; none when the script has ended.
    pub(super) fn next_turn(&mut self) -> Option<Step> {
        while let Some(step) = self.script.pop_front() {
            match step {
                Step::Go => {}
                Step::Hear | Step::Beat | Step::Unread | Step::RestartBot => return Some(step),
                other => self.happen(other),
            }
        }
        None
    }

    fn happen(&mut self, step: Step) {
        match step {
            Step::Save(pair) => self.relay.save(&pairs()[pair]),
            Step::SaveAndSend(pair) => {
                self.relay.save(&pairs()[pair]);
                self.relay_to_its_end();
            }
            Step::Relay(reply) => self.relay_steps(reply),
            Step::CrashRelay => self.relay.crash(),
            Step::LookAgain => self.relay.look(),
            Step::LoseMessage => {
                self.on_the_way.as_mut().and_then(VecDeque::pop_front);
            }
            Step::BreakConnection => self.break_connection(),
            Step::SendAnswers => self.send_answers(),
            Step::Trim(keep) => self.redis.trim(keep),
            Step::EmptyRedis => self.redis = Redis::default(),
            Step::CopyRedis => self.redis_copy = self.redis.clone(),
            Step::PutBackRedis { behind } => {
                self.redis = self.redis_copy.clone();
                self.redis_went_back = true;
                self.quietly_back = true;
                self.time = self.time.saturating_sub(behind);
            }
            Step::CopyDatabase => self.database_copy = self.relay.database.clone(),
            Step::PutBackDatabase => {
                self.relay.put_back(self.database_copy.clone());
                self.database_went_back = true;
            }
            Step::RemoveGuild(guild) => self.own.remove(GUILDS[guild]),
            Step::AddGuild(guild) => self.add_guild(GUILDS[guild]),
            Step::Go | Step::Hear | Step::Beat | Step::Unread | Step::RestartBot => {}
        }
    }

    /// One that is there already is not added again: reading it would hide what was missed.
    fn add_guild(&mut self, guild: GuildId) {
        if !self.own.contains(guild) {
            self.own.add(guild);
        }
    }

    fn relay_steps(&mut self, reply: Reply) {
        self.time += 1;
        self.entries += 1;
        let id = Position(self.time, self.entries);
        if let Some((pair, revision)) = self.relay.step(&mut self.redis, id, reply)
            && let Some(waiting) = &mut self.on_the_way
        {
            waiting.push_back(serde_json::to_vec(&message(&pair, revision)).unwrap());
        }
    }

    pub(super) fn break_connection(&mut self) {
        self.connection += 1;
        self.quietly_back = false;
        self.on_the_way = None;
    }

    /// As the publisher of events does.
    pub(super) fn send_answers(&mut self) {
        for verdict in self.answers.drain(..) {
            if verdict.is_ours() {
                let pair = (verdict.guild, verdict.module.clone());
                verdict.merge_into(self.redis.applied.entry(pair).or_default());
            }
        }
    }

    /// No trouble any more: the relay comes to its end, every guild is the bot's.
    pub(super) fn calm_down(&mut self) {
        GUILDS.iter().for_each(|guild| self.add_guild(*guild));
        for _ in 0..3 {
            self.relay.look();
            self.relay_to_its_end();
        }
    }

    fn relay_to_its_end(&mut self) {
        for _ in 0..500 {
            if self.relay.is_idle() {
                return;
            }
            self.relay_steps(Reply::Arrives);
        }
        panic!("the relay never comes to its end");
    }
}
