//! The bot: what reached its handlers, in each of its lives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use demo::bot::{ExampleBot, Heard, Told};
use serde_json::Value;

use crate::ledger::{Pair, marker};

/// Pair by guild and module's name on the wire, in lower case as in the database.
type Revisions = HashMap<Pair, Vec<u64>>;

#[derive(Default)]
struct Memory {
    /// For each life, what it was given for each pair, in its order.
    lives: Vec<Revisions>,
    /// What the present life goes by.
    present: HashMap<Pair, (u64, Value)>,
    /// When a save's settings first reached a handler.
    reached: HashMap<u64, Instant>,
}

pub struct Bot {
    redis_url: String,
    guilds: Vec<u64>,
    memory: Arc<Mutex<Memory>>,
    running: Option<ExampleBot>,
}

impl Bot {
    pub fn start(redis_url: &str, guilds: &[u64]) -> anyhow::Result<Self> {
        let mut bot =
            Self { redis_url: redis_url.to_owned(), guilds: guilds.to_vec(), memory: Arc::default(), running: None };
        bot.begin()?;
        Ok(bot)
    }

    /// A new process, which remembers nothing.
    pub fn begin(&mut self) -> anyhow::Result<()> {
        let life = {
            let mut memory = self.memory();
            memory.lives.push(HashMap::new());
            memory.present.clear();
            memory.lives.len() - 1
        };
        let memory = Arc::clone(&self.memory);
        let note = move |told: &Told| {
            if let Told::Heard(heard) = told {
                lock(&memory).note(life, heard);
            }
        };
        self.running = Some(ExampleBot::start_telling(&self.redis_url, "", self.guilds.clone(), note)?);
        Ok(())
    }

    pub fn kill(&mut self) {
        self.running = None;
    }

    /// The revision and settings it goes by.
    pub fn present(&self) -> HashMap<Pair, (u64, Value)> {
        self.memory().present.clone()
    }

    pub fn reached(&self) -> HashMap<u64, Instant> {
        self.memory().reached.clone()
    }

    /// Revisions that reached a handler twice or backwards within one life.
    pub fn disorder(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (life, pairs) in self.memory().lives.iter().enumerate() {
            for (pair, revisions) in pairs {
                if !revisions.is_sorted_by(|one, next| one < next) {
                    found.push(format!("life {life} of the bot was given {pair:?} in the order {revisions:?}"));
                }
            }
        }
        found
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
}

impl Memory {
    fn note(&mut self, life: usize, heard: &Heard) {
        let change = &heard.change;
        let pair = (change.guild_id.get(), change.module.as_str().to_lowercase());
        if let Some(number) = marker(&change.settings.to_string()) {
            self.reached.entry(number).or_insert_with(Instant::now);
        }
        let last = self.lives.len() - 1;
        if let Some(pairs) = self.lives.get_mut(life) {
            pairs.entry(pair.clone()).or_default().push(change.revision);
        }
        // A life that has ended may still finish what it had begun.
        if life == last {
            self.present.insert(pair, (change.revision, change.settings.clone()));
        }
    }
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
