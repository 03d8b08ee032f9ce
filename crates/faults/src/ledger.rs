//! What became of each save, as the person was told.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Guild, and the module's key in addresses and in the database.
pub type Pair = (u64, String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 303, and the next page said "saved", if it could be read.
    Saved,
    /// Another page: its status and what it said.
    Refused(u16, String),
    /// No answer, or only a part of one.
    Cut(String),
}

#[derive(Clone, Debug)]
pub struct Save {
    pub number: u64,
    pub began: Instant,
    pub took: Duration,
    pub outcome: Outcome,
    /// The process that answered was killed meanwhile.
    pub killed: bool,
    /// The operator put the database back to before it.
    pub undone: bool,
}

/// Written by all admins.
#[derive(Default)]
pub struct Ledger(Mutex<Vec<Save>>);

impl Ledger {
    pub fn note(&self, save: Save) {
        self.all().push(save);
    }

    pub fn count(&self) -> usize {
        self.all().len()
    }

    /// What was noted after the first `kept` is not in the database any more.
    pub fn undo_after(&self, kept: usize) {
        self.all().iter_mut().skip(kept).for_each(|save| save.undone = true);
    }

    pub fn saves(&self) -> Vec<Save> {
        self.all().clone()
    }

    fn all(&self) -> MutexGuard<'_, Vec<Save>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The text by which a save is known again wherever its settings go.
pub fn mark(number: u64) -> String {
    format!("Save no. {number} of this run")
}

/// The number in settings that hold such a text.
pub fn marker(text: &str) -> Option<u64> {
    let rest = &text[text.find("Save no. ")? + "Save no. ".len()..];
    rest.split_once(" of this run")?.0.parse().ok()
}
