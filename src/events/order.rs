//! Which of two events about one thing counts, whatever the order they come in.
//!
//! A number (`seq`) decides where there is one. Without it whatever is closed stays closed, and only the entry of the
//! stream can say that it was opened again later. The bot's own times decide nothing.

use super::Arrived;
use crate::clock::Millis;

/// What is kept of a thing to judge the next event by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub seq: Option<i64>,
    /// When the event that last closed it, or opened it again, came to Redis; 0: there was none.
    pub entry_ms: Millis,
}

/// What an event is, seen from where its thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Its number is higher: it says how things are.
    Newer,
    /// Its number is not higher: it may only tell what is not known yet.
    Older,
    /// One of the two has no number: closed wins.
    Unnumbered,
}

impl Standing {
    pub fn turn(&self, seq: Option<i64>) -> Turn {
        match (self.seq, seq) {
            (Some(held), Some(new)) if new > held => Turn::Newer,
            (Some(_), Some(_)) => Turn::Older,
            _ => Turn::Unnumbered,
        }
    }

    /// The number after an event.
    pub fn seq_after(&self, seq: Option<i64>) -> Option<i64> {
        self.seq.max(seq)
    }

    /// Whether an event that closes a thing, or opens it again, comes after the last such one.
    pub fn is_before(&self, arrived: &Arrived, now: Millis) -> bool {
        self.entry_ms <= arrived.at(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_only_where_both_have_one() {
        let held = |seq| Standing { seq, entry_ms: 0 };
        assert_eq!(held(Some(3)).turn(Some(4)), Turn::Newer);
        assert_eq!(held(Some(3)).turn(Some(3)), Turn::Older);
        assert_eq!(held(Some(3)).turn(None), Turn::Unnumbered);
        assert_eq!(held(None).turn(Some(3)), Turn::Unnumbered);
        assert_eq!((held(None).seq_after(Some(3)), held(Some(3)).seq_after(None)), (Some(3), Some(3)));
    }
}
